import { type Refits, refitGiven } from './refits.ts'

export type Envelope = { probability: number[]; lower: number[]; upper: number[]; depth: number | null }

/**
 * Where the whole row of dots would lie, if the probabilities were right.
 * Formula: B isotonic curves at the distinct p; from the r-th smallest to the r-th largest value at each p, with the
 * largest depth r ≥ 1 at which at most ⌊α·B⌋ curves are strictly outside anywhere.
 * Symbols: p_i in [0,1]; outcomes = rows of 0 and 1, each as long as p; α in (0,1).
 * Range: probabilities ascending, bounds in [0,1], non-decreasing in p.
 * Edge cases: nothing → empty, depth null; more than 200 distinct probabilities → the envelope at 200 of them.
 * Reference: ours, after the rank envelopes of Myllymäki et al. 2017, doi:10.1111/rssb.12172.
 * Example: simultaneousEnvelope([0.5], [[1], [0], [1]], 0.4).lower = [1]
 */
export function simultaneousEnvelope(
  probabilities: readonly number[],
  outcomes: readonly (readonly number[])[],
  alpha: number,
): Envelope {
  return envelopeOf(refitGiven(probabilities, outcomes), alpha)
}

export function envelopeOf({ probability, curves, miscalibration }: Refits, alpha: number): Envelope {
  const draws = miscalibration.length
  if (curves.length === 0) return { probability, lower: [], upper: [], depth: null }
  const sorted = curves.map((curve) => curve.slice().sort())
  const depths = new Int32Array(draws).fill(draws)
  curves.forEach((curve, j) => {
    const order = sorted[j] as Float64Array
    for (let b = 0; b < draws; b++) {
      const value = curve[b] as number
      const depth = depths[b] as number
      // Where it is no less deep than elsewhere, nothing has to be counted.
      if (value >= (order[depth - 1] as number) && value <= (order[draws - depth] as number)) continue
      depths[b] = Math.min(countBelow(order, value, true), draws - countBelow(order, value, false))
    }
  })
  const depth = depths.sort()[Math.floor(alpha * draws + 1e-9)] as number
  return {
    probability,
    lower: sorted.map((order) => order[depth - 1] as number),
    upper: sorted.map((order) => order[draws - depth] as number),
    depth,
  }
}

/** How many of the sorted values lie below this one; with `reached` also those that equal it. */
function countBelow(sorted: Float64Array, value: number, reached: boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const x = sorted[middle] as number
    if (x < value || (reached && x === value)) low = middle + 1
    else high = middle
  }
  return low
}
