import { invalid } from '../../core/error.ts'
import type { Quote, Statement } from '../../core/statement.ts'
import type { NormalisedText } from '../../reading/normalised-text.ts'
import { locateQuote, MOST_PARTS } from '../../reading/quote.ts'

/**
 * A quote checked against the text of its source: it must stand there exactly once, given prefix and suffix.
 * Without a text it is kept as it came, `unchecked`.
 */
export function checkQuote(
  quote: string | Quote,
  text: string | NormalisedText | null,
): Pick<Statement, 'quote' | 'checked'> {
  const selector: Quote = typeof quote === 'string' ? { exact: quote } : quote
  if (text === null) return { quote: selector, checked: 'unchecked' }
  const place = locateQuote(text, selector)
  if (place.state === 'found')
    return { quote: { ...selector, start: place.start, end: place.end }, checked: 'found' }
  if (place.state === 'missing') {
    if (place.why === 'parts')
      throw invalid('/quote', `leaves out more than ${MOST_PARTS - 1} passages: quote less at once`)
    const nearest = place.nearest === null ? '' : ` The nearest passage is “${clip(place.nearest.text)}”.`
    throw invalid('/quote', `is not in the text of the source.${nearest}`, 'quote_not_found')
  }
  const contexts = place.places
    .slice(0, 3)
    .map((found) => `“…${clip(found.prefix)} [quote] ${clip(found.suffix)}…”`)
  throw invalid(
    '/quote',
    `stands ${place.count} times in the text of the source; give a prefix or a suffix: ${contexts.join(', ')}.`,
    'quote_ambiguous',
  )
}

/** The beginning of a passage, for a message. */
export const clip = (text: string): string => (text.length > 160 ? `${text.slice(0, 157)}…` : text)
