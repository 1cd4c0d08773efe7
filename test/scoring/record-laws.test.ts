import fc from 'fast-check'
import { expect, test } from 'vitest'
import { summarised } from '../../src/scoring/analysts.ts'
import { answersOf } from '../../src/scoring/answer.ts'
import { compare } from '../../src/scoring/comparison.ts'
import { assess, liveOnly } from '../../src/scoring/eligibility.ts'
import { pairsOf, rulingsOf } from '../../src/scoring/pair-rulings.ts'
import { rowsOf } from '../../src/scoring/scored-row.ts'
import { sum } from '../../src/scoring/summation.ts'
import { differences } from '../support/golden-adapter.ts'
import { AS_OF, LOGGING, noNaN, recordOf } from './a-unit.ts'
import { anyUnits as units } from './any-units.ts'

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
      const complete = { untestable: 0, duplicates: 0 }
      const analyst = { id: 'a', name: 'A', units: all, logging: LOGGING, complete }
      expect(summarised(analyst, AS_OF).summary.scored).toBe(
        recordOf(liveOnly(all), { simulate: null }).counts.scored,
      )
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
      const side = (id: string) => ({ id, name: id, units: all })
      const [a, b] = [side('a'), side('b')]
      const answers = answersOf(rowsOf(liveOnly(all), AS_OF))
      const rulings = rulingsOf(pairsOf([a, b].map(({ id }) => ({ id, answers }))))
      const self = compare(a, b, AS_OF, rulings)
      noNaN(self)
      const [best, worst] = self.difference?.mean ?? [0, 0]
      expect([best <= 1e-12, worst >= -1e-12]).toEqual([true, true])
      for (const { told_apart, points_to } of rulings.pairs)
        expect([told_apart, points_to]).toEqual([false, false])
    }),
    runs,
  )
})
