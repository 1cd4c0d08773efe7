import { type ChanceNumber, chanceNumberAt } from './chance.ts'
import { chanceNounAt, isChanceNoun, isCompared, isOtherSense } from './chance-noun.ts'
import { formOf, type Layer, type Phrase, phraseAt } from './phrase.ts'
import type { Token } from './words/token.ts'

/** Words of a clause that bear on how likely its event is, at tokens first..last. */
export type Element = {
  readonly layer: Layer | 'number'
  readonly first: number
  readonly last: number
  readonly key?: string
  readonly not?: string
  readonly why?: string
  readonly cue?: string
  readonly low?: number
  readonly high?: number
}

/** Whatever of this no phrase explains makes its clause one to ask about. */
const MODAL = new Set(
  'likely unlikely likelihood probable probably probability chance chances odds risk risks possibility possible possibly certain certainly certainty sure surely doubt doubts doubtful maybe perhaps guess bet bets gamble conceivable plausible prospect prospects might may could unclear uncertain uncertainty improbable hopefully potentially expectation forecast prediction'.split(
    ' ',
  ),
)

const ABOVE = 'stands in words that are not understood: what do they say of the event?'
const CHANCE_ASKS = 'names a chance and not how great it is'

/** The elements of a clause, in order and without overlaps: numbers first, then chances, then the longest phrase. */
export function elementsOf(tokens: readonly Token[]): Element[] {
  const found: Element[] = []
  for (let at = 0; at < tokens.length; at++) {
    const element = isNoun(tokens, at) ? null : elementAt(tokens, at)
    if (element === null) continue
    found.push(element)
    at = Math.max(at, element.last)
  }
  return found
}

function elementAt(tokens: readonly Token[], at: number): Element | null {
  const compared = withNot(tokens, at)
  if (compared !== null) return compared
  const phrase = phraseAt(tokens, at)
  const number = numberIn(tokens, at)
  if (number !== null) return fromNumber(number)
  const noun = chanceNounAt(tokens, at)
  if (noun !== null && (phrase === null || phrase.last <= noun.last)) {
    const { first, last, key, negated } = noun
    if (key === null) return bareChance(tokens, first, last)
    return {
      layer: 'hedge',
      first,
      last,
      key: negated ? (NEGATED_CHANCE[key] ?? 'possibly') : key,
      not: 'asks',
      cue: 'chance',
    }
  }
  if (phrase !== null) {
    const element = { ...phrase.phrase, first: at, last: phrase.last }
    // "It is a stretch to think that …": what stands above the verb is not known.
    const said = element.layer === 'attitude' || element.layer === 'report'
    if (said && tokens[at - 1]?.word === 'to')
      return { layer: 'asks', first: at, last: phrase.last, why: ABOVE, cue: 'matrix' }
    return isOther(tokens, at, phrase) ? null : element
  }
  return MODAL.has(tokens[at]?.word ?? '')
    ? { layer: 'asks', first: at, last: at, why: 'is not in the lexicon here: what does it mean?' }
    : null
}

/** Words that look like a phrase and are another part of speech: "going to the harbour", "it will hold", "the figures". */
function isOther(
  tokens: readonly Token[],
  first: number,
  { phrase, last }: { phrase: Phrase; last: number },
): boolean {
  // "I would put the odds at …" gives a number.
  if (phrase.layer === 'asks' && tokens[first]?.word === 'would' && last === first)
    return /^(?:i|we)$/u.test(tokens[first - 1]?.word ?? '') && GIVES.test(tokens[first + 1]?.word ?? '')
  if (phrase.cue === 'going_to') {
    const goal = tokens[last + 1]
    return goal !== undefined && (GOALS.has(goal.word) || /^\p{Lu}/u.test(goal.raw))
  }
  // "We don't see that yet", "the unknown we don't see coming": no event is doubted.
  const see = tokens[last]?.word === 'that' ? last - 1 : last
  if (tokens[see]?.word === 'see')
    return (
      SEEN.test(tokens[see + 1]?.word ?? '') && /^(?:yet|now|here|[.,;])$/u.test(tokens[see + 2]?.word ?? '.')
    )
  if (phrase.layer !== 'attitude' || last > first + 1) return false
  // "I do not believe them" is about somebody and not about an event.
  const [object, then] = [tokens[last + 1]?.word ?? '', tokens[last + 2]]
  if (/^(?:them|him|her|you|it|so|me|us)$/u.test(object) && (then === undefined || then.kind === 'mark'))
    return true
  const before = tokens[first - 1]
  if (COUNTED_OUT.test(tokens[first]?.word ?? '') && NOUN_BEHIND.test(tokens[last + 1]?.word ?? ''))
    return true
  return NO_VERB_BEHIND.has(before?.word ?? '') || /['’]s$/u.test(before?.raw ?? '')
}
/** "Forecasts of this kind are …": the noun. */
const COUNTED_OUT = /^(?:forecasts?|projects?|estimates?)$/u
const NOUN_BEHIND =
  /^(?:of|in|from|about|on|to|at|[,.;:]|is|are|was|were|have|has|had|by|will|would|could|may|aims?|seeks?|includes?|involves?|began|started|starts)$/u
const GIVES = /^(?:put|give|estimate|rate|place|assign|attach|peg|call|make)$/u
const SEEN = /^(?:that|it|this|them|coming)$/u
const NO_VERB_BEHIND = new Set(
  'will to may might should must the a an of his her their its these those such new own no weather recent latest official previous earlier'.split(
    ' ',
  ),
)

const AGAINST_NOT: Readonly<Record<string, string>> = {
  as: 'even',
  more: 'better_than_even',
  less: 'worse_than_even',
}

/** "As likely to rain as not", "more likely to rain than not". */
function withNot(tokens: readonly Token[], at: number): Element | null {
  const key = AGAINST_NOT[tokens[at]?.word ?? '']
  if (key === undefined || tokens[at + 1]?.word !== 'likely') return null
  const link = key === 'even' ? 'as' : 'than'
  for (let last = at + 3; last < Math.min(tokens.length, at + 14); last++)
    if (
      tokens[last]?.word === 'not' &&
      tokens[last - 1]?.word === link &&
      (tokens[last + 1]?.kind ?? 'mark') === 'mark'
    )
      return { layer: 'hedge', first: at, last, key, not: 'possibly', cue: 'likelihood' }
  return null
}

/** "No real risk", "not a good chance": nobody measured it; low, and how low is assumed. */
const NEGATED_CHANCE: Readonly<Record<string, string>> = {
  very_good_chance: 'unlikely',
  serious_possibility: 'highly_unlikely',
  slight_chance: 'almost_no_chance',
  remote: 'almost_no_chance',
  highly_likely: 'unlikely',
  likely: 'unlikely',
}

/** "There is a chance" is possible; "the chance of rain" alone says nothing. */
function bareChance(tokens: readonly Token[], first: number, last: number): Element {
  const noun = tokens.findIndex((token, at) => at >= first && isChanceNoun(token))
  const open = tokens.slice(first, noun).some(({ word }) => /^(?:a|some|any|one)$/u.test(word))
  const compared = tokens.slice(first, last + 1).some(({ word }) => isCompared(word))
  if (open && !compared && noun === last)
    return { layer: 'hedge', first, last, key: 'possibly', not: 'almost_no_chance', cue: 'chance' }
  const cue = compared || noun !== last ? 'chance' : 'bare_chance'
  return { layer: 'asks', first, last, why: CHANCE_ASKS, cue }
}

/** A number at this token, or behind the words that bound it. */
function numberIn(tokens: readonly Token[], at: number): ChanceNumber | null {
  for (let number = at; number <= at + 4; number++) {
    const token = tokens[number]
    if (token === undefined || (number > at && token.kind === 'mark')) return null
    if (token.value === undefined || token.ordinal) continue
    const found = chanceNumberAt(tokens, number)
    return found !== null && found.first <= at ? found : null
  }
  return null
}

const fromNumber = ({ low, high, first, last, unsure }: ChanceNumber): Element =>
  unsure
    ? { layer: 'asks', first, last, why: 'names odds and not which way they go', cue: 'odds' }
    : { layer: 'number', first, last, low, high, cue: 'odds' }

const GOALS = new Set('the a an my our his her their your this that church school work bed town'.split(' '))
const MONTH_BEFORE = new Set(
  'in by of since until till last next early late mid on before after this every'.split(' '),
)

/** "In May", "the will of the people", "a certain man": no words of probability. */
function isNoun(tokens: readonly Token[], at: number): boolean {
  const { word, raw } = tokens[at] as Token
  const [before, after] = [tokens[at - 1], tokens[at + 1]]
  if (word === 'may' && raw === 'May')
    return (
      at > 0 &&
      (MONTH_BEFORE.has(before?.word ?? '') || before?.kind === 'number' || after?.kind === 'number')
    )
  if (word === 'will' && raw === 'Will')
    return (
      (before !== undefined && before.kind !== 'mark') ||
      !/^(?:not|the|a|there|it|he|she|they|we|you|i)$/u.test(after?.word ?? '')
    )
  if (word === 'certain') {
    const verb = before === undefined ? '' : formOf(before)
    return !/^(?:is|not|seems?|looks?|feels?|all|quite|yet|absolutely|almost|nearly|virtually|from|means|hardly|completely|totally|pretty|fairly|reasonably|so|it|near|than|appears?|for|now|still)$/u.test(
      verb,
    )
  }
  if (word === 'might') return /^(?:military|the|economic|of|its|their|his)$/u.test(before?.word ?? '')
  if (isOtherSense(tokens, at)) return true
  if (word === 'possible')
    return /^(?:as|every|if|where|best|worst|new|other|all|any)$/u.test(before?.word ?? '')
  return false
}
