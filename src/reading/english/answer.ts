import { FLATLY } from '../../core/probability.ts'
import { clausesOf } from './clause.ts'
import { elementsOf } from './element.ts'
import { type ClauseReading, frameOf } from './frame.ts'
import { isPast } from './horizon/tense.ts'
import { type Token, tokensOf } from './words/token.ts'

const YES = /^(?:yes|yeah|yep|sure|absolutely|definitely|certainly|indeed|exactly|undoubtedly)$/u
const NO = /^(?:no|nope|never|nah)$/u
const SO = /^(?:so|it|that|not)$/u
const LONGEST_ANSWER = 12

/** An answer of a few words to a question about the future, with the tokens it rests on; null where it is none. */
export type Answer = { readonly tokens: readonly Token[]; readonly reading: ClauseReading }

/** "Will it hold?" "No." asserts what the question asks: yes or no, or how likely ("I doubt it", "probably"). */
export function answerTo(question: string, text: string): Answer | null {
  const tokens = tokensOf(text)
  const words = tokens.filter(({ kind }) => kind !== 'mark')
  if (words.length === 0 || words.length > LONGEST_ANSWER || !asksOfFuture(question)) return null
  const [first, second] = words as [Token, Token | undefined]
  const not = words.slice(0, 3).some(({ word }) => word === 'not')
  const polar =
    NO.test(first.word) || (YES.test(first.word) && second?.word === 'not')
      ? 'no'
      : YES.test(first.word)
        ? 'yes'
        : null
  const { reading } = frameOf({ tokens, condition: false })
  const place = { first: 0, last: tokens.length - 1 }
  if (reading.kind === 'words' || reading.kind === 'number' || reading.kind === 'range') {
    const alone =
      words.length <= 3 ||
      polar !== null ||
      words.slice(2).some(({ word }, at) => SO.test(word) && (at < 2 || at === words.length - 3))
    return alone ? { tokens, reading: { ...reading, ...place } } : null
  }
  if (polar === null || (reading.kind === 'asks' && !not)) return null
  return {
    tokens,
    reading: {
      kind: 'flat',
      says: polar,
      ...FLATLY[polar],
      key: polar === 'yes' ? 'will' : 'will_not',
      measured: polar === 'yes',
      ...place,
    },
  }
}

/** Whether a question asks for yes or no about what is to come, and denies nothing that an answer would turn. */
function asksOfFuture(question: string): boolean {
  const tokens = tokensOf(question)
  const [first] = tokens.filter(({ kind }) => kind !== 'mark')
  if (!/^(?:will|shall|is|are|do|does|can|could|would|might|so|and|you)$/u.test(first?.word ?? ''))
    return false
  const elements = clausesOf(tokens).flatMap((clause) => elementsOf(clause.tokens))
  // "Could we have prevented them?" asks about what is over.
  if (tokens.some(({ word }, at) => word === 'have' && isPast(tokens[at + 1]?.word ?? ''))) return false
  const future = elements.some(({ layer }) => layer === 'future' || layer === 'hedge' || layer === 'attitude')
  return future && !elements.some(({ layer }) => layer === 'not')
}
