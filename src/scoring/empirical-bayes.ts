import { sum } from './summation.ts'

export type Shrunken = {
  mu: number
  tau2: number
  Q: number
  weight: number[]
  post: number[]
  post_sd: number[]
}

/**
 * Empirical Bayes: several analysts' means pulled towards each other by how little is known of each.
 * Formula: v_i = s²/G_i, w_i = 1/v_i, Q = Σ w_i(d̄_i − d̄_w)², τ² = max(0, (Q − (k−1))/(Σw − Σw²/Σw)),
 * μ = Σ d̄_i/(v_i+τ²) / Σ 1/(v_i+τ²), post_i = μ + τ²/(τ²+v_i)·(d̄_i − μ), sd_i = √(τ²v_i/(τ²+v_i)).
 * Symbols: d̄_i means on any scale; G_i > 0 independent clusters (or forecasts); s² > 0 pooled variance.
 * Range: post_i between d̄_i and μ; weight in [0,1].
 * Edge cases: none → null; τ² = 0 → all equal μ with sd 0: "no detectable differences".
 * Reference: DerSimonian & Laird 1986, doi:10.1016/0197-2456(86)90046-2; Efron & Morris 1975,
 * doi:10.1080/01621459.1975.10479864.
 * Example: empiricalBayes([0.2, 0.2], [5, 5], 0.05).tau2 = 0
 */
export function empiricalBayes(
  means: readonly number[],
  sizes: readonly number[],
  withinVariance: number,
): Shrunken | null {
  const k = means.length
  if (k === 0) return null
  // Identical scores leave no variance at all; the smallest positive one keeps every formula defined.
  const v = sizes.map((size) => Math.max(withinVariance, 1e-300) / size)
  const pooled = (weights: readonly number[]) =>
    sum(weights.map((w, i) => w * (means[i] as number))) / sum(weights)
  const w = v.map((x) => 1 / x)
  const centre = pooled(w)
  const Q = sum(w.map((x, i) => x * ((means[i] as number) - centre) ** 2))
  const total = sum(w)
  const scale = total - sum(w.map((x) => x * (x / total)))
  const tau2 = k === 1 ? 0 : Math.max(0, (Q - (k - 1)) / scale)
  const mu = pooled(v.map((x) => 1 / (x + tau2)))
  const weight = v.map((x) => tau2 / (tau2 + x))
  return {
    mu,
    tau2,
    Q,
    weight,
    post: means.map((m, i) => mu + (weight[i] as number) * (m - mu)),
    post_sd: v.map((x, i) => Math.sqrt((weight[i] as number) * x)),
  }
}
