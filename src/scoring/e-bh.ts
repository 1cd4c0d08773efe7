export type Discoveries = {
  count: number
  /** What the smallest of those named had to reach; null where nobody is. */
  threshold: number | null
  /** Their places in what was given. */
  named: number[]
}

/**
 * Which of many e-values to name, so that of those named few are false (e-BH).
 * Formula: E_(1) ≥ … ≥ E_(m); k the largest with E_(k) ≥ m/(α·k); named are those with E ≥ m/(α·k).
 * Symbols: E ≥ 0, each with a mean of at most 1 where nothing is the matter; α in (0,1).
 * Range: of those named a share of at most α is false on average, however the e-values depend.
 * Edge cases: none reaches it, or none given → nobody, threshold null.
 * Reference: Wang & Ramdas 2022, doi:10.1111/rssb.12489.
 * Example: eBH([75, 40, 21, 9], 0.1).named = [0, 1, 2]
 */
export function eBH(e: readonly number[], alpha: number): Discoveries {
  const sorted = [...e].sort((a, b) => b - a)
  const least = (k: number) => e.length / (alpha * k)
  const count = sorted.findLastIndex((value, i) => value >= least(i + 1)) + 1
  if (count === 0) return { count, threshold: null, named: [] }
  const threshold = least(count)
  return { count, threshold, named: e.flatMap((value, i) => (value >= threshold ? [i] : [])) }
}
