import { isChain, subjectBefore, verbBehind } from './chain.ts'
import type { Say } from './cue.ts'
import type { Element } from './element.ts'
import type { Frame } from './frame.ts'
import { isPast } from './horizon/tense.ts'
import { formOf } from './phrase.ts'
import { type Token, wordsAt } from './words/token.ts'

/** What is known of when a clause is told: the words for a time ahead in it, and the year of publication. */
export type Moment = { readonly time: string | null; readonly year: number }

/** What weighs something that is, or that is over, and not what is to come. */
export function againstNow(frame: Frame, { time, year }: Moment, say: Say): void {
  const { tokens, elements } = frame
  for (const element of elements) {
    if (!isChain(element, tokens)) continue
    const why = time === null || !isUntil(time) ? perfect(tokens, element) : null
    if (why !== null) say('state', why)
    else if (
      element.layer === 'hedge' &&
      !elements.some(({ key, first }) => key === 'doubt' && first < element.first)
    )
      ofNow(frame, element, time, say)
  }
  const able = elements.find(({ cue }) => cue === 'ability')
  if (able !== undefined && tokens[subjectBefore(tokens, able.first)]?.word === 'you')
    say('state', wordsAt(tokens, able.first - 1, able.last))
  const present = time === null ? weighsPresent(frame) : null
  if (present !== null) say('state', present)
  const chains = elements.filter((element) => isChain(element, tokens))
  const [chain] = chains
  const leads = chain !== undefined && chain === elements.find(({ layer }) => layer !== 'asks')
  const relative = leads ? relativeBefore(tokens, chain) : null
  if (relative !== null && chains.length === 1 && chain?.layer === 'hedge')
    say('aside', wordsAt(tokens, relative, chain.last))
  const then = pastTime(tokens, year)
  const told = elements.find(
    ({ layer, first, cue }) =>
      then !== null && first > then && (layer === 'attitude' || cue === 'reported' || cue === 'bet'),
  )
  if (then !== null && told !== undefined) say('past', wordsAt(tokens, Math.max(0, then - 1), then))
  if (time === null && chains.length === 0) toldAsPast(frame, say)
}

const isUntil = (time: string): boolean => /^(?:by|before|within|until|in|after)\b/iu.test(time)

/** "Is likely to have come", "may have known". */
function perfect(tokens: readonly Token[], { last }: Element): string | null {
  const verb = verbBehind(tokens, last)
  if (tokens[verb]?.word !== 'have') return null
  const participle = verbBehind(tokens, verb)
  const { word = '' } = tokens[participle] ?? {}
  return PARTICIPLE.test(word) ? wordsAt(tokens, verb, participle) : null
}
const PARTICIPLE =
  /^(?:been|had|come|gone|read|done|got|become|begun|met|sent|set|put|cut|hit|lost|left|told|said|heard|found|brought|thought|bought|sold|run|made|\p{L}+(?:ed|en|wn|on))$/u

/** "A side that could be relegated", "two metres deep, where ice might be preserved": a remark on a noun. */
function relativeBefore(tokens: readonly Token[], { first }: Element): number | null {
  for (let at = first - 1; at >= Math.max(1, first - 4); at--) {
    const { word } = tokens[at] as Token
    if (word === 'where' || word === 'what' || word === 'whose') return at
    if (at < first - 1) continue
    const before = tokens[at - 1]?.word ?? ''
    if (
      (word === 'that' || word === 'who' || word === 'which') &&
      before !== ',' &&
      !/^(?:and|but|so|is|,)$/u.test(before)
    )
      return at
  }
  return null
}

/** Verbs of what is so, whatever time stands beside it. */
const EXPLAINS = /^(?:reflect|explain|stem|owe|suggest|indicate)$/u
const STATIVE = /^(?:lie|know|believe|own|belong|contain|seem|appear|sound|feel|look|depend|matter|account)$/u
const JUDGED =
  /^(?:that|because|due|down|why|how|called|said|described|traced|seen|heard|felt|explained|as|true|false|right|wrong|better|worse|worst|best|less|more|good|bad|enough|useful|helpful|important|simple|easy|hard|difficult|relief|mistake|coincidence|bluff|reason|case|joke|lie|exaggeration|explanation|\p{L}{2,}ing)$/u
const PRONOUN = /^(?:it|that|this|which|he|she|they|these|those|who|what)$/u
const TO_COME =
  /^(?:last|first|next|end|beginning|start|years?|months?|weeks?|days?|decades?|long|soon|later|future|another)$/u

/** "It may be that …", "that could explain why …", "they might be the same": said of what is. */
function ofNow(frame: Frame, element: Element, time: string | null, say: Say): void {
  const { tokens, reported } = frame
  const { first, last } = element
  const at = verbBehind(tokens, last)
  const subject = subjectBefore(tokens, first)
  if (isModal(tokens, element) && tokens[0]?.word === 'because') say('aside', wordsAt(tokens, 0, last))
  else if (tokens[last]?.word === 'should') return
  else if (isOfNow(tokens, element, subject, at, time)) say('state', wordsAt(tokens, last, at + 1))
  else if (tokens[last]?.word === 'could' && !reported) able(tokens, subject, last, at, time, say)
}

function isOfNow(
  tokens: readonly Token[],
  element: Element,
  subject: number,
  at: number,
  time: string | null,
): boolean {
  const { word: verb = '', kind = 'mark' } = tokens[at] ?? {}
  // "Faster than any virus could."
  if (kind === 'mark' || EXPLAINS.test(verb)) return true
  if (time !== null || verb !== 'be') return time === null && STATIVE.test(verb)
  const predicate = verbBehind(tokens, at)
  const behind = tokens.slice(predicate, predicate + 4).map(({ word }) => word)
  const noun = /^(?:a|an|the|no)$/u.test(behind[0] ?? '') ? behind[1] : behind[0]
  const isOpen =
    PRONOUN.test(tokens[subject]?.word ?? '') &&
    isModal(tokens, element) &&
    !behind.some((word) => TO_COME.test(word))
  return isOpen || JUDGED.test(noun ?? '')
}

const isModal = (tokens: readonly Token[], { last }: Element): boolean =>
  /^(?:may|might|could|well|yet)$/u.test(tokens[last]?.word ?? '')

/** "You could hear the guns", "it passed Mars and could be seen", "the rebels could strike anywhere, and did". */
function able(
  tokens: readonly Token[],
  subject: number,
  could: number,
  verb: number,
  time: string | null,
  say: Say,
): void {
  const [word, next] = [tokens[verb]?.word ?? '', tokens[verb + 1]?.word ?? '']
  const before = tokens[could - 1]?.word ?? ''
  const isSensed =
    word === 'be'
      ? /^(?:seen|heard|felt|found|reached|read)$/u.test(next)
      : /^(?:hear|say|tell|remember|afford|walk|hardly)$/u.test(word)
  const isJoined = before === 'and' && tokens.slice(0, could).some((token) => isPast(token.word))
  const isDone = tokens
    .slice(verb)
    .some((token, i, rest) => token.word === 'did' && rest[i - 1]?.word === 'and')
  const isAble = time === null && (tokens[subject]?.word === 'you' || isSensed || isJoined)
  if (isAble || isDone) say('past', wordsAt(tokens, could, verb))
}

/** Where a time that is long over is named before what was thought then. */
function pastTime(tokens: readonly Token[], year: number): number | null {
  for (let at = 0; at < Math.min(tokens.length, LATEST); at++) {
    const { word, value, kind } = tokens[at] as Token
    const before = tokens[at - 1]?.word ?? ''
    if (word === 'ago' || (word === 'earlier' && /^(?:years?|months?|decades?)$/u.test(before))) return at
    if (/^(?:year|decade|century|summer|winter|spring|autumn)$/u.test(word) && before === 'last') return at
    if (word === 'time' && before === 'the' && tokens[at - 2]?.word === 'at') return at
    if (kind === 'number' && value !== undefined && value >= 1800 && value < year && before === 'in')
      return at
  }
  return null
}
const LATEST = 8

/** "Sales were better than expected", "the doubts were not new": nothing is to come in a clause of the past. */
function toldAsPast({ tokens, elements }: Frame, say: Say): void {
  if (elements.some(({ layer }) => layer === 'attitude' || layer === 'number' || layer === 'future')) return
  // A participle in the words that weigh is no verb: "would be surprised if".
  const isWeighed = (word: string, at: number) =>
    word.endsWith('ed') && elements.some(({ first, last }) => first <= at && at <= last)
  const at = tokens.findIndex(({ word }, i) => LINKS.test(word) || (isVerb(word) && !isWeighed(word, i)))
  const verb = tokens[at]
  if (verb === undefined || !isPast(verb.word)) return
  if (!/^(?:the|a|an|its|his|her|their|to)$/u.test(tokens[at - 1]?.word ?? '')) say('past', verb.raw)
}
const isVerb = (word: string): boolean =>
  isPast(word) || /^(?:is|are|am|has|have|does|do|can|will)$/u.test(word)
const LINKS = /^(?:if|that|whether|because|who|which)$/u

/** "It is likely that he is hiding something": what is weighed is so or is not, already. */
function weighsPresent(frame: Frame): string | null {
  const { tokens, elements } = frame
  if (elements.some((element) => isChain(element, tokens))) return null
  const hedge = elements.find(({ layer }) => layer === 'hedge')
  if (hedge === undefined) return null
  const that = tokens[hedge.last]?.word === 'that' ? hedge.last : hedge.last + 1
  if (tokens[that]?.word !== 'that') return null
  for (let at = that + 1; at < Math.min(tokens.length, that + 9); at++) {
    const token = tokens[at] as Token
    if (/^(?:is|has|had)$/u.test(formOf(token)) || token.word === 'have' || isPast(token.word))
      return wordsAt(tokens, hedge.first, at)
    if (/s$/u.test(token.word) && at > that + 2) return null
  }
  return null
}
