import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Binary } from '../../src/scoring/brier.ts'
import { miscalibrationNull, simulateCalibrated } from '../../src/scoring/consistency-band.ts'
import { corpDecomposition } from '../../src/scoring/isotonic.ts'
import { randomNumbers } from '../../src/scoring/random.ts'
import { refitGiven } from '../../src/scoring/refits.ts'
import { simultaneousEnvelope } from '../../src/scoring/simultaneous-envelope.ts'
import { groupZ, spiegelhalter } from '../../src/scoring/spiegelhalter.ts'
import { quantileOfSorted, sum } from '../../src/scoring/summation.ts'

const p = fc.integer({ min: 0, max: 20 }).map((k) => k / 20)
const row = fc.record({
  p,
  y: fc.constantFrom<Binary>(0, 1),
  source: fc.constantFrom('a', 'b', 'c', 'd'),
  family: fc.constantFrom('f', 'g', 'h'),
})
const record = fc.array(row, { minLength: 1, maxLength: 30 })

/** The share of curves that leave the envelope somewhere, of those refitted to the outcomes. */
function leaving(
  said: readonly number[],
  outcomes: number[][],
  { lower, upper }: { lower: number[]; upper: number[] },
) {
  const { curves } = refitGiven(said, outcomes)
  const outside = outcomes.filter((_, b) =>
    curves.some(
      (curve, j) =>
        (curve[b] as number) < (lower[j] as number) || (curve[b] as number) > (upper[j] as number),
    ),
  )
  return outside.length
}

describe('the envelope', () => {
  test('at most one curve in ten is outside anywhere, and one step deeper more than that would be', () => {
    const cases = fc.record({
      said: fc.array(p, { minLength: 1, maxLength: 8 }),
      seed: fc.integer({ min: 1, max: 1e6 }),
      draws: fc.integer({ min: 1, max: 90 }),
    })
    fc.assert(
      fc.property(cases, ({ said, seed, draws }) => {
        const random = randomNumbers([seed, 2, 3, 4])
        const outcomes = Array.from({ length: draws }, () => said.map((q) => Number(random() < q)))
        const envelope = simultaneousEnvelope(said, outcomes, 0.1)
        const allowed = Math.floor(draws / 10)
        expect(leaving(said, outcomes, envelope)).toBeLessThanOrEqual(allowed)
        const { curves } = refitGiven(said, outcomes)
        const sorted = curves.map((curve) => curve.slice().sort())
        const depth = envelope.depth as number
        if (depth === draws) return
        const deeper = {
          lower: sorted.map((order) => order[depth] as number),
          upper: sorted.map((order) => order[draws - depth - 1] as number),
        }
        expect(leaving(said, outcomes, deeper)).toBeGreaterThan(allowed)
        expect(envelope.lower).toEqual([...envelope.lower].sort((a, b) => a - b))
        expect(envelope.upper).toEqual([...envelope.upper].sort((a, b) => a - b))
      }),
    )
  })

  test('of fresh records whose probabilities are right about one in ten leaves it, with and without groups', () => {
    const said = Array.from({ length: 60 }, (_, i) => (1 + (i % 19)) / 20)
    const random = randomNumbers([11, 12, 13, 14])
    for (const size of [1, 5]) {
      const labels = said.map((_, i) => `${Math.floor(i / size)}`)
      const band = simulateCalibrated(said, [labels])?.band
      if (!band) throw new Error('a record has a band')
      const fresh = Array.from({ length: 1000 }, () => {
        let u = 0
        return said.map((q, i) => {
          if (i % size === 0) u = random()
          return Number(u <= Math.max(q, 1 - q) === q >= 0.5)
        })
      })
      const share = leaving(said, fresh, band) / fresh.length
      expect(share).toBeGreaterThan(0.05)
      expect(share).toBeLessThan(0.14)
    }
  })
})

describe('the null of miscalibration', () => {
  test('it is that of the records in which each group is right or wrong together', () => {
    fc.assert(
      fc.property(record, fc.integer({ min: 1, max: 1e6 }), (rows, seed) => {
        const random = randomNumbers([seed, 2, 3, 4])
        const groups = [...new Set(rows.map((r) => r.source))]
        const uniforms = Array.from({ length: 20 }, () => groups.map(() => random()))
        const said = rows.map((r) => r.p)
        const scores = uniforms.map((row) => {
          const y = rows.map((r) => {
            const right = (row[groups.indexOf(r.source)] as number) <= Math.max(r.p, 1 - r.p)
            return right ? Number(r.p >= 0.5) : Number(r.p < 0.5)
          })
          return corpDecomposition(said, y)?.miscalibration as number
        })
        const got = miscalibrationNull(
          said,
          rows.map((r) => r.source),
          uniforms,
        )
        expect(got?.mean).toBeCloseTo(sum(scores) / 20, 12)
        expect(got?.q95).toBeCloseTo(
          quantileOfSorted(
            scores.sort((a, b) => a - b),
            0.95,
          ),
          12,
        )
      }),
    )
  })
})

describe('Z with groups', () => {
  test('it is never farther from 0 than without them, has its sign, and is the same where everybody stands alone', () => {
    fc.assert(
      fc.property(record, (rows) => {
        const [said, y] = [rows.map((r) => r.p), rows.map((r) => r.y)]
        const partitions = [rows.map((r) => r.source), rows.map((r) => r.family)]
        const own = spiegelhalter(said, y)
        const together = groupZ(said, y, partitions)
        expect(together === null).toBe(own?.z === null)
        if (together === null) return
        expect(Math.abs(together.z)).toBeLessThanOrEqual(Math.abs(together.z_independent) + 1e-12)
        expect(together.z * together.z_independent).toBeGreaterThanOrEqual(0)
        expect(together.p).toBeGreaterThanOrEqual((own?.p as number) - 1e-12)
        for (const labels of partitions) {
          expect(Math.abs(groupZ(said, y, [labels])?.z as number)).toBeGreaterThanOrEqual(
            Math.abs(together.z) - 1e-12,
          )
        }
        const alone = groupZ(said, y, [rows.map((_, i) => `${i}`)])
        expect(alone?.z).toBeCloseTo(own?.z as number, 10)
      }),
    )
  })
})
