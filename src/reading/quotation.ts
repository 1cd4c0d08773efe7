import { firstIndex, type TextRange } from '../core/normalised-text.ts'

/** What stands between two quotation marks that belong together, without them; not what is quoted within it. */
export type Quotation = TextRange

// What closes after which mark. „ and ‚ are closed by marks that open elsewhere.
const CLOSED_BY: Readonly<Record<string, string>> = {
  '“': '”',
  '„': '“”',
  '”': '”',
  '«': '»',
  '»': '«',
  '‹': '›',
  '›': '‹',
  '‚': '‘’',
  '‘': '’',
  '"': '"',
  "'": "'",
  '「': '」',
  '『': '』',
}
const MARK = /[“”„«»‹›‚‘’"'「」『』]/gu
const BEFORE = /[\s([{—–\-:/…¿¡“„«‹‚‘"'「『»]/u
const WORD = /[\p{L}\p{N}]/u
const SINGLE = "'‘‚"
const MOST_OPEN = 4
/** An opened quotation that nothing closes goes on over so many paragraphs. */
const MOST_PARAGRAPHS = 6

type Open = {
  mark: string
  start: number
  paragraph: number
  /** Where a single mark is closed: it is looked for at once. */
  until: number | null
}

/**
 * The quotations of a text, outermost only and in order. A paragraph that begins with the mark of one that is still
 * open goes on with it; each paragraph of it is one. What nothing closes ends with its paragraph.
 */
export function quotationsIn(text: string): Quotation[] {
  const found: Quotation[] = []
  let open: Open[] = []
  let paragraph = 0
  for (const { 0: line, index } of text.matchAll(/[^\n\r\u2028\u2029]+/gu)) {
    if (line.trim() === '') continue
    const start = index + (line.length - line.trimStart().length)
    const end = index + line.trimEnd().length
    const [outer] = open
    if (outer !== undefined) {
      const goesOn = text[start] === outer.mark
      const isOver = paragraph - outer.paragraph >= MOST_PARAGRAPHS || !closesIn(line, outer.mark, goesOn)
      open = isOver ? [] : [{ ...outer, start: goesOn ? start + 1 : start }]
    }
    paragraph++
    for (const { 0: mark, index: place } of line.matchAll(MARK)) {
      const at = index + place
      const last = open.at(-1)
      if (last !== undefined && at < last.start) continue
      const closed = open.findLastIndex((each) => isClosedBy(each, mark, line, place, index))
      if (closed !== -1) {
        if (closed === 0) put(found, text, open[0]?.start ?? at, at)
        open = open.slice(0, closed)
      } else if (open.length < MOST_OPEN && opens(line, place, mark, last?.mark)) {
        const until = SINGLE.includes(mark) ? index + singleEnd(line, place, mark) : null
        if (until === null || until > at) open.push({ mark, start: at + 1, paragraph, until })
      }
    }
    // Single marks are apostrophes as often as not: they hold for their paragraph.
    open = open.slice(0, 1).filter(({ mark }) => !SINGLE.includes(mark))
    const [left] = open
    if (left !== undefined) put(found, text, left.start, end)
  }
  return found
}

function put(found: Quotation[], text: string, from: number, to: number): void {
  const words = text.slice(from, to)
  const start = from + words.length - words.trimStart().length
  const end = start + words.trim().length
  if (start < end) found.push({ start, end })
}

/** Whether a paragraph goes on with a quotation that is open: it opens it anew, or closes it before it opens another. */
function closesIn(line: string, mark: string, goesOn: boolean): boolean {
  if (goesOn) return true
  const closing = CLOSED_BY[mark] ?? ''
  for (const { 0: other } of line.matchAll(MARK)) {
    if (mark !== '"' && other === mark) return false
    if (closing.includes(other)) return true
  }
  return false
}

function opens(line: string, at: number, mark: string, within: string | undefined): boolean {
  if (!(mark in CLOSED_BY) || mark === within) return false
  const before = line[at - 1] ?? ' '
  const after = line[at + 1] ?? ' '
  // French sets its marks apart.
  if (/\s/u.test(after)) return (mark === '«' || mark === '‹') && BEFORE.test(before)
  if (mark === '“' || mark === '„' || mark === '«' || mark === '「' || mark === '『') return true
  if (mark === '”' || mark === '»' || mark === '›' || mark === '"') return BEFORE.test(before)
  if (!BEFORE.test(before) || !/[\p{L}\p{N}“"«„[(¿¡…]/u.test(after)) return false
  // '27 and '90s lack something.
  return mark === '‹' || mark === '‚' || !/^['‘]\d\d/u.test(line.slice(at, at + 3))
}

/** Where a single mark that opens at a place is closed, before another opens: best behind a stop. -1 for nowhere. */
function singleEnd(line: string, from: number, mark: string): number {
  const closing = CLOSED_BY[mark] ?? ''
  let best = -1
  for (let at = from + 1; at < Math.min(line.length, from + 2_000); at++) {
    const letter = line[at] ?? ''
    const before = line[at - 1] ?? ' '
    const isInner = WORD.test(line[at + 1] ?? ' ')
    if (letter === mark && isInner && BEFORE.test(before)) return best
    if (!closing.includes(letter) || isInner || /\s/u.test(before)) continue
    if (/[.,!?…;]/u.test(before)) return at
    // Behind an s it may be the mark of owners: it closes where nothing better follows.
    if (!/[sS]/u.test(before)) return at
    best = at
  }
  return best
}

function isClosedBy(
  { mark: opened, start, until }: Open,
  mark: string,
  line: string,
  at: number,
  from: number,
): boolean {
  if (CLOSED_BY[opened]?.includes(mark) !== true) return false
  if (until !== null) return from + at === until
  // What stands before a word and behind a blank opens, and does not close.
  return (
    opened !== '"' ||
    from + at === start ||
    !(/\s/u.test(line[at - 1] ?? ' ') && WORD.test(line[at + 1] ?? ' '))
  )
}

/** The quotations that a range touches, cut to it. */
export function quotationsAt(quotations: readonly Quotation[], { start, end }: TextRange): Quotation[] {
  const found: Quotation[] = []
  for (
    let i = firstIndex(quotations.length, (at) => (quotations[at]?.end ?? 0) > start);
    (quotations[i]?.start ?? end) < end;
    i++
  ) {
    const { start: from = 0, end: to = 0 } = quotations[i] ?? {}
    found.push({ start: Math.max(from, start), end: Math.min(to, end) })
  }
  return found
}
