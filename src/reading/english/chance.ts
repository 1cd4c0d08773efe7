import { formOf } from './phrase.ts'
import type { Token } from './token.ts'

/** A number for how likely something is, 0 to 1, at tokens first..last. */
export type ChanceNumber = {
  readonly low: number
  readonly high: number
  readonly first: number
  readonly last: number
  /** Set where the words do not say which way the odds go. */
  readonly unsure?: true
}

const NOUN = new Set(
  'chance chances probability probabilities likelihood odds risk risks possibility possibilities prospect prospects danger shot'.split(
    ' ',
  ),
)
const SURE = new Set(
  'likely probable sure certain confident convinced positive confidence certainty likelihood probability'.split(
    ' ',
  ),
)
export const isChanceNoun = (token: Token | undefined): boolean => token !== undefined && NOUN.has(token.word)

const isPercent = (tokens: readonly Token[], at: number): number => {
  const word = tokens[at]?.word
  if (word === '%' || word === 'percent' || word === 'pct' || word === 'percentage') return 1
  return word === 'per' && tokens[at + 1]?.word === 'cent' ? 2 : 0
}

/** What may stand before a number and bounds it. */
const BOUNDS: readonly (readonly [string, 'low' | 'high' | 'about'])[] = (
  [
    ['not put it above', 'high'],
    ['not put it higher than', 'high'],
    ['not put it at more than', 'high'],
    ['not put it over', 'high'],
    ['not put it below', 'low'],
    ['not go above', 'high'],
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

type Value = {
  readonly low: number
  readonly high: number
  readonly last: number
  readonly share?: boolean
  readonly odds?: boolean
  readonly unsure?: true
}

const FRACTIONS: Readonly<Record<string, number>> = {
  third: 1 / 3,
  thirds: 1 / 3,
  quarter: 1 / 4,
  quarters: 1 / 4,
  fifth: 1 / 5,
  fifths: 1 / 5,
  tenth: 1 / 10,
  tenths: 1 / 10,
}

const value = (token: Token | undefined): number | undefined => (token?.ordinal ? undefined : token?.value)

/** A percentage, a range of them, a fraction or odds that begins at a token, whatever it measures. */
function shareAt(tokens: readonly Token[], at: number): Value | null {
  const first = value(tokens[at])
  if (first === undefined) return null
  const next = (offset: number) => tokens[at + offset]?.word ?? ''
  const [one, two] = [next(1), value(tokens[at + 2])]
  if (first === 50 && two === 50 && /^[/:-]$/u.test(one))
    return { low: 0.5, high: 0.5, last: at + 2, share: true }
  if (two !== undefined && first + two === 100 && /^[/:-]$/u.test(one)) return split(tokens, at, first)
  const part = FRACTIONS[one]
  if (part !== undefined && first * part <= 1) return { ...same(first * part), last: at + 1 }
  if (first === 50 && value(tokens[at + 1]) === 50) return { low: 0.5, high: 0.5, last: at + 1, share: true }
  // 60–70 %, 60 % to 70 %, between 60 and 70 percent.
  const sign = isPercent(tokens, at + 1)
  const link = at + 1 + sign
  const second = value(tokens[link + 1])
  if (second !== undefined && /^(?:-|—|to|and|or)$/u.test(tokens[link]?.word ?? '')) {
    const signed = isPercent(tokens, link + 2)
    const joins = tokens[link]?.word !== 'and' || tokens[at - 1]?.word === 'between'
    if (signed > 0 && joins && second > first && second <= 100)
      return { low: first / 100, high: second / 100, last: link + 1 + signed }
    const plain = sign === 0 && signed === 0 && joins && first < second && second <= 1
    if (plain) return { low: first, high: second, last: link + 1 }
  }
  if (sign > 0) return first <= 100 ? { low: first / 100, high: first / 100, last: at + sign } : null
  // Seven in ten, two out of three, one chance in five, nine times out of ten.
  const noun = /^(?:chances?|times|shot)$/u.test(one) ? 1 : 0
  const linked =
    next(1 + noun) === 'in' || next(1 + noun) === 'of'
      ? 1
      : next(1 + noun) === 'out' && next(2 + noun) === 'of'
        ? 2
        : 0
  const of =
    linked === 0 || (linked === 1 && next(1 + noun) === 'of' && noun === 0)
      ? undefined
      : value(tokens[at + 1 + noun + linked])
  if (of !== undefined && of > 0 && first <= of && of <= 1e9 && Number.isInteger(first))
    return {
      ...same(first / of),
      last: at + 1 + noun + linked,
      share: noun === 1,
      odds: noun === 1 && one !== 'times',
    }
  return oddsAt(tokens, at, first) ?? (first > 0 && first < 1 ? { low: first, high: first, last: at } : null)
}

/** "60-40 that he wins", "60/40 against a deal"; without either it is not said which way. */
function split(tokens: readonly Token[], at: number, first: number): Value {
  const next = tokens[at + 3]?.word
  if (next === 'that') return { ...same(first / 100), last: at + 2, odds: true }
  if (next === 'against') return { ...same(1 - first / 100), last: at + 3, odds: true }
  if (next === 'in' && /^favou?r$/u.test(tokens[at + 4]?.word ?? ''))
    return { ...same(first / 100), last: at + 4, odds: true }
  return { low: 0, high: 1, last: at + 2, unsure: true }
}

/** "3 to 1 against", "three to one on"; without either it is not said which way. */
function oddsAt(tokens: readonly Token[], at: number, first: number): Value | null {
  const second = value(tokens[at + 2])
  const between = tokens[at + 1]?.word ?? ''
  if (second === undefined || !/^(?:to|-|:|\/)$/u.test(between) || first <= 0 || second <= 0) return null
  const way = tokens[at + 3]?.word
  if (way === 'against') return { ...same(second / (first + second)), last: at + 3, odds: true }
  if (way === 'on') return { ...same(first / (first + second)), last: at + 3, odds: true }
  if (way === 'favourite' || way === 'favorite' || way === 'favourites')
    return { low: 0, high: 1, last: at + 3, unsure: true }
  const named = tokens.slice(Math.max(0, at - 6), at).some(({ word }) => word === 'odds' || word === 'bet')
  if (/^(?:shot|chance|outsider|longshot|underdog)$/u.test(way ?? ''))
    return { ...same(second / (first + second)), last: at + 3, odds: true }
  const bets = tokens
    .slice(Math.max(0, at - 3), at)
    .some(({ word }) => /^(?:bet|lay|offer|wager)$/u.test(word))
  if (bets && way === 'that') return { ...same(first / (first + second)), last: at + 2, odds: true }
  const follows = /^(?:odds|shot|chance|outsider|underdog|that)$/u.test(way ?? '')
  return named || follows ? { low: 0, high: 1, last: at + 2, unsure: true } : null
}

const same = (p: number) => ({ low: p, high: p })

/** Verbs that give a number to a chance: "I'd put it at 40 %". */
const GIVES = new Set('put puts give gives giving say guess call make'.split(' '))
const LINKS = new Set(
  'somewhere anywhere well slightly somewhat far is of at as be : = , about around roughly only currently now just still maybe perhaps probably somewhere between from near'.split(
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
  if (NOUN.has(word) || SURE.has(word)) return next
  if (word === 'split' || word === 'share' || word === 'basis' || word === 'partnership') return 'measure'
  // "Seventy percent of voters": a share of something.
  if (word === 'of' && !isPronoun(tokens[next + 1])) return 'measure'
  return null
}

const isPronoun = (token: Token | undefined) => /^(?:it|this|that|winning|losing)$/u.test(token?.word ?? '')
const ENDS =
  /^[.,;:!?)"'—-]$|^(?:that|for|by|of|it|this|he|she|they|we|there|and|but|in|within|over|this|next|before|after|on|against|whether|if)$/u

const LINKING = new Set(['is', ':', 'somewhere', 'anywhere'])
const hasNoun = (tokens: readonly Token[], before: number): boolean =>
  tokens.slice(Math.max(0, before - 25), before).some((token) => NOUN.has(token.word))

/** "A probability of 80 percent": named as one, whatever follows. */
const isNamed = (tokens: readonly Token[], first: number): boolean =>
  /^(?:of|at|is|:)$/u.test(formOf(tokens[first - 1] ?? (tokens[0] as Token))) &&
  /^(?:probability|likelihood|chance|chances|odds)$/u.test(tokens[first - 2]?.word ?? '')

/** "I'd say 70 percent", "call it 60": the speaker gives the number. */
const isOwn = (tokens: readonly Token[], verb: number): boolean =>
  verb <= 1 ||
  tokens.slice(Math.max(0, verb - 4), verb).some(({ word }) => word === 'i' || word === 'we' || word === ',')

/** Whether the words before a number say that it is a probability, and none behind it that it counts something. */
function isGiven(tokens: readonly Token[], first: number, last: number, share: Value): boolean {
  const after = tokens[last + 1]
  if (share.odds) return true
  if (after !== undefined && !ENDS.test(after.word) && !isNamed(tokens, first)) return false
  if (share.share || share.unsure) return true
  if (after?.word === 'that') return true
  let at = first - 1
  while (at >= 0 && LINKS.has(formOf(tokens[at] as Token)) && first - at < 6) at--
  const before = tokens[at]?.word ?? ''
  const link = tokens.slice(at + 1, first).map(formOf)
  if (link.some((word) => LINKING.has(word)) && hasNoun(tokens, first)) return true
  if (NOUN.has(before) || SURE.has(before)) return true
  if (GIVES.has(before) && isOwn(tokens, at)) return true
  const near = tokens[first - 1]
  if (near === undefined || !LINKS.has(formOf(near))) {
    if (!/^(?:it|this|that|him|her|them|us)$/u.test(near?.word ?? '')) return false
    return GIVES.has(tokens[first - 2]?.word ?? '')
  }
  if (near.word === 'to') return puts(tokens, first) && CHANGED.test(tokens[first - 2]?.word ?? '')
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
        NOUN.has(word) || /^(?:put|puts|putting|peg|pegs|price|prices|priced|pricing)$/u.test(word),
    )

/** How a noun of chance is valued by the adjectives before it or the predicate behind it: a row of the lexicon. */
const DEGREES: Readonly<Record<string, string>> = {
  ...rows('very_good_chance', 'good great strong excellent every high big big huge ample'),
  ...rows(
    'serious_possibility',
    'real serious realistic distinct considerable significant substantial sizeable sizable credible genuine material meaningful decent fair reasonable sporting fighting solid',
  ),
  ...rows('slight_chance', 'slim slight small low limited outside modest narrow thin'),
  ...rows('little_chance', 'little scant'),
  ...rows(
    'remote',
    'remote minimal negligible tiny faint minuscule minute vanishing vanishingly infinitesimal marginal',
  ),
  ...rows('almost_no_chance', 'zero nil nonexistent'),
  ...rows('nonzero', 'nonzero'),
  ...rows('even', 'even'),
  ...rows('highly_likely', 'overwhelming'),
}
function rows(key: string, words: string): Record<string, string> {
  return Object.fromEntries(words.split(' ').map((word) => [word, key]))
}

const STRONG = new Set(
  'very extremely really exceedingly vanishingly incredibly pretty quite too so'.split(' '),
)
const STRENGTHENED: Readonly<Record<string, string>> = {
  slight_chance: 'remote',
  little_chance: 'remote',
  remote: 'almost_no_chance',
  serious_possibility: 'serious_possibility',
}
const COMPARED = new Set(
  'growing rising increasing increased higher greater lower heightened mounting bigger better worse diminishing shrinking dwindling reduced smaller'.split(
    ' ',
  ),
)

/** A noun of chance with what says how great it is; `asks` where nothing known does. */
export type ChanceNoun = {
  readonly key: string | null
  readonly first: number
  readonly last: number
  readonly negated?: true
}

/** "A good chance", "little likelihood", "the risk of war is very high", "chances are slim": at the noun's first word. */
export function chanceNounAt(tokens: readonly Token[], at: number): ChanceNoun | null {
  let noun = at
  let degree: string | null = null
  let strong = false
  let negated = false
  for (; noun < at + 6 && !isChanceNoun(tokens[noun]); noun++) {
    const word = tokens[noun]?.word ?? ''
    if (DEGREES[word] !== undefined) degree = DEGREES[word]
    else if (word === 'non' && tokens[noun + 1]?.word === 'zero') {
      degree = 'nonzero'
      noun++
    } else if (STRONG.has(word)) strong = true
    else if (COMPARED.has(word)) degree = 'compared'
    else if (word === 'better' && tokens[noun + 1]?.word === 'than' && tokens[noun + 2]?.word === 'even') {
      degree = 'better_than_even'
      noun += 2
    } else if (word === 'no' || word === 'not' || word === 'any') negated = word !== 'any' || negated
    else if (
      !/^(?:a|an|the|of|such|some|one|just|only|but|still|at|all|much|or|and|more|than|is)$/u.test(word)
    )
      return null
  }
  const found = tokens[noun]
  if (!isChanceNoun(found) || (found?.word === 'shot' && degree === null)) return null
  if (degree === 'compared') return { key: null, first: at, last: noun }
  if (degree !== null)
    return { key: strengthened(degree, strong), first: at, last: noun, ...(negated ? { negated } : {}) }
  if (negated) return { key: 'almost_no_chance', first: at, last: noun }
  return predicated(tokens, at, noun)
}

const strengthened = (key: string, strong: boolean) => (strong ? (STRENGTHENED[key] ?? key) : key)

const FARTHEST = 30

/** "… is very high": the value behind the noun, as far as its clause goes. */
function predicated(tokens: readonly Token[], at: number, noun: number): ChanceNoun | null {
  for (let verb = noun + 1; verb < Math.min(tokens.length, noun + FARTHEST); verb++) {
    const word = tokens[verb]?.word ?? ''
    if (/^[;!?]$/u.test(word)) break
    if (
      !(formOf(tokens[verb] as Token) === 'is' || /^(?:remains?|looks?|seems?|appears?|stays?)$/u.test(word))
    )
      continue
    let next = verb + 1
    let strong = false
    let negated = false
    for (; next < verb + 6; next++) {
      const degree = tokens[next]?.word ?? ''
      if (STRONG.has(degree)) strong = true
      else if (degree === 'not' || degree === 'far') negated = true
      else if (
        !/^(?:now|still|currently|only|rather|fairly|to|next|close|near|almost|practically|virtually|from|extremely|about|at|best|just|in|my|view|opinion|,|i|think|believe|at|present)$/u.test(
          degree,
        )
      )
        break
    }
    const key = DEGREES[tokens[next]?.word ?? '']
    const high = key === 'very_good_chance' && tokens[next]?.word === 'high' && !strong ? 'likely' : key
    if (high === undefined) {
      if (COMPARED.has(tokens[next]?.word ?? '')) return { key: null, first: at, last: next }
      continue
    }
    // "Slim to none" is one degree; "not small", "far from negligible" is none that is known.
    const none =
      tokens[next + 1]?.word === 'to' && /^(?:none|nil|zero|nonexistent)$/u.test(tokens[next + 2]?.word ?? '')
    if (negated && LOW.has(high)) return { key: null, first: at, last: next }
    return {
      key: strengthened(high, strong || none),
      first: at,
      last: none ? next + 2 : next,
      ...(negated ? { negated } : {}),
    }
  }
  return { key: null, first: at, last: noun }
}
const LOW = new Set(['slight_chance', 'little_chance', 'remote', 'almost_no_chance', 'nonzero'])
