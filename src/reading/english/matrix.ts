import type { Element } from './element.ts'
import { isPast } from './horizon/tense.ts'
import { formOf } from './phrase.ts'
import { type Token, wordsAt } from './words/token.ts'

const NO_COMPLEMENT = new Set(
  'so such now given except in after of by with for at on about than before during from to through over under until and or but all is'.split(
    ' ',
  ),
)
const FACT =
  /^(?:fact|truth|reality|point|line|upshot|answer|result|outcome|consequence|conclusion|thing|news|view|sense|mind|feeling|bet|guess)$/u

/** Words above "that" which no phrase places: what they say of the event is not known. */
export function matrixOf(tokens: readonly Token[], heard: readonly Element[]): Element | null {
  const first = heard.find(({ layer }) => layer === 'future' || layer === 'hedge')
  if (first === undefined) return null
  for (let at = 2; at < first.first; at++) {
    if (tokens[at]?.word !== 'that') continue
    const before = tokens[at - 1] as Token
    if (heard.some(({ first: begin, last }) => (begin <= at && at <= last) || last === at - 1)) return null
    // "A 35 percent chance exists that …"
    if (
      heard.some(
        ({ layer, cue, last }) =>
          last < at && (layer === 'number' || cue === 'chance' || cue === 'bare_chance'),
      )
    )
      return null
    // "He said last week that …", "he told the court that …": the report is known, and "the bridge that fell" is a noun.
    if (isReported(tokens, heard, at) || isPast(tokens[at + 1]?.word ?? '')) continue
    const named = tokens[0]?.word === 'what' || tokens.slice(0, at - 1).some(({ word }) => FACT.test(word))
    const copula = formOf(before) === 'is' && !named
    if (NO_COMPLEMENT.has(formOf(before)) && !copula) continue
    if (at === first.first - 1 && !hasVerb(tokens, at, first.last)) continue
    const denied = heard.some(({ layer, last }) => layer === 'not' && last < at)
    return {
      layer: 'asks',
      first: 0,
      last: at,
      why: 'stands above it: what does that say of the event?',
      cue: denied ? 'denial' : 'matrix',
    }
  }
  return null
}

const isReported = (tokens: readonly Token[], heard: readonly Element[], that: number): boolean =>
  heard.some(
    ({ layer, cue, last }) =>
      (layer === 'report' || layer === 'plain' || cue === 'others') &&
      last < that &&
      that - last <= FARTHEST &&
      REPORTS.test(tokens[last]?.word ?? '') &&
      !tokens.slice(last + 1, that).some((token) => token.kind === 'mark' || VERBS.has(formOf(token))),
  )
const FARTHEST = 6
const REPORTS = /^(?:say|says|said|tell|tells|told|warn|warns|warned|wrote|writes|added|announced)$/u

/** Why "will" stands in a side remark or an indirect question and asserts nothing, or null. */
export function embedded(
  tokens: readonly Token[],
  elements: readonly Element[],
  future: Element,
): string | null {
  for (let at = future.first - 1; at >= Math.max(0, future.first - 8); at--) {
    const { word } = tokens[at] as Token
    if (word === ',' && at < future.first - 1) break
    if (
      /^(?:what|how|when|where|why|whether|whom|whose)$/u.test(word) &&
      at > 0 &&
      !/^(?:that|exactly|and|,)$/u.test(tokens[at - 1]?.word ?? ',')
    )
      return `“${wordsAt(tokens, at, future.last)}” asks and does not assert`
    const near = future.first - at <= 2
    if ((word === 'who' || word === 'which') && near && at > 0 && tokens[at - 1]?.word !== ',')
      return `“${wordsAt(tokens, at, future.last)}” is a remark beside the main clause: is it a forecast?`
    if (
      word === 'that' &&
      at === future.first - 1 &&
      hasVerb(tokens, at, future.last) &&
      at > 0 &&
      !elements.some(({ last }) => last === at || last === at - 1) &&
      !isVerbLike(tokens[at - 1])
    )
      return `“${wordsAt(tokens, at, future.last)}” is a remark beside the main clause: is it a forecast?`
  }
  return null
}

/** Whether a verb of the main clause stands before "that" or behind what follows it. */
const hasVerb = (tokens: readonly Token[], that: number, last: number): boolean =>
  tokens.some((token, i) => (i < that || i > last + 1) && VERBS.has(formOf(token)))
const VERBS = new Set(
  'is has have had does did do can could would may might need needs want wants'.split(' '),
)
const isVerbLike = (token: Token | undefined) =>
  /^(?:and|so|is|,|for|after|before)$/u.test(token === undefined ? 'and' : formOf(token))
