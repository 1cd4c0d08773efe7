import { isChain, isParticiple, subjectBefore, verbBehind } from './chain.ts'
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
  if (time !== null) return false
  if (verb !== 'be') return STATIVE.test(verb)
  const predicate = verbBehind(tokens, at)
  const behind = tokens.slice(predicate, predicate + 4).map(({ word }) => word)
  const noun = /^(?:a|an|the|no)$/u.test(behind[0] ?? '') ? behind[1] : behind[0]
  if (JUDGED.test(noun ?? '')) return true
  const subject = tokens[subjectBefore(tokens, element.first)]?.word ?? ''
  return PRONOUN.test(subject) && isModal(tokens, element) && !behind.some((word) => TO_COME.test(word))
}

/** "He may be cautious, but …". */
const isGranted = (tokens: readonly Token[], { last }: Element, at: number): boolean =>
  /^(?:may|might)$/u.test(tokens[last]?.word ?? '') && tokens[at]?.word === 'be'

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
