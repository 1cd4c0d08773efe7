import { ALPHA, holm } from './holm.ts'
import { tCdf } from './special-functions.ts'

/** A paired difference: its centre and error as those of its range. */
export type PairedDifference = { n: number; mean: number; se: number; df: number }
export type PairVerdict = {
  p: number | null
  p_holm: number | null
  told_apart: boolean
  /** Below .05 by itself, and no longer once all pairs are allowed for. */
  points_to: boolean
}

export const LEAST_COMMON = 10
export const LEAST_DF = 4

/**
 * Which pairs of analysts can be told apart: the one place that says so.
 * Formula: p = 2·P(t_df > |m|/se) from n = 10 common questions and df = 4; Holm over all pairs that are tested; told
 * apart when the adjusted p is below .05, pointing to somebody when only p is.
 * Symbols: m, se and df of the range of the paired difference; n common questions.
 * Range: p in [0,1].
 * Edge cases: too few questions or degrees of freedom → null and neither; no difference without any error → 1.
 * Reference: Holm 1979, Scandinavian Journal of Statistics 6, 65–70; the range is ours, see scoreRange.
 * Example: pairVerdicts([{n: 9, mean: 0.5, se: 0.01, df: 8}]).tested = 0
 */
export function pairVerdicts(pairs: readonly PairedDifference[]): { tested: number; pairs: PairVerdict[] } {
  const ps = pairs.map(pairTest)
  const adjusted = holm(ps)
  return {
    tested: ps.filter((p) => p !== null).length,
    pairs: ps.map((p, i) => {
      const p_holm = adjusted[i] as number | null
      const told_apart = p_holm !== null && p_holm < ALPHA
      return { p, p_holm, told_apart, points_to: p !== null && p < ALPHA && !told_apart }
    }),
  }
}

/** The p-value of one difference, null where it is not tested. */
function pairTest({ n, mean, se, df }: PairedDifference): number | null {
  if (n < LEAST_COMMON || df < LEAST_DF) return null
  if (se === 0) return mean === 0 ? 1 : 0
  return 2 * tCdf(-Math.abs(mean) / se, df)
}
