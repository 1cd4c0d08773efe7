import { describe, expect, test } from 'vitest'
import {
  expectedMiscalibration,
  honestCalibrationBand,
  miscalibrationNull,
  simulateCalibrated,
} from '../../src/scoring/consistency-band.ts'
import { countTest } from '../../src/scoring/count-test.ts'
import { evidence } from '../../src/scoring/e-value.ts'
import { empiricalBayes } from '../../src/scoring/empirical-bayes.ts'
import { integratedBrier } from '../../src/scoring/integrated-brier.ts'
import { corpDecomposition } from '../../src/scoring/isotonic.ts'
import { pairedDifference } from '../../src/scoring/paired.ts'
import { poissonBinomial } from '../../src/scoring/poisson-binomial.ts'
import { weightedIntervalScore } from '../../src/scoring/quantile.ts'
import { randomNumbers, seedKey, seedOf } from '../../src/scoring/random.ts'
import { normalisedRankedProbability } from '../../src/scoring/ranked-probability.ts'
import { otherOutcome, scoreRange } from '../../src/scoring/score-range.ts'
import { simultaneousEnvelope } from '../../src/scoring/simultaneous-envelope.ts'
import { mean, quantileOfSorted, sum } from '../../src/scoring/summation.ts'
import { tierOf } from '../../src/scoring/tier.ts'
import { verbalRange } from '../../src/scoring/verbal-range.ts'

describe('nothing, one, and the ends', () => {
  test('no data is null, never 0', () => {
    expect([mean([]), empiricalBayes([], [], 1), verbalRange([]), simulateCalibrated([], [[]])]).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect(pairedDifference([], [], [], [[]])).toBeNull()
    expect(scoreRange([], [], [[]])).toBeNull()
    expect(expectedMiscalibration([])).toBeNull()
    expect(expectedMiscalibration(Array.from({ length: 21 }, () => 0.5))).toBeNull()
    expect(weightedIntervalScore([], [], 1)).toBeNull()
    expect(honestCalibrationBand([], [], 0.05)).toEqual({ probability: [], lower: [], upper: [] })
    expect(corpDecomposition([], [])).toBeNull()
  })

  test('a plain cluster t needs two clusters', () => {
    expect(scoreRange([0.1, 0.2], null, [['a', 'a']])).toBeNull()
    const range = scoreRange([0.1, 0.2, 0.3], null, [['a', 'b', 'c']])
    // mean .2, variance .01/3, t with 2 degrees of freedom 4.303
    expect(range?.hi).toBeCloseTo(0.2 + 4.302652729696142 * Math.sqrt(0.01 / 3), 10)
    expect(range?.df).toBe(2)
  })

  test('a reference without error has no skill to divide by', () => {
    expect(pairedDifference([0.5], [1], [1], [['a']])?.skill).toBeNull()
  })

  test('quantiles that cross or do not pair up have no weighted interval score', () => {
    expect(weightedIntervalScore([0.25, 0.75], [3, 1], 2)).toBeNull()
    expect(weightedIntervalScore([0.25, 0.8], [1, 3], 2)).toBeNull()
  })

  test('a range without width, or censored before it begins, has no integrated score', () => {
    const cdf = { xs: [0, 10], F: [0, 1] }
    expect(integratedBrier(cdf, 5, { low: 5, high: 5 })).toBeNull()
    expect(integratedBrier(cdf, null, { low: 0, high: 10 }, 0)).toBeNull()
    expect(integratedBrier({ xs: [], F: [] }, 5, { low: 0, high: 10 })).toBeNull()
    // censored beyond the range counts as its end
    expect(integratedBrier(cdf, null, { low: 0, high: 10 }, 99)).toBeCloseTo(1 / 3, 12)
    // flat outside its points
    expect(integratedBrier({ xs: [4, 6], F: [0.5, 0.5] }, 5, { low: 0, high: 10 })).toBeCloseTo(0.25, 12)
  })

  test('one option is no question, and certainty about one option shares the rest equally', () => {
    expect(normalisedRankedProbability([1], 0)).toBe(0)
    expect(otherOutcome([1, 0, 0], 0, (_, k) => k)).toBe(1.5)
  })

  test('a single analyst is not shrunk towards anybody', () => {
    expect(empiricalBayes([0.3], [10], 0.05)).toMatchObject({ mu: 0.3, tau2: 0, post: [0.3], post_sd: [0] })
  })

  test('evidence never overflows', () => {
    expect(evidence([1e200, 1e200], ['a', 'b'])).toBe(Number.MAX_VALUE)
    expect(evidence([], [])).toBe(1)
  })

  test('quantiles of one value and sums with infinities are defined', () => {
    expect(quantileOfSorted([7], 0.9)).toBe(7)
    expect(sum([Infinity, 1])).toBe(Infinity)
    expect(sum([])).toBe(0)
  })

  test('the Poisson-binomial is exact where thousands of terms would underflow', () => {
    const pmf = poissonBinomial(Array.from({ length: 3000 }, (_, i) => (i % 2 ? 0.9 : 0.2)))
    expect(sum(pmf)).toBeCloseTo(1, 12)
    expect(pmf[1650]).toBeGreaterThan(0.01)
    expect(poissonBinomial([])).toEqual(new Float64Array([1]))
    expect([...poissonBinomial([1, 1, 0])]).toEqual([0, 0, 1, 0])
  })

  test('a p-value needs five clusters and an exact distribution', () => {
    const p = [0.5, 0.5, 0.5, 0.5]
    expect(countTest(p, p, 2, [['a', 'b', 'c', 'd']])).toBeNull()
    const many = Array.from({ length: 20_001 }, () => 0.5)
    expect(countTest(many, many, 9, [many.map((_, i) => String(i))])).toBeNull()
  })
})

describe('tiers', () => {
  test('a record is as good as the smaller of its n and its G allow', () => {
    expect([0, 1, 4, 5, 19, 20, 49, 50, 199, 200].map((n) => tierOf(n, 500))).toEqual([
      0, 1, 1, 2, 2, 3, 3, 4, 4, 5,
    ])
    expect([1, 2, 3, 9, 10, 19, 20].map((g) => tierOf(500, g))).toEqual([1, 1, 2, 2, 3, 3, 5])
  })
})

describe('simulation', () => {
  const p = [0.1, 0.3, 0.3, 0.55, 0.7, 0.9, 0.9, 0.95]
  const alone = [p.map((_, i) => `${i}`)]
  const nullOf = (partitions: string[][]) => simulateCalibrated(p, partitions)?.miscalibration_if_calibrated

  test('it agrees with the exact mean within four standard errors', () => {
    const simulated = nullOf(alone)?.mean as number
    expect(Math.abs(simulated - (expectedMiscalibration(p) as number))).toBeLessThan(
      4 * (0.06 / Math.sqrt(2000)),
    )
  })

  test('the same probabilities in any order and under any names give the same band, others another', () => {
    const labels = ['a', 'b', 'b', 'a', 'c', 'c', 'd', 'd']
    const once = simulateCalibrated(p, [labels])
    const renamed = labels.map((label) => `interview ${label}`).reverse()
    expect(simulateCalibrated([...p].reverse(), [renamed])).toEqual(once)
    for (const other of [
      simulateCalibrated([...p, 0.5], [[...labels, 'e']]),
      simulateCalibrated(p, alone),
      simulateCalibrated(p, [['a', 'b', 'b', 'c', 'a', 'c', 'd', 'd']]),
    ]) {
      expect(other?.band.seed).not.toBe(once?.band.seed)
    }
  })

  test('of two partitions the one with fewer effective groups is drawn, of equal ones the first', () => {
    const halves = p.map((_, i) => (i < 4 ? 'a' : 'b'))
    const pairs = p.map((_, i) => `${i % 4}`)
    const crossed = p.map((_, i) => (i % 2 ? 'a' : 'b'))
    expect(nullOf([pairs, halves])).toEqual(nullOf([halves]))
    expect(nullOf([halves, pairs])).toEqual(nullOf([halves]))
    expect(nullOf([halves, crossed])).toEqual(nullOf([halves]))
    expect(nullOf([crossed, halves])).toEqual(nullOf([crossed]))
    expect(nullOf([halves])?.q95).toBeGreaterThan(nullOf(alone)?.q95 as number)
    expect(miscalibrationNull([], [], [])).toBeNull()
  })

  test('the envelope of many distinct probabilities is kept at 200 of them, both ends included', () => {
    const many = Array.from({ length: 300 }, (_, i) => (i + 0.5) / 300)
    const envelope = simultaneousEnvelope(many, [many.map((_, i) => Number(i > 150))], 0.1)
    expect(envelope.probability).toHaveLength(200)
    expect([envelope.probability[0], envelope.probability.at(-1)]).toEqual([many[0], many[299]])
  })

  test('the generator is the published one and the hash has no short cycle', () => {
    const random = randomNumbers([1, 2, 3, 4])
    expect([random(), random(), random()].map((x) => x * 2 ** 32)).toEqual([11520, 0, 5927040])
    const keys = Array.from({ length: 2000 }, (_, i) => seedKey(seedOf([i / 2000])))
    expect(new Set(keys).size).toBe(2000)
    expect(keys[7]).toMatch(/^[0-9a-f]{32}$/)
    const draws = randomNumbers(seedOf([0.5]))
    const average = sum(Array.from({ length: 20_000 }, draws)) / 20_000
    expect(Math.abs(average - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / 20_000))
  })
})
