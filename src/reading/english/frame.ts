import { type Band, FLATLY } from '../../core/probability.ts'
import type { Reading, Voice } from '../grammar/language.ts'
import { mirrored, widened } from '../grammar/mirrored.ts'
import type { Clause } from './clause.ts'
import { resolved } from './denial.ts'
import { type Element, elementsOf } from './element.ts'
import { denied, type LexiconRow, lexiconRow } from './lexicon.ts'
import { embedded, matrixOf } from './matrix.ts'
import { formOf } from './phrase.ts'
import { asHeard, whose } from './whose.ts'
import { type Token, tokensOf, wordsAt } from './words/token.ts'

/** What a clause says about how likely its event is; the words it rests on are its tokens first..last. */
export type ClauseReading = Omit<Reading, 'words' | 'start' | 'end'> & {
  readonly first?: number
  readonly last?: number
}

/** A clause with what bears on its event; the outer denials are resolved, the inner ones counted. */
export type Frame = {
  readonly tokens: readonly Token[]
  readonly elements: readonly Element[]
  readonly denials: readonly Element[]
  /** Whether a report stands above it, so that "would" is "will". */
  readonly reported: boolean
  readonly reading: ClauseReading
}

const NONE: ClauseReading = { kind: 'none' }

/** What is known of a clause from beside it. */
export type Said = {
  readonly voice?: Voice
  /** Whether a condition stands beside the clause, and whether it only explains a word ("if that means war"). */
  readonly condition?: 'real' | 'definition'
  /** Whether the clause tells of the present what is to be at a later time. */
  readonly present?: boolean
  /** Whether a time ahead stands in it. */
  readonly ahead?: boolean
}

/** Reads one clause: its layers from the outside in, then their product. */
export function frameOf(clause: Clause, said: Said = {}): Frame {
  const { tokens } = clause
  const raw = elementsOf(tokens).filter(({ first }) => first >= freeRelative(tokens))
  const reported = raw.some(
    (element) =>
      (element.layer === 'report' ||
        (said.voice === 'paraphrase' && THINKS.test(tokens[element.first]?.word ?? ''))) &&
      whose(tokens, element, said.voice) === 'third' &&
      !UNSAID.test(tokens[element.first - 1]?.word ?? ''),
  )
  const heard = raw.map((element) => asHeard(tokens, element, said.voice, reported))
  const above = matrixOf(tokens, heard)
  const { elements, denials } = resolved(tokens, above === null ? heard : [above, ...heard])
  return { tokens, elements, denials, reported, reading: composed(tokens, elements, denials, said) }
}

/** "What was unthinkable a year ago is now likely": where the clause begins that says something. */
function freeRelative(tokens: readonly Token[]): number {
  if (tokens[0]?.word !== 'what' || !/^(?:was|were|seemed|looked)$/u.test(tokens[1]?.word ?? '')) return 0
  return Math.max(
    0,
    tokens.findIndex(({ word }, at) => at > 1 && /^(?:is|are|will|may|could|has)$/u.test(word)),
  )
}

/** "Most lawyers think that it would fail": in the words of a reporter it is told for them. */
const THINKS = /^(?:thinks?|believes?|reckons?|expects?|predicts?|fears?)$/u

/** "He could not say": nothing is reported. */
const UNSAID = /^(?:not|never|to|can|could|will|would|may|might|should|must)$/u

const rowOf = ({ key = '' }: Element) => lexiconRow(key)
const isLow = (element: Element): boolean => midOf(element) < 0.35
const midOf = (element: Element): number => rowOf(element)?.mid ?? 0.5

/** What is asked about even where nothing else in the clause speaks of the future. */
const OPEN = new Set(['unknown', 'likelihood', 'chance', 'bare_chance', 'odds', 'denial'])

/** These stand above the event, and what they say of it goes before what is said of the event itself. */
const GOVERNS = new Set(['denial', 'unknown', 'others', 'matrix', 'consequence'])

/** Outside in: what asks, a number, the hedge, and only then what is said flatly. */
function composed(
  tokens: readonly Token[],
  elements: readonly Element[],
  denials: readonly Element[],
  said: Said,
): ClauseReading {
  const of = (layer: Element['layer']) => elements.filter((element) => element.layer === layer)
  const [numbers, hedges, attitudes, futures, asked] = [
    of('number'),
    of('hedge'),
    of('attitude'),
    of('future'),
    of('asks'),
  ]
  const quoted = ({ first, last }: Element) => quotedWords(tokens, first, last)
  const denies = isDenied(tokens, denials)
  if (denies === null)
    return asks(denials, `${denials.map(quoted).join(' and ')}: two denials; which event is meant?`)
  // "Never" by itself.
  if (denials.length > 0 && tokens.length === denials.length)
    return { ...flat('no', denials), key: tokens[0]?.word === 'never' ? 'never' : 'will_not' }
  const says =
    hedges.length + futures.length + attitudes.length + numbers.length > 0 ||
    said.present === true ||
    (said.ahead === true && asked.some(({ cue }) => cue === 'ability'))
  if (!says && !asked.some(({ cue }) => OPEN.has(cue ?? ''))) return NONE
  const governing = asked.find(({ cue }) => GOVERNS.has(cue ?? ''))
  if (governing !== undefined) return asks([governing], `${quoted(governing)} ${governing.why}`)
  if (numbers.length > 0) return numbered(tokens, numbers, denials, denies)
  if (asked.length > 0) {
    const [one] = asked as [Element]
    return asks([one], `${quoted(one)} ${one.why}`)
  }
  const weighed = [...hedges, ...attitudes.filter(({ key }) => key !== 'we_believe')]
  const belief = attitudes.find(({ key }) => key === 'we_believe')
  if (weighed.length > 0) {
    const lows = weighed.filter(isLow)
    if (lows.length > 1)
      return asks(lows, `${lows.map(quoted).join(' and ')}: how likely is it, taken together?`)
    const chosen = lows[0] ?? weighed.reduce((top, element) => (midOf(element) < midOf(top) ? element : top))
    const widen = chosen.key !== 'doubt' && (belief !== undefined || weighed.length > 1)
    const above = widen ? (belief ?? weighed.find((other) => other !== chosen)) : undefined
    return worded(tokens, chosen, denials, denies, above)
  }
  if (belief !== undefined) return worded(tokens, belief, denials, denies, undefined)
  const [future] = futures
  if (future === undefined) {
    if (said.present !== true) return NONE
    return denials.length === 0 ? { kind: 'flat', says: 'yes', ...FLATLY.yes } : flat('no', denials)
  }
  const aside = embedded(tokens, elements, future)
  if (aside !== null) return { ...asks([future], aside), open: 'aside' }
  if (said.condition === 'real')
    return {
      ...asks([future], `${quoted(future)} holds under a condition: is the condition a part of the event?`),
      open: 'condition',
    }
  return flat(denies ? 'no' : 'yes', [future, ...denials])
}

const wordsOf = (list: readonly Element[]) => ({
  first: Math.min(...list.map(({ first }) => first)),
  last: Math.max(...list.map(({ last }) => last)),
})

const asks = (list: readonly Element[], why: string): ClauseReading => ({
  kind: 'asks',
  why,
  ...wordsOf(list),
})

const flat = (says: 'yes' | 'no', list: readonly Element[]): ClauseReading => ({
  kind: 'flat',
  says,
  ...FLATLY[says],
  key: says === 'yes' ? 'will' : 'will_not',
  measured: says === 'yes',
  ...wordsOf(list),
})

/** Whether the event is denied; null where two denials stand and neither turns the other by a known word. */
function isDenied(tokens: readonly Token[], denials: readonly Element[]): boolean | null {
  const verbs = denials.filter(({ first }) => /^(?:fail|refuse|decline)/u.test(tokens[first]?.word ?? ''))
  const plain = denials.length - verbs.length
  if (verbs.length > 1) return null
  const words = new Set(denials.map(({ first }) => tokens[first]?.word))
  if (plain > 1 && !(words.size === 1 || words.has('nor') || words.has('never'))) return null
  return (plain > 0 ? 1 : 0) + verbs.length === 1
}

/** A number that was said, or what is left after it where the event is denied. */
function numbered(
  tokens: readonly Token[],
  numbers: readonly Element[],
  denials: readonly Element[],
  denies: boolean,
): ClauseReading {
  const [number] = numbers as [Element]
  const quoted = ({ first, last }: Element) => quotedWords(tokens, first, last)
  const different = numbers.some(({ low, high }) => low !== number.low || high !== number.high)
  if (different) return asks(numbers, `${numbers.map(quoted).join(' and ')}: which one is of this event?`)
  // "Not a 70 % chance" denies the number and gives none.
  const before = denials.find(({ last }) => last < number.first && number.first - last <= 2)
  if (before !== undefined)
    return asks([before, number], `${quoted(number)} is denied here: what is the number?`)
  const { low = 0, high = 1 } = number
  const mid = Math.round(((low + high) / 2) * 1e6) / 1e6
  const band: Band = denies ? mirrored({ low, mid, high }) : { low, mid, high }
  return {
    kind: low === high ? 'number' : 'range',
    ...band,
    ...wordsOf([number, ...denials]),
    ...(denies ? { why: 'the event is denied: 1 minus the number said' } : {}),
  }
}

/** One row, its negative where the event is denied, wider where another hedge stands above it. */
function worded(
  tokens: readonly Token[],
  chosen: Element,
  denials: readonly Element[],
  denies: boolean,
  above: Element | undefined,
): ClauseReading {
  const row = rowOf(chosen)
  if (row === null) return NONE
  const turned = denies ? denied(row) : null
  const key = turned?.key ?? row.key
  const base: Band = turned?.band ?? row
  const band = above === undefined ? base : widened(base)
  const said = lexiconRow(key) ?? row
  // Of words that nobody was asked about it is assumed that they say as much.
  const own = isAlias(row, tokens, chosen)
  const notes = [
    above === undefined
      ? undefined
      : `hedged by "${wordsAt(tokens, above.first, withoutThat(tokens, above))}": the end nearer 50 % is moved towards it`,
    turned?.note,
    chosen.why,
    own || turned !== null || chosen.why !== undefined
      ? undefined
      : `assumed: read as "${row.key.replaceAll('_', ' ')}"`,
    said.measured || turned?.key.startsWith('not_')
      ? undefined
      : said.basis.startsWith('assumed')
        ? said.basis
        : `assumed: ${said.basis}`,
  ].filter((note) => note !== undefined)
  return {
    kind: 'words',
    key,
    low: band.low,
    mid: band.mid,
    high: band.high,
    measured: row.measured && own && turned === null && chosen.why === undefined && above === undefined,
    ...(notes.length > 0 ? { why: [...new Set(notes)].join('; ') } : {}),
    ...wordsOf(denies ? [chosen, ...denials] : [chosen]),
  }
}

const quotedWords = (tokens: readonly Token[], first: number, last: number): string =>
  `“${wordsAt(tokens, first, last)}”`

const withoutThat = (tokens: readonly Token[], { first, last }: Element): number =>
  last > first && tokens[last]?.word === 'that' ? last - 1 : last

/** Whether the words are of the row itself and not others that are read as one. */
function isAlias({ aliases }: LexiconRow, tokens: readonly Token[], { first, last }: Element): boolean {
  const form = (words: readonly Token[]): string =>
    words
      .map(formOf)
      .filter((word) => !/^(?:is|that|to|a|an|there|i|we|it|the)$/u.test(word))
      .join(' ')
  const said = form(tokens.slice(first, last + 1))
  return aliases.some((alias) => form(tokensOf(alias)) === said)
}
