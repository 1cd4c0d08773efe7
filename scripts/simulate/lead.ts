import type { ForecastUnit } from '../../src/scoring/forecast-unit.ts'
import type { TrackRecord } from '../../src/scoring/track-record.ts'
import { type Chance, chanceOf } from './chance.ts'
import { claimsOf } from './claims.ts'
import { alone, crossed, fives, type Layout, oneLong, pairs, unevenly } from './layout.ts'
import { recordOf, unitsOf } from './record.ts'
import { type Bound, type Line, type Scenario, shareLine } from './report.ts'
import { honest, revisedUnits } from './reviser.ts'
import { mixed, type Speaker, spread, sure, wordsAtTheEdge, wordsInside } from './speaker.ts'

/** The lead says that what happens differs from what is said. */
export const differs = ({ finding }: TrackRecord): boolean => finding.rule.endsWith('_differs')

/** In how many of the records something is so. */
export const shareOf = (
  of: readonly string[],
  figure: string,
  records: readonly TrackRecord[],
  so: (record: TrackRecord) => boolean,
  bound: Bound,
): Line => shareLine(of, figure, { hits: records.filter(so).length, records: records.length }, bound)

type Draw = (layout: Layout, n: number, chance: Chance) => ForecastUnit[]
const drawn =
  (speaker: Speaker): Draw =>
  (layout, n, chance) =>
    unitsOf(claimsOf(speaker, layout, n, chance))

/** Everybody whose probabilities are right. */
const RIGHT: { name: string; draw: Draw }[] = [
  ...[spread, wordsAtTheEdge, sure, wordsInside, mixed].map((speaker) => ({
    name: speaker.name,
    draw: drawn(speaker),
  })),
  {
    name: 'says it again while it is open',
    draw: (layout, n, chance) => revisedUnits(honest, layout, n, chance),
  },
]
const LAYOUTS = [alone, fives(0.8), pairs, fives(1), unevenly, oneLong(0.5, 0.8), crossed]

export const lead: Scenario = {
  id: 'lead',
  title: 'Analysts whose probabilities are right: share of pages that say that something differs',
  columns: ['analyst', 'interviews', 'n'],
  run: ({ of }) =>
    of(RIGHT, RIGHT.slice(0, 2)).flatMap(({ name, draw }) =>
      of(LAYOUTS, LAYOUTS.slice(0, 2)).flatMap((layout) =>
        of([20, 50, 100], [100]).map((n) => {
          const chance = chanceOf(`lead ${name} ${layout.name} ${n}`)
          const records = Array.from({ length: of(400, 250) }, () => recordOf(draw(layout, n, chance)))
          return shareOf([name, layout.name, String(n)], 'differs', records, differs, { most: 0.05 })
        }),
      ),
    ),
}

/** Read after every fifth decision, from the tenth to the hundredth. */
const LOOKS = Array.from({ length: 19 }, (_, k) => 10 + 5 * k)

export const ever: Scenario = {
  id: 'ever',
  title:
    'The same, read again after every fifth decision from 10 to 100: share of records that ever say that something differs',
  columns: ['analyst', 'interviews'],
  run: ({ of }) =>
    of(
      [
        { speaker: spread, layout: alone },
        { speaker: sure, layout: alone },
        { speaker: wordsAtTheEdge, layout: alone },
        { speaker: spread, layout: fives(0.8) },
      ],
      [],
    ).map(({ speaker, layout }) => {
      const chance = chanceOf(`ever ${speaker.name} ${layout.name}`)
      const records = of(400, 0)
      const growing = Array.from({ length: records }, () => drawn(speaker)(layout, 100, chance))
      const hits = growing.filter((units) =>
        LOOKS.some((decided) => differs(recordOf(units.slice(0, decided)))),
      ).length
      return shareLine([speaker.name, layout.name], 'ever differs', { hits, records }, { most: 0.1 })
    }),
}
