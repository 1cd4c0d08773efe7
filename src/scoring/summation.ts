/**
 * Compensated sum (Neumaier).
 * Formula: Σ x_i, carrying the rounding error of every addition.
 * Symbols: x_i any finite doubles.
 * Range: a double; independent of order to about one unit in the last place.
 * Edge cases: no terms → 0; an infinite term → that infinity.
 * Reference: Neumaier 1974, doi:10.1002/zamm.19740540106.
 * Example: sum([1, 1e100, 1, -1e100]) = 2
 */
export function sum(values: ArrayLike<number>): number {
  let total = 0
  let lost = 0
  for (let i = 0; i < values.length; i++) {
    const x = values[i] as number
    const next = total + x
    lost += Math.abs(total) >= Math.abs(x) ? total - next + x : x - next + total
    total = next
  }
  return Number.isFinite(total) ? total + lost : total
}

/**
 * Arithmetic mean.
 * Formula: Σ x_i / n.
 * Symbols: x_i any finite doubles.
 * Range: between the smallest and the largest x_i.
 * Edge cases: no terms → null, never 0.
 * Example: mean([1, 2, 6]) = 3
 */
export function mean(values: ArrayLike<number>): number | null {
  return values.length === 0 ? null : sum(values) / values.length
}

/**
 * Sample quantile, type 7.
 * Formula: linear interpolation between order statistics at position (n−1)·τ.
 * Symbols: sorted = values in ascending order, at least one; τ in [0,1].
 * Range: between the first and the last value.
 * Edge cases: one value → that value.
 * Reference: Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566.
 * Example: quantileOfSorted([1, 2, 3, 4], 0.5) = 2.5
 */
export function quantileOfSorted(sorted: ArrayLike<number>, level: number): number {
  const position = (sorted.length - 1) * level
  const below = Math.floor(position)
  const low = sorted[below] as number
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number
  return low + (position - below) * (high - low)
}

/** Order of texts by code unit, the same on every machine. */
export function byText(a: string, b: string): number {
  return Number(a > b) - Number(a < b)
}
