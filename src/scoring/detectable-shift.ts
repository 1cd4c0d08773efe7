import type { Band } from '../core/probability.ts'
import { isTestable } from './count-test.ts'
import { ALPHA } from './holm.ts'
import { leanedClaims } from './leaned-claims.ts'
import type { Partition } from './partition.ts'
import { clusteredPoissonBinomial } from './poisson-binomial.ts'

const STEPS = 20
const POWER = 0.8

/**
 * The smallest shortfall that a record like this one would show 4 times in 5.
 * Formula: smallest s in .05, .10, … .95 with P(S ≤ c) ≥ .8 at mid − s in every partition, where c is the largest
 * count at which the p-value at the kindest reading is below .05; clustered Poisson-binomial.
 * Symbols: low ≤ mid of the side leaned to, mid − s cut to [0,1]; mid = .5 is left out; each partition names every
 * forecast's group.
 * Range: .05 … .95.
 * Edge cases: no shortfall would show, fewer than 5 groups in a partition, or more than 20,000 claims → null.
 * Reference: ours; the power of countTest towards fewer.
 * Example: detectableShift([{low: 0.9, mid: 0.9, high: 0.9}], [['a']]) = null
 */
export function detectableShift(bands: readonly Band[], partitions: readonly Partition[]): number | null {
  const { low, mid, partitions: groups } = leanedClaims(bands, partitions)
  if (!isTestable(low.length, groups)) return null
  const largest = Math.min(...groups.map((labels) => largestBelow(clusteredPoissonBinomial(low, labels))))
  if (largest < 0) return null
  const shows = (step: number) => {
    const lowered = mid.map((p) => Math.max(0, p - step / STEPS))
    return groups.every((labels) => atMost(clusteredPoissonBinomial(lowered, labels), largest) >= POWER)
  }
  // From below: the more claims, and the longer each look takes, the sooner a shortfall shows.
  for (let step = 1; step < STEPS; step++) if (shows(step)) return step / STEPS
  return null
}

/** The largest count with 2·P(S ≤ count) below α, or −1. */
function largestBelow(pmf: Float64Array): number {
  let total = 0
  return (
    pmf.findIndex((chance) => {
      total += chance
      return 2 * total >= ALPHA
    }) - 1
  )
}

function atMost(pmf: Float64Array, count: number): number {
  let total = 0
  for (let k = 0; k <= count; k++) total += pmf[k] as number
  return total
}
