import { fewestGroups, type Partition } from './partition.ts'
import { clusteredPoissonBinomial, tails } from './poisson-binomial.ts'

/** Beyond this an exact distribution costs seconds; what rests on one is withheld instead. */
export const MOST_EXACT = 20_000
/** Fewer groups than these have no p-value. */
export const LEAST_TESTED = 5

/**
 * Two-sided p-value of a count against a low and a high reading, respecting groups.
 * Formula: min(1, 2·min(P_low(S ≤ s), P_high(S ≥ s))), clustered Poisson-binomial; over several partitions the
 * largest.
 * Symbols: low_i ≤ high_i in [0,1]; s the count; each partition names every forecast's group.
 * Range: [0,1]; small = fewer than promised or more.
 * Edge cases: fewer than 5 groups in a partition, or more than 20,000 forecasts → null.
 * Reference: ours, on the clustered Poisson-binomial.
 * Example: countTest([0.5, 0.5, 0.5, 0.5, 0.5], [0.5, 0.5, 0.5, 0.5, 0.5], 5, [['a', 'b', 'c', 'd', 'e']]) = 0.0625
 */
export function countTest(
  low: readonly number[],
  high: readonly number[],
  count: number,
  partitions: readonly Partition[],
): number | null {
  if (!isTestable(low.length, partitions)) return null
  const values = partitions.map((labels) => {
    const atLow = clusteredPoissonBinomial(low, labels)
    const atHigh = low.every((p, i) => p === high[i]) ? atLow : clusteredPoissonBinomial(high, labels)
    return twoSided(atLow, atHigh, count)
  })
  return Math.max(...values)
}

export const isTestable = (n: number, partitions: readonly Partition[]): boolean =>
  n <= MOST_EXACT && fewestGroups(partitions) >= LEAST_TESTED

/** The p-value of a count from its distributions at the low and at the high reading. */
export function twoSided(atLow: Float64Array, atHigh: Float64Array, count: number): number {
  return Math.min(1, 2 * Math.min(tails(atLow, count).lower, tails(atHigh, count).upper))
}
