import { press, startSaving } from './capture-save.ts'
import { plainKey } from './keys.ts'

const KINDS: Readonly<Record<string, string>> = { f: 'forecast', u: 'untestable', d: 'duplicate' }
const LABELS: Readonly<Record<string, string>> = {
  forecast: 'Forecast',
  untestable: 'Untestable',
  duplicate: 'Duplicate',
}

/** The stretch that is selected in the article, as offsets into the text as it was pasted. */
type Selected = { start: number; end: number; words: string }
let selected: Selected | null = null

function offsetOf(node: Node, offset: number): number | null {
  const element = node instanceof Element ? node : node.parentElement
  const paragraph = element?.closest<HTMLElement>('.article [data-at]')
  if (paragraph === null || paragraph === undefined) return null
  const before = document.createRange()
  before.setStart(paragraph, 0)
  before.setEnd(node, offset)
  return Number(paragraph.dataset.at) + before.toString().length
}

function selectedNow(): Selected | null {
  const selection = getSelection()
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  const words = range.toString()
  const start = offsetOf(range.startContainer, range.startOffset)
  const end = offsetOf(range.endContainer, range.endOffset)
  if (start === null || end === null || words.trim() === '') return null
  return {
    start: start + (words.length - words.trimStart().length),
    end: end - (words.length - words.trimEnd().length),
    words: words.trim(),
  }
}

function mark(kind: string): void {
  if (selected === null) return
  const { start, end } = selected
  getSelection()?.removeAllRanges()
  press(`${kind}:raw:${start}-${end}`)
}

/** The bar that says what a selection can become. */
function picker(): HTMLElement {
  const bar = document.createElement('div')
  bar.className = 'picker'
  bar.hidden = true
  bar.setAttribute('role', 'toolbar')
  bar.setAttribute('aria-label', 'Mark the selected words')
  bar.append(document.createElement('q'))
  for (const [key, kind] of Object.entries(KINDS)) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = LABELS[kind] ?? kind
    button.setAttribute('aria-keyshortcuts', key)
    button.addEventListener('click', () => mark(kind))
    bar.append(button)
  }
  // A press must not take the selection away before it is read.
  bar.addEventListener('pointerdown', (event) => event.preventDefault())
  return bar
}

const cards = () => [
  ...document.querySelectorAll<HTMLElement>('.reader-cards .capture-card, .reader-cards .suggested'),
]

const currentCard = (): HTMLElement | null =>
  document.activeElement?.closest<HTMLElement>('.capture-card, .suggested') ?? null

function goTo(card: HTMLElement | undefined): void {
  if (card === undefined) return
  const place = card.querySelector<HTMLElement>('summary') ?? card
  place.focus({ preventScroll: true })
  card.scrollIntoView({ block: 'nearest' })
  for (const old of document.querySelectorAll('.hl.now')) old.classList.remove('now')
  const words = document.getElementById(`at-${card.id}`)
  words?.classList.add('now')
  // Beside the cards the text scrolls on its own; above them it must not pull the page away.
  const text = document.querySelector('.reader-text')
  if (words !== null && text !== null && text.scrollHeight > text.clientHeight + 1)
    text.scrollTop += words.getBoundingClientRect().top - text.getBoundingClientRect().top - 120
}

function onKey(event: KeyboardEvent): void {
  if (event.key === 'Escape') goTo(currentCard() ?? undefined)
  const key = plainKey(event)
  if (key === null) return
  const kind = KINDS[key]
  if (key === 'n') {
    const all = cards()
    const at = currentCard()
    goTo(all[at === null ? 0 : (all.indexOf(at) + 1) % all.length])
  } else if (kind === undefined) return
  else if (selected !== null) mark(kind)
  else {
    const button = [...(currentCard()?.querySelectorAll<HTMLButtonElement>('button[name=do]') ?? [])].find(
      ({ value }) => value.startsWith(`${kind}:`),
    )
    if (button === undefined) return
    press(button.value)
  }
  event.preventDefault()
}

/** Before a text is sent: one that is too long is refused here, where it still stands. */
function startBeginning(form: HTMLFormElement): void {
  const text = form.querySelector<HTMLTextAreaElement>('textarea[name=text]')
  const longest = Number(form.dataset.longest)
  text?.addEventListener('input', () => {
    text.setCustomValidity(
      text.value.length > longest
        ? `This text has ${text.value.length.toLocaleString('en')} characters; a capture holds at most ${longest.toLocaleString('en')}. Paste the part that matters.`
        : '',
    )
    if (text.value.length > longest) text.reportValidity()
  })
}

/** Marking by selection and by keys, and saving on the way, on the pages of captures. */
export function startCapture(): void {
  const begin = document.querySelector<HTMLFormElement>('form.begin')
  if (begin !== null) startBeginning(begin)
  if (document.querySelector('form[data-save]') === null) return
  startSaving()
  const bar = picker()
  document.querySelector('main')?.append(bar)
  document.addEventListener('selectionchange', () => {
    selected = selectedNow()
    bar.hidden = selected === null
    const shown = bar.querySelector('q')
    if (shown !== null) shown.textContent = selected?.words ?? ''
  })
  document.addEventListener('keydown', onKey)
}
