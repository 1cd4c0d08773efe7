import * as paths from '../../http/paths.ts'
import { keyMap } from './key-map.ts'

const SETTING = 'reckoning.keys'
const SEQUENCE_MS = 1500
const ITEMS =
  'table.rows tbody tr, table.list tbody tr, table.people tbody tr, .task, .claims > li, .sayings > li, .sources > li, .found > li'
const ROOMS: Readonly<Record<string, string>> = { l: paths.ledger(), d: paths.due(), c: paths.captures() }
const OUTCOMES: Readonly<Record<string, string>> = { y: 'yes', n: 'no', a: 'annulled', x: 'ambiguous' }
const FIELDS =
  'input:not([type=radio],[type=checkbox],[type=submit],[type=button]), select, textarea, [contenteditable]'

/** Where nothing can be kept, the keys are on. */
function areOn(): boolean {
  try {
    return localStorage.getItem(SETTING) !== 'off'
  } catch {
    return true
  }
}

function keep(on: boolean): void {
  try {
    if (on) localStorage.removeItem(SETTING)
    else localStorage.setItem(SETTING, 'off')
  } catch {
    // A browser that keeps nothing forgets the setting with the page.
  }
}

/** The key that was struck, or null where it is meant for a field, a dialog, the browser, or switched off. */
export function plainKey(event: KeyboardEvent): string | null {
  const { target, key } = event
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented)
    return null
  if (target instanceof Element && target.closest(FIELDS) !== null) return null
  if (document.querySelector('dialog[open]') !== null) return null
  return areOn() ? key : null
}

const opensWith = (item: Element) => item.querySelector<HTMLElement>('a[href], summary, button')

function move(by: 1 | -1): boolean {
  const items = [...document.querySelectorAll(ITEMS)].filter((item) => opensWith(item) !== null)
  const here = items.findIndex((item) => item.contains(document.activeElement))
  const item = items[Math.max(0, here === -1 ? 0 : here + by)]
  if (item === undefined) return false
  opensWith(item)?.focus()
  item.scrollIntoView({ block: 'nearest' })
  return true
}

/** Chooses the outcome in the task that has the focus, or in the only one there is. */
function choose(outcome: string): boolean {
  const tasks = [...document.querySelectorAll('.task')]
  const task = document.activeElement?.closest('.task') ?? (tasks.length === 1 ? tasks[0] : undefined)
  const choice = task?.querySelector<HTMLInputElement>(
    `.resolution input[name="/outcome"][value="${outcome}"]`,
  )
  if (choice === undefined || choice === null) return false
  const fold = choice.closest('details')
  if (fold !== null) fold.open = true
  choice.checked = true
  choice.dispatchEvent(new Event('change', { bubbles: true }))
  choice.focus()
  return true
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  made.append(...children)
  return made
}

const strokes = (keys: string) =>
  keys.split(' ').flatMap((key, i) => [i === 0 ? '' : ' ', element('kbd', {}, key)])

function helpDialog(): HTMLDialogElement {
  const on = element('input', { type: 'checkbox', id: 'keys-on' })
  on.addEventListener('change', () => keep(on.checked))
  const close = element('button', { type: 'button' }, 'Close')
  const dialog = element(
    'dialog',
    { class: 'help', 'aria-labelledby': 'keys-title' },
    element('h2', { id: 'keys-title' }, 'Keys'),
    element('p', { class: 'actions choices' }, element('label', {}, on, 'Use these keys'), close),
    element('p', { class: 'soft small' }, 'Kept in this browser. In a field, every key types.'),
    ...keyMap.flatMap(({ title, keys }) => [
      element('h3', {}, title),
      element(
        'dl',
        { class: 'keys' },
        ...keys.flatMap(([key, does]) => [element('dt', {}, ...strokes(key)), element('dd', {}, does)]),
      ),
    ]),
  )
  close.addEventListener('click', () => dialog.close())
  document.body.append(dialog)
  return dialog
}

function help(): boolean {
  const dialog = document.querySelector<HTMLDialogElement>('dialog.help') ?? helpDialog()
  const on = dialog.querySelector<HTMLInputElement>('#keys-on')
  if (on !== null) on.checked = areOn()
  if (!dialog.open) dialog.showModal()
  return true
}

function search(): boolean {
  const field = document.querySelector<HTMLInputElement>('.top input[type=search]')
  field?.focus()
  field?.select()
  return field !== null
}

const SINGLE: Readonly<Record<string, () => boolean>> = {
  '/': search,
  '?': help,
  j: () => move(1),
  k: () => move(-1),
}

/** The keys of every page; those of capture are its own. */
export function startKeys(): void {
  let gAt = Number.NEGATIVE_INFINITY
  const strike = (event: KeyboardEvent, key: string): boolean => {
    const room = event.timeStamp - gAt < SEQUENCE_MS ? ROOMS[key] : undefined
    gAt = key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
    if (room !== undefined) {
      location.assign(room)
      return true
    }
    const outcome = OUTCOMES[key]
    return SINGLE[key]?.() ?? (outcome !== undefined && choose(outcome))
  }
  // Before all others, so that the second key of `g d` is not taken for the `d` of capture.
  window.addEventListener(
    'keydown',
    (event) => {
      const key = plainKey(event)
      if (key === null || !strike(event, key)) return
      event.preventDefault()
      event.stopImmediatePropagation()
    },
    { capture: true },
  )
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || event.target.closest(`a[href="${paths.help()}"]`) === null)
      return
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    help()
  })
}
