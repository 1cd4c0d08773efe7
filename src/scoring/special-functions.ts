const LN_SQRT_2PI = 0.9189385332046727
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/**
 * Logarithm of the gamma function.
 * Formula: Lanczos approximation (g = 7, nine terms).
 * Symbols: x > 0.
 * Range: any double; relative error about 1e-15 away from the zeros at 1 and 2.
 * Edge cases: x ≤ 0 is outside the domain.
 * Reference: Lanczos 1964, doi:10.1137/0701008.
 * Example: lgamma(5) = Math.log(24)
 */
export function lgamma(x: number): number {
  let series = LANCZOS[0] as number
  for (let k = 1; k < LANCZOS.length; k++) series += (LANCZOS[k] as number) / (x - 1 + k)
  const t = x + 6.5
  return LN_SQRT_2PI + (x - 0.5) * Math.log(t) - t + Math.log(series)
}

/** Error of Stirling's formula for ln n!, so that large factorials cancel without loss (Loader 2000). */
function stirlingError(n: number): number {
  if (n < 15) return lgamma(n + 1) - (n + 0.5) * Math.log(n) + n - LN_SQRT_2PI
  const m = 1 / (n * n)
  return (1 / 12 - m * (1 / 360 - m * (1 / 1260 - m * (1 / 1680 - m / 1188)))) / n
}

/** Deviance x·ln(x/m) + m − x, by series where the terms would cancel (Loader 2000). */
function deviance(x: number, m: number): number {
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x
  const v = (x - m) / (x + m)
  let total = (x - m) * v
  let before = Number.NaN
  let term = 2 * x * v
  for (let j = 1; total !== before; j++) {
    term *= v * v
    before = total
    total += term / (2 * j + 1)
  }
  return total
}

/** x^a·y^b / B(a,b) with y = 1 − x; also the slope of I_x in the logit of x. */
function betaKernel(x: number, y: number, a: number, b: number): number {
  const n = a + b
  const log = stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y)
  return Math.exp(log) * Math.sqrt((a * b) / (2 * Math.PI * n))
}

/** Continued fraction of the incomplete beta function, by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  // Called only left of the mean, where no denominator of the fraction can vanish.
  let c = 1
  let d = 1 / (1 - ((a + b) * x) / (a + 1))
  let f = d
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / (1 + even * d)
    c = 1 + even / c
    f *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + odd * d)
    c = 1 + odd / c
    f *= d * c
    if (Math.abs(d * c - 1) < 2e-16) break
  }
  return f
}

function betaTails(x: number, y: number, a: number, b: number): { lower: number; upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 }
  if (y <= 0) return { lower: 1, upper: 0 }
  const kernel = betaKernel(x, y, a, b)
  if (x < (a + 1) / (a + b + 2)) {
    const lower = (kernel / a) * betaFraction(x, a, b)
    return { lower, upper: 1 - lower }
  }
  const upper = (kernel / b) * betaFraction(y, b, a)
  return { lower: 1 - upper, upper }
}

/**
 * Regularised incomplete beta function I_x(a,b), the distribution function of Beta(a,b).
 * Formula: x^a(1−x)^b/(a·B(a,b)) times a continued fraction, from the nearer tail.
 * Symbols: x in [0,1]; a, b > 0.
 * Range: [0,1], increasing in x; absolute error below 1e-13.
 * Edge cases: x ≤ 0 → 0, x ≥ 1 → 1.
 * Reference: DLMF 8.17, https://dlmf.nist.gov/8.17; kernel after Loader 2000 (saddle point).
 * Example: incompleteBeta(0.5, 2, 3) = 0.6875
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  return betaTails(x, 1 - x, a, b).lower
}

/** Solves I = probability on the logit scale; returns x and 1 − x so that neither end loses digits. */
function betaQuantileBoth(probability: number, a: number, b: number): { x: number; y: number } {
  if (probability <= 0) return { x: 0, y: 1 }
  if (probability >= 1) return { x: 1, y: 0 }
  const useLower = probability <= 0.5
  const target = useLower ? probability : 1 - probability
  let low = -745
  let high = 745
  let z = Math.log(a / b)
  for (let step = 0; step < 200 && high - low > 1e-15 * (1 + Math.abs(z)); step++) {
    const x = 1 / (1 + Math.exp(-z))
    const y = 1 / (1 + Math.exp(z))
    const tails = betaTails(x, y, a, b)
    const tail = useLower ? tails.lower : tails.upper
    if (tail < target === useLower) low = z
    else high = z
    // Newton on the log of the tail: exact where the tail is a power of x; bisection keeps it safe.
    const move = (Math.log(tail / target) * tail) / betaKernel(x, y, a, b)
    const next = useLower ? z - move : z + move
    if (Math.abs(next - z) <= 1e-15 * (1 + Math.abs(z))) break
    z = next > low && next < high ? next : (low + high) / 2
  }
  return { x: 1 / (1 + Math.exp(-z)), y: 1 / (1 + Math.exp(z)) }
}

/**
 * Quantile of the beta distribution.
 * Formula: the x with I_x(a,b) = probability, by safeguarded Newton steps on the logit scale.
 * Symbols: probability in [0,1]; a, b > 0.
 * Range: [0,1], increasing in probability.
 * Edge cases: probability 0 → 0, 1 → 1.
 * Reference: none needed; checked against @stdlib/stats-base-dists-beta-quantile.
 * Example: betaQuantile(0.5, 1, 1) = 0.5
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  return betaQuantileBoth(probability, a, b).x
}

function normalUpperTail(z: number): number {
  const density = Math.exp(-0.5 * z * z - LN_SQRT_2PI)
  if (z < 3) {
    let term = z
    let series = z
    for (let k = 1; Math.abs(term) > 1e-18 * Math.abs(series); k++) {
      term *= (z * z) / (2 * k + 1)
      series += term
    }
    return 0.5 - density * series
  }
  let fraction = z
  for (let k = 120; k > 0; k--) fraction = z + k / fraction
  return density / fraction
}

/**
 * Normal distribution function Φ(z).
 * Formula: ½ + φ(z)·Σ z^(2k+1)/(2k+1)!! below 3, a continued fraction of the tail above.
 * Symbols: z any double.
 * Range: [0,1], increasing; absolute error below 1e-15, relative error of the tail below 1e-12.
 * Edge cases: far tails underflow to 0.
 * Reference: DLMF 7.6 and 7.9, https://dlmf.nist.gov/7.
 * Example: normalCdf(0) = 0.5
 */
export function normalCdf(z: number): number {
  return z > 0 ? 1 - normalUpperTail(z) : normalUpperTail(-z)
}

/**
 * Normal quantile.
 * Formula: Hastings' approximation of the tail, then Newton steps on the log of the tail.
 * Symbols: probability in [0,1].
 * Range: any double, increasing.
 * Edge cases: 0 → −Infinity, 1 → Infinity.
 * Reference: Abramowitz & Stegun 26.2.23 for the start.
 * Example: normalQuantile(0.975) = 1.959963984540054
 */
export function normalQuantile(probability: number): number {
  if (probability <= 0) return -Infinity
  if (probability >= 1) return Infinity
  const tail = Math.min(probability, 1 - probability)
  const t = Math.sqrt(-2 * Math.log(tail))
  let z =
    t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  for (let step = 0; step < 6; step++) {
    const upper = normalUpperTail(z)
    z += (Math.log(upper / tail) * upper) / Math.exp(-0.5 * z * z - LN_SQRT_2PI)
  }
  return probability < 0.5 ? -z : z
}

/**
 * Student's t distribution function.
 * Formula: 1 − ½·I_{df/(df+t²)}(df/2, ½) for t > 0, mirrored below.
 * Symbols: t any double; df > 0 degrees of freedom.
 * Range: [0,1], increasing in t.
 * Edge cases: t = 0 → ½.
 * Reference: DLMF 8.17 and Abramowitz & Stegun 26.7.1.
 * Example: tCdf(1, 1) = 0.75
 */
export function tCdf(t: number, df: number): number {
  const square = t * t
  const tail = betaTails(df / (df + square), square / (df + square), df / 2, 0.5).lower / 2
  return t > 0 ? 1 - tail : tail
}

/**
 * Quantile of Student's t.
 * Formula: ±√(df·y/x) where x solves I_x(df/2, ½) = 2·tail and y = 1 − x.
 * Symbols: probability in [0,1]; df > 0 degrees of freedom.
 * Range: any double, increasing in probability.
 * Edge cases: 0 → −Infinity, ½ → 0, 1 → Infinity.
 * Reference: none needed; checked against @stdlib/stats-base-dists-t-quantile.
 * Example: tQuantile(0.75, 1) = 1
 */
export function tQuantile(probability: number, df: number): number {
  const tail = Math.min(probability, 1 - probability)
  const { x, y } = betaQuantileBoth(2 * tail, df / 2, 0.5)
  const t = Math.sqrt((df * y) / x)
  if (probability === 0.5) return 0
  return probability < 0.5 ? -t : t
}

/**
 * Upper tail of the chi-square distribution.
 * Formula: Q(½, h) = 2Φ(−√x) or Q(1, h) = e^(−h), then Q(a + 1, h) = Q(a, h) + h^a·e^(−h)/Γ(a + 1), h = x/2.
 * Symbols: x ≥ 0; df ≥ 1, a whole number.
 * Range: [0,1], falling in x.
 * Edge cases: x = 0 → 1.
 * Reference: DLMF 8.8.6, https://dlmf.nist.gov/8.8.
 * Example: chiSquareTail(2, 2) = Math.exp(-1)
 */
export function chiSquareTail(x: number, df: number): number {
  const half = x / 2
  const first = df % 2 === 1 ? 0.5 : 1
  let tail = first === 1 ? Math.exp(-half) : 2 * normalCdf(-Math.sqrt(x))
  for (let a = first; a < df / 2; a++) tail += Math.exp(a * Math.log(half) - half - lgamma(a + 1))
  return Math.min(1, tail)
}

/**
 * Upper tail of the F distribution.
 * Formula: I_{b/(b + a·f)}(b/2, a/2).
 * Symbols: f ≥ 0; a, b > 0 the degrees of freedom above and below.
 * Range: [0,1], falling in f.
 * Edge cases: f = 0 → 1.
 * Reference: Abramowitz & Stegun 26.6.2.
 * Example: fTail(1, 2, 2) = 0.5
 */
export function fTail(f: number, a: number, b: number): number {
  const below = b + a * f
  return betaTails(b / below, (a * f) / below, b / 2, a / 2).lower
}
