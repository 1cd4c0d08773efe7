import { membersOf, type Partition } from './partition.ts'
import { sum } from './summation.ts'

// Mass below this is dropped at the ends: invisible at 1e-12, and it keeps the convolution off denormals.
const NEGLIGIBLE = 1e-40

/** Convolves independent counts, each given as the probabilities of 0, 1, 2 … */
function convolve(counts: readonly (readonly number[])[]): Float64Array {
  const total = counts.reduce((n, pmf) => n + pmf.length - 1, 0)
  let now = new Float64Array(total + 1)
  let next = new Float64Array(total + 1)
  now[0] = 1
  let [low, high] = [0, 0]
  for (const pmf of counts) {
    const reach = pmf.length - 1
    next.fill(0, low, high + reach + 1)
    for (let j = 0; j <= reach; j++) {
      const weight = pmf[j] as number
      if (weight === 0) continue
      for (let s = low; s <= high; s++) next[s + j] = (next[s + j] as number) + weight * (now[s] as number)
    }
    high += reach
    while ((next[high] as number) < NEGLIGIBLE) next[high--] = 0
    while ((next[low] as number) < NEGLIGIBLE) next[low++] = 0
    ;[now, next] = [next, now]
  }
  const pmf = new Float64Array(total + 1)
  pmf.set(now.subarray(low, high + 1), low)
  return pmf
}

/**
 * Poisson-binomial distribution: the number of yes among independent forecasts, if they are right.
 * Formula: convolution of Bernoulli(p_i); exact, no approximation.
 * Symbols: p_i in [0,1].
 * Range: probabilities of 0 … n, summing to 1.
 * Edge cases: n = 0 → [1].
 * Reference: Hong 2013, doi:10.1016/j.csda.2012.10.006.
 * Example: [...poissonBinomial([0.5, 0.5])] = [0.25, 0.5, 0.25]
 */
export function poissonBinomial(probabilities: readonly number[]): Float64Array {
  return convolve(probabilities.map((p) => [1 - p, p]))
}

/**
 * Clustered Poisson-binomial (ours): members of one interview stand or fall together.
 * Formula: per cluster the count Σ 1{U_g ≤ p_i} with one uniform U_g, so P(count ≥ j) is the j-th largest p;
 * clusters convolved. Keeps every p_i, gives the largest variance, hence the cautious p-value.
 * Symbols: p_i in [0,1]; cluster = any label per forecast.
 * Range: probabilities of 0 … n, summing to 1.
 * Edge cases: single-member clusters → the Poisson-binomial; n = 0 → [1].
 * Reference: ours; comonotone Bernoulli variables.
 * Example: [...clusteredPoissonBinomial([0.5, 0.5], ['a', 'a'])] = [0.5, 0, 0.5]
 */
export function clusteredPoissonBinomial(
  probabilities: readonly number[],
  clusters: Partition,
): Float64Array {
  return convolve(
    membersOf(clusters).map((members) => {
      const atLeast = [1, ...members.map((i) => probabilities[i] as number).sort((a, b) => b - a), 0]
      return atLeast.slice(0, -1).map((p, j) => p - (atLeast[j + 1] as number))
    }),
  )
}

/** P(S ≤ s) and P(S ≥ s), each summed from its own tail. */
export function tails(pmf: Float64Array, count: number): { lower: number; upper: number } {
  return {
    lower: Math.min(1, sum(pmf.subarray(0, count + 1))),
    upper: Math.min(1, sum(pmf.subarray(count))),
  }
}

export type Hits = {
  expected: number
  variance: number
  observed: number
  p_lower: number
  p_upper: number
  p_two_sided: number
}

/**
 * Hits test: as many yes as the probabilities say?
 * Formula: S = Σ y; two-sided p = min(1, 2·min(P(S ≤ s), P(S ≥ s))), Poisson-binomial.
 * Symbols: p_i in [0,1]; y_i in {0,1}.
 * Range: p in [0,1], small = more or fewer than stated; blind to errors in both directions.
 * Edge cases: n = 0 → null.
 * Reference: Hong 2013, doi:10.1016/j.csda.2012.10.006.
 * Example: hits([0.5, 0.5], [1, 1]).p_two_sided = 0.5
 */
export function hits(probabilities: readonly number[], outcomes: readonly number[]): Hits | null {
  if (probabilities.length === 0) return null
  const observed = sum(outcomes)
  const { lower, upper } = tails(poissonBinomial(probabilities), observed)
  return {
    expected: sum(probabilities),
    variance: sum(probabilities.map((p) => p * (1 - p))),
    observed,
    p_lower: lower,
    p_upper: upper,
    p_two_sided: Math.min(1, 2 * Math.min(lower, upper)),
  }
}
