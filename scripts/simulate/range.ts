import { type Binary, brierScore } from '../../src/scoring/brier.ts'
import { effectiveGroups } from '../../src/scoring/effective-groups.ts'
import type { Partition } from '../../src/scoring/partition.ts'
import { type ScoreRange, scoreRange } from '../../src/scoring/score-range.ts'
import { sum } from '../../src/scoring/summation.ts'
import { chanceOf } from './chance.ts'
import { type Claim, claimsOf, partitionsOf } from './claims.ts'
import { alone, crossed, fives, type Layout, oneLong, pairs, unevenly } from './layout.ts'
import { recordOf, unitsOf } from './record.ts'
import { type Line, type Scenario, shareLine } from './report.ts'
import { type Speaker, says, says95, saysNever, spread, twiceTheLogit } from './speaker.ts'

export const range: Scenario = {
  id: 'range',
  title:
    'Range of the mean score: share of records in which the 95 % range, where it is shown, holds the truth',
  columns: ['analyst', 'interviews', 'n'],
  run: ({ of }) =>
    of([spread, says(0.9, 0.8), says95, saysNever, twiceTheLogit], [spread, says95]).flatMap((speaker) =>
      of(LAYOUTS, [alone, fives(0.8), oneLong(0.6, 0.3)]).flatMap((layout) =>
        of([5, 10, 20, 50, 100], [10, 100]).flatMap((n) => coverage(speaker, layout, n, of(4000, 1500))),
      ),
    ),
}

const LAYOUTS = [
  alone,
  pairs,
  fives(0.3),
  fives(0.8),
  fives(1),
  unevenly,
  oneLong(0.3, 0.3),
  oneLong(0.5, 0.3),
  oneLong(0.5, 0.8),
  oneLong(0.6, 0.3),
  crossed,
]

/** What the mean score is of all that the speaker could say. */
function truthOf({ sayings }: Speaker): number {
  const expected = sayings.map(({ mid, truth }) => truth * (1 - mid) ** 2 + (1 - truth) * mid ** 2)
  return sum(expected) / sayings.length
}

function isShown(n: number, partitions: readonly Partition[]): boolean {
  const groups = effectiveGroups(partitions)
  return n >= 5 && groups !== null && groups.clusters >= 3 && groups.effective_clusters >= 2.5
}

function rangeOf(claims: readonly Claim[], partitions: readonly Partition[]): ScoreRange {
  const scores = claims.map(({ saying, outcome }) => brierScore(saying.mid, outcome))
  const flipped = claims.map(({ saying, outcome }) => brierScore(saying.mid, (1 - outcome) as Binary))
  return scoreRange(scores, flipped, partitions) as ScoreRange
}

/** What is counted here is what the page of such a record shows. */
function isOnThePage(claims: readonly Claim[], range: ScoreRange | null): void {
  const shown = recordOf(unitsOf(claims)).headline?.interval ?? null
  if (JSON.stringify(shown) !== JSON.stringify(range && [range.lo, range.hi]))
    throw new Error(`The page shows ${JSON.stringify(shown)}, the simulation ${JSON.stringify(range)}`)
}

function coverage(speaker: Speaker, layout: Layout, n: number, records: number): Line[] {
  const chance = chanceOf(`range ${speaker.name} ${layout.name} ${n}`)
  const truth = truthOf(speaker)
  let [shown, hits] = [0, 0]
  for (let r = 0; r < records; r++) {
    const claims = claimsOf(speaker, layout, n, chance)
    const partitions = partitionsOf(claims)
    const range = isShown(n, partitions) ? rangeOf(claims, partitions) : null
    if (r === 0) isOnThePage(claims, range)
    if (range === null) continue
    const { lo, hi } = range
    shown++
    if (lo <= truth && truth <= hi) hits++
  }
  const of = [speaker.name, layout.name, String(n)]
  return shown === 0 ? [] : [shareLine(of, 'covered', { hits, records: shown }, { least: 0.94 })]
}
