import type { SentenceInTurn } from './english/horizon/horizon.ts'
import { LONGEST_SENTENCE } from './grammar/language.ts'
import type { Spoken } from './voice.ts'

/**
 * A sentence with what is said beside it: the one before in the same turn and paragraph, and the question that it
 * answers, which in a transcript ends the turn before.
 */
export function inTurn(spoken: readonly Spoken[], at: number): SentenceInTurn {
  const own = spoken[at]
  const sentence = own?.sentence.text ?? ''
  const last = spoken[at - 1]
  if (own === undefined || last === undefined || last.sentence.text.length > LONGEST_SENTENCE)
    return { sentence }
  const isAsked = /\?["'”’)]*$/u.test(last.sentence.text)
  if (own.turn !== last.turn) return isAsked ? { sentence, question: last.sentence.text } : { sentence }
  if (own.sentence.paragraph !== last.sentence.paragraph) return { sentence }
  if (isAsked) return { sentence, question: last.sentence.text }
  return own.voice === last.voice ? { sentence, before: last.sentence.text } : { sentence }
}
