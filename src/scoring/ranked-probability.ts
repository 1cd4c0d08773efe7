import { sum } from './summation.ts'

/**
 * Ranked probability score for ordered options.
 * Formula: Σ_{k<K} (F_k − O_k)², F and O cumulated over the options in order.
 * Symbols: p_k in [0,1] summing to 1 (renormalised by the caller); outcome = index of what happened.
 * Range: [0, K−1], 0 is perfect.
 * Edge cases: two options → the binary Brier score; one option → 0.
 * Reference: Epstein 1969, doi:10.1175/1520-0450(1969)008<0985:ASSFPF>2.0.CO;2.
 * Example: rankedProbability([0.2, 0.3, 0.5], 2) = 0.29
 */
export function rankedProbability(probabilities: readonly number[], outcome: number): number {
  let cumulated = 0
  const terms = probabilities.slice(0, -1).map((p, k) => {
    cumulated += p
    return (cumulated - Number(outcome <= k)) ** 2
  })
  return sum(terms)
}

/**
 * Ranked probability score on the common scale.
 * Formula: RPS / (K − 1).
 * Symbols: as for the ranked probability score.
 * Range: [0,1], 0 is perfect; the score GJP prints for ordered questions is twice this.
 * Edge cases: one option → 0.
 * Reference: Epstein 1969, doi:10.1175/1520-0450(1969)008<0985:ASSFPF>2.0.CO;2.
 * Example: normalisedRankedProbability([0.2, 0.3, 0.5], 2) = 0.145
 */
export function normalisedRankedProbability(probabilities: readonly number[], outcome: number): number {
  return rankedProbability(probabilities, outcome) / Math.max(1, probabilities.length - 1)
}
