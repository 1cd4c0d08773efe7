import { foldedFor } from '../core/folded-text.ts'
import {
  asNormalised,
  type NormalisedText,
  normalise,
  normalisedText,
  type TextRange,
} from '../core/normalised-text.ts'
import { LONGEST_CONTEXT } from '../core/statement.ts'
import { type LocatedQuote, MOST_PARTS, type QuoteSelector } from './located-quote.ts'
import { located, missing } from './part-search.ts'
import { contextOf } from './quote-context.ts'
import { quoteMarks, quoteParts, withMarks } from './quote-part.ts'

/**
 * Finds a quote, in whatever spelling (`folded-text.ts`). It must stand in the text exactly once, given its prefix and
 * suffix, and begin and end where words do; parts around an omission must follow each other in order, at most
 * `LONGEST_OMISSION` characters apart, and be readable in one way only. With `among`, it is looked for in that range of
 * the normalised text alone. Pass a `NormalisedText` to check many quotes of one text.
 */
export function locateQuote(
  text: string | NormalisedText,
  quote: QuoteSelector,
  among?: TextRange,
): LocatedQuote {
  const within = asNormalised(text)
  const exact = normalisedText(quote.exact)
  const { parts, marks } = quoteParts(exact)
  if (parts.length === 0 || parts[0]?.text === '') return missing('empty', '')
  const context = {
    prefix: normalisedText(quote.prefix ?? ''),
    suffix: normalisedText(quote.suffix ?? ''),
  }
  const folded = foldedFor(within, `${context.prefix} ${exact} ${context.suffix}`)
  const search = { folded, exact, among, context }
  // What the source itself prints, dots and brackets and all, is quoted literally.
  const whole = { text: exact, start: 0, end: exact.length, opens: null, closes: null }
  const literal = marks.length === 0 ? null : located(search, [whole], [])
  if (literal !== null && (literal.state !== 'missing' || literal.why === 'context')) return literal
  return parts.length > MOST_PARTS ? missing('parts', exact) : located(search, parts, marks)
}

/** Whether two quotes are the same words, in whatever spelling of words and omissions. */
export function sameWords(one: string, other: string): boolean {
  if (one === other) return true
  const [a, b] = [one, other].map((words) => {
    const exact = normalisedText(words)
    return withMarks(exact, { start: 0, end: exact.length }, quoteMarks(exact)).replaceAll('[…]', '…')
  }) as [string, string]
  return foldedFor(normalise(a), b).text === foldedFor(normalise(b), a).text
}

/**
 * The quote for a range of the normalised text, with just as much context as makes it unique, or as much as a quote
 * may have, and its position.
 * A range that holds no text gives an empty `exact`.
 */
export function quoteOf(
  text: string | NormalisedText,
  start: number,
  end: number,
): { exact: string; prefix: string; suffix: string; start: number; end: number } {
  const within = asNormalised(text)
  while (start < end && within.text[start] === ' ') start++
  while (end > start && within.text[end - 1] === ' ') end--
  const exact = within.text.slice(start, end)
  for (let n = 32; ; n *= 2) {
    const context = contextOf(within, start, end, Math.min(n, LONGEST_CONTEXT))
    const quote = { exact, ...context, start, end }
    if (exact === '' || n >= Math.min(LONGEST_CONTEXT, within.text.length)) return quote
    const located = locateQuote(within, quote)
    if (located.state === 'found' && located.start === start) return quote
  }
}
