import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holm } from '../../src/scoring/holm.ts'
import { wordFrame } from '../../src/scoring/word-frame.ts'

const p = fc.double({ min: 0, max: 1, noNaN: true })

describe('Holm', () => {
  test('never makes a p-value smaller, keeps their order and leaves what was not tested', () => {
    fc.assert(
      fc.property(fc.array(fc.option(p)), (values) => {
        const adjusted = holm(values)
        values.forEach((value, i) => {
          const got = adjusted[i] as number
          expect(got === null).toBe(value === null)
          if (value === null) return
          expect(got).toBeGreaterThanOrEqual(value)
          expect(got).toBeLessThanOrEqual(1)
          values.forEach((other, j) => {
            if (other !== null && value <= other) expect(got).toBeLessThanOrEqual(adjusted[j] as number)
          })
        })
      }),
    )
  })

  test('the smallest is multiplied by all that were tested, and one more test makes nothing surer', () => {
    fc.assert(
      fc.property(fc.array(p, { minLength: 1 }), p, (values, more) => {
        const adjusted = holm(values)
        expect(Math.min(...(adjusted as number[]))).toBe(Math.min(1, values.length * Math.min(...values)))
        const wider = holm([...values, more])
        adjusted.forEach((value, i) => {
          expect(wider[i]).toBeGreaterThanOrEqual(value as number)
        })
      }),
    )
  })
})

describe('the frame of a phrase', () => {
  const band = fc.tuple(p, p).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])

  test('holds n times every meaning of the band, in whole squares, and at most 60 are drawn', () => {
    fc.assert(
      fc.property(fc.nat(5000), band, p, fc.nat(5000), (n, [low, high], share, happened) => {
        const { squares, position, per_square } = wordFrame(n, low, high, happened)
        const meant = n * (low + share * (high - low))
        expect(squares[0] - 1e-6).toBeLessThanOrEqual(meant)
        expect(squares[1] + 1e-6).toBeGreaterThanOrEqual(meant)
        expect(squares.every((s) => Number.isInteger(s) && s >= 0 && s <= n)).toBe(true)
        expect(position === 'inside').toBe(happened >= squares[0] && happened <= squares[1])
        expect(Math.ceil(n / per_square)).toBeLessThanOrEqual(60)
      }),
    )
  })

  test('a product that misses a whole number only in doubles is that number', () => {
    expect(wordFrame(100, 0.29, 0.57, 57).squares).toEqual([29, 57])
    expect(100 * 0.57).toBeLessThan(57)
    expect(wordFrame(100, 0.07, 0.07, 8).position).toBe('above')
    expect(100 * 0.07).toBeGreaterThan(7)
  })
})
