import { plainKey } from './keys.ts'
import { picker } from './picker.ts'

/** By its key: what a selected passage is, and the field that is to be filled in next. */
const KINDS: Readonly<Record<string, readonly [kind: string, label: string]>> = {
  n: ['number', 'Number'],
  w: ['words', 'Words'],
  f: ['flat', 'Flat'],
  v: ['vague', 'Vague'],
  o: ['no_forecast', 'No forecast'],
}

/** What is selected in the text of the source, and where in it that begins. */
type Selected = { start: number; words: string }

const BLANK = /^\s$/u
const INSIDE = /^[\p{L}\p{N}]{2}$/u

function selectedIn(text: Element): Selected | null {
  const selection = getSelection()
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0).cloneRange()
  if (!range.intersectsNode(text)) return null
  const whole = document.createRange()
  whole.selectNodeContents(text)
  // What was drawn beyond an end of the text ends with it.
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0)
    range.setStart(whole.startContainer, whole.startOffset)
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0)
    range.setEnd(whole.endContainer, whole.endOffset)
  const all = text.textContent ?? ''
  const drawn = range.toString()
  if (drawn.trim() === '') return null
  whole.setEnd(range.startContainer, range.startOffset)
  let start = whole.toString().length
  let end = start + drawn.length
  // Blanks at the ends are left out, and words are taken whole.
  while (BLANK.test(all[start] ?? '')) start++
  while (BLANK.test(all[end - 1] ?? '')) end--
  while (start > 0 && INSIDE.test(all.slice(start - 1, start + 1))) start--
  while (INSIDE.test(all.slice(end - 1, end + 1))) end++
  return { start, words: all.slice(start, end) }
}

/** A passage of a text that is coded is marked by selecting it, with pointer or keys; the form is filled in by it. */
export function startCoding(): void {
  const text = document.querySelector('.coding-text')
  const form = document.querySelector<HTMLFormElement>('form[data-passage]')
  if (text === null || form === null) return
  const field = (name: string) =>
    form.querySelector<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(`[name="${name}"]`)
  const set = (name: string, value: string) => {
    const found = field(name)
    if (found !== null) found.value = value
  }
  const take = (kind: string) => {
    const selected = selectedIn(text)
    if (selected === null) return
    set('/quote', selected.words)
    set('/start', '')
    set('at', String(selected.start))
    const choice = form.querySelector<HTMLInputElement>(`[name="/kind"][value="${kind}"]`)
    if (choice !== null) choice.checked = true
    getSelection()?.removeAllRanges()
    const next = field(kind === 'vague' || kind === 'no_forecast' ? '/reason' : '/event')
    next?.focus({ preventScroll: true })
    form.scrollIntoView({ block: 'nearest' })
    next?.scrollIntoView({ block: 'nearest' })
  }
  const hint = document.createElement('p')
  hint.className = 'small soft'
  hint.textContent = 'Select the words of a passage to mark it.'
  text.before(hint)
  const bar = picker(
    Object.entries(KINDS).map(([key, [kind, label]]) => ({ key, label, press: () => take(kind) })),
  )
  document.addEventListener('selectionchange', () => bar.show(selectedIn(text)?.words ?? null))
  document.addEventListener('keydown', (event) => {
    const [kind] = KINDS[plainKey(event) ?? ''] ?? []
    if (kind === undefined || selectedIn(text) === null) return
    take(kind)
    event.preventDefault()
  })
}
