import type { Discoveries } from './e-bh.ts'

/**
 * Which of many p-values to name, so that of those named few are false.
 * Formula: p_(1) ≤ … ≤ p_(m); k the largest with p_(k) ≤ α·k/m; named are those with p ≤ α·k/m.
 * Symbols: p in [0,1], or null for what was not tested; m those that were; α in (0,1).
 * Range: of those named a share of at most α is false on average, where the tests are independent or positively
 * dependent.
 * Edge cases: none reaches it, or none tested → nobody, threshold null.
 * Reference: Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.
 * Example: benjaminiHochberg([0.01, null, 0.06, 0.5], 0.1).named = [0, 2]
 */
export function benjaminiHochberg(p: readonly (number | null)[], alpha: number): Discoveries {
  const sorted = p.filter((value) => value !== null).sort((a, b) => a - b)
  const most = (k: number) => (alpha * k) / sorted.length
  const count = sorted.findLastIndex((value, i) => value <= most(i + 1)) + 1
  if (count === 0) return { count, threshold: null, named: [] }
  const threshold = most(count)
  return {
    count,
    threshold,
    named: p.flatMap((value, i) => (value !== null && value <= threshold ? [i] : [])),
  }
}
