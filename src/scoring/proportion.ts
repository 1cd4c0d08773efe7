import { betaQuantile, normalQuantile } from './special-functions.ts'

export type Interval = [number, number]

/**
 * Wilson interval of a proportion.
 * Formula: the roots of |k/n − π| = z·√(π(1−π)/n).
 * Symbols: k of n, both may be fractions (an effective count); level in (0,1).
 * Range: [0,1], contains k/n.
 * Edge cases: n = 0 → [0,1]; k = 0 → lower exactly 0; k = n → upper exactly 1.
 * Reference: Wilson 1927, doi:10.1080/01621459.1927.10502953.
 * Example: wilson(0, 1) = [0, 0.7934506856227626]
 */
export function wilson(k: number, n: number, level = 0.95): Interval {
  if (n === 0) return [0, 1]
  const z = normalQuantile((1 + level) / 2)
  const centre = k + (z * z) / 2
  const reach = z * Math.sqrt((k * (n - k)) / n + (z * z) / 4)
  return [k === 0 ? 0 : (centre - reach) / (n + z * z), k === n ? 1 : (centre + reach) / (n + z * z)]
}

/**
 * Wilson interval of a proportion in a clustered record (ours): counts shrunk to the number of clusters.
 * Formula: Wilson of k·G/n among G.
 * Symbols: k of n; G ≤ n clusters.
 * Range: [0,1], contains k/n, never narrower than the plain interval.
 * Edge cases: n = 0 → [0,1].
 * Reference: ours; docs/scoring.md, section 6.
 * Example: clusteredWilson(2, 4, 2) = wilson(1, 2)
 */
export function clusteredWilson(k: number, n: number, clusters: number): Interval {
  return n === 0 || clusters === n ? wilson(k, n) : wilson(k === n ? clusters : (k * clusters) / n, clusters)
}

/**
 * Jeffreys interval of a proportion.
 * Formula: quantiles of Beta(k + ½, n − k + ½).
 * Symbols: k of n; level in (0,1).
 * Range: [0,1].
 * Edge cases: n = 0 → [0,1]; k = 0 → lower 0; k = n → upper 1.
 * Reference: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.
 * Example: jeffreys(0, 0) = [0, 1]
 */
export function jeffreys(k: number, n: number, level = 0.95): Interval {
  const tail = (1 - level) / 2
  return [
    k === 0 ? 0 : betaQuantile(tail, k + 0.5, n - k + 0.5),
    k === n ? 1 : betaQuantile(1 - tail, k + 0.5, n - k + 0.5),
  ]
}

/**
 * Clopper–Pearson ("exact") interval of a proportion.
 * Formula: quantiles of Beta(k, n − k + 1) and Beta(k + 1, n − k).
 * Symbols: k of n, integers; level in (0,1).
 * Range: [0,1]; covers at least its level.
 * Edge cases: n = 0 → [0,1]; k = 0 → lower 0; k = n → upper 1.
 * Reference: Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404.
 * Example: clopperPearson(0, 1) = [0, 0.975]
 */
export function clopperPearson(k: number, n: number, level = 0.95): Interval {
  const tail = (1 - level) / 2
  return [k === 0 ? 0 : betaQuantile(tail, k, n - k + 1), k === n ? 1 : betaQuantile(1 - tail, k + 1, n - k)]
}
