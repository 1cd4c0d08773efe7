import { sum } from './summation.ts'

export type Binary = 0 | 1

/**
 * Brier score of one binary forecast.
 * Formula: (p − y)².
 * Symbols: p in [0,1], the probability of yes; y in {0,1}, the outcome.
 * Range: [0,1], 0 is perfect; always saying 50 % scores .25. Tetlock and GJP print twice this figure.
 * Edge cases: p = 0 and p = 1 are ordinary values.
 * Reference: Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.
 * Example: brierScore(0.7, 1) = 0.09
 */
export function brierScore(probability: number, outcome: Binary): number {
  return (probability - outcome) * (probability - outcome)
}

/**
 * Mean Brier score.
 * Formula: Σ (p_i − y_i)² / n.
 * Symbols: p_i in [0,1]; y_i in {0,1}; same length n.
 * Range: [0,1], 0 is perfect.
 * Edge cases: n = 0 → null (not 0, which would be perfect).
 * Reference: Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.
 * Example: meanBrier([0.7, 0.5], [1, 0]) = 0.17
 */
export function meanBrier(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): number | null {
  const n = probabilities.length
  if (n === 0) return null
  let total = 0
  let lost = 0
  for (let i = 0; i < n; i++) {
    const error = (probabilities[i] as number) - (outcomes[i] as number)
    const x = error * error
    const next = total + x
    lost += total >= x ? total - next + x : x - next + total
    total = next
  }
  return (total + lost) / n
}

/**
 * Brier score of several options, original scale.
 * Formula: Σ_k (p_k − o_k)².
 * Symbols: p_k in [0,1] summing to 1; o_k = 1 for the option that happened, else 0.
 * Range: [0,2], 0 is perfect.
 * Edge cases: with two options it is twice the binary score.
 * Reference: Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.
 * Example: fullBrier([0.2, 0.3, 0.5], 2) = 0.38
 */
export function fullBrier(probabilities: readonly number[], outcome: number): number {
  return sum(probabilities.map((p, k) => (p - Number(k === outcome)) ** 2))
}

/**
 * Half-Brier (the name is ours): the multi-category score on the binary scale.
 * Formula: ½·Σ_k (p_k − o_k)².
 * Symbols: p_k in [0,1] summing to 1; o_k = 1 for the option that happened, else 0.
 * Range: [0,1], 0 is perfect; a uniform guess over K options scores (1 − 1/K)/2, so .25 marks
 * "always 50 %" only for K = 2.
 * Edge cases: with two options it equals (p − y)².
 * Reference: Brier 1950, halved.
 * Example: halfBrier([0.2, 0.3, 0.5], 2) = 0.19
 */
export function halfBrier(probabilities: readonly number[], outcome: number): number {
  return fullBrier(probabilities, outcome) / 2
}

/**
 * Option probabilities that sum to 1.
 * Formula: p_k / Σ p when |Σ p − 1| ≤ .01; a shortfall goes to an option named "other" where there is one.
 * Symbols: p_k in [0,1], one per option; other = index of the option "other", or −1.
 * Range: probabilities summing to 1, or null.
 * Edge cases: negative, above 1 or not a number → null; any other sum → null (a clear refusal).
 * Reference: docs/scoring.md, section 4 (house rule).
 * Example: normaliseOptions([0.5, 0.49]) = [0.5050505050505051, 0.494949494949495]
 */
export function normaliseOptions(probabilities: readonly number[], other = -1): number[] | null {
  if (!probabilities.every((p) => p >= 0 && p <= 1)) return null
  const total = sum(probabilities)
  if (Math.abs(total - 1) <= 0.01 + 1e-12) return probabilities.map((p) => p / total)
  if (total > 1 || other < 0) return null
  return probabilities.map((p, k) => (k === other ? p + 1 - total : p))
}
