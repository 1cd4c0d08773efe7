import { dayText } from '../../core/typed-date.ts'
import * as paths from '../../http/paths.ts'

type Choice = { kind: string; title: string; page: string; published?: string | null }

const WAIT_MS = 120
const KINDS: Readonly<Record<string, string>> = { analyst: 'person', question: 'question', source: 'source' }
/** On a page of the past everything stays there. */
const asOf = () => new URLSearchParams(location.search).get('as_of') ?? undefined
const isMac = /mac|iphone|ipad/iu.test(navigator.platform)

/** Letters without their marks, whatever their case. */
const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** The pages that the head and the foot of this page lead to. */
const pagesHere = (): Choice[] => {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.top nav a, .foot a')]
  const seen = new Set<string>()
  return links.flatMap(({ href, textContent }) => {
    if (seen.has(href)) return []
    seen.add(href)
    return [{ kind: 'page', title: textContent.replace(/\s*\d.*$/su, '').trim(), page: href }]
  })
}

const made = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
) => {
  const element = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value)
  return element
}

/** A dialog with a field, and under it what fits what is typed. */
function paletteDialog() {
  const dialog = made('dialog', { class: 'palette', 'aria-label': 'Go to' })
  const field = made('input', {
    type: 'text',
    role: 'combobox',
    'aria-label': 'A person, a question, a source or a page',
    'aria-expanded': 'true',
    'aria-controls': 'palette-list',
    'aria-autocomplete': 'list',
    placeholder: 'A person, a question, a source or a page',
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: '200',
  })
  const list = made('ul', { id: 'palette-list', role: 'listbox', 'aria-label': 'What fits' })
  const status = made('p', { class: 'unseen', role: 'status' })
  dialog.append(field, list, status)
  document.body.append(dialog)

  const answers = new Map<string, Choice[]>()
  let shown: Choice[] = []
  let at = 0
  let asking: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const choose = (to: number) => {
    at = shown.length === 0 ? 0 : (to + shown.length) % shown.length
    list.querySelectorAll('li').forEach((option, i) => {
      option.setAttribute('aria-selected', String(i === at))
      if (i === at) option.scrollIntoView({ block: 'nearest' })
    })
    field.setAttribute('aria-activedescendant', shown.length === 0 ? '' : `palette-${at}`)
  }
  const show = (typed: string, found: readonly Choice[]) => {
    const words = plain(typed).split(/\s+/u)
    const pages = pagesHere().filter(({ title }) => words.every((word) => plain(title).includes(word)))
    const all = {
      kind: 'forecasts',
      title: `Search the ledger for “${typed}”`,
      page: paths.ledger({ q: typed, as_of: asOf() }),
    }
    shown = [...found, ...pages, ...(typed === '' ? [] : [all])]
    list.replaceChildren(
      ...shown.map(({ kind, title, published = null }, i) => {
        const option = made('li', { id: `palette-${i}`, role: 'option' })
        const name = made('bdi', {})
        const what = made('span', {})
        name.textContent = title
        what.textContent = (KINDS[kind] ?? kind) + (published === null ? '' : `, ${dayText(published)}`)
        option.append(name, ' ', what)
        return option
      }),
    )
    status.textContent = `${shown.length} to choose from`
    choose(0)
  }
  const ask = async (typed: string) => {
    asking?.abort()
    asking = new AbortController()
    try {
      const answer = await fetch(paths.api.search({ q: typed, as_of: asOf() }), { signal: asking.signal })
      const { items = [] } = (await answer.json()) as { items?: Choice[] }
      const found = items.map((item) => ({ ...item, page: item.page + paths.query({ as_of: asOf() }) }))
      answers.set(typed, found)
      if (field.value.trim() === typed) show(typed, found)
    } catch {
      // Given up for what was typed since, or there is no answer: pages and the search of the ledger stay.
    }
  }
  const open = () => {
    const choice = shown[at]
    if (choice !== undefined) location.assign(choice.page)
  }

  field.addEventListener('input', () => {
    const typed = field.value.trim()
    clearTimeout(timer)
    const known = typed === '' ? [] : answers.get(typed)
    show(typed, known ?? [])
    if (known === undefined) timer = setTimeout(() => void ask(typed), WAIT_MS)
  })
  dialog.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    if (event.key === 'ArrowDown') choose(at + 1)
    else if (event.key === 'ArrowUp') choose(at - 1)
    else if (event.key === 'Enter') open()
    else return
    event.preventDefault()
  })
  list.addEventListener('click', ({ target }) => {
    const option = target instanceof Element ? target.closest('li') : null
    if (option === null) return
    choose([...list.children].indexOf(option))
    open()
  })
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close()
  })
  return () => {
    field.value = ''
    show('', [])
    dialog.showModal()
  }
}

/** Ctrl K, or ⌘ K on a Mac: to any person, question, source or page by its name. */
export function startPalette(): void {
  let opens: (() => void) | undefined
  window.addEventListener('keydown', (event) => {
    const { key, altKey, shiftKey, ctrlKey, metaKey } = event
    if (
      key.toLowerCase() !== 'k' ||
      altKey ||
      shiftKey ||
      !(isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey)
    )
      return
    event.preventDefault()
    const other = document.querySelector<HTMLDialogElement>('dialog[open]')
    if (other !== null) return other.classList.contains('palette') ? other.close() : undefined
    opens ??= paletteDialog()
    opens()
  })
  const field = document.querySelector<HTMLInputElement>('.top input[type=search]')
  // Who has no keys is told of none.
  if (field !== null && matchMedia('(hover: hover) and (pointer: fine)').matches)
    field.placeholder = `Search   (${isMac ? '⌘' : 'Ctrl'} K)`
}
