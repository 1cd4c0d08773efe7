import { sum } from './summation.ts'

/**
 * Pinball (quantile) loss.
 * Formula: (1{y < q} − τ)·(q − y).
 * Symbols: q the stated τ-quantile and y the value, in the question's unit; τ in (0,1).
 * Range: [0, ∞) in the question's unit, 0 is perfect.
 * Edge cases: y = q → 0.
 * Reference: Koenker & Bassett 1978, doi:10.2307/1913643.
 * Example: pinballLoss(10, 0.9, 12) = 1.8
 */
export function pinballLoss(quantile: number, level: number, value: number): number {
  return (Number(value < quantile) - level) * (quantile - value)
}

/**
 * Interval score.
 * Formula: (u − l) + (2/α)·(l − y)₊ + (2/α)·(y − u)₊.
 * Symbols: l ≤ u the ends and y the value, in the question's unit; α = 1 − level, in (0,1).
 * Range: [0, ∞) in the question's unit, smaller is better.
 * Edge cases: y on an end counts as inside.
 * Reference: Gneiting & Raftery 2007, doi:10.1198/016214506000001437.
 * Example: intervalScore(0, 2, 0.2, -3) = 32
 */
export function intervalScore(lower: number, upper: number, alpha: number, value: number): number {
  return upper - lower + (2 / alpha) * (Math.max(0, lower - value) + Math.max(0, value - upper))
}

export type WeightedInterval = {
  wis: number
  dispersion: number
  overprediction: number
  underprediction: number
}

/**
 * Weighted interval score of symmetric quantiles, with its three components.
 * Formula: (½·|y − m| + Σ_k (α_k/2)·IS_k) / (K + ½); without a median, divided by K.
 * Symbols: levels τ ascending and symmetric about ½, quantiles in the question's unit; y the value.
 * Range: [0, ∞) in the question's unit, smaller is better; never averaged over different units.
 * Edge cases: levels that do not pair up, or quantiles that cross → null.
 * Reference: Bracher et al. 2021, doi:10.1371/journal.pcbi.1008618.
 * Example: weightedIntervalScore([0.25, 0.75], [0, 2], 1).wis = 0.5
 */
export function weightedIntervalScore(
  levels: readonly number[],
  quantiles: readonly number[],
  value: number,
): WeightedInterval | null {
  const count = levels.length
  if (count === 0 || quantilesCross(quantiles)) return null
  const symmetric = levels.every((level, i) => Math.abs(level + (levels[count - 1 - i] as number) - 1) < 1e-9)
  if (!symmetric) return null
  const parts: WeightedInterval[] = []
  for (let i = 0; i < count / 2; i++) {
    const lower = quantiles[i] as number
    const upper = quantiles[count - 1 - i] as number
    // The median is the pair (m, m) at half weight: its "interval" contributes |y − m|/2.
    const weight = i === count - 1 - i ? 0.5 : 1
    parts.push({
      wis: 0,
      dispersion: (levels[i] as number) * (upper - lower),
      overprediction: weight * Math.max(0, lower - value),
      underprediction: weight * Math.max(0, value - upper),
    })
  }
  const share = (part: (p: WeightedInterval) => number) => sum(parts.map(part)) / (count / 2)
  const dispersion = share((p) => p.dispersion)
  const overprediction = share((p) => p.overprediction)
  const underprediction = share((p) => p.underprediction)
  return { wis: dispersion + overprediction + underprediction, dispersion, overprediction, underprediction }
}

/**
 * Whether quantiles, given in the order of their levels, cross.
 * Formula: some q_{k+1} < q_k.
 * Symbols: quantiles in the question's unit.
 * Range: true or false.
 * Edge cases: equal neighbours do not cross; none → false.
 * Example: quantilesCross([1, 3, 2]) = true
 */
export function quantilesCross(quantiles: readonly number[]): boolean {
  return quantiles.some((q, k) => k > 0 && q < (quantiles[k - 1] as number))
}
