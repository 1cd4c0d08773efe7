import { chiSquareTail, fTail } from './special-functions.ts'
import { sum } from './summation.ts'

export type QTest = {
  q: number
  q_p: number
  welch: number
  df2: number
  welch_p: number
  /** The larger of the two. */
  p: number
  shown: boolean
}

/**
 * Whether several means differ by more than chance: two tests, and the more careful one counts.
 * Formula: Q = Σ w(d − d_w)² with w = 1/v pooled, against χ² of k − 1; Welch's F = Σ w(d − d_w)²/(k − 1) / (1 +
 * 2(k − 2)/(k² − 1)·A) with w = 1/v own, A = Σ (1 − w/Σw)²/df, df2 = (k² − 1)/(3A); p the larger of both; shown
 * when p < .05.
 * Symbols: d the means; v > 0 their own variances with df degrees of freedom; the pooled ones of the same spread.
 * Range: p in [0,1].
 * Edge cases: fewer than two → null.
 * Reference: Cochran 1954, doi:10.2307/3001666; Welch 1951, doi:10.1093/biomet/38.3-4.330.
 * Example: qTest([1, 1], [1, 2], [5, 5], [1, 1]).p = 1
 */
export function qTest(
  d: readonly number[],
  v: readonly number[],
  df: readonly number[],
  pooled: readonly number[],
): QTest | null {
  const k = d.length
  if (k < 2) return null
  const q = weighted(d, pooled).spread
  const q_p = chiSquareTail(q, k - 1)
  const own = weighted(d, v)
  const a = sum(own.shares.map((share, i) => (1 - share) ** 2 / (df[i] as number)))
  const welch = own.spread / (k - 1) / (1 + ((2 * (k - 2)) / (k * k - 1)) * a)
  const df2 = (k * k - 1) / (3 * a)
  const welch_p = fTail(welch, k - 1, df2)
  const p = Math.max(q_p, welch_p)
  return { q, q_p, welch, df2, welch_p, p, shown: p < 0.05 }
}

/** How far the means lie from their weighted mean, and the share of each in it. */
function weighted(d: readonly number[], v: readonly number[]): { spread: number; shares: number[] } {
  const weights = v.map((variance) => 1 / variance)
  const all = sum(weights)
  const shares = weights.map((weight) => weight / all)
  const mean = sum(d.map((value, i) => value * (shares[i] as number)))
  return { spread: sum(d.map((value, i) => (weights[i] as number) * (value - mean) ** 2)), shares }
}
