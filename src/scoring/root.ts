/** A root is known when it lies between two neighbours, or nearly so. */
const TOLERANCE = 1e-15

/**
 * Root of a function that rises from below zero to above it.
 * Formula: Chandrupatla's method: inverse quadratic steps where the last three points allow them, else bisection;
 * the interval that holds the root is what ends the search.
 * Symbols: f continuous; low < high with f(low) < 0 < f(high).
 * Range: inside [low, high], to within 1e-15·(1 + |root|).
 * Edge cases: f(low) ≥ 0 → low; f(high) ≤ 0 → high.
 * Reference: Chandrupatla 1997, doi:10.1016/S0965-9978(96)00051-8.
 * Example: rootBetween((x) => x * x - 2, 0, 2) = Math.SQRT2
 */
export function rootBetween(f: (x: number) => number, low: number, high: number): number {
  let [a, b, fa, fb] = [low, high, f(low), f(high)]
  if (fa >= 0) return low
  if (fb <= 0) return high
  let step = 0.5
  for (;;) {
    const x = a + step * (b - a)
    const fx = f(x)
    // `c` is the point that was just left; the root lies between the newest point and `b`.
    const stays = Math.sign(fx) === Math.sign(fa)
    const [c, fc] = stays ? [a, fa] : [b, fb]
    if (!stays) [b, fb] = [a, fa]
    ;[a, fa] = [x, fx]
    const [best, fbest] = Math.abs(fa) < Math.abs(fb) ? [a, fa] : [b, fb]
    const least = (TOLERANCE * (1 + Math.abs(best))) / Math.abs(b - a)
    if (!(fbest !== 0 && least <= 0.5)) return best
    const xi = (a - b) / (c - b)
    const phi = (fa - fb) / (fc - fb)
    const curve =
      (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb))
    const wanted = phi * phi < xi && (1 - phi) ** 2 < 1 - xi ? curve : 0.5
    step = Math.min(1 - least, Math.max(least, wanted))
  }
}
