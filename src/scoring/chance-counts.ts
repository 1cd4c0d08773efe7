import type { Partition } from './partition.ts'
import { clusteredPoissonBinomial } from './poisson-binomial.ts'

/** The level itself may be missed by what adding up many small chances loses. */
const SLACK = 1e-12

/** The smallest count s with P(S ≤ s) ≥ level. */
export function countQuantile(pmf: Float64Array, level: number): number {
  let below = 0
  const at = pmf.findIndex((chance) => {
    below += chance
    return below >= level - SLACK
  })
  return at === -1 ? pmf.length - 1 : at
}

/**
 * Where nine of ten counts end, if the probabilities are right somewhere between a low and a high reading (ours).
 * Formula: [the 5 % count at low, the 95 % count at high], clustered Poisson-binomial; a count's level is reached at
 * the smallest s with P(S ≤ s) ≥ level; over several partitions the widest.
 * Symbols: low_i ≤ high_i in [0,1]; each partition names every forecast's cluster.
 * Range: whole numbers, 0 ≤ from ≤ to ≤ n.
 * Edge cases: n = 0 → [0, 0].
 * Reference: ours, on the clustered Poisson-binomial.
 * Example: chanceCounts([0.5, 0.5], [0.5, 0.5], [['a', 'b']]) = [0, 2]
 */
export function chanceCounts(
  low: readonly number[],
  high: readonly number[],
  partitions: readonly Partition[],
): [number, number] {
  const ends = partitions.map((labels) => [
    countQuantile(clusteredPoissonBinomial(low, labels), 0.05),
    countQuantile(clusteredPoissonBinomial(high, labels), 0.95),
  ]) as [number, number][]
  return [Math.min(...ends.map(([from]) => from)), Math.max(...ends.map(([, to]) => to))]
}
