import { invalid } from '../../core/error.ts'
import { asNormalised, type NormalisedText } from '../../core/normalised-text.ts'
import { LONGEST_QUOTE, type Quote, type Statement } from '../../core/statement.ts'
import { locateQuote } from '../../reading/quote.ts'
import { quoteProblem } from '../../reading/quote-problem.ts'

/**
 * A quote checked against the text of its source: it must stand there exactly once, given prefix and suffix, and is
 * recorded as the source spells it. Without a text it is kept as it came, `unchecked`.
 */
export function checkQuote(
  quote: string | Quote,
  text: string | NormalisedText | null,
): Pick<Statement, 'quote' | 'checked'> {
  const selector: Quote = typeof quote === 'string' ? { exact: quote } : quote
  if (text === null) return { quote: selector, checked: 'unchecked' }
  const within = asNormalised(text)
  const place = locateQuote(within, selector)
  const problem = quoteProblem(within, selector, place)
  if (place.state === 'found') {
    const { exact, start, end } = place
    if (exact.length > LONGEST_QUOTE)
      throw invalid(
        '/quote',
        `is longer than ${LONGEST_QUOTE} characters as the source spells it: quote less at once`,
      )
    return { quote: { ...selector, exact, start, end }, checked: 'found' }
  }
  if (place.state === 'missing' && place.why === 'parts') throw invalid('/quote', problem ?? '')
  throw invalid('/quote', problem ?? '', place.state === 'missing' ? 'quote_not_found' : 'quote_ambiguous')
}
