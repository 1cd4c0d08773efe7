import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bounds } from '../../src/scoring/bounds.ts'
import { type Binary, brierScore } from '../../src/scoring/brier.ts'
import { mean } from '../../src/scoring/summation.ts'

const p = fc.double({ min: 0, max: 1, noNaN: true })

test('however the undecided ones end, the mean lies between the bounds, and both can be reached', () => {
  const undecided = fc.array(fc.record({ p, y: fc.constantFrom<Binary>(0, 1) }), { minLength: 1 })
  fc.assert(
    fc.property(fc.array(p), undecided, (scores, rest) => {
      const { low, high } = bounds(
        scores,
        rest.map((r) => r.p),
      )
      const ended = (y: (r: (typeof rest)[number]) => Binary) =>
        mean([...scores, ...rest.map((r) => brierScore(r.p, y(r)))]) as number
      expect(ended((r) => r.y)).toBeGreaterThanOrEqual((low as number) - 1e-12)
      expect(ended((r) => r.y)).toBeLessThanOrEqual((high as number) + 1e-12)
      expect(ended((r) => (r.p > 0.5 ? 1 : 0))).toBeCloseTo(low as number, 12)
      expect(ended((r) => (r.p > 0.5 ? 0 : 1))).toBeCloseTo(high as number, 12)
    }),
  )
})

test('nothing undecided leaves the mean, and nothing at all leaves nothing', () => {
  expect(bounds([0.04, 0.09], [])).toEqual({ n: 2, undecided: 0, mean: 0.065, low: 0.065, high: 0.065 })
  expect(bounds([], [])).toEqual({ n: 0, undecided: 0, mean: null, low: null, high: null })
})
