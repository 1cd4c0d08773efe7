import { isChain, isOutcome, isParticiple, subjectBefore, verbBehind } from './chain.ts'
import type { Say } from './cue.ts'
import type { Element } from './element.ts'
import type { Frame } from './frame.ts'
import { isPast } from './horizon/tense.ts'
import { formOf } from './phrase.ts'
import { type Token, wordsAt } from './words/token.ts'

/**
 * What is known of when a clause is told: the words for a time ahead in it and the year of publication, whether it holds
 * under what is not so, and whether a "but" takes it back.
 */
export type Moment = {
  readonly time: string | null
  /** Whether both ends of that time were named. */
  readonly between: boolean
  readonly year: number
  readonly unreal: boolean
  readonly granted: boolean
}

/** What weighs something that is so or not so already: "it may be that …", "he is likely to have read it". */
export function ofNow(frame: Frame, moment: Moment, say: Say): void {
  const { tokens, elements } = frame
  const { time, granted } = moment
  const state = (first: number, last: number) => say('state', wordsAt(tokens, first, last))
  for (const element of elements) {
    const at = isChain(element, tokens) ? verbBehind(tokens, element.last) : null
    if (at === null) continue
    const isDoubted = elements.some(({ key, first }) => key === 'doubt' && first < element.first)
    if (isPerfect(tokens, at) && (time === null || !UNTIL.test(time))) state(at, at + 1)
    else if (element.layer !== 'hedge' || isDoubted || tokens[element.last]?.word === 'should') continue
    else if (isStative(tokens, element, at, time) || (granted && isGranted(tokens, element, at)))
      state(element.last, at + 1)
  }
  const able = elements.find(({ cue }) => cue === 'ability')
  if (able !== undefined && tokens[subjectBefore(tokens, able.first)]?.word === 'you')
    state(able.first - 1, able.last)
  const weighed = time === null ? presentBeside(frame) : null
  if (weighed !== null) state(weighed, weighed + 1)
  const present = time === null ? presentBehind(frame) : null
  if (present !== null) state(...present)
  const likely = tokens.findIndex(
    ({ word }, at) => word === 'likely' && NOUN.test(tokens[at + 1]?.word ?? ''),
  )
  if (likely !== -1) state(likely, likely + 1)
}

const UNTIL = /^(?:by|before|within|until|in|after)\b/iu
const NOUN = /^(?:a|an|the|his|her|their|because|due)$/u

/** "Likely to have come", "may have known". */
const isPerfect = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.word === 'have' && isParticiple(tokens[verbBehind(tokens, at)]?.word ?? '')

/** Verbs of what is so, whatever time stands beside it. */
const EXPLAINS = /^(?:reflect|explain|stem|owe|suggest|indicate)$/u
const STATIVE = /^(?:lie|know|believe|own|belong|contain|seem|appear|sound|feel|look|depend|matter|account)$/u
/** Verbs of what somebody thinks or says: "one might ask why", "he could imagine it". */
const SAYS =
  /^(?:ask|answer|do|cope|manage|withstand|bear|say|argue|think|imagine|trust|hear|wonder|call|describe|object|reply|retort|counter|guess|remember|understand|tell|expect|want|prefer|like|love|hate|enjoy|afford|speak|add|note|conclude|assume|suppose|hope|wish|wait)$/u
const JUDGED =
  /^(?:that|because|due|down|why|how|called|said|described|traced|seen|heard|felt|explained|as|true|false|right|wrong|better|worse|worst|best|less|more|good|bad|enough|useful|helpful|important|simple|easy|hard|difficult|relief|mistake|coincidence|bluff|reason|case|joke|lie|exaggeration|explanation|\p{L}{2,}ing)$/u
const PRONOUN = /^(?:it|that|this|which|he|she|they|these|those|who|what)$/u
const TO_COME =
  /^(?:last|first|next|end|beginning|start|years?|months?|weeks?|days?|decades?|long|soon|later|future|another)$/u
const isModal = (tokens: readonly Token[], { last }: Element): boolean =>
  /^(?:may|might|could|well|yet)$/u.test(tokens[last]?.word ?? '')

/** "May reflect the weather", "that could explain why", "they might be the same", "faster than any virus could." */
function isStative(tokens: readonly Token[], element: Element, at: number, time: string | null): boolean {
  const { word: verb = '', kind = 'mark' } = tokens[at] ?? {}
  if (kind === 'mark' || EXPLAINS.test(verb)) return true
  // "May have something to do with the price".
  if (
    verb === 'have' &&
    /^(?:something|nothing|little|much|a|more|less)$/u.test(tokens[at + 1]?.word ?? '') &&
    hasToDo(tokens, at)
  )
    return true
  if (time !== null) return false
  if (isModal(tokens, element) && (SAYS.test(verb) || isAbility(tokens, element, at))) return true
  if (verb !== 'be') return STATIVE.test(verb)
  const predicate = verbBehind(tokens, at)
  const behind = tokens.slice(predicate, predicate + 4).map(({ word }) => word)
  const noun = /^(?:a|an|the|no)$/u.test(behind[0] ?? '') ? behind[1] : behind[0]
  if (JUDGED.test(noun ?? '')) return true
  const subject = tokens[subjectBefore(tokens, element.first)]?.word ?? ''
  return PRONOUN.test(subject) && isModal(tokens, element) && !behind.some((word) => TO_COME.test(word))
}

const hasToDo = (tokens: readonly Token[], at: number): boolean =>
  tokens.slice(at + 2, at + 5).some(({ word }, i, rest) => word === 'to' && rest[i + 1]?.word === 'do')

/** "I could do my job", "four in ten couldn't name her", "it could live with that": what somebody is able to do. */
function isAbility(tokens: readonly Token[], { first, last }: Element, at: number): boolean {
  if (tokens[last]?.word !== 'could') return false
  if (tokens[at]?.word === 'live' && tokens[at + 1]?.word === 'with') return true
  const isOwn = /^(?:i|we|you|one)$/u.test(tokens[subjectBefore(tokens, first)]?.word ?? '')
  return (isOwn || tokens[last + 1]?.word === 'not') && !isOutcome(tokens, at)
}

/** "He may be cautious, but …". */
const isGranted = (tokens: readonly Token[], { last }: Element, at: number): boolean =>
  /^(?:may|might)$/u.test(tokens[last]?.word ?? '') && tokens[at]?.word === 'be'

const SURELY = /^(?:hardly|scarcely|certainly|definitely|undoubtedly|surely|doubtless|clearly)$/u

/** "It hardly matters", "he certainly knows": where an adverb weighs a verb of the present. */
function presentBeside({ tokens, elements }: Frame): number | null {
  if (elements.some((element) => isChain(element, tokens))) return null
  const adverb = elements.find(({ first, last }) => first === last && SURELY.test(tokens[first]?.word ?? ''))
  const isVerb = /^\p{L}{3,}s$/u.test(tokens[(adverb?.last ?? 0) + 1]?.word ?? '')
  return adverb !== undefined && isVerb ? adverb.last : null
}

/** "It is likely that he is hiding something": from the hedge to the verb. */
function presentBehind({ tokens, elements }: Frame): [number, number] | null {
  if (elements.some((element) => isChain(element, tokens))) return null
  const hedge = elements.find(({ layer }) => layer === 'hedge')
  if (hedge === undefined) return null
  const that = tokens[hedge.last]?.word === 'that' ? hedge.last : hedge.last + 1
  if (tokens[that]?.word !== 'that') return null
  for (let at = that + 1; at < Math.min(tokens.length, that + 9); at++) {
    const token = tokens[at] as Token
    const isVerb = /^(?:is|has|had|have)$/u.test(formOf(token)) || isPast(token.word)
    if (isVerb) return [hedge.first, at]
    if (token.word.endsWith('s') && at > that + 2) return null
  }
  return null
}
