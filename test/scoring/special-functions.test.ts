import betaOracle from '@stdlib/stats-base-dists-beta-quantile'
import normalOracle from '@stdlib/stats-base-dists-normal-quantile'
import tOracle from '@stdlib/stats-base-dists-t-quantile'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  betaQuantile,
  incompleteBeta,
  lgamma,
  normalCdf,
  normalQuantile,
  tCdf,
  tQuantile,
} from '../../src/scoring/special-functions.ts'

function close(got: number, expected: number, tolerance: number): void {
  const allowed = tolerance * Math.max(1, Math.abs(expected))
  expect(Math.abs(got - expected), `${got} against ${expected}`).toBeLessThanOrEqual(allowed)
}

const chance = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true })
// Near 1 a quantile of Beta(·, ½) has no digits left to invert.
const middling = fc.double({ min: 0.001, max: 0.99, noNaN: true })
const shape = fc.double({ min: 0.5, max: 5000, noNaN: true })

describe('special functions', () => {
  test('beta quantiles agree with @stdlib to 1e-10', () => {
    fc.assert(
      fc.property(chance, shape, shape, (p, a, b) =>
        close(betaQuantile(p, a, b), betaOracle(p, a, b), 1e-10),
      ),
      { numRuns: 300 },
    )
  })

  test('t quantiles agree with @stdlib to 1e-10', () => {
    fc.assert(
      fc.property(chance, fc.integer({ min: 1, max: 10_000 }), (p, df) =>
        close(tQuantile(p, df), tOracle(p, df), 1e-10),
      ),
      { numRuns: 300 },
    )
  })

  test('normal quantiles agree with @stdlib to 1e-10, and are right where it is off by 5e-12', () => {
    fc.assert(
      fc.property(chance, (p) => close(normalQuantile(p), normalOracle(p, 0, 1), 1e-10)),
      { numRuns: 300 },
    )
    // scipy and mpmath: −4.753424308822899
    close(normalQuantile(1e-6), -4.753424308822899, 1e-14)
    close(normalQuantile(1e-300), -37.0471, 1e-5)
  })

  test('known values hold to 1e-12', () => {
    close(lgamma(0.5), Math.log(Math.sqrt(Math.PI)), 1e-14)
    close(lgamma(101), 363.73937555556347, 1e-14)
    close(incompleteBeta(0.3, 1, 3), 1 - 0.7 ** 3, 1e-14)
    // I_x(a, a) at one half, however large a is
    close(incompleteBeta(0.5, 1e6, 1e6), 0.5, 1e-12)
    close(normalCdf(1.96), 0.9750021048517795, 1e-14)
    close(normalCdf(-8) / 6.22096057427178e-16, 1, 1e-12)
    close(tCdf(2, 2), 0.5 + 2 / (2 * Math.sqrt(6)), 1e-14)
    close(tCdf(-1, 1), 0.25, 1e-14)
    close(tQuantile(0.975, 4), 2.7764451051977987, 1e-13)
  })

  test('the ends are exact', () => {
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1])
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1])
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity])
    expect([tQuantile(0, 3), tQuantile(0.5, 3), tQuantile(1, 3)]).toEqual([-Infinity, 0, Infinity])
    expect(tCdf(0, 3)).toBe(0.5)
  })

  test('a quantile inverts its distribution function', () => {
    fc.assert(
      fc.property(chance, fc.integer({ min: 1, max: 500 }), (p, df) =>
        close(tCdf(tQuantile(p, df), df), p, 1e-12),
      ),
      { numRuns: 200 },
    )
    fc.assert(
      fc.property(middling, shape, shape, (p, a, b) =>
        close(incompleteBeta(betaQuantile(p, a, b), a, b), p, 1e-10),
      ),
      { numRuns: 200 },
    )
  })
})
