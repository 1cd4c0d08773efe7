import { type NormalisedText, normalise, normalisedRange, type TextRange } from '../core/normalised-text.ts'
import type { Steps } from '../core/steps.ts'
import type { ReadingContext } from './own-lexicon.ts'
import { type Suggestion, suggestionSteps } from './suggestion.ts'
import { turnAt, turnsIn } from './turn.ts'

/** Whose words a passage of a transcript holds. */
export type Heard = {
  readonly speaker: string | null
  readonly timecode: string | null
  /** Whether nothing says whose words they are: that is asked. */
  readonly unsure: boolean
  /** The words of somebody else that they answer. */
  readonly answers: string | null
}

/**
 * A suggestion with its place in the normalised text, where quotes have theirs; `raw` is its place in the text as
 * given, `heard` is null outside of transcripts.
 */
export type Passage = Suggestion & { readonly raw: TextRange; readonly heard: Heard | null }

const LONGEST_ASKED = 300

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
  const turns = turnsIn(within.raw)
  yield
  const heardAt = (place: number): Heard | null => {
    const turn = turnAt(turns, place)
    if (turn === undefined) return null
    const { speaker, timecode, unsure, answers } = turn
    const asked = answers === null ? null : within.raw.slice(answers.start, answers.end)
    const shown = asked !== null && asked.length > LONGEST_ASKED ? `…${asked.slice(-LONGEST_ASKED)}` : asked
    return { speaker, timecode, unsure, answers: shown }
  }
  return suggestions.map((suggestion) => {
    const raw = { start: suggestion.start, end: suggestion.end }
    return { ...suggestion, ...normalisedRange(within, raw.start, raw.end), raw, heard: heardAt(raw.start) }
  })
}
