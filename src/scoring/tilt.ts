import type { Band } from '../core/probability.ts'
import { countTest } from './count-test.ts'
import { fewestGroups, type Partition } from './partition.ts'
import { sum } from './summation.ts'

export type Tilt = {
  n: number
  clusters: number
  expected: [number, number]
  happened: number
  p_value: number | null
  direction: 'expects_too_much' | 'expects_too_little' | null
}

/**
 * Tilt: whether what happened is more or less than the analyst expects to happen.
 * Formula: S = Σ y against [Σ low, Σ high] of yes; p-value by countTest at low and high.
 * Symbols: bands of yes, low ≤ high in [0,1]; outcomes in {0,1}; each partition names every forecast's group.
 * Range: p in [0,1], small = more or fewer than expected; blind to errors in both directions.
 * Edge cases: n = 0 → zeros; a count inside the expected ones has no direction; p-value as countTest.
 * Reference: ours, on the clustered Poisson-binomial.
 * Example: tiltTest([{low: 0.6, mid: 0.7, high: 0.8}], [0], [['a']]).direction = 'expects_too_much'
 */
export function tiltTest(
  bands: readonly Band[],
  outcomes: readonly number[],
  partitions: readonly Partition[],
): Tilt {
  const low = bands.map((band) => band.low)
  const high = bands.map((band) => band.high)
  const expected: Tilt['expected'] = [sum(low), sum(high)]
  const happened = sum(outcomes)
  return {
    n: bands.length,
    clusters: fewestGroups(partitions),
    expected,
    happened,
    p_value: countTest(low, high, happened, partitions),
    direction:
      happened < expected[0] ? 'expects_too_much' : happened > expected[1] ? 'expects_too_little' : null,
  }
}
