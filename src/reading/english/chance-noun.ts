import { formOf } from './phrase.ts'
import type { Token } from './words/token.ts'

const NOUN = new Set(
  'chance chances probability probabilities likelihood odds risk risks possibility possibilities prospect prospects danger shot'.split(
    ' ',
  ),
)
export const isChanceWord = (word: string): boolean => NOUN.has(word)
export const isChanceNoun = (token: Token | undefined): boolean => token !== undefined && NOUN.has(token.word)

/** How a noun of chance is valued by the adjectives before it or the predicate behind it: a row of the lexicon. */
const DEGREES: Readonly<Record<string, string>> = {
  ...rows('very_good_chance', 'bright good great strong excellent every high big big huge ample'),
  ...rows(
    'serious_possibility',
    'real serious realistic distinct considerable significant substantial sizeable sizable credible genuine material meaningful decent fair reasonable sporting fighting solid',
  ),
  ...rows('slight_chance', 'dim bleak poor slim slight small low limited outside modest narrow thin'),
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

/** Whether a word says how great a chance is. */
export const isDegree = (token: Token | undefined): boolean => DEGREES[token?.word ?? ''] !== undefined

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

/** Whether a word only compares a chance with another or with itself before. */
export const isCompared = (word: string): boolean => COMPARED.has(word)

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
    if (DEGREES[word] !== undefined) degree = lower(degree, DEGREES[word])
    else if (/^(?:barely|hardly|scarcely)$/u.test(word)) degree = 'little_chance'
    else if (word === 'non' && tokens[noun + 1]?.word === 'zero') {
      degree = 'nonzero'
      noun++
    } else if (STRONG.has(word)) strong = true
    else if (word === 'better' && tokens[noun + 1]?.word === 'than' && tokens[noun + 2]?.word === 'even') {
      degree = 'better_than_even'
      noun += 2
    } else if (COMPARED.has(word)) degree = 'compared'
    else if (word === 'no' || word === 'not' || word === 'any') negated = word !== 'any' || negated
    else if (
      !/^(?:a|an|the|of|such|some|one|just|only|but|still|at|all|much|or|and|more|than|is)$/u.test(word)
    )
      return null
  }
  const found = tokens[noun]
  if (!isChanceNoun(found) || isOtherSense(tokens, noun) || (found?.word === 'shot' && degree === null))
    return null
  if (degree === 'compared') return { key: null, first: at, last: noun }
  if (degree !== null)
    return { key: strengthened(degree, strong), first: at, last: noun, ...(negated ? { negated } : {}) }
  if (negated) return { key: 'almost_no_chance', first: at, last: noun }
  return predicated(tokens, at, noun)
}

/** "Risk losing", "risk management", "at risk", "take chances", "a missed chance": these weigh nothing. */
export function isOtherSense(tokens: readonly Token[], noun: number): boolean {
  const word = tokens[noun]?.word ?? ''
  const [before, after] = [tokens[noun - 1]?.word ?? '', tokens[noun + 1]?.word ?? '']
  if (/^(?:risk|risks|bet)$/u.test(word))
    return (
      /^(?:losing|being|management|manager|managers|officer|analyst|appetite|averse|assets?|premium|factors?|assessment|becoming|taking|to)$/u.test(
        after,
      ) || /^(?:at|own|take|takes|taking|run|runs)$/u.test(before)
    )
  if (!/^chances?$/u.test(word)) return false
  return (
    /^(?:by|last|second|take|given|the only)$/u.test(before) ||
    after === 'encounter' ||
    (after === 'to' &&
      tokens
        .slice(Math.max(0, noun - 3), noun)
        .some((token) => /^(?:earned?|deserves?|gets?|got)$/u.test(token.word))) ||
    tokens
      .slice(Math.max(0, noun - 4), noun)
      .some((token) =>
        /^(?:take|takes|took|taking|miss|missed|misses|waste|wasted|squandered|create|created)$/u.test(
          token.word,
        ),
      )
  )
}

/** "A small but real chance" is small. */
const lower = (held: string | null, key: string): string => (held !== null && LOW.has(held) ? held : key)

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
    if (
      tokens
        .slice(next, next + 3)
        .map(({ word }) => word)
        .join(' ') === 'better than even'
    )
      return { key: 'better_than_even', first: at, last: next + 2 }
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
