import type { Binary } from './brier.ts'
import type { Partition } from './partition.ts'
import { sum } from './summation.ts'

/**
 * E-value of one forecast against a reference, for the Brier score.
 * Formula: e = (1 − y − a)/(1 − y − k), k = (r + q)/2, a = λ·q + (1 − λ)·r, λ = ¾.
 * Symbols: q in [0,1] the challenger, r in [0,1] the reference, y in {0,1}.
 * Range: [0, ∞); above 1 speaks for the challenger.
 * Edge cases: q = r → 1.
 * Reference: Henzi & Ziegel 2022, doi:10.1093/biomet/asab047.
 * Example: eValue(0.9, 0.5, 1) = 1.1428571428571428
 */
export function eValue(probability: number, reference: number, outcome: Binary, lambda = 0.75): number {
  if (probability === reference) return 1
  const mark = (reference + probability) / 2
  const alternative = lambda * probability + (1 - lambda) * reference
  return (1 - outcome - alternative) / (1 - outcome - mark)
}

/**
 * Evidence against the reference over a record.
 * Formula: Π over clusters of the mean e-value within the cluster.
 * Symbols: e_i ≥ 0; the partition names each forecast's cluster.
 * Range: [0, largest double]; ≥ 20 is evidence at 5 % at any moment of looking.
 * Edge cases: nothing → 1; an overflowing product is cut to the largest double.
 * Reference: Henzi & Ziegel 2022, doi:10.1093/biomet/asab047; the mean inside a cluster is ours.
 * Example: evidence([2, 4, 5], ['a', 'a', 'b']) = 15
 */
export function evidence(values: readonly number[], partition: Partition): number {
  const groups = new Map<string, number[]>()
  values.forEach((e, i) => {
    groups.set(partition[i] as string, [...(groups.get(partition[i] as string) ?? []), e])
  })
  const product = [...groups.values()].reduce((total, members) => total * (sum(members) / members.length), 1)
  return Math.min(product, Number.MAX_VALUE)
}
