import { normalCdf } from './special-functions.ts'
import { sum } from './summation.ts'

export type Hierarchical = {
  mean: number[]
  sd: number[]
  tau: number
  mu: number
  /** The chance that one scores below another. */
  better: (one: number, other: number) => number
}

const PRIOR = 0.05
const [WIDEST, STEP] = [0.3, 0.0005]

/** What is to be believed of all at one τ. */
type AtTau = { tau: number; weight: number; mu: number; variance: number; pull: number[] }

/**
 * Several analysts' means drawn towards each other by how little is known of each, and of how much they differ.
 * Formula: d_i ~ N(θ_i, v_i), θ_i ~ N(μ, τ²), μ flat, τ half-normal(.05) on 0, .0005 … .3; at each τ, with
 * B_i = v_i/(v_i + τ²): μ̂ = Σ d_i/(v_i + τ²) / Σ 1/(v_i + τ²) with variance V, θ_i of mean B_i·μ̂ + (1 − B_i)·d_i and
 * variance (1 − B_i)·v_i + B_i²·V; mixed over τ by its posterior.
 * Symbols: d_i means on any scale near [−1,1]; v_i > 0 their variances.
 * Range: mean_i between the smallest and the largest d; the chances in [0,1].
 * Edge cases: fewer than two → null; somebody against himself, and where nothing can differ, ½.
 * Reference: Gelman et al. 2013, Bayesian Data Analysis, section 5.4; Gelman 2006, doi:10.1214/06-BA117A.
 * Example: hierarchicalAnalysts([0.1, 0.1], [0.01, 0.02]).mu = 0.1
 */
export function hierarchicalAnalysts(d: readonly number[], v: readonly number[]): Hierarchical | null {
  if (d.length < 2) return null
  const grid = posteriorOfTau(d, v)
  const mixed = (of: (at: AtTau) => number) => sum(grid.map((at) => at.weight * of(at)))
  const centre = ({ pull, mu }: AtTau, i: number) =>
    (pull[i] as number) * mu + (1 - (pull[i] as number)) * (d[i] as number)
  const known = ({ pull }: AtTau, i: number) => (1 - (pull[i] as number)) * (v[i] as number)
  const mean = d.map((_, i) => mixed((at) => centre(at, i)))
  const sd = d.map((_, i) =>
    Math.sqrt(
      mixed(
        (at) =>
          known(at, i) +
          (at.pull[i] as number) ** 2 * at.variance +
          (centre(at, i) - (mean[i] as number)) ** 2,
      ),
    ),
  )
  const better = (i: number, j: number) =>
    mixed((at) => {
      const apart = (at.pull[i] as number) - (at.pull[j] as number)
      const spread = Math.sqrt(known(at, i) + known(at, j) + apart ** 2 * at.variance)
      return i === j || spread === 0 ? 0.5 : normalCdf((centre(at, j) - centre(at, i)) / spread)
    })
  return { mean, sd, tau: mixed((at) => at.tau), mu: mixed((at) => at.mu), better }
}

function posteriorOfTau(d: readonly number[], v: readonly number[]): AtTau[] {
  const steps = Math.round(WIDEST / STEP)
  const points = Array.from({ length: steps + 1 }, (_, step) => {
    const tau = step * STEP
    const spreads = v.map((variance) => variance + tau * tau)
    const variance = 1 / sum(spreads.map((spread) => 1 / spread))
    const mu = variance * sum(d.map((value, i) => value / (spreads[i] as number)))
    const log =
      (-tau * tau) / (2 * PRIOR * PRIOR) +
      Math.log(variance) / 2 -
      sum(d.map((value, i) => Math.log(spreads[i] as number) + (value - mu) ** 2 / (spreads[i] as number))) /
        2
    return { tau, log, mu, variance, pull: v.map((own, i) => own / (spreads[i] as number)) }
  })
  // The likeliest is taken out first: the others then cannot overflow.
  const most = points.reduce((top, { log }) => Math.max(top, log), -Infinity)
  const all = sum(points.map(({ log }) => Math.exp(log - most)))
  return points.map(({ log, ...point }) => ({ ...point, weight: Math.exp(log - most) / all }))
}
