import { tQuantile } from './special-functions.ts'
import { sum } from './summation.ts'

export type Partition = readonly string[]
export type ScoreRange = {
  center: number
  se: number
  df: number
  lo: number
  hi: number
  clusters: number
}

type Spread = { center: number; variance: number; df: number; clusters: number }

function spread(scores: readonly number[], flipped: readonly number[] | null, partition: Partition): Spread {
  const totals = new Map<string, { score: number; size: number }>()
  partition.forEach((label, i) => {
    const total = totals.get(label) ?? { score: 0, size: 0 }
    total.score += scores[i] as number
    total.size += 1
    totals.set(label, total)
  })
  const clusters = totals.size
  const groups = [...totals.values()]
  if (flipped) {
    const size = scores.length / clusters
    groups.push({ score: size * (sum(flipped) / scores.length), size })
  }
  const n = sum(groups.map((g) => g.size))
  const center = sum(groups.map((g) => g.score)) / n
  const df = groups.length - 1
  const squares = sum(groups.map((g) => (g.score - g.size * center) ** 2))
  return { center, variance: ((groups.length / df) * squares) / n ** 2, df, clusters }
}

/**
 * 95 % range of a mean score. The device is ours, not from a paper; its coverage was simulated.
 * In words: as if one more statement of average confidence had gone the other way.
 * Formula: cluster-robust t after adding one pseudo-cluster (n̄·f̄, n̄): clusters with sums S_g and sizes N_g,
 * n̄ = n/G, f̄ = mean f_i, K = G + 1, N = Σ N_g, m = Σ S_g/N, v = K/(K−1)·Σ (S_g − N_g·m)²/N²,
 * range m ± t_{.975,K−1}·√v, cut to the bounds. Over several partitions of the same forecasts: the larger v
 * with its m, the smaller degrees of freedom, G = the smallest number of clusters.
 * Symbols: S_i scores; f_i the score had the outcome been the other one, or null for a plain cluster t
 * (numbers and dates have no natural flip); a partition names each forecast's cluster.
 * Range: inside the bounds; always contains the observed mean.
 * Edge cases: n = 0 → null; without counterfactuals one cluster → null.
 * Reference: ours; for the cluster-robust variance Cameron & Miller 2015, doi:10.3368/jhr.50.2.317.
 * Example: scoreRange([0.25], [0.25], [['a']]).hi = 0.25
 */
export function scoreRange(
  scores: readonly number[],
  flipped: readonly number[] | null,
  partitions: readonly Partition[],
  bounds: readonly [number, number] = [0, 1],
): ScoreRange | null {
  if (scores.length === 0) return null
  const spreads = partitions.map((partition) => spread(scores, flipped, partition))
  const df = Math.min(...spreads.map((s) => s.df))
  if (df === 0) return null
  const widest = spreads.reduce((a, b) => (b.variance > a.variance ? b : a))
  const se = Math.sqrt(widest.variance)
  const reach = se === 0 ? 0 : tQuantile(0.975, df) * se
  return {
    center: widest.center,
    se,
    df,
    lo: Math.max(bounds[0], widest.center - reach),
    hi: Math.min(bounds[1], widest.center + reach),
    clusters: Math.min(...spreads.map((s) => s.clusters)),
  }
}

/**
 * Score of several options had the outcome been another one (ours).
 * Formula: f = Σ_{k≠o} p_k·S(p,k) / (1 − p_o); equal weights if p_o = 1.
 * Symbols: p_k in [0,1] summing to 1; o = what happened; S any score of (probabilities, option).
 * Range: that of the score.
 * Edge cases: two options → the score with the outcome flipped.
 * Reference: ours; docs/scoring.md, section 6.
 * Example: otherOutcome([0.7, 0.3], 0, (p, k) => (1 - p[k]) ** 2) = 0.49
 */
export function otherOutcome(
  probabilities: readonly number[],
  outcome: number,
  score: (probabilities: readonly number[], outcome: number) => number,
): number {
  const others = probabilities.map((_, k) => k).filter((k) => k !== outcome)
  const rest = sum(others.map((k) => probabilities[k] as number))
  return sum(
    others.map((k) => {
      const weight = rest > 0 ? (probabilities[k] as number) / rest : 1 / others.length
      return weight * score(probabilities, k)
    }),
  )
}
