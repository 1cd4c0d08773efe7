import type { Band } from '../core/probability.ts'
import { MOST_EXACT } from './count-test.ts'
import { cameTrue, leanedClaims } from './leaned-claims.ts'
import { fewestGroups, type Partition } from './partition.ts'
import { clusteredPoissonBinomial, tails } from './poisson-binomial.ts'

const MARGIN = 0.1
const LEAST_GROUPS = 10

export type Fit = { p_lower: number | null; p_upper: number | null; fits: boolean }

/**
 * Whether what came true shows the probabilities to be right to within 10 points in 100.
 * Formula: two one-sided tests: p_lower = P(S ≥ A) at mid − .1, p_upper = P(S ≤ A) at mid + .1, clustered
 * Poisson-binomial, over several partitions the larger; it fits when both are below .05.
 * Symbols: mid the usual reading of the side leaned to, ± .1 cut to [0,1]; A how many came true; mid = .5 is left out.
 * Range: p-values in [0,1]; small = not as far off as that.
 * Edge cases: fewer than 10 groups in a partition, or more than 20,000 claims → null, and it does not fit.
 * Reference: Schuirmann 1987, doi:10.1007/BF01068419, for two one-sided tests; the margin is ours.
 * Example: fitTest([{low: 0.8, mid: 0.8, high: 0.8}], [1], [['a']]) = {p_lower: null, p_upper: null, fits: false}
 */
export function fitTest(
  bands: readonly Band[],
  outcomes: readonly number[],
  partitions: readonly Partition[],
): Fit {
  const claims = leanedClaims(bands, partitions)
  const { mid } = claims
  if (mid.length > MOST_EXACT || fewestGroups(claims.partitions) < LEAST_GROUPS) {
    return { p_lower: null, p_upper: null, fits: false }
  }
  const count = cameTrue(claims, bands, outcomes)
  const largest = (shift: number, tail: 'lower' | 'upper') =>
    Math.max(
      ...claims.partitions.map((labels) => {
        const shifted = mid.map((p) => Math.min(1, Math.max(0, p + shift)))
        return tails(clusteredPoissonBinomial(shifted, labels), count)[tail]
      }),
    )
  const p_lower = largest(-MARGIN, 'upper')
  const p_upper = largest(MARGIN, 'lower')
  return { p_lower, p_upper, fits: p_lower < 0.05 && p_upper < 0.05 }
}
