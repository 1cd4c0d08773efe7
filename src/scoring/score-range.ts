import { effectiveNumber } from './effective-groups.ts'
import { fewestGroups, membersOf, type Partition } from './partition.ts'
import { tQuantile } from './special-functions.ts'
import { sum } from './summation.ts'

export type ScoreRange = {
  center: number
  se: number
  df: number
  lo: number
  hi: number
  clusters: number
}

type Spread = { center: number; variance: number; df: number }

function spread(scores: readonly number[], flipped: readonly number[] | null, partition: Partition): Spread {
  const groups = membersOf(partition).map((members) => ({
    score: sum(members.map((i) => scores[i] as number)),
    size: members.length,
  }))
  if (flipped) {
    const size = scores.length / groups.length
    groups.push({ score: size * (sum(flipped) / scores.length), size })
  }
  const sizes = groups.map((g) => g.size)
  const n = sum(sizes)
  const center = sum(groups.map((g) => g.score)) / n
  const k = groups.length
  // Each term is how far the mean moves when the group is left out.
  const squares = sum(groups.map((g) => ((g.score - g.size * center) / (n - g.size)) ** 2))
  return {
    center,
    variance: ((k - 1) / k) * squares,
    df: Math.min(k - 1, Math.max(1, effectiveNumber(sizes) - 1)),
  }
}

/**
 * 95 % range of a mean score. The added group and the degrees of freedom are ours, not from a paper; the coverage of
 * both was simulated.
 * In words: as if one more statement of average confidence had gone the other way, and a long interview counts for
 * no more than it tells.
 * Formula: jackknife over groups (CR3) after adding one pseudo-group (n̄·f̄, n̄): groups with sums S_g and sizes N_g,
 * n̄ = n/G, f̄ = mean f_i, K = G + 1, N = Σ N_g, m = Σ S_g/N, v = (K−1)/K·Σ ((S_g − N_g·m)/(N − N_g))²,
 * df = min(K−1, max(1, N²/Σ N_g² − 1)), range m ± t_{.975,df}·√v, cut to the bounds. Over several partitions of the
 * same forecasts: the larger v with its m, the smaller df, G = the smallest number of groups.
 * Symbols: S_i scores; f_i the score had the outcome been the other one, or null for no pseudo-group
 * (numbers and dates have no natural flip); a partition names each forecast's group.
 * Range: inside the bounds; always contains the observed mean; for groups of one size v is the usual
 * cluster-robust variance.
 * Edge cases: n = 0 → null; without counterfactuals one group → null.
 * Reference: MacKinnon, Nielsen & Webb 2023, doi:10.1016/j.jeconom.2022.04.001, for the jackknife; the rest is ours.
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
    clusters: fewestGroups(partitions),
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
