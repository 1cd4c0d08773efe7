import fc from 'fast-check'
import { expect, test } from 'vitest'
import { summarised } from '../../src/scoring/analysts.ts'
import { answersOf } from '../../src/scoring/answer.ts'
import { compare } from '../../src/scoring/comparison.ts'
import { assess, liveOnly } from '../../src/scoring/eligibility.ts'
import type { ForecastUnit, Probability } from '../../src/scoring/forecast-unit.ts'
import { pairsOf, rulingsOf } from '../../src/scoring/pair-rulings.ts'
import { rowsOf } from '../../src/scoring/scored-row.ts'
import { sum } from '../../src/scoring/summation.ts'
import { differences } from '../support/golden-adapter.ts'
import {
  AS_OF,
  day,
  flatlyNo,
  flatlyYes,
  LOGGING,
  likely,
  noNaN,
  possibly,
  recordOf,
  said,
  unit,
  unlikely,
} from './a-unit.ts'

const probability = fc.oneof(
  fc.constantFrom<Probability>(0, 0.05, 0.5, 0.8, 1, likely, unlikely, possibly, flatlyYes, flatlyNo, {
    low: 0.6,
    high: 0.9,
  }),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.integer({ min: 0, max: 20 }).map((k) => k / 20),
)
const on = fc.integer({ min: 0, max: 900 }).map((n) => new Date(day('2023-10-01').getTime() + n * 86_400_000))

const statement = fc
  .record({
    probability,
    said_at: on,
    logged: fc.constantFrom('live' as const, 'late' as const, 'afterwards' as const),
    voice: fc
      .integer({ min: 0, max: 9 })
      .map((n) => (n === 0 ? ('paraphrase' as const) : ('quote' as const))),
    withdrawn: fc.option(on, { freq: 6, nil: null }),
    retracted: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  })
  .map(({ probability: p, withdrawn, said_at, ...rest }) =>
    said(p, { ...rest, said_at, said_on: said_at.toISOString().slice(0, 10), withdrawn_at: withdrawn }),
  )

const question: fc.Arbitrary<Partial<ForecastUnit>> = fc.record({
  state: fc.constantFrom(
    'open',
    'due',
    'proposed',
    'annulled',
    'ambiguous',
    'resolved',
    'resolved',
    'resolved',
    'resolved',
  ),
  outcome: fc.constantFrom('yes', 'no'),
  known_from: fc.option(on, { nil: null, freq: 2 }),
  deadline_end: on,
  source: fc.integer({ min: 1, max: 25 }).map((n) => `s${n}`),
  family: fc.integer({ min: 1, max: 40 }).map((n) => (n > 30 ? `f${n % 3}` : null)),
  coverage: fc.constantFrom('complete', 'selected', 'unstated'),
  low_information: fc.boolean(),
  deadline_ours: fc.boolean(),
  disputed: fc.boolean(),
  reference: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
  statements: fc
    .array(statement, { minLength: 1, maxLength: 3 })
    .map((all) => all.sort((a, b) => a.said_at.getTime() - b.said_at.getTime())),
})
const units = fc
  .array(question, { maxLength: 150, size: 'max' })
  .map((all) => all.map((rest, i) => unit(`u${i}`, 0.5, { question: `q${i}`, ...rest })))
const runs = { numRuns: 40 }

const PARTS = [
  'headline',
  'words',
  'numbers',
  'tilt',
  'monitor',
  'revisions',
  'checkable',
  'worded',
  'all',
  'own_probabilities',
  'reference',
  'calibration',
  'decomposition',
  'log_score',
  'auc',
  'over_time',
] as const

test('of any ledger whatever: no NaN, every forecast in one count, a part is null exactly when a reason stands', () => {
  fc.assert(
    fc.property(units, (all) => {
      const record = recordOf(all, { simulate: null })
      noNaN(record)
      const c = record.counts
      expect(c.forecasts + c.retracted).toBe(all.length)
      expect(c.forecasts).toBe(c.open + c.due + c.proposed + c.resolved + c.annulled + c.ambiguous)
      expect(c.resolved).toBe(
        c.scored + c.too_late + c.too_vague + c.unmeasured + c.selected + c.awaiting_deadline,
      )
      expect(c.scored).toBe(c.stated + c.worded)
      expect(c.forecasts).toBe(c.live + c.late + c.afterwards)
      expect(c.due_soon).toBeLessThanOrEqual(c.open)
      expect(record.forecasts.filter((f) => f.scored)).toHaveLength(c.scored)
      for (const f of record.forecasts) expect('why_not' in f).toBe(!f.scored)
      for (const part of PARTS) expect(record[part] === null, part).toBe(part in record.withheld)
      for (const { from, out, stays } of record.funnel) expect(from).toBe(stays + sum(out.map(({ n }) => n)))
    }),
    runs,
  )
})

test('score, chart, counts and list rest on one predicate', () => {
  fc.assert(
    fc.property(units, (all) => {
      const record = recordOf(all, { simulate: null })
      const scored = all.filter((u) => assess(u, AS_OF).status === 'scored').map((u) => u.id)
      expect(
        record.forecasts
          .filter((f) => f.scored)
          .map((f) => f.id)
          .sort(),
      ).toEqual(scored.sort())
      const subject = {
        id: 'a',
        name: 'A',
        units: all,
        logging: LOGGING,
        complete: { untestable: 0, duplicates: 0 },
      }
      const live = summarised(subject, AS_OF).summary
      expect(live.scored).toBe(recordOf(liveOnly(all), { simulate: null }).counts.scored)
    }),
    runs,
  )
})

test('the order in which the store hands over the questions changes nothing', () => {
  fc.assert(
    fc.property(units, (all) => {
      const [forwards, backwards] = [all, [...all].reverse()].map((u) => recordOf(u, { simulate: null }))
      expect(differences(forwards, backwards, { abs: 1e-9, rel: 1e-9 })).toEqual([])
    }),
    runs,
  )
})

test('best ≤ middle ≤ worst, the interval holds both, and everyone equals himself', () => {
  fc.assert(
    fc.property(units, (all) => {
      const { all: range, headline } = recordOf(all, { simulate: null })
      if (range) {
        expect(range.best).toBeLessThanOrEqual(range.mid + 1e-12)
        expect(range.mid).toBeLessThanOrEqual(range.worst + 1e-12)
        expect(range.interval[0]).toBeLessThanOrEqual(range.best + 1e-12)
        expect(range.interval[1]).toBeGreaterThanOrEqual(range.worst - 1e-12)
      }
      if (headline) {
        expect(headline.interval[0]).toBeLessThanOrEqual(headline.brier + 1e-12)
        expect(headline.interval[1]).toBeGreaterThanOrEqual(headline.brier - 1e-12)
      }
      const answers = answersOf(rowsOf(liveOnly(all), AS_OF))
      const rulings = rulingsOf(pairsOf(['a', 'b'].map((id) => ({ id, answers }))))
      const self = compare(
        { id: 'a', name: 'A', units: all },
        { id: 'b', name: 'B', units: all },
        AS_OF,
        rulings,
      )
      noNaN(self)
      expect(self.difference?.mean ?? [0, 0]).toEqual([0, 0])
      expect(self.ruling).toMatchObject({ told_apart: false, points_to: false })
    }),
    runs,
  )
})
