import type { Band } from '../core/probability.ts'
import { isTestable, MOST_EXACT, twoSided } from './count-test.ts'
import { cameTrue, type LeanedClaims, leanedClaims } from './leaned-claims.ts'
import { fewestGroups, type Partition } from './partition.ts'
import { clusteredPoissonBinomial } from './poisson-binomial.ts'
import { sum } from './summation.ts'

/** Beyond this the chance of every count is no picture any more. */
const MOST_DRAWN = 400

export type ClaimFigures = {
  n: number
  clusters: number
  came_true: number
  promised: [number, number]
  usual: number
  p_value: number | null
  p_usual: number | null
}
/** The chance of 0, 1, … n that come true, and where nine of ten such records end. */
export type ParallelRecords = { kindest: number[]; usual: number[]; chance: [number, number] }

type Distributions = { low: Float64Array; mid: Float64Array; high: Float64Array }

/**
 * Came true, and what would have come true in records like this one if the probabilities were right.
 * Formula: A = Σ a_i against Σ low_i, Σ mid_i, Σ high_i of the side leaned to; p_value is countTest at low and high,
 * p_usual at mid twice. usual = the clustered Poisson-binomial at mid; kindest = at low if A ≤ Σ low, at high if
 * A ≥ Σ high, else at the reading between, one weight from low to mid or from mid to high, that expects exactly A;
 * both of the partition with the larger variance at mid. chance = from the 5 % count at low to the 95 % count at
 * high, widest over the partitions.
 * Symbols: bands of yes, low ≤ mid ≤ high in [0,1]; mid > .5 leans yes, < .5 no, = .5 is left out; outcomes in {0,1};
 * each partition names every forecast's group.
 * Range: A in 0 … n; p-values in [0,1]; distributions over 0 … n.
 * Edge cases: no claim → zeros, p-values and records null; p-values as countTest; records null beyond 400 claims.
 * Reference: ours, on the clustered Poisson-binomial; docs/scoring.md, section 9 (i).
 * Example: parallelRecords([{low: 0.6, mid: 0.75, high: 0.85}], [1], [['a']]).records.usual = [0.25, 0.75]
 */
export function parallelRecords(
  bands: readonly Band[],
  outcomes: readonly number[],
  partitions: readonly Partition[],
): ClaimFigures & { records: ParallelRecords | null } {
  const claims = leanedClaims(bands, partitions)
  const { low, mid, high } = claims
  const n = low.length
  const count = cameTrue(claims, bands, outcomes)
  const each =
    n === 0 || n > MOST_EXACT ? [] : claims.partitions.map((labels) => distributionsOf(claims, labels))
  const isTested = n > 0 && isTestable(n, claims.partitions)
  return {
    n,
    clusters: fewestGroups(claims.partitions),
    came_true: count,
    promised: [sum(low), sum(high)],
    usual: sum(mid),
    p_value: isTested ? Math.max(...each.map((at) => twoSided(at.low, at.high, count))) : null,
    p_usual: isTested ? Math.max(...each.map((at) => twoSided(at.mid, at.mid, count))) : null,
    records: n === 0 || n > MOST_DRAWN ? null : recordsOf(claims, each, count),
  }
}

/**
 * Between which counts nine of ten records like this one end, if the probabilities are right within their bands.
 * Formula: from the 5 % count at low to the 95 % count at high, widest over the partitions; a quantile is the
 * smallest s with P(S ≤ s) ≥ level.
 * Symbols: low_i ≤ high_i in [0,1]; each partition names every forecast's group.
 * Range: 0 … n.
 * Edge cases: no forecast, or more than 20,000 → null.
 * Reference: ours, on the clustered Poisson-binomial.
 * Example: chanceCounts([0.5, 0.5], [0.5, 0.5], [['a', 'b']]) = [0, 2]
 */
export function chanceCounts(
  low: readonly number[],
  high: readonly number[],
  partitions: readonly Partition[],
): [number, number] | null {
  if (low.length === 0 || low.length > MOST_EXACT) return null
  return widest(
    partitions.map((labels) => ({
      low: clusteredPoissonBinomial(low, labels),
      high: clusteredPoissonBinomial(high, labels),
    })),
  )
}

function distributionsOf({ low, mid, high }: LeanedClaims, labels: Partition): Distributions {
  const at = clusteredPoissonBinomial(mid, labels)
  // Numbers are a single reading.
  if (low.every((p, i) => p === high[i])) return { low: at, mid: at, high: at }
  return { low: clusteredPoissonBinomial(low, labels), mid: at, high: clusteredPoissonBinomial(high, labels) }
}

function recordsOf(claims: LeanedClaims, each: readonly Distributions[], count: number): ParallelRecords {
  const variances = each.map(({ mid }) => varianceOf(mid))
  // Of equal ones the first, which is by source.
  const chosen = variances.findIndex((variance) => variance >= Math.max(...variances) - 1e-9)
  const { mid } = each[chosen] as Distributions
  const labels = claims.partitions[chosen] as Partition
  return {
    kindest: [...clusteredPoissonBinomial(kindestReading(claims, count), labels)],
    usual: [...mid],
    chance: widest(each),
  }
}

function kindestReading({ low, mid, high }: LeanedClaims, count: number): readonly number[] {
  if (count <= sum(low)) return low
  if (count >= sum(high)) return high
  const [from, to] = count <= sum(mid) ? [low, mid] : [mid, high]
  const weight = (count - sum(from)) / (sum(to) - sum(from))
  return from.map((p, i) => p + weight * ((to[i] as number) - p))
}

const widest = (each: readonly { low: Float64Array; high: Float64Array }[]): [number, number] => [
  Math.min(...each.map(({ low }) => countAt(low, 0.05))),
  Math.max(...each.map(({ high }) => countAt(high, 0.95))),
]

/** The smallest count that is not exceeded with at least this chance. */
function countAt(pmf: Float64Array, level: number): number {
  let total = 0
  return pmf.findIndex((chance) => {
    total += chance
    return total >= level - 1e-12
  })
}

function varianceOf(pmf: Float64Array): number {
  const mean = sum(pmf.map((chance, k) => chance * k))
  return sum(pmf.map((chance, k) => chance * (k - mean) ** 2))
}
