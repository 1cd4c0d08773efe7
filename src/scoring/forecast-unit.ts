import type { Proven } from '../core/anchor.ts'
import { FLATLY } from '../core/probability.ts'
import type { ReferenceKind } from '../core/reference.ts'
import { byText } from './summation.ts'

/** What the store hands over: one row per (analyst, question), whatever the number of statements. */

/** A number in the question's unit; for dates an ISO day ("2025-04-08") or days since 1970-01-01. */
export type Quantity = number | string

export type Words = {
  words: string
  low: number
  mid: number
  high: number
  lexicon?: string | null | undefined
  key?: string | null | undefined
}

/** The union of docs/model.md, section 6; for options it is the bare map {option: p}. */
export type Probability =
  | number
  /** A stated range counts by its middle; "at least 80 %" is {low: .8, mid: .8, high: 1}. */
  | { low: number; mid?: number | undefined; high: number }
  | Words
  | { words: string; categorical: 'yes' | 'no' }
  /** Words that nobody measured: they lean to a side, and have no band. */
  | { words: string; leans: 'yes' | 'no' }
  | { quantiles: Readonly<Record<string, Quantity>> }
  | { interval: readonly [Quantity, Quantity]; level: number }
  | Readonly<Record<string, number>>

export type Coverage = 'complete' | 'selected' | 'unstated'
export type Logged = 'live' | 'late' | 'afterwards'

/** Where something was said. A source of type "dataset" is no cluster: `cluster` is, else each row. */
type Origin = { source: string; source_type: string; cluster?: string | null | undefined }

export type UnitStatement = {
  said_on: string
  /** Latest instant of said_on. */
  said_at: Date
  logged: Logged
  /** A headline never carries a forecast, so it is no value here. */
  voice: 'quote' | 'paraphrase'
  probability: Probability
  /** Of the statement's own source; the unit's where absent. */
  coverage?: Coverage | undefined
  /** The statement's own source; the unit's where absent. */
  from?: Origin | undefined
  /** Who published it. */
  outlet?: string | undefined
  withdrawn_on?: string | null | undefined
  /** Start of withdrawn_on in the question's zone. */
  withdrawn_at?: Date | null | undefined
  retracted?: boolean | undefined
  /** Who outside shows that it was logged before the outcome was known, and by when; null where nobody does. */
  proven?: Proven | null | undefined
}

export type UnitReference = {
  kind: ReferenceKind
  probability: number
  recorded_at: Date
  /** Recorded when the outcome could be known. */
  hindsight: boolean
  primary: boolean
}

/** Its source is that of the first statement. */
export type ForecastUnit = Origin & {
  /** Id of the first forecast on this question. */
  id: string
  question: string
  title: string
  type: 'binary' | 'multiple_choice' | 'numeric' | 'date'
  options?: readonly string[] | undefined
  ordered?: boolean | undefined
  range?: { low: Quantity; high: Quantity } | null | undefined
  family: string | null
  coverage: Coverage
  low_information: boolean
  deadline_ours: boolean
  opens_at: Date
  deadline_on: string
  /** The instant at which the deadline day has ended in its zone. */
  deadline_end: Date
  state: 'open' | 'due' | 'proposed' | 'resolved' | 'annulled' | 'ambiguous'
  annulled_because?: 'condition_not_met' | 'moot' | null | undefined
  disputed: boolean
  /** "yes"/"no", an option, a number, an ISO day; null for a date question: not by the deadline. */
  outcome: string | number | null
  known_on?: string | null | undefined
  /** Start of known_on in the question's zone; null when not resolved. */
  known_from: Date | null
  /** What happened, as clauses of the question. */
  if_yes?: string | undefined
  if_no?: string | undefined
  /** Ordered by said_on, then seq. */
  statements: readonly UnitStatement[]
  /** Probability of yes that the primary reference of the question gives; recorded before the outcome was known. */
  reference?: number | null | undefined
  /** All references of the question but those withdrawn, in the order of recording; those of hindsight are in no figure. */
  references?: readonly UnitReference[] | undefined
}

export type Band = { low: number; mid: number; high: number; phrase: string | null }

export function isWords(probability: Probability): probability is Words {
  return typeof probability === 'object' && 'words' in probability && 'mid' in probability
}

export function categoricalOf(probability: Probability): 'yes' | 'no' | null {
  if (typeof probability !== 'object' || !('categorical' in probability)) return null
  return probability.categorical === 'yes' || probability.categorical === 'no'
    ? probability.categorical
    : null
}

/** The side to which words lean that nobody measured; null for everything else. */
export function leaningOf(probability: Probability): 'yes' | 'no' | null {
  if (typeof probability !== 'object' || !('words' in probability) || !('leans' in probability)) return null
  return probability.leans === 'yes' || probability.leans === 'no' ? probability.leans : null
}

/** The low, middle and high reading of a binary probability; null for anything that is not one. */
export function bandOf(probability: Probability): Band | null {
  if (typeof probability === 'number') {
    return checked({ low: probability, mid: probability, high: probability, phrase: null })
  }
  const flat = categoricalOf(probability)
  if (flat) return { ...FLATLY[flat], phrase: null }
  if (isWords(probability)) {
    const { low, mid, high, key, lexicon } = probability
    return checked({ low, mid, high, phrase: key ? `${lexicon ?? ''}/${key}` : null })
  }
  if (!('low' in probability && 'high' in probability)) return null
  const { low, mid, high } = probability as { low: number; mid?: number; high: number }
  return checked({ low, mid: mid ?? (low + high) / 2, high, phrase: null })
}

function checked(band: Band): Band | null {
  return 0 <= band.low && band.low <= band.mid && band.mid <= band.high && band.high <= 1 ? band : null
}

/** Days since 1970-01-01 of an ISO day, in no zone; numbers pass through. */
export function quantity(value: Quantity): number {
  return typeof value === 'number' ? value : Date.parse(`${value.slice(0, 10)}T00:00:00Z`) / 86_400_000
}

/** Two probabilities say the same when this is equal; then the later one is a restatement. */
export function sayingOf(probability: Probability): string {
  if (typeof probability === 'number') return String(probability)
  if (isWords(probability)) {
    const { key, low, mid, high } = probability
    return `words ${key ?? ''} ${low} ${mid} ${high}`
  }
  const flat = categoricalOf(probability)
  if (flat) return `flatly ${flat}`
  const leans = leaningOf(probability)
  if (leans) return `leans ${leans}`
  return JSON.stringify(Object.entries(probability).sort(([a], [b]) => byText(a, b)))
}
