import type { WordsRow } from './document.ts'
import { rootBetween } from './root.ts'
import { betaQuantile, incompleteBeta, lgamma } from './special-functions.ts'

/** The two parameters of a beta distribution. */
type Shape = readonly [number, number]
type Posterior = NonNullable<WordsRow['meant']> & {
  prior: Shape | null
  below: number
  inside: number
  above: number
}

/** No band claims more than 199 to 1. */
const EDGE = 0.005
const NARROWEST = 0.02
/** .57 − .55 is less than .02 in doubles. */
const SLACK = 1e-9
const FLAT: Shape = [1, 1]

const logistic = (z: number) => 1 / (1 + Math.exp(-z))
const logBeta = ([a, b]: Shape) => lgamma(a) + lgamma(b) - lgamma(a + b)

/**
 * What readers hear in a phrase, as a distribution: a tenth of it below their low and a tenth above their high.
 * Formula: the beta distribution with I_low(a,b) = .1 and I_{1−high}(b,a) = .1, by a root in its mean for each
 * concentration a + b, inside a root in that concentration.
 * Symbols: low = q10 and high = q90 in [0,1], cut to [.005, .995].
 * Range: a, b > 0.
 * Edge cases: a band narrower than .02 → null.
 * Reference: ours.
 * Example: readersPrior(0.5, 0.51) = null
 */
export function readersPrior(low: number, high: number): Shape | null {
  const q10 = Math.max(EDGE, low)
  const q90 = Math.min(1 - EDGE, high)
  if (q90 - q10 < NARROWEST - SLACK) return null
  const at = (logSize: number): Shape => {
    const size = Math.exp(logSize)
    const shape = (z: number): Shape => [size * logistic(z), size * logistic(-z)]
    return shape(rootBetween((z) => 0.1 - incompleteBeta(q10, ...shape(z)), -14, 14))
  }
  const tooFew = (logSize: number) => {
    const [a, b] = at(logSize)
    return 0.1 - incompleteBeta(1 - q90, b, a)
  }
  return at(rootBetween(tooFew, Math.log(0.05), Math.log(100_000)))
}

/**
 * What a phrase turned out to mean (ours): how often it happens when somebody says so.
 * Formula: prior ½ readersPrior + ½ flat; counts k·G/n and (n − k)·G/n of yes and no; the posterior is the mixture of
 * both beta posteriors, weighted by how well each foresaw the counts; its mean and its 2.5 % and 97.5 % quantiles.
 * Symbols: low = q10 and high = q90 of what readers hear; k of n happened, in G groups.
 * Range: mean and interval inside [0,1]; weight_readers is the readers' part once the counts are known; below, inside
 * and above are the chances that it lies under, in and over the readers' band, and sum to 1.
 * Edge cases: n = 0 → null; a band that is hardly one → flat prior alone.
 * Reference: ours; half flat, because what readers hear alone would hide exactly those who mean something else.
 * Example: wordPosterior({low: 0.5, high: 0.51, happened: 3, n: 5, groups: 5}).mean = 4 / 7
 */
export function wordPosterior(said: {
  low: number
  high: number
  happened: number
  n: number
  groups: number
}): Posterior | null {
  const { low, high, happened, n, groups } = said
  if (n === 0) return null
  const yes = (happened * groups) / n
  const no = ((n - happened) * groups) / n
  const updated = ([a, b]: Shape): Shape => [a + yes, b + no]
  const evidence = (shape: Shape) => logBeta(updated(shape)) - logBeta(shape)

  const prior = readersPrior(low, high)
  const weight = prior === null ? 0 : 1 / (1 + Math.exp(evidence(FLAT) - evidence(prior)))
  const flat = updated(FLAT)
  const readers = prior === null ? flat : updated(prior)
  const mixed = (of: (shape: Shape) => number) => weight * of(readers) + (1 - weight) * of(flat)
  const quantile = (level: number) => {
    const [one, other] = [betaQuantile(level, ...readers), betaQuantile(level, ...flat)]
    const missing = (x: number) => mixed((shape) => incompleteBeta(x, ...shape)) - level
    return rootBetween(missing, Math.min(one, other), Math.max(one, other))
  }
  const below = mixed((shape) => incompleteBeta(low, ...shape))
  const above = mixed(([a, b]) => incompleteBeta(1 - high, b, a))
  return {
    prior,
    weight_readers: weight,
    mean: mixed(([a, b]) => a / (a + b)),
    interval: [quantile(0.025), quantile(0.975)],
    below,
    inside: Math.max(0, 1 - below - above),
    above,
  }
}
