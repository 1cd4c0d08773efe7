import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { auc } from '../../src/scoring/auc.ts'
import { type Binary, brierScore, fullBrier, halfBrier, meanBrier } from '../../src/scoring/brier.ts'
import { corpDecomposition } from '../../src/scoring/isotonic.ts'
import { clippedLogScore, logScore, meanLogScore } from '../../src/scoring/log-score.ts'
import { murphyBinned, murphyExact } from '../../src/scoring/murphy.ts'
import { pairedDifference } from '../../src/scoring/paired.ts'
import { clusteredPoissonBinomial, hits, poissonBinomial } from '../../src/scoring/poisson-binomial.ts'
import { clopperPearson, clusteredWilson, jeffreys, wilson } from '../../src/scoring/proportion.ts'
import { pinballLoss, weightedIntervalScore } from '../../src/scoring/quantile.ts'
import { normalisedRankedProbability, rankedProbability } from '../../src/scoring/ranked-probability.ts'
import { otherOutcome, scoreRange } from '../../src/scoring/score-range.ts'
import { spiegelhalter } from '../../src/scoring/spiegelhalter.ts'
import { sum } from '../../src/scoring/summation.ts'
import { chooseReadings, verbalRange } from '../../src/scoring/verbal-range.ts'

// Multiples of 5 % as people say them, and any other double.
const probability = fc.oneof(
  fc.integer({ min: 0, max: 20 }).map((k) => k / 20),
  fc.double({ min: 0, max: 1, noNaN: true }),
)
const outcome = fc.constantFrom<Binary>(0, 1)
const forecast = fc.record({ p: probability, y: outcome, cluster: fc.constantFrom('a', 'b', 'c', 'd') })
const record = fc.array(forecast, { minLength: 1, maxLength: 40 })
// 1 − p is exact only for such numbers; elsewhere rounding makes ties that were none.
const exact = fc.array(
  fc.record({
    p: fc.integer({ min: 0, max: 1024 }).map((k) => k / 1024),
    y: outcome,
    cluster: fc.constant('a'),
  }),
  { minLength: 1, maxLength: 40 },
)
const ps = (rows: { p: number }[]) => rows.map((r) => r.p)
const ys = (rows: { y: Binary }[]) => rows.map((r) => r.y)
const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9)
const runs = { numRuns: 200 }

describe('laws', () => {
  test('no figure depends on the order of the rows', () => {
    fc.assert(
      fc.property(record, fc.infiniteStream(fc.nat()), (rows, order) => {
        const shuffled = rows
          .map((row) => ({ row, at: order.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ row }) => row)
        const figures = (r: typeof rows) => {
          const scores = r.map(({ p, y }) => brierScore(p, y))
          const flipped = r.map(({ p, y }) => brierScore(p, (1 - y) as Binary))
          const range = scoreRange(scores, flipped, [r.map((x) => x.cluster)])
          return [
            meanBrier(ps(r), ys(r)),
            ...Object.values(corpDecomposition(ps(r), ys(r)) as object),
            auc(ps(r), ys(r)) ?? -1,
            spiegelhalter(ps(r), ys(r))?.z ?? -1,
            hits(ps(r), ys(r))?.p_two_sided,
            murphyBinned(ps(r), ys(r))?.rel,
            range?.lo,
            range?.hi,
          ] as number[]
        }
        const [a, b] = [figures(rows), figures(shuffled)]
        a.forEach((value, i) => {
          near(value, b[i] as number)
        })
      }),
      runs,
    )
  })

  test('saying 1 − p of the opposite event changes no score', () => {
    fc.assert(
      fc.property(exact, (rows) => {
        const mirrored = rows.map(({ p, y, cluster }) => ({ p: 1 - p, y: (1 - y) as Binary, cluster }))
        near(meanBrier(ps(rows), ys(rows)) as number, meanBrier(ps(mirrored), ys(mirrored)) as number)
        near(auc(ps(rows), ys(rows)) ?? 0, auc(ps(mirrored), ys(mirrored)) ?? 0)
        near(
          meanLogScore(ps(rows), ys(rows))?.mean as number,
          meanLogScore(ps(mirrored), ys(mirrored))?.mean as number,
        )
        const [a, b] = [corpDecomposition(ps(rows), ys(rows)), corpDecomposition(ps(mirrored), ys(mirrored))]
        near(a?.miscalibration as number, b?.miscalibration as number)
        near(a?.discrimination as number, b?.discrimination as number)
      }),
      runs,
    )
  })

  test('the Brier score is miscalibration − discrimination + uncertainty, none of them negative', () => {
    fc.assert(
      fc.property(record, (rows) => {
        const d = corpDecomposition(ps(rows), ys(rows))
        if (!d) throw new Error('a record of one or more has a decomposition')
        near(d.brier, d.miscalibration - d.discrimination + d.uncertainty)
        near(d.brier, meanBrier(ps(rows), ys(rows)) as number)
        expect(d.miscalibration).toBeGreaterThanOrEqual(0)
        expect(d.discrimination).toBeGreaterThanOrEqual(0)
      }),
      runs,
    )
  })

  test("Murphy's terms add up to the Brier score, by value and by bin", () => {
    fc.assert(
      fc.property(record, (rows) => {
        const exact = murphyExact(ps(rows), ys(rows))
        const binned = murphyBinned(ps(rows), ys(rows))
        if (!exact || !binned) throw new Error('a record of one or more has a decomposition')
        near(exact.brier, exact.rel - exact.res + exact.unc)
        near(binned.brier, binned.rel - binned.res + binned.unc + binned.wbv - binned.wbc)
      }),
      runs,
    )
  })

  test('the range contains the observed mean and stays inside its bounds, for any clusters', () => {
    fc.assert(
      fc.property(record, (rows) => {
        const scores = rows.map(({ p, y }) => brierScore(p, y))
        const flipped = rows.map(({ p, y }) => brierScore(p, (1 - y) as Binary))
        const each = rows.map((_, i) => String(i))
        const range = scoreRange(scores, flipped, [rows.map((r) => r.cluster), each])
        if (!range) throw new Error('one forecast has a range')
        const mean = sum(scores) / scores.length
        expect(range.lo).toBeLessThanOrEqual(mean + 1e-12)
        expect(range.hi).toBeGreaterThanOrEqual(mean - 1e-12)
        expect(range.lo).toBeGreaterThanOrEqual(0)
        expect(range.hi).toBeLessThanOrEqual(1)
        expect(range.clusters).toBe(new Set(rows.map((r) => r.cluster)).size)
        const paired = pairedDifference(
          ps(rows),
          rows.map(() => 0.5),
          ys(rows),
          [each],
        )
        if (!paired) throw new Error('one forecast has a paired difference')
        expect(paired.range.lo).toBeLessThanOrEqual(paired.mean + 1e-12)
        expect(paired.range.hi).toBeGreaterThanOrEqual(paired.mean - 1e-12)
      }),
      runs,
    )
  })

  test('with two options half-Brier and RPS are the Brier score', () => {
    fc.assert(
      fc.property(probability, outcome, (p, y) => {
        const options = [1 - p, p]
        near(halfBrier(options, y), brierScore(p, y))
        near(fullBrier(options, y), 2 * brierScore(p, y))
        near(rankedProbability(options, y), brierScore(p, y))
        near(normalisedRankedProbability(options, y), brierScore(p, y))
        near(otherOutcome(options, y, halfBrier), brierScore(p, (1 - y) as Binary))
      }),
      runs,
    )
  })

  test('the truth is the best forecast: Brier, log score and pinball loss are proper', () => {
    fc.assert(
      fc.property(probability, probability, (truth, p) => {
        const expected = (s: (q: number, y: Binary) => number, q: number) =>
          truth * s(q, 1) + (1 - truth) * s(q, 0)
        expect(expected(brierScore, truth)).toBeLessThanOrEqual(expected(brierScore, p) + 1e-12)
        const log = (q: number, y: Binary) => clippedLogScore(y === 1 ? q : 1 - q)
        if (truth >= 0.005 && truth <= 0.995) {
          expect(expected(log, truth)).toBeLessThanOrEqual(expected(log, p) + 1e-12)
        }
      }),
      runs,
    )
    expect(logScore(0.25)).toBeCloseTo(Math.log(4), 14)
    expect(logScore(0)).toBe(Infinity)
    expect(pinballLoss(3, 0.5, 3)).toBeCloseTo(0, 14)
  })

  test('clusters of one give the Poisson-binomial; larger clusters keep its mean and widen it', () => {
    fc.assert(
      fc.property(record, (rows) => {
        const moments = (pmf: Float64Array) => {
          const mean = sum(pmf.map((x, k) => x * k))
          return { total: sum(pmf), mean, variance: sum(pmf.map((x, k) => x * (k - mean) ** 2)) }
        }
        const plain = poissonBinomial(ps(rows))
        const single = clusteredPoissonBinomial(
          ps(rows),
          rows.map((_, i) => String(i)),
        )
        single.forEach((x, k) => {
          near(x, plain[k] as number)
        })
        const [alone, together] = [
          moments(plain),
          moments(
            clusteredPoissonBinomial(
              ps(rows),
              rows.map((r) => r.cluster),
            ),
          ),
        ]
        near(together.total, 1)
        near(together.mean, alone.mean)
        expect(together.variance).toBeGreaterThanOrEqual(alone.variance - 1e-9)
      }),
      runs,
    )
  })

  test('every interval of a proportion contains it, and clusters never narrow it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), fc.nat(), (n, a, g) => {
        const k = a % (n + 1)
        for (const interval of [wilson(k, n), jeffreys(k, n), clopperPearson(k, n)]) {
          expect(interval[0]).toBeLessThanOrEqual(k / n + 1e-12)
          expect(interval[1]).toBeGreaterThanOrEqual(k / n - 1e-12)
        }
        const clustered = clusteredWilson(k, n, 1 + (g % n))
        const plain = wilson(k, n)
        expect(clustered[0]).toBeLessThanOrEqual(plain[0] + 1e-12)
        expect(clustered[1]).toBeGreaterThanOrEqual(plain[1] - 1e-12)
      }),
      runs,
    )
  })

  test('the weighted interval score is twice the mean pinball loss of its quantiles', () => {
    const quantiles = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(quantiles, fc.integer({ min: -60, max: 60 }), (qs, y) => {
        const sorted = [...qs].sort((a, b) => a - b)
        const levels = [0.05, 0.25, 0.5, 0.75, 0.95]
        const wis = weightedIntervalScore(levels, sorted, y)?.wis as number
        near(wis, (2 * sum(levels.map((level, i) => pinballLoss(sorted[i] as number, level, y)))) / 5)
      }),
      runs,
    )
  })

  test('no single meaning of the phrases scores outside best and worst', () => {
    const bands = [
      { phrase: 'likely', low: 0.6, mid: 0.75, high: 0.85 },
      { phrase: 'unlikely', low: 0.05, mid: 0.2, high: 0.3 },
    ]
    const row = fc.record({ band: fc.constantFrom(...bands), outcome, against: fc.boolean() })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), probability, probability, (rows, u, v) => {
        const reads = rows.map(({ band, outcome: y, against }) => ({
          ...band,
          outcome: y,
          against,
        }))
        const choices = chooseReadings(reads)
        const total = (pick: (i: number) => number) =>
          sum(reads.map((r, i) => (r.against ? -1 : 1) * brierScore(pick(i), r.outcome)))
        const means = { likely: 0.6 + 0.25 * u, unlikely: 0.05 + 0.25 * v } as Record<string, number>
        const some = total((i) => means[rows[i]?.band.phrase as string] as number)
        expect(total((i) => choices[i]?.best as number)).toBeLessThanOrEqual(some + 1e-12)
        expect(total((i) => choices[i]?.worst as number)).toBeGreaterThanOrEqual(some - 1e-12)
        const range = verbalRange(reads)
        expect(range?.best).toBeLessThanOrEqual(
          (range?.mid as number) + (rows.some((r) => r.against) ? 1 : 1e-12),
        )
      }),
      runs,
    )
  })
})
