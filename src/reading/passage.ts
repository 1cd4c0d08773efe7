import type { Steps } from '../core/steps.ts'
import { type NormalisedText, normalise, normalisedRange, type TextRange } from './normalised-text.ts'
import type { ReadingContext } from './own-lexicon.ts'
import { type Suggestion, suggestionSteps } from './suggestion.ts'

/** A suggestion with its place in the normalised text, where quotes have theirs; `raw` is its place in the text as given. */
export type Passage = Suggestion & { readonly raw: TextRange }

/**
 * The passages of a text that look like forecasts, in steps: it may be long. `published` is the latest day of
 * publication, `context` what else is known.
 */
export function* passageSteps(
  text: string | NormalisedText,
  published?: string,
  context: ReadingContext = {},
): Steps<Passage[]> {
  const within = typeof text === 'string' ? normalise(text) : text
  yield
  const suggestions = yield* suggestionSteps(within.raw, published, context)
  return suggestions.map((suggestion) => {
    const raw = { start: suggestion.start, end: suggestion.end }
    return { ...suggestion, ...normalisedRange(within, raw.start, raw.end), raw }
  })
}
