import { type Binary, brierScore } from './brier.ts'
import type { Partition } from './partition.ts'
import { type ScoreRange, scoreRange } from './score-range.ts'
import { sum } from './summation.ts'

export type Paired = { mean: number; range: ScoreRange; skill: number | null }

/**
 * Paired difference of two Brier scores on the same questions.
 * Formula: d_i = (p_i − y_i)² − (r_i − y_i)²; mean d_i with the pseudo-cluster range on [−1,1];
 * skill = 1 − Σ S(p)/Σ S(r).
 * Symbols: p_i, r_i in [0,1], the analyst and the reference; y_i in {0,1}.
 * Range: [−1,1]; below 0 the analyst was better.
 * Edge cases: n = 0 → null; a reference without error → skill null.
 * Reference: the range is ours, see scoreRange.
 * Example: pairedDifference([0.9], [0.5], [1], [['a']]).mean = -0.24
 */
export function pairedDifference(
  probabilities: readonly number[],
  references: readonly number[],
  outcomes: readonly Binary[],
  partitions: readonly Partition[],
): Paired | null {
  const score = (ps: readonly number[], flip: boolean) =>
    ps.map((p, i) => brierScore(p, ((outcomes[i] as number) ^ Number(flip)) as Binary))
  const minus = (a: number[], b: number[]) => a.map((x, i) => x - (b[i] as number))
  const own = score(probabilities, false)
  const other = score(references, false)
  const flipped = minus(score(probabilities, true), score(references, true))
  return pairedScores(own, other, flipped, partitions)
}

/** The same from ready scores (time-weighted, say) and the differences with the outcome flipped. */
export function pairedScores(
  own: readonly number[],
  other: readonly number[],
  flippedDifferences: readonly number[],
  partitions: readonly Partition[],
): Paired | null {
  const differences = own.map((s, i) => s - (other[i] as number))
  const range = scoreRange(differences, flippedDifferences, partitions, [-1, 1])
  if (range === null) return null
  const total = sum(other)
  return {
    mean: sum(differences) / differences.length,
    range,
    skill: total === 0 ? null : 1 - sum(own) / total,
  }
}
