import { brierScore } from './brier.ts'
import { mean } from './summation.ts'

export type Bounds = {
  n: number
  undecided: number
  mean: number | null
  low: number | null
  high: number | null
}

/**
 * Bounds of a mean score: what it would be with all that is undecided decided for, and against, the analyst (ours).
 * Formula: low = (Σ S_i + Σ min(p_j², (1−p_j)²))/(n + u), high with the maximum.
 * Symbols: S_i in [0,1] the scores; p_j in [0,1] the probabilities on the u questions that are due, proposed,
 * ambiguous or left out as selected.
 * Range: [0,1], low ≤ high; no sampling error is in them.
 * Edge cases: nothing scored → mean null; nothing scored and nothing undecided → all null; nothing undecided → both
 * are the mean.
 * Reference: Manski 2003, doi:10.1007/b97478, for bounds instead of assumptions.
 * Example: bounds([], [0.9]).high = 0.81
 */
export function bounds(scores: readonly number[], undecided: readonly number[]): Bounds {
  const either = undecided.map((p) => [brierScore(p, 1), brierScore(p, 0)] as const)
  const decided = (pick: (...ends: number[]) => number) => mean([...scores, ...either.map((s) => pick(...s))])
  return {
    n: scores.length,
    undecided: undecided.length,
    mean: mean(scores),
    low: decided(Math.min),
    high: decided(Math.max),
  }
}
