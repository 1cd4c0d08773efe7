import type { Binary } from '../../src/scoring/brier.ts'
import { normalQuantile } from '../../src/scoring/special-functions.ts'
import type { Chance } from './chance.ts'
import { type Layout, placesOf } from './layout.ts'
import type { Saying, Speaker } from './speaker.ts'

export type Claim = { saying: Saying; outcome: Binary; interview: string; family: string | null }

const thresholds = new Map<number, number>()
/** The standard normal below which somebody is right this often. */
function threshold(right: number): number {
  const known = thresholds.get(right) ?? normalQuantile(right)
  thresholds.set(right, known)
  return known
}

/** n claims: each leans to a side, and being right moves together inside an interview. */
export function claimsOf(speaker: Speaker, layout: Layout, n: number, chance: Chance): Claim[] {
  return placesOf(layout, n, chance).map(({ interview, family, latent }) => {
    const saying = chance.one(speaker.sayings)
    const leans: Binary = saying.mid < 0.5 ? 0 : 1
    const right = latent <= threshold(leans === 1 ? saying.truth : 1 - saying.truth)
    return { saying, outcome: right ? leans : ((1 - leans) as Binary), interview, family }
  })
}

/** By interview, and by family where there are any: as a record is partitioned. */
export function partitionsOf(claims: readonly Claim[]): string[][] {
  const interviews = claims.map(({ interview }) => interview)
  return claims.every(({ family }) => family === null)
    ? [interviews]
    : [interviews, claims.map(({ family, interview }) => family ?? interview)]
}
