import type { NormalisedText, TextRange } from '../core/normalised-text.ts'
import { type LocatedQuote, MOST_PARTS, type QuoteSelector } from './located-quote.ts'
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
  const said = ({ start: from, end: to }: TextRange, rule: string) =>
    `The text has “${clip(text.slice(from, to))}”: ${rule}.`
  const kind = (letter: string | undefined) => (/\p{Nd}/u.test(letter ?? '') ? 'number' : 'word')
  if (begins && ends) return said(wholeWords(text, start, end), 'a quote begins and ends where words do')
  if (begins) {
    const what = kind(text[start])
    return said(wholeWords(text, start, start + 1), `a quote begins where a ${what} begins`)
  }
  if (ends) {
    const what = kind(text[end - 1])
    return said(wholeWords(text, end - 1, end), `a quote ends where a ${what} ends`)
  }
  if (/[\p{L}\p{M}]\p{Pd} $/u.test(text.slice(Math.max(0, start - 4), start)))
    return said(between(text, start - 3, start), 'a quote begins where a word begins')
  if (/^\p{Pd} \p{L}/u.test(text.slice(end, end + 4)))
    return said(between(text, end - 1, end + 2), 'a quote ends where a word ends')
  return said(between(text, start, end), 'the quote begins or ends within one sign of it')
}

/** What stands around a range, from blank to blank. */
function between(text: string, start: number, end: number): TextRange {
  const to = text.indexOf(' ', end)
  return { start: text.lastIndexOf(' ', Math.max(0, start)) + 1, end: to === -1 ? text.length : to }
}
