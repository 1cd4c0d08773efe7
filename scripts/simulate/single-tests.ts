import { parallelRecords } from '../../src/scoring/parallel-records.ts'
import { tiltTest } from '../../src/scoring/tilt.ts'
import { chanceOf } from './chance.ts'
import { claimsOf, partitionsOf } from './claims.ts'
import { alone, crossed, fives, type Layout, oneLong, pairs, unevenly } from './layout.ts'
import { type Line, type Scenario, shareLine } from './report.ts'
import { type Speaker, spread, sure, wordsAtTheEdge } from './speaker.ts'

export const singleTests: Scenario = {
  id: 'tests',
  title: 'Analysts whose probabilities are right: share of records in which a test by itself is below .05',
  columns: ['analyst', 'interviews', 'n'],
  run: ({ of }) =>
    of([spread, sure, wordsAtTheEdge], [spread]).flatMap((speaker) =>
      of([alone, pairs, fives(0.8), fives(1), unevenly, oneLong(0.5, 0.8), crossed], [alone]).flatMap(
        (layout) => of([20, 50, 100], [100]).flatMap((n) => rejected(speaker, layout, n, of(2000, 1500))),
      ),
    ),
}

const below = (p: number | null): boolean => p !== null && p < 0.05

function rejected(speaker: Speaker, layout: Layout, n: number, records: number): Line[] {
  const chance = chanceOf(`tests ${speaker.name} ${layout.name} ${n}`)
  let [claimed, tilted] = [0, 0]
  for (let r = 0; r < records; r++) {
    const claims = claimsOf(speaker, layout, n, chance)
    const bands = claims.map(({ saying }) => saying)
    const outcomes = claims.map(({ outcome }) => outcome)
    const partitions = partitionsOf(claims)
    if (below(parallelRecords(bands, outcomes, partitions).p_value)) claimed++
    if (below(tiltTest(bands, outcomes, partitions).p_value)) tilted++
  }
  const of = [speaker.name, layout.name, String(n)]
  return [
    shareLine(of, 'claims', { hits: claimed, records }, { most: 0.05 }),
    shareLine(of, 'tilt', { hits: tilted, records }, { most: 0.05 }),
  ]
}
