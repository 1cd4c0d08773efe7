import { isChanceNoun, isDegree } from './chance-noun.ts'
import { formOf } from './phrase.ts'
import type { Token } from './words/token.ts'

/** A stretch of a sentence with one assertion, as tokens; `condition` where it only says under which condition. */
export type Clause = {
  readonly tokens: readonly Token[]
  readonly condition: boolean
}

const CUT = new Set([';', '!', '?', '.', ':', '—', '–'])
const JOINS = new Set([
  'and',
  'but',
  'so',
  'or',
  'yet',
  'nor',
  'because',
  'though',
  'although',
  'while',
  'whereas',
  'since',
  'as',
  'which',
  'who',
])
const SUBORDINATE = new Set(['because', 'although', 'though', 'whereas', 'while'])
const CONDITION = new Set([
  'barring',
  'absent',
  'if',
  'unless',
  'provided',
  'providing',
  'assuming',
  'suppose',
  'supposing',
  'should',
  'were',
  'had',
  'once',
])
/** These open a condition only by standing before their subject. */
const INVERTED = new Set(['should', 'were', 'had', 'once'])
/** Behind these "if" asks whether, and is no condition. */
const WHETHER = new Set(
  'know knows say tell see doubt doubts wonder ask asks asked surprised surprise shocked amazed astonished stunned shock surprising unclear clear sure certain matter guess question shame wrong not as even what me him see like look looks seems feels'.split(
    ' ',
  ),
)
const FINITE = new Set(
  'will shall would may might could can must should is are was were has have had do does did'.split(' '),
)

/**
 * The clauses of a sentence that can hold a forecast of their own. A clause that completes another one ("I think that
 * …") stays with it; commas alone divide nothing, a colon, a dash, "but" and "because" do.
 */
export function clausesOf(sentence: readonly Token[]): Clause[] {
  const clauses: Clause[] = []
  const tokens = withoutAsides(sentence)
  let from = 0
  const close = (to: number, next: number): void => {
    const inner = tokens.slice(from, to)
    if (inner.some(({ kind }) => kind !== 'mark')) clauses.push(...conditioned(inner))
    from = next
  }
  for (let at = 0; at < tokens.length; at++) {
    const { word } = tokens[at] as Token
    if (CUT.has(word)) {
      // "No. 14"
      if (word === '.' && tokens[at - 1]?.word === 'no' && tokens[at + 1]?.kind === 'number') continue
      // "My prediction: a landslide" is one assertion.
      if (word === ':' && tokens.slice(Math.max(0, at - 3), at).some((token) => FORECAST.test(token.word)))
        continue
      // "Probability: 40 %"
      if (
        word === ':' &&
        tokens.slice(at + 1, at + 4).some((token) => token.value !== undefined) &&
        tokens.slice(from, at).some(isChanceNoun)
      )
        continue
      // "Say 12:30", "odds of 3:1" and a dash that only sets words off.
      if (tokens[at - 1]?.kind === 'number' && tokens[at + 1]?.kind === 'number') continue
      close(at, at + 1)
    } else if (
      word === 'but' &&
      !(isDegree(tokens[at - 1]) && isDegree(tokens[at + 1])) &&
      at > from &&
      !/^(?:all|nothing|anything|last|cannot|none)$/u.test(tokens[at - 1]?.word ?? '')
    ) {
      close(at, at + 1)
    } else if (SUBORDINATE.has(word) && at > from) {
      close(at, at)
    } else if (word === 'and' || word === 'so' || word === 'or') {
      if (begins(tokens, from, at)) close(at, at + 1)
    }
  }
  close(tokens.length, tokens.length)
  return clauses
}

/** "The League—and Ruritania stands behind it—will step in": what dashes or brackets set off before a verb is left out. */
function withoutAsides(tokens: readonly Token[]): readonly Token[] {
  const kept: Token[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token
    const closing = token.word === '(' ? ')' : token.word === '—' || token.word === '–' ? token.word : null
    const end =
      closing === null
        ? -1
        : tokens.findIndex(({ word }, i) => i > at && i < at + LONGEST_ASIDE && word === closing)
    if (end !== -1 && (closing === ')' || FINITE.has(tokens[end + 1]?.word ?? ''))) at = end
    else kept.push(token)
  }
  return kept
}
const LONGEST_ASIDE = 30
const FORECAST = /^(?:prediction|forecast|bet|guess|call|expectation)$/u

/** Whether a whole clause stands on both sides of a conjunction: each with a finite verb, and a subject behind it. */
function begins(tokens: readonly Token[], from: number, at: number): boolean {
  if (!tokens.slice(from, at).some((token) => FINITE.has(token.word) || FINITE.has(formOf(token))))
    return false
  for (let next = at + 1; next < Math.min(tokens.length, at + 8); next++) {
    const { word, kind } = tokens[next] as Token
    if (kind === 'mark' && word !== "'" && word !== '"' && word !== '$' && word !== '%') return false
    if (JOINS.has(word) || (tokens[at]?.word === 'or' && tokens[next + 1]?.word === 'not')) return false
    // "Between 3 and 9 May"
    if (FINITE.has(word) && tokens[next]?.raw !== 'May')
      return next > at + 1 || word === 'will' || word === 'could' || word === 'may' || word === 'might'
  }
  return false
}

const PRONOUN = /^(?:i|he|she|it|they|we|you|there|this|that|the|a|an|his|her|their|its|our|my|no|nobody)$/u

/** "If he loses he will resign": the main clause begins with the subject of its "will". */
function unmarked(tokens: readonly Token[], first: number): Clause[] {
  const will = tokens.findLastIndex(({ word }) => /^(?:will|would|could|may|might|should)$/u.test(word))
  for (let at = will - 1; at > first + 1 && at > will - 5; at--)
    if (PRONOUN.test(tokens[at]?.word ?? ''))
      return [
        { tokens: tokens.slice(0, at), condition: true },
        { tokens: tokens.slice(at), condition: false },
      ]
  return [{ tokens, condition: true }]
}

/** A condition before its comma or "then", or behind the clause it bounds, is a clause of its own. */
function conditioned(tokens: readonly Token[]): Clause[] {
  const words = tokens.map(({ word }) => word)
  const first = words.findIndex(
    (word) => word !== '"' && word !== "'" && word !== 'and' && word !== 'so' && word !== ',',
  )
  const opens =
    (CONDITION.has(words[first] ?? '') && !(INVERTED.has(words[first] ?? '') && !words.includes(','))) ||
    (words[first] === 'even' && words[first + 1] === 'if')
  if (opens) {
    const end = words.findIndex((word, i) => i > first && (word === ',' || word === 'then'))
    if (end === -1) return unmarked(tokens, first)
    return [
      { tokens: tokens.slice(0, end), condition: true },
      { tokens: tokens.slice(end + 1), condition: false },
    ]
  }
  if (SUBORDINATE.has(words[first] ?? '')) {
    // "While I do not rule out a recession, I expect growth": the main clause first.
    const end = words.indexOf(',', first + 2)
    if (end !== -1 && words.length - end > 3)
      return [
        { tokens: tokens.slice(end + 1), condition: false },
        { tokens: tokens.slice(0, end), condition: false },
      ]
  }
  for (let at = first + 1; at < words.length; at++) {
    const word = words[at] ?? ''
    if (!/^(?:if|unless|provided|providing|assuming)$/u.test(word)) continue
    if (word === 'assuming' && words[at - 1] !== ',') continue
    if (word === 'if' && WHETHER.has(words[at - 1] ?? '')) continue
    if (word === 'provided' && !/^(?:that|,)$/u.test(words[at + 1] ?? '') && words[at - 1] !== ',') continue
    // "And, especially, if the deals are done, they will …": the main clause behind its comma.
    const comma = words.indexOf(',', at + 2)
    if (comma !== -1 && words.slice(comma + 1, comma + 5).includes('will'))
      return [
        { tokens: tokens.slice(at, comma), condition: true },
        { tokens: tokens.slice(comma + 1), condition: false },
        { tokens: tokens.slice(0, at), condition: false },
      ]
    return [
      { tokens: tokens.slice(0, at), condition: false },
      { tokens: tokens.slice(at), condition: true },
    ]
  }
  return [{ tokens, condition: false }]
}
