import type { TextRange } from '../core/normalised-text.ts'

/** How many characters one `[…]` may leave out. */
export const LONGEST_OMISSION = 600
/** How many characters an editor's brackets may stand in the place of. */
export const LONGEST_REPLACED = 100

/** What an editor put into a quote: an omission, or words in square brackets. */
export type QuoteMark = TextRange & {
  readonly kind: 'omission' | 'bracket'
  /** The words within brackets. */
  readonly words: string
}

/** A stretch of words between what an editor put in. */
export type QuotePart = TextRange & {
  readonly text: string
  /** The brackets that stand for the first or the last letters of this stretch: [T]here, th[ey]. */
  readonly opens: QuoteMark | null
  readonly closes: QuoteMark | null
}

/** A quote in its parts, with what lies between each two. */
export type QuoteParts = {
  readonly parts: readonly QuotePart[]
  readonly marks: readonly QuoteMark[]
}

const DOTS = '[.\u2025\u2026\u22ef](?: ?[.\u2025\u2026\u22ef])*'
const MARK = new RegExp(
  `[[(<{\uff3b\uff08\uff1c\u3010\u3014/] ?(${DOTS}) ?[\\])>}\uff3d\uff09\uff1e\u3011\u3015/]|(${DOTS})|[[\uff3b]([^[\\]\uff3b\uff3d]{1,200})[\\]\uff3d]|(\\(sic!?\\))`,
  'gu',
)
const COUNT = new Map([
  ['.', 1],
  ['\u2025', 2],
])
const dotsIn = (text: string): number =>
  [...text.replaceAll(' ', '')].reduce((sum, dot) => sum + (COUNT.get(dot) ?? 3), 0)
const WORD = /[\p{L}\p{N}\p{S}]/u
const LETTER = /[\p{L}\p{M}\p{N}'\u2019]/u

/** What an editor put into a normalised quote, in every usual form. Linear in the length of the quote. */
export function quoteMarks(exact: string): QuoteMark[] {
  return [...exact.matchAll(MARK)].flatMap(
    ({ 0: all, 1: framed, 2: bare, 3: words, 4: sic, index }): QuoteMark[] => {
      const place = { start: index, end: index + all.length }
      if (framed !== undefined) return dotsIn(framed) < 2 ? [] : [{ ...place, kind: 'omission', words: '' }]
      if (bare !== undefined) return dotsIn(bare) < 3 ? [] : [{ ...place, kind: 'omission', words: '' }]
      return [{ ...place, kind: 'bracket', words: words ?? sic ?? '' }]
    },
  )
}

/** The stretches of a normalised quote that its speaker said. A stretch of nothing but signs is none. */
export function quoteParts(exact: string): QuoteParts {
  const marks = quoteMarks(exact)
  if (marks.length === 0) return { parts: [partOf(exact, 0, exact.length, null, null)], marks }
  const glued = (mark: QuoteMark | undefined, at: number): QuoteMark | null =>
    mark?.kind === 'bracket' && LETTER.test(exact.charAt(at)) ? mark : null
  const parts: QuotePart[] = []
  for (let i = 0; i <= marks.length; i++) {
    const [before, after] = [marks[i - 1], marks[i]]
    const [start, end] = [before?.end ?? 0, after?.start ?? exact.length]
    if (WORD.test(exact.slice(start, end)))
      parts.push(partOf(exact, start, end, glued(before, start), glued(after, end - 1)))
  }
  return { parts, marks }
}

function partOf(
  exact: string,
  start: number,
  end: number,
  opens: QuoteMark | null,
  closes: QuoteMark | null,
): QuotePart {
  while (start < end && exact[start] === ' ') start++
  while (end > start && exact[end - 1] === ' ') end--
  return { text: exact.slice(start, end), start, end, opens, closes }
}

/** A stretch of a quote with every omission written `[…]`; what stands in brackets stays. */
export function withMarks(exact: string, { start, end }: TextRange, marks: readonly QuoteMark[]): string {
  let text = ''
  let at = start
  for (const mark of marks) {
    if (mark.start < start || mark.end > end) continue
    text +=
      exact.slice(at, mark.start) + (mark.kind === 'omission' ? '[…]' : exact.slice(mark.start, mark.end))
    at = mark.end
  }
  return text + exact.slice(at, end)
}
