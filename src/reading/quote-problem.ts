import type { NormalisedText, TextRange } from './normalised-text.ts'
import { type LocatedQuote, MOST_PARTS, type QuoteSelector } from './quote.ts'
import { LONGEST_OMISSION, LONGEST_REPLACED } from './quote-part.ts'
import { differenceOf } from './text-difference.ts'
import { cutsWord, wholeWords } from './word-boundary.ts'

/**
 * What is wrong with a quote, in words that every door says behind "the quote" or the name of its field; null for one
 * that is found. Where two passages could pass for one another, what differs is named.
 */
export function quoteProblem(
  within: NormalisedText,
  quote: QuoteSelector,
  located: LocatedQuote,
): string | null {
  if (located.state === 'found') return null
  if (located.state === 'ambiguous') {
    const contexts = located.places
      .slice(0, 3)
      .map((found) => `“…${clip(found.prefix)} [quote] ${clip(found.suffix)}…”`)
    return `stands ${located.count} times in the text of the source; give a prefix or a suffix: ${contexts.join(', ')}.`
  }
  const { why, part, nearest } = located
  const near = nearest === null ? '' : ` The nearest passage is “${clip(nearest.text)}”.`
  switch (why) {
    case 'empty':
      return 'holds no words of the speaker to look for'
    case 'parts':
      return `leaves out more than ${MOST_PARTS - 1} passages: quote less at once`
    case 'order':
      return `is not in the text of the source in this order: “${clip(part)}” does not follow what stands before it within ${LONGEST_OMISSION} characters, or ${LONGEST_REPLACED} where brackets stand between.`
    case 'context':
      return `is in the text of the source, but not ${contextOf(quote)}.${near}`
    case 'word':
      return `is not in the text of the source.${located.cut === undefined ? '' : ` ${cutOf(within.text, located.cut)}`}`
    case 'text': {
      const difference = nearest === null ? null : differenceOf(nearest.text, part)
      return `is not in the text of the source.${difference === null ? '' : ` ${difference}`}${near}`
    }
  }
}

/** The beginning of a passage, for a message. */
export const clip = (text: string): string =>
  text.length > 160 ? `${text.slice(0, 157).toWellFormed()}…` : text

function contextOf({ prefix = '', suffix = '' }: QuoteSelector): string {
  const parts = [
    ...(prefix.trim() === '' ? [] : [`after “${clip(prefix.trim())}”`]),
    ...(suffix.trim() === '' ? [] : [`before “${clip(suffix.trim())}”`]),
  ]
  return parts.join(' and ')
}

/** Why a range of the normalised text is no quote, which begins and ends where words do; or null. */
export const cutProblem = (text: string, range: TextRange): string | null =>
  cutsWord(text, range.start) || cutsWord(text, range.end)
    ? `is not made of whole words. ${cutOf(text, range)}`
    : null

/** Which word a quote cuts, and at which end. */
function cutOf(text: string, { start, end }: TextRange): string {
  const [begins, ends] = [cutsWord(text, start), cutsWord(text, end)]
  const rule = begins
    ? ends
      ? 'a quote begins where a word begins, and ends where one ends'
      : 'a quote begins where a word or a number begins'
    : 'a quote ends where a word or a number ends'
  const whole = begins
    ? wholeWords(text, start, ends ? end : start + 1)
    : ends
      ? wholeWords(text, end - 1, end)
      : dividedAt(text, start, end)
  return `The text has “${clip(text.slice(whole.start, whole.end))}”: ${rule}.`
}

/** The words around a place where a line end divides one, or within one sign. */
function dividedAt(text: string, start: number, end: number): TextRange {
  const from = text.lastIndexOf(' ', Math.max(0, start - 3)) + 1
  const to = text.indexOf(' ', end + 2)
  return { start: from, end: to === -1 ? text.length : to }
}
