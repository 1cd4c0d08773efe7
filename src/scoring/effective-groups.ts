import { fewestGroups, membersOf, type Partition } from './partition.ts'
import { sum } from './summation.ts'

export type EffectiveGroups = {
  clusters: number
  effective_clusters: number
  largest_share: number
  concentrated: boolean
}

/**
 * As how many groups of one size a record counts.
 * Formula: G* = n²/Σ n_g², over several partitions the smallest; concentrated when G* < G/2.
 * Symbols: n_g statements in group g; G the number of groups, of several partitions the smallest; the largest share
 * is the largest n_g/n of all partitions.
 * Range: G* in [1, G].
 * Edge cases: n = 0 → null; groups of one size → G* = G; one group → 1.
 * Reference: Kish 1965, Survey Sampling (effective size under unequal weights).
 * Example: effectiveGroups([['a', 'a', 'a', 'b']]).effective_clusters = 1.6
 */
export function effectiveGroups(partitions: readonly Partition[]): EffectiveGroups | null {
  const n = partitions[0]?.length ?? 0
  if (n === 0) return null
  const sizes = partitions.map((partition) => membersOf(partition).map((members) => members.length))
  const clusters = fewestGroups(partitions)
  const effective = Math.min(...sizes.map(effectiveNumber))
  return {
    clusters,
    effective_clusters: effective,
    largest_share: Math.max(...sizes.map((of) => of.reduce((a, b) => Math.max(a, b)))) / n,
    concentrated: effective < clusters / 2,
  }
}

/** (Σ n)²/Σ n²: the number of equal groups that say as much. */
export function effectiveNumber(sizes: readonly number[]): number {
  return sum(sizes) ** 2 / sum(sizes.map((size) => size * size))
}
