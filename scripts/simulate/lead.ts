import type { TrackRecord } from '../../src/scoring/track-record.ts'
import { chanceOf } from './chance.ts'
import { claimsOf } from './claims.ts'
import { alone, crossed, fives, type Layout, oneLong, pairs, unevenly } from './layout.ts'
import { recordOf, unitsOf } from './record.ts'
import { type Bound, type Line, type Scenario, shareLine } from './report.ts'
import { mixed, type Speaker, spread, sure, wordsAtTheEdge, wordsInside } from './speaker.ts'

/** The lead says that what happens differs from what is said. */
export const differs = ({ finding }: TrackRecord): boolean => finding.rule.endsWith('_differs')

const LAYOUTS = [alone, pairs, fives(0.8), fives(1), unevenly, oneLong(0.5, 0.8), crossed]

export const lead: Scenario = {
  id: 'lead',
  title:
    'Analysts whose probabilities are right: share of pages that say otherwise, and of single tests below .05',
  columns: ['analyst', 'interviews', 'n'],
  run: ({ of }) =>
    of([spread, sure, wordsAtTheEdge, wordsInside, mixed], [spread, wordsAtTheEdge]).flatMap((speaker) =>
      of(LAYOUTS, [alone, fives(0.8)]).flatMap((layout) =>
        of([20, 50, 100], [100]).flatMap((n) => calibrated(speaker, layout, n, of(400, 200))),
      ),
    ),
}

/** The records of one case. */
export function recordsOf(speaker: Speaker, layout: Layout, n: number, records: number): TrackRecord[] {
  const chance = chanceOf(`lead ${speaker.name} ${layout.name} ${n}`)
  return Array.from({ length: records }, () => recordOf(unitsOf(claimsOf(speaker, layout, n, chance))))
}

/** In how many of the records something is so. */
export const shareOf = (
  of: readonly string[],
  figure: string,
  records: readonly TrackRecord[],
  so: (record: TrackRecord) => boolean,
  bound: Bound,
): Line => shareLine(of, figure, { hits: records.filter(so).length, records: records.length }, bound)

const below = (p: number | null): boolean => p !== null && p < 0.05

function calibrated(speaker: Speaker, layout: Layout, n: number, records: number): Line[] {
  const made = recordsOf(speaker, layout, n, records)
  const of = [speaker.name, layout.name, String(n)]
  const bound = { most: 0.05 }
  return [
    shareOf(of, 'differs', made, differs, bound),
    shareOf(of, 'claims test', made, ({ claims }) => below(claims.p_value), bound),
    shareOf(of, 'tilt test', made, ({ tilt }) => below(tilt?.p_value ?? null), bound),
    shareOf(of, 'alarm', made, ({ monitor }) => monitor?.alarm === true, bound),
  ]
}
