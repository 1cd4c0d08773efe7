import tOracle from '@stdlib/stats-base-dists-t-quantile'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { effectiveGroups } from '../../src/scoring/effective-groups.ts'
import { scoreRange } from '../../src/scoring/score-range.ts'
import { tQuantile } from '../../src/scoring/special-functions.ts'
import { sum } from '../../src/scoring/summation.ts'

const score = fc.double({ min: 0, max: 1, noNaN: true })
const label = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')
const row = fc.record({ score, flipped: score, source: label, family: label })
const record = fc.array(row, { minLength: 1, maxLength: 60 })
const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-10)

/** The usual cluster-robust variance with the added group, as it was used before the jackknife. */
function usual(rows: { score: number; flipped: number }[], size: number) {
  const groups = rows.length / size
  const totals = Array.from({ length: groups }, (_, g) =>
    sum(rows.slice(g * size, (g + 1) * size).map((r) => r.score)),
  )
  totals.push((size * sum(rows.map((r) => r.flipped))) / rows.length)
  const n = size * (groups + 1)
  const center = sum(totals) / n
  const squares = sum(totals.map((total) => (total - size * center) ** 2))
  return { center, variance: (((groups + 1) / groups) * squares) / n ** 2, df: groups }
}

describe('the range of a mean', () => {
  test('for groups of one size it is the usual cluster-robust range', () => {
    const sized = fc.integer({ min: 1, max: 6 }).chain((size) =>
      fc.record({
        size: fc.constant(size),
        rows: fc
          .array(fc.array(row, { minLength: size, maxLength: size }), { minLength: 1, maxLength: 12 })
          .map((groups) => groups.flat()),
      }),
    )
    fc.assert(
      fc.property(sized, ({ size, rows }) => {
        const range = scoreRange(
          rows.map((r) => r.score),
          rows.map((r) => r.flipped),
          [rows.map((_, i) => String(Math.floor(i / size)))],
        )
        const old = usual(rows, size)
        near(range?.center as number, old.center)
        near((range?.se as number) ** 2, old.variance)
        near(range?.df as number, old.df)
      }),
    )
  })

  test('it contains the observed mean, whatever the groups and their sizes', () => {
    fc.assert(
      fc.property(record, fc.integer({ min: 0, max: 400 }), (some, more) => {
        // One group may hold nearly everything.
        const rows = [...some, ...Array.from({ length: more }, () => some[0] as (typeof some)[number])]
        const scores = rows.map((r) => r.score)
        const range = scoreRange(
          scores,
          rows.map((r) => r.flipped),
          [rows.map((r) => r.source), rows.map((r) => r.family)],
        )
        const mean = sum(scores) / scores.length
        expect(range?.lo).toBeLessThanOrEqual(mean + 1e-12)
        expect(range?.hi).toBeGreaterThanOrEqual(mean - 1e-12)
      }),
      { numRuns: 300 },
    )
  })

  test('without a natural flip it contains the mean too, with degrees of freedom from 1 to G − 1', () => {
    fc.assert(
      fc.property(record, (rows) => {
        const scores = rows.map((r) => r.score)
        const range = scoreRange(scores, null, [rows.map((r) => r.source)])
        const groups = new Set(rows.map((r) => r.source)).size
        expect(range === null).toBe(groups === 1)
        if (range === null) return
        expect(range.df).toBeGreaterThanOrEqual(1)
        expect(range.df).toBeLessThanOrEqual(groups - 1)
        near(range.center, sum(scores) / scores.length)
      }),
    )
  })

  test('a longer interview never adds degrees of freedom beyond its groups', () => {
    const df = (sizes: number[]) => {
      const labels = sizes.flatMap((size, g) => Array.from({ length: size }, () => `${g}`))
      return scoreRange(
        labels.map((_, i) => (i % 3) / 4),
        labels.map(() => 0.5),
        [labels],
      )?.df as number
    }
    expect(df([1, 1, 1, 1])).toBe(4)
    expect(df([2, 1, 1, 1])).toBeLessThan(4)
    expect(df([50, 1, 1, 1])).toBeLessThan(df([2, 1, 1, 1]))
    expect(df([5000, 1, 1, 1])).toBeGreaterThanOrEqual(1)
  })
})

describe('effective groups', () => {
  test('they are between one and the groups there are, and all of them exactly when no group is larger', () => {
    fc.assert(
      fc.property(record, (rows) => {
        const partitions = [rows.map((r) => r.source), rows.map((r) => r.family)]
        const groups = effectiveGroups(partitions)
        if (!groups) throw new Error('one statement is in one group')
        expect(groups.effective_clusters).toBeGreaterThanOrEqual(1 - 1e-12)
        expect(groups.effective_clusters).toBeLessThanOrEqual(groups.clusters + 1e-12)
        expect(groups.largest_share).toBeLessThanOrEqual(1)
        expect(groups.effective_clusters).toBeGreaterThanOrEqual(1 / groups.largest_share - 1e-12)
        expect(groups.concentrated).toBe(groups.effective_clusters < groups.clusters / 2)
      }),
    )
    expect(effectiveGroups([['a', 'b', 'a', 'b']])?.effective_clusters).toBe(2)
    expect(effectiveGroups([[]])).toBeNull()
  })
})

test('t quantiles agree with @stdlib to 1e-10 for degrees of freedom that are no whole numbers', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      fc.double({ min: 1, max: 5000, noNaN: true }),
      (p, df) => {
        const expected = tOracle(p, df)
        expect(Math.abs(tQuantile(p, df) - expected)).toBeLessThanOrEqual(
          1e-10 * Math.max(1, Math.abs(expected)),
        )
      },
    ),
    { numRuns: 300 },
  )
})
