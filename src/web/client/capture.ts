import { startBeginning } from './capture-begin.ts'
import { press, startSaving, startSealing } from './capture-save.ts'
import { plainKey } from './keys.ts'
import { picker } from './picker.ts'

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

/** What of the selection lies in the text: one that was drawn beyond its last line ends with it. */
function selectedNow(): Selected | null {
  const selection = getSelection()
  const article = document.getElementById('article')
  const [first, last] = [article?.firstElementChild, article?.lastElementChild]
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null
  if (first === null || first === undefined || last === null || last === undefined) return null
  const range = selection.getRangeAt(0).cloneRange()
  const end = last.childNodes.length
  if (range.comparePoint(first, 0) === 0) range.setStart(first, 0)
  if (range.comparePoint(last, end) === 0) range.setEnd(last, end)
  const words = range.toString().trim()
  const from = offsetOf(range.startContainer, range.startOffset)
  const to = offsetOf(range.endContainer, range.endOffset)
  return from === null || to === null || words === '' ? null : { start: from, end: to, words }
}

function mark(kind: string): void {
  if (selected === null) return
  const { start, end } = selected
  getSelection()?.removeAllRanges()
  press(`${kind}:raw:${start}-${end}`)
}

const cards = () => [
  ...document.querySelectorAll<HTMLElement>('.reader-cards .capture-card, .reader-cards .suggested'),
]

const currentCard = (): HTMLElement | null =>
  document.activeElement?.closest<HTMLElement>('.capture-card, .suggested') ?? null

/** The passage of a card stands out in the text, and is scrolled to where the text scrolls on its own. */
function showPassage(card: HTMLElement | null): void {
  const words = card === null ? null : document.getElementById(`at-${card.id}`)
  if (card === null || words === null || words.classList.contains('now')) return
  for (const old of document.querySelectorAll('.hl.now')) old.classList.remove('now')
  for (const part of document.querySelectorAll(`.hl[href="#${CSS.escape(card.id)}"]`))
    part.classList.add('now')
  // Above the cards it must not pull the page away.
  const text = document.querySelector('.reader-text')
  if (text !== null && text.scrollHeight > text.clientHeight + 1)
    text.scrollTop += words.getBoundingClientRect().top - text.getBoundingClientRect().top - 120
}

function goTo(card: HTMLElement | undefined): void {
  if (card === undefined) return
  const place = card.querySelector<HTMLElement>('summary') ?? card
  place.focus({ preventScroll: true })
  card.scrollIntoView({ block: 'nearest' })
  showPassage(card)
}

function onKey(event: KeyboardEvent): void {
  if (event.key === 'Escape') goTo(currentCard() ?? undefined)
  const key = plainKey(event)
  if (key === null) return
  // The browser tells of a new selection later: whoever selects and strikes at once means what is selected.
  selected = selectedNow()
  const kind = KINDS[key]
  if (key === 'n') {
    const all = cards()
    const at = currentCard()
    goTo(all[at === null ? 0 : (all.indexOf(at) + 1) % all.length])
  } else if (key === 'm') document.querySelector<HTMLElement>('textarea[name=words]')?.focus()
  else if (kind === undefined) return
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

/** Marking by selection and by keys, and saving on the way, on the pages of captures. */
export function startCapture(): void {
  startBeginning()
  startSealing()
  // The event is one line, in a field that grows with it.
  document.addEventListener('keydown', (event) => {
    const { target, key } = event
    if (key === 'Enter' && target instanceof HTMLTextAreaElement && target.name.endsWith('/question/title'))
      event.preventDefault()
  })
  if (document.querySelector('form[data-save]') === null) return
  startSaving()
  const bar = picker(
    Object.entries(KINDS).map(([key, kind]) => ({
      key,
      label: LABELS[kind] ?? kind,
      press: () => mark(kind),
    })),
  )
  document.addEventListener('selectionchange', () => {
    selected = selectedNow()
    bar.show(selected?.words ?? null)
  })
  document.addEventListener('keydown', onKey)
  document.addEventListener('focusin', () => showPassage(currentCard()))
  showPassage(currentCard())
}
