import type { ForecastUnit, Probability, UnitStatement } from '../../src/scoring/forecast-unit.ts'
import { type RecordContext, trackRecord } from '../../src/scoring/track-record.ts'

export const day = (on: string) => new Date(`${on}T00:00:00Z`)

/** Said on 1 January 2024, live, in the analyst's own words. */
export function said(probability: Probability, rest: Partial<UnitStatement> = {}): UnitStatement {
  const said_on = rest.said_on ?? '2024-01-01'
  return { said_on, said_at: day(said_on), logged: 'live', voice: 'quote', probability, ...rest }
}

/** A yes/no question that opened on 1 January 2024, was due by the end of that year and came out yes. */
export function unit(id: string, probability: Probability, rest: Partial<ForecastUnit> = {}): ForecastUnit {
  return {
    id,
    question: `q-${id}`,
    title: `Event ${id}`,
    type: 'binary',
    family: null,
    source: `source-${id}`,
    source_type: 'interview',
    coverage: 'complete',
    low_information: false,
    deadline_ours: false,
    opens_at: day('2024-01-01'),
    deadline_on: '2024-12-31',
    deadline_end: day('2025-01-01'),
    state: 'resolved',
    annulled_because: null,
    disputed: false,
    outcome: 'yes',
    known_from: day('2025-01-01'),
    statements: [said(probability)],
    ...rest,
  }
}

export const AS_OF = day('2026-01-01')
export const LOGGING = { statements: 0, untestable: 0, duplicates: 0, sources: 0, complete: 0 }

/** The record of some units, of which nothing but their statements was logged. */
export function recordOf(units: readonly ForecastUnit[], rest: Partial<RecordContext> = {}) {
  const statements = units.reduce((n, { statements: said }) => n + said.length, 0)
  const logging = { ...LOGGING, statements }
  return trackRecord(units, { name: 'Vera', as_of: AS_OF, logging, ...rest })
}

export const likely: Probability = {
  words: 'likely',
  low: 0.6,
  mid: 0.75,
  high: 0.85,
  lexicon: '0.2',
  key: 'likely',
}
export const unlikely: Probability = {
  words: 'unlikely',
  low: 0.05,
  mid: 0.2,
  high: 0.3,
  lexicon: '0.2',
  key: 'unlikely',
}
export const possibly: Probability = {
  words: 'possibly',
  low: 0.15,
  mid: 0.45,
  high: 0.6,
  lexicon: '0.2',
  key: 'possibly',
}
export const flatlyYes: Probability = { words: 'it will happen', categorical: 'yes' }
export const flatlyNo: Probability = { words: 'it will not happen', categorical: 'no' }

/** n units of one probability, the first k of which came out yes. */
export function many(
  n: number,
  k: number,
  probability: Probability,
  rest: (i: number) => Partial<ForecastUnit> = () => ({}),
) {
  const label = typeof probability === 'number' ? String(probability) : JSON.stringify(probability)
  return Array.from({ length: n }, (_, i) =>
    unit(`${label}-${i}`, probability, { outcome: i < k ? 'yes' : 'no', ...rest(i) }),
  )
}

export function noNaN(value: unknown): void {
  JSON.stringify(value, (key, x) => {
    if (typeof x === 'number' && !Number.isFinite(x)) throw new Error(`${key} is ${x}`)
    return x
  })
}
