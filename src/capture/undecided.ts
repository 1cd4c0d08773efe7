import type { CaptureDraft } from '../core/capture.ts'
import type { Problem } from '../core/error.ts'
import type { NormalisedText } from '../core/normalised-text.ts'
import type { Steps } from '../core/steps.ts'
import { languageTold, publishedOf } from './draft.ts'
import { openSuggestions, suggestedSteps } from './suggestion.ts'

/**
 * Whoever says that every forecast of a text is logged has looked at every passage that looks like one: what is
 * wrong as long as one of them is neither marked nor left.
 */
export function* undecidedSteps(draft: CaptureDraft, within: NormalisedText): Steps<Problem[]> {
  const { source } = draft
  if (typeof source === 'string' || source.coverage !== 'complete') return []
  const told = languageTold(source, null)
  const suggested = yield* suggestedSteps(
    within,
    publishedOf(source, null),
    told === undefined ? {} : { language: told },
  )
  const [first, ...others] = openSuggestions(draft, suggested).passages
  if (first === undefined) return []
  const n = others.length + 1
  const which =
    n === 1 ? 'one passage that looks like a forecast is' : `${n} passages that look like forecasts are`
  const message = `${which} neither marked nor left, from “${first.text.slice(0, 100)}” on: decide on each, leave the rest (ignored), or say that some were chosen (selected, and why)`
  return [{ pointer: '/source/coverage', message }]
}
