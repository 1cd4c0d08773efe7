import { isChain, isParticiple, subjectBefore, verbBehind } from './chain.ts'
import type { Say } from './cue.ts'
import type { Element } from './element.ts'
import type { Frame } from './frame.ts'
import { isPast } from './horizon/tense.ts'
import type { Moment } from './present.ts'
import { type Token, wordsAt } from './words/token.ts'

/** What is over by the time of publication, and what never was: "he was going to resign", "it would have failed". */
export function overBy(frame: Frame, { time, year, unreal }: Moment, say: Say): void {
  const { tokens, elements, reported } = frame
  if (unreal) say('hindsight', 'if')
  supposed(tokens, say)
  const chains = elements.filter((element) => isChain(element, tokens))
  if (!reported) {
    wasToCome(tokens, elements, time, say)
    for (const chain of chains) if (tokens[chain.last]?.word === 'could') wasAble(tokens, chain, time, say)
  }
  const then = pastTime(tokens, year)
  const isTold = ({ layer, first, cue }: Element) =>
    first > (then ?? tokens.length) && (layer === 'attitude' || cue === 'reported' || cue === 'bet')
  if (then !== null && elements.some(isTold)) say('past', wordsAt(tokens, Math.max(0, then - 1), then))
  if (time === null && chains.length === 0) toldAsPast(frame, say)
}

/** "Would have been", "without the loan it would": of what was not. */
function supposed(tokens: readonly Token[], say: Say): void {
  const word = (at: number) => tokens[at]?.word ?? ''
  for (let at = 0; at < tokens.length; at++) {
    if (!/^(?:would|could|might|should|may)$/u.test(word(at))) continue
    const next = /^(?:not|never)$/u.test(word(at + 1)) ? at + 2 : at + 1
    if (word(next) === 'have' && isParticiple(word(verbBehind(tokens, next))))
      say('hindsight', wordsAt(tokens, at, next))
    if (word(at) === 'would' && word(0) === 'without') say('hindsight', 'without')
  }
}

/** "He was going to resign", "in those days", "he could swim before he could walk". */
function wasToCome(
  tokens: readonly Token[],
  elements: readonly Element[],
  time: string | null,
  say: Say,
): void {
  const word = (at: number) => tokens[at]?.word ?? ''
  const was = elements.find((element) => {
    const { layer, first } = element
    return (
      (layer === 'future' || (layer === 'hedge' && (time === null || isChain(element, tokens)))) &&
      tokens.slice(Math.max(0, first - 2), first + 1).some((token) => /^(?:was|were)$/u.test(token.word))
    )
  })
  if (was !== undefined) say('past', wordsAt(tokens, was.first, was.last))
  for (let at = 1; at < tokens.length; at++) {
    const isThen = word(at - 1) === 'in' && word(at) === 'those' && word(at + 1) === 'days'
    const isBefore = word(at) === 'could' && /^(?:before|when|while|since)$/u.test(word(at - 2))
    if (isThen || isBefore) say('past', wordsAt(tokens, at - 1, at + 1))
  }
}

/** "You could hear the guns", "it passed Mars and could be seen", "the rebels could strike anywhere, and did". */
function wasAble(tokens: readonly Token[], { first, last }: Element, time: string | null, say: Say): void {
  const at = verbBehind(tokens, last)
  const [verb, next] = [tokens[at]?.word ?? '', tokens[at + 1]?.word ?? '']
  const isSensed =
    verb === 'be'
      ? /^(?:seen|heard|felt|found|reached|read)$/u.test(next)
      : /^(?:hear|say|tell|remember|afford|walk|hardly)$/u.test(verb)
  const isJoined = tokens[last - 1]?.word === 'and' && tokens.slice(0, last).some(({ word }) => isPast(word))
  const isOfAll = tokens[subjectBefore(tokens, first)]?.word === 'you'
  const isDone = tokens.some(({ word }, i) => i > at && word === 'did' && tokens[i - 1]?.word === 'and')
  if (isDone || (time === null && (isOfAll || isSensed || isJoined))) say('past', wordsAt(tokens, last, at))
}

const LATEST = 8

/** Where a time that is long over is named, before what was thought then. */
function pastTime(tokens: readonly Token[], year: number): number | null {
  for (const at of tokens.keys()) {
    const { word, value, kind } = tokens[at] as Token
    const before = tokens[at - 1]?.word ?? ''
    const isEarlier = word === 'earlier' && /^(?:years?|months?|decades?)$/u.test(before)
    const isLast = before === 'last' && /^(?:year|decade|century|summer|winter|spring|autumn)$/u.test(word)
    const isThen = word === 'time' && before === 'the' && tokens[at - 2]?.word === 'at'
    const isYear =
      kind === 'number' && /^(?:in|of)$/u.test(before) && value !== undefined && value >= 1800 && value < year
    if ((at < LATEST && (word === 'ago' || isEarlier || isLast || isThen)) || isYear) return at
  }
  return null
}

/** "Sales were better than expected", "the doubts were not new": nothing is to come in a clause of the past. */
function toldAsPast({ tokens, elements, reported }: Frame, say: Say): void {
  if (reported) return
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
