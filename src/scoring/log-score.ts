import type { Binary } from './brier.ts'

export const LOG_CLIP = [0.005, 0.995] as const

/**
 * Logarithmic score of the probability given to what happened.
 * Formula: −ln p_o.
 * Symbols: p_o in [0,1], the probability of the outcome that happened.
 * Range: [0, ∞), 0 is perfect; 50 % scores .693.
 * Edge cases: p_o = 0 → Infinity.
 * Reference: Good 1952, doi:10.1111/j.2517-6161.1952.tb00104.x.
 * Example: logScore(0.5) = Math.LN2
 */
export function logScore(probabilityOfOutcome: number): number {
  return -Math.log(probabilityOfOutcome)
}

/**
 * Log score clipped to [.005, .995].
 * Formula: −ln min(.995, max(.005, p_o)).
 * Symbols: p_o in [0,1], the probability of the outcome that happened.
 * Range: [.005, 5.30], smaller is better; proper, but no longer strictly proper outside the clip.
 * Edge cases: p_o = 0 → 5.298; how many were clipped is reported beside the mean.
 * Reference: Good 1952 for the score; the clip is iqisa's.
 * Example: clippedLogScore(0) = 5.298317366548036
 */
export function clippedLogScore(probabilityOfOutcome: number): number {
  return logScore(Math.min(LOG_CLIP[1], Math.max(LOG_CLIP[0], probabilityOfOutcome)))
}

/**
 * Mean clipped log score of binary forecasts, with the number of forecasts the clip touched.
 * Formula: Σ −ln clip(p_o) / n.
 * Symbols: p_i in [0,1]; y_i in {0,1}.
 * Range: mean in [.005, 5.30], smaller is better.
 * Edge cases: n = 0 → null.
 * Reference: Good 1952, doi:10.1111/j.2517-6161.1952.tb00104.x.
 * Example: meanLogScore([0.5, 1], [1, 0]) = {mean: 2.9957322735539913, clipped: 1}
 */
export function meanLogScore(
  probabilities: readonly number[],
  outcomes: readonly Binary[],
): { mean: number; clipped: number } | null {
  const n = probabilities.length
  if (n === 0) return null
  let total = 0
  let clipped = 0
  probabilities.forEach((p, i) => {
    const given = outcomes[i] === 1 ? p : 1 - p
    if (p < LOG_CLIP[0] || p > LOG_CLIP[1]) clipped += 1
    total += clippedLogScore(given)
  })
  return { mean: total / n, clipped }
}
