import { isParticiple } from './chain.ts'
import { isChanceNoun } from './chance-noun.ts'
import type { Frame } from './frame.ts'
import { isPast } from './horizon/tense.ts'
import type { Token } from './words/token.ts'

// "Split", "cut": the same in the past, and nobody can tell.
const SAME_IN_THE_PAST =
  /^(?:split|cut|hit|put|set|let|cost|shut|spread|beat|read|quit|hurt|bet|burst|shed)$/u
const PERFECT = /^(?:has|have|had|having|been|was|were|did|does|do|ago|yesterday)$/u
const STATE =
  /^(?:knows?|believes?|owns?|belongs?|lies|seems?|appears?|wants?|needs?|likes?|thinks?|means?|explains?|reflects?|contains?|depends?)$/u
const UNSURE = /^(?:i|we|you|my|our|your|me|us|which|who|whom|what|any|anyone|anybody|anything|either)$/u
const IS = /^(?:is|are|am|gets?)$/u
const LAST = /^(?:year|month|week|night|time|spring|summer|autumn|fall|winter|decade|january|\p{L}+day)$/u

const OPENS_A_NOUN = /^(?:of|for|in|to|on|at|with|from|about|that|is|are|will|was|were)$/u
const COPULA = /^(?:is|are|at|as|stands?|remains?|seems?|looks?)$/u

/**
 * Where an event is told in the present behind what weighs it: "a 70 percent chance that the coalition falls apart",
 * "the odds that rates rise are small". Null where it may be past, a state, denied or weighed once more.
 */
export function presentEvent(frame: Frame, begin: number, end: number): readonly [number, number] | null {
  const { tokens, elements } = frame
  if (isPresentEvent(frame, begin, end)) return [begin, end]
  const that = tokens.findIndex(({ word }, at) => word === 'that' && isChanceNoun(tokens[at - 1]))
  const behind = elements.findLast(({ first }) => first > that)
  if (that === -1 || behind === undefined) return null
  const copula = tokens.findLastIndex(({ word }, at) => at > that && at < behind.first && COPULA.test(word))
  return copula !== -1 && isPresentEvent(frame, that + 1, copula) ? [that + 1, copula] : null
}

function isPresentEvent({ tokens, elements, denials }: Frame, from: number, to: number): boolean {
  const before = tokens[from - 1]
  if (before === undefined || !(before.word === 'that' || isChanceNoun(before))) return false
  if ([...elements, ...denials].some(({ first }) => first >= from && first < to)) return false
  const body = tokens.slice(from, to)
  if (OPENS_A_NOUN.test(body[0]?.word ?? '') || body.some((token, at) => isUnfit(token, at, body)))
    return false
  return body.filter(({ kind }) => kind === 'word').length > 1
}

function isUnfit({ word, kind }: Token, at: number, body: readonly Token[]): boolean {
  if (kind === 'mark') return word !== "'" && word !== '$' && word !== '%' && word !== '-'
  if (PERFECT.test(word) || STATE.test(word) || UNSURE.test(word) || SAME_IN_THE_PAST.test(word)) return true
  const before = body[at - 1]?.word ?? ''
  if (before === 'last' && LAST.test(word)) return true
  if (IS.test(word)) return before !== 'there' && !isParticiple(body[at + 1]?.word ?? '')
  return isPast(word) && !IS.test(before)
}
