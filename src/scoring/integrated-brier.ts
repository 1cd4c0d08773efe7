export type Cdf = { xs: readonly number[]; F: readonly number[] }

/** ∫ (f − c)² over a segment of given width on which f runs linearly from `from` to `to`. */
function squareIntegral(from: number, to: number, target: number, width: number): number {
  const a = from - target
  const b = to - target
  return (width * (a * a + a * b + b * b)) / 3
}

/**
 * Integrated Brier score (ours, for numbers and dates): the Brier score of "by x", averaged over the range.
 * Formula: 1/(hi − lo) · ∫_lo^hi (F(x) − 1{y ≤ x})² dx; censored at c: 1/(c − lo) · ∫_lo^c F(x)² dx.
 * Symbols: F piecewise linear through (xs, F), flat outside its points; y the value; [lo, hi] the range
 * declared when the question was written; c where "not yet" was last known; all in the question's unit.
 * Range: [0,1], 0 is perfect.
 * Edge cases: y > hi → the indicator is 0 on the whole range, y < lo → 1; repeated xs are jumps;
 * lo = hi or c ≤ lo → null; c beyond hi counts as hi.
 * Reference: the normalised CRPS; threshold decomposition in Hersbach 2000,
 * doi:10.1175/1520-0434(2000)015<0559:DOTCRP>2.0.CO;2; the normalisation over a declared range is ours.
 * Example: integratedBrier({xs: [0, 10], F: [0, 1]}, 5, {low: 0, high: 10}) = 1/12
 */
export function integratedBrier(
  cdf: Cdf,
  value: number | null,
  range: { low: number; high: number },
  censoredAt: number | null = null,
): number | null {
  const { low } = range
  const high = censoredAt === null ? range.high : Math.min(range.high, censoredAt)
  const event = censoredAt !== null || value === null ? Infinity : value
  if (!(high > low) || cdf.xs.length === 0) return null
  const cuts = [...cdf.xs.filter((x) => x > low && x < high), low, high]
  if (event > low && event < high) cuts.push(event)
  cuts.sort((a, b) => a - b)
  let total = 0
  for (let i = 1; i < cuts.length; i++) {
    const from = cuts[i - 1] as number
    const to = cuts[i] as number
    if (to === from) continue
    const [left, right] = segment(cdf, from, to)
    total += squareIntegral(left, right, event <= from ? 1 : 0, to - from)
  }
  return total / (high - low)
}

/** F just right of `from` and just left of `to`, which lie inside one linear piece. */
function segment({ xs, F }: Cdf, from: number, to: number): [number, number] {
  const last = xs.length - 1
  if (to <= (xs[0] as number)) return [F[0] as number, F[0] as number]
  if (from >= (xs[last] as number)) return [F[last] as number, F[last] as number]
  let k = 0
  while ((xs[k + 1] as number) <= from) k++
  const x0 = xs[k] as number
  const f0 = F[k] as number
  const slope = ((F[k + 1] as number) - f0) / ((xs[k + 1] as number) - x0)
  return [f0 + slope * (from - x0), f0 + slope * (to - x0)]
}

/**
 * Distribution function through stated quantiles (ours): straight lines between them, from 0 at the low end
 * of the range; for numbers up to 1 at its high end, for dates flat, because "never" mass stays above.
 * Formula: linear interpolation of (q_k, τ_k).
 * Symbols: levels τ ascending in (0,1); quantiles ascending in the question's unit; range as declared.
 * Range: a non-decreasing piecewise linear function in [0,1].
 * Edge cases: crossing quantiles are refused before this is called; quantiles outside the range are kept.
 * Example: cdfThrough([0.5], [4], {low: 0, high: 10}, 'numeric') = {xs: [0, 4, 10], F: [0, 0.5, 1]}
 */
export function cdfThrough(
  levels: readonly number[],
  quantiles: readonly number[],
  range: { low: number; high: number },
  type: 'numeric' | 'date',
): Cdf {
  const xs = [...quantiles]
  const F = [...levels]
  if ((xs[0] as number) >= range.low) {
    xs.unshift(range.low)
    F.unshift(0)
  }
  if (type === 'numeric' && (xs[xs.length - 1] as number) <= range.high) {
    xs.push(range.high)
    F.push(1)
  }
  return { xs, F }
}
