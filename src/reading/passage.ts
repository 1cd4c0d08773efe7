import { type NormalisedText, normalise, normalisedRange, type TextRange } from './quote.ts'
import { type Suggestion, suggestionsIn } from './suggestion.ts'

/** A suggestion with its place in the normalised text, where quotes have theirs; `raw` is its place in the text as given. */
export type Passage = Suggestion & { readonly raw: TextRange }

/** The passages of a text that look like forecasts. `published` is the latest day of publication. */
export function passagesIn(text: string | NormalisedText, published?: string): Passage[] {
  const within = typeof text === 'string' ? normalise(text) : text
  return suggestionsIn(within.raw, published).map((suggestion) => {
    const raw = { start: suggestion.start, end: suggestion.end }
    return { ...suggestion, ...normalisedRange(within, raw.start, raw.end), raw }
  })
}
