import type { ForecastUnit, UnitStatement } from '../../src/scoring/forecast-unit.ts'
import { normalCdf } from '../../src/scoring/special-functions.ts'
import type { Chance } from './chance.ts'
import { type Layout, placesOf } from './layout.ts'
import { BEGIN, DAY, unitOf } from './record.ts'

/**
 * Somebody who says again what is still open. The event comes by the deadline with the chance `base`, at a constant
 * rate; `says` is what is said when a share of the time has passed, of which honest is `honest`.
 */
export type Reviser = {
  name: string
  bases: readonly number[]
  says: (honest: number, passed: number) => number
}

const DAYS = 1000
const TIMES = 10

const ALL = Array.from({ length: 19 }, (_, k) => (k + 1) / 20)
export const honest: Reviser = { name: 'honest', bases: ALL, says: (p) => p }
export const honestAtEven: Reviser = { name: 'honest, events of even chance', bases: [0.5], says: (p) => p }
export const lastHonest: Reviser = {
  name: '99 % until the last, then honest',
  bases: [0.5],
  says: (p, passed) => (passed < (TIMES - 1) / TIMES ? 0.99 : p),
}
export const stairs: Reviser = {
  name: '80, 55, 25 %',
  bases: [0.5],
  says: (_, passed) => (passed < 0.4 ? 0.8 : passed < 0.8 ? 0.55 : 0.25),
}

/** n questions, each with a statement at every tenth of its time as long as it is open. */
export function revisedUnits(
  { bases, says }: Reviser,
  layout: Layout,
  n: number,
  chance: Chance,
): ForecastUnit[] {
  return placesOf(layout, n, chance).map(({ interview, family, latent }, i) => {
    const rate = -Math.log(1 - chance.one(bases)) / DAYS
    const came = Math.ceil(-Math.log(1 - normalCdf(latent)) / rate)
    const happened = came <= DAYS
    const statements = Array.from({ length: TIMES }, (_, k) => k / TIMES)
      .filter((passed) => passed * DAYS < came)
      .map((passed): UnitStatement => {
        const at = new Date(BEGIN + passed * DAYS * DAY)
        const honestly = 1 - Math.exp(-rate * (1 - passed) * DAYS)
        return {
          said_on: at.toISOString().slice(0, 10),
          said_at: at,
          logged: 'live',
          voice: 'quote',
          probability: says(honestly, passed),
        }
      })
    const known = BEGIN + (happened ? came : DAYS) * DAY
    return unitOf(i, {
      interview,
      family,
      outcome: happened ? 1 : 0,
      statements,
      end: BEGIN + DAYS * DAY,
      known,
    })
  })
}
