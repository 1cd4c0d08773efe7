import { type Band, leanOf } from '../core/probability.ts'
import type { Partition } from './partition.ts'

/** Claims as they lean: the readings of the side leaned to, and the groups of the claims. */
export type LeanedClaims = {
  /** The places of the claims among the forecasts. */
  at: number[]
  low: number[]
  mid: number[]
  high: number[]
  partitions: Partition[]
}

/** Forecasts as claims: above one half they lean yes, below it no, and at one half they claim nothing. */
export function leanedClaims(bands: readonly Band[], partitions: readonly Partition[]): LeanedClaims {
  const at = bands.flatMap(({ mid }, i) => (leanOf(mid) === null ? [] : [i]))
  const leaned = at.map((i): Band => {
    const { low, mid, high } = bands[i] as Band
    return leanOf(mid) === 'yes' ? { low, mid, high } : { low: 1 - high, mid: 1 - mid, high: 1 - low }
  })
  return {
    at,
    low: leaned.map((band) => band.low),
    mid: leaned.map((band) => band.mid),
    high: leaned.map((band) => band.high),
    partitions: partitions.map((labels) => at.map((i) => labels[i] as string)),
  }
}

/** How many of the claims went the way they leaned. */
export function cameTrue({ at }: LeanedClaims, bands: readonly Band[], outcomes: readonly number[]): number {
  return at.filter((i) => (leanOf((bands[i] as Band).mid) === 'yes') === (outcomes[i] === 1)).length
}
