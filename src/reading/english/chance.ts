import { isChanceNoun, isChanceWord } from './chance-noun.ts'
import { type Share, shareAt } from './chance-share.ts'
import { formOf } from './phrase.ts'
import type { Token } from './words/token.ts'

/** A number for how likely something is, 0 to 1, at tokens first..last. */
export type ChanceNumber = {
  readonly low: number
  readonly high: number
  readonly first: number
  readonly last: number
  /** Set where the words do not say which way the odds go. */
  readonly unsure?: true
}

const SURE = new Set(
  'likely probable sure certain confident convinced positive confidence certainty likelihood probability'.split(
    ' ',
  ),
)
/** What may stand before a number and bounds it. */
const BOUNDS: readonly (readonly [string, 'low' | 'high' | 'about'])[] = (
  [
    ['not put it above', 'high'],
    ['not put it higher than', 'high'],
    ['not put it at more than', 'high'],
    ['not put it over', 'high'],
    ['not put it below', 'low'],
    ['not go above', 'high'],
    ['not even', 'high'],
    ['at least', 'low'],
    ['no less than', 'low'],
    ['not less than', 'low'],
    ['more than', 'low'],
    ['greater than', 'low'],
    ['better than', 'low'],
    ['higher than', 'low'],
    ['over', 'low'],
    ['above', 'low'],
    ['upwards of', 'low'],
    ['north of', 'low'],
    ['in excess of', 'low'],
    ['a minimum of', 'low'],
    ['at most', 'high'],
    ['at best', 'high'],
    ['no more than', 'high'],
    ['not more than', 'high'],
    ['no higher than', 'high'],
    ['no better than', 'high'],
    ['less than', 'high'],
    ['lower than', 'high'],
    ['fewer than', 'high'],
    ['under', 'high'],
    ['below', 'high'],
    ['south of', 'high'],
    ['up to', 'high'],
    ['a maximum of', 'high'],
    ['about', 'about'],
    ['around', 'about'],
    ['roughly', 'about'],
    ['approximately', 'about'],
    ['some', 'about'],
    ['nearly', 'about'],
    ['almost', 'about'],
    ['close to', 'about'],
    ['maybe', 'about'],
    ['perhaps', 'about'],
    ['probably', 'about'],
    ['something like', 'about'],
    ['only', 'about'],
    ['just', 'about'],
    ['a', 'about'],
    ['an', 'about'],
    ['like', 'about'],
    ['exactly', 'about'],
  ] as const
).toSorted(([a], [b]) => b.split(' ').length - a.split(' ').length)

type Bound = { at: number; kind: 'low' | 'high' | 'about' | null }

/** Where the words that bound a number begin, and which way. */
function boundBefore(tokens: readonly Token[], first: number): Bound {
  let bound: Bound = { at: first, kind: null }
  for (let tries = 0; tries < 3; tries++) {
    const found = BOUNDS.find(([words]) => endsWith(tokens, bound.at, words.split(' ')))
    if (found === undefined) break
    const [words, kind] = found
    bound = { at: bound.at - words.split(' ').length, kind: kind === 'about' ? (bound.kind ?? kind) : kind }
  }
  return bound
}
const endsWith = (tokens: readonly Token[], end: number, words: readonly string[]): boolean =>
  words.every((word, i) => tokens[end - words.length + i]?.word === word)

/** Verbs that give a number to a chance: "I'd put it at 40 %". */
const GIVES = new Set('put puts give gives giving say guess call make'.split(' '))
const LINKS = new Set(
  'somewhere anywhere well slightly somewhat far is of at as be : = , about around roughly only currently now just still maybe perhaps probably between from near'.split(
    ' ',
  ),
)

/**
 * A stated probability that begins at a token, with the words that bound it; null where the number measures
 * something else, as in "inflation of 3 %".
 */
export function chanceNumberAt(tokens: readonly Token[], at: number): ChanceNumber | null {
  const share = shareAt(tokens, at)
  if (share === null) return null
  let { last } = share
  const begin = tokens[at - 1]?.word === 'between' || tokens[at - 1]?.word === 'from' ? at - 1 : at
  const bound = boundBefore(tokens, begin)
  const after = share.odds ? null : nounAfter(tokens, last + 1)
  if (after === 'measure') return null
  if (typeof after === 'number') last = after
  else if (!isGiven(tokens, bound.at, last, share)) return null
  let [low, high] = [share.low, share.high]
  if (bound.kind === 'low') high = 1
  if (bound.kind === 'high') low = 0
  return {
    low: rounded(low),
    high: rounded(high),
    first: bound.at,
    last,
    ...(share.unsure ? { unsure: true } : {}),
  }
}

const rounded = (p: number) => Math.round(p * 1e6) / 1e6

const BESIDE = new Set('or so plus a good the about overall outright real roughly'.split(' '))

/** Whether a noun or an adjective of chance follows, and at which token; `measure` where the number counts something. */
function nounAfter(tokens: readonly Token[], at: number): number | 'measure' | null {
  let next = at
  while (BESIDE.has(tokens[next]?.word ?? '') && next < at + 3) next++
  const word = tokens[next]?.word ?? ''
  if (word === 'unlikely') return null
  if (isChanceWord(word) || SURE.has(word)) return next
  if (word === 'split' || word === 'share' || word === 'basis' || word === 'partnership') return 'measure'
  // "Seventy percent of voters": a share of something.
  if (word === 'of' && !isPronoun(tokens[next + 1])) return 'measure'
  return null
}

const isPronoun = (token: Token | undefined) => /^(?:it|this|that|winning|losing)$/u.test(token?.word ?? '')
const ENDS =
  /^[.,;:!?)"'—-]$|^(?:that|for|by|of|it|this|he|she|they|we|there|and|but|in|within|over|this|next|before|after|on|against|whether|if)$/u

const LINKING = new Set(['is', ':', 'somewhere', 'anywhere'])
const weighs = ({ word }: Token): boolean =>
  SURE.has(word) || isChanceWord(word) || /^(?:probably|unlikely|possible|toss)$/u.test(word)
const hasNoun = (tokens: readonly Token[], before: number): boolean =>
  tokens.slice(Math.max(0, before - 25), before).some(isChanceNoun)

/** "A probability of 80 percent": named as one, whatever follows. */
const isNamed = (tokens: readonly Token[], first: number): boolean =>
  /^(?:of|at|is|:)$/u.test(formOf(tokens[first - 1] ?? (tokens[0] as Token))) &&
  /^(?:probability|likelihood|chance|chances|odds)$/u.test(tokens[first - 2]?.word ?? '')

/** "I'd say 70 percent", "call it 60": the speaker gives the number. */
const isOwn = (tokens: readonly Token[], verb: number): boolean =>
  verb <= 1 ||
  tokens.slice(Math.max(0, verb - 4), verb).some(({ word }) => word === 'i' || word === 'we' || word === ',')

/** Whether the words before a number say that it is a probability, and none behind it that it counts something. */
function isGiven(tokens: readonly Token[], first: number, last: number, share: Share): boolean {
  const after = tokens[last + 1]
  // "Two out of three says it passes": a bet.
  if (share.odds || (first === 0 && (after === undefined || after.word === 'says'))) return true
  if (after !== undefined && !ENDS.test(after.word) && !isNamed(tokens, first)) return false
  if (share.share || share.unsure) return true
  if (after?.word === 'that') return true
  let at = first - 1
  while (at >= 0 && LINKS.has(formOf(tokens[at] as Token)) && first - at < 6) at--
  const before = tokens[at]?.word ?? ''
  const link = tokens.slice(at + 1, first).map(formOf)
  if (link.some((word) => LINKING.has(word)) && hasNoun(tokens, first)) return true
  if (isChanceWord(before) || SURE.has(before)) return true
  if (GIVES.has(before) && isOwn(tokens, at)) return true
  const near = tokens[first - 1]
  if (near?.word === 'to') return puts(tokens, first) && CHANGED.test(tokens[first - 2]?.word ?? '')
  // "It is quite likely they strike, maybe 70 percent."
  if (
    near?.word === ',' &&
    (after === undefined || after.kind === 'mark') &&
    tokens.slice(0, first).some(weighs)
  )
    return true
  if (near === undefined || !LINKS.has(formOf(near))) {
    if (!/^(?:it|this|that|him|her|them|us)$/u.test(near?.word ?? '')) return false
    return GIVES.has(tokens[first - 2]?.word ?? '')
  }
  if (near.word === ',' && sets(tokens, first)) return true
  if (near.word === 'of' || near.word === ',') return false
  if (formOf(near) === 'at' || near.word === 'at') return puts(tokens, first)
  // "The probability that prices rise by 3 % is 60 %": the noun stands before, the verb links.
  return formOf(near) === 'is' && hasNoun(tokens, first)
}

/** "The chance of it is, in my view, about 20 percent": the verb stands before what commas set off. */
function sets(tokens: readonly Token[], first: number): boolean {
  for (let at = first - 2; at >= Math.max(1, first - 12); at--)
    if (tokens[at]?.word === ',') return formOf(tokens[at - 1] as Token) === 'is' && puts(tokens, at)
  return false
}

const CHANGED =
  /^(?:risen|rises?|rose|increased|increases?|fallen|falls?|fell|dropped|drops?|grown|grows?|grew|up|down|gone|climbed|jumped|slipped|shrunk|closer|close)$/u

const puts = (tokens: readonly Token[], first: number): boolean =>
  tokens
    .slice(Math.max(0, first - 25), first)
    .some(
      ({ word }) =>
        isChanceWord(word) || /^(?:put|puts|putting|peg|pegs|price|prices|priced|pricing)$/u.test(word),
    )
