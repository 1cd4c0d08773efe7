import { againstReferences, estimatesOf } from '../../src/scoring/estimates.ts'
import { rowsOf } from '../../src/scoring/scored-row.ts'
import { scoredRows, statedRows } from '../../src/scoring/track-record.ts'
import { type Chance, chanceOf } from './chance.ts'
import { claimsOf } from './claims.ts'
import { alone, fives, type Layout } from './layout.ts'
import { AS_OF, unitsOf } from './record.ts'
import { type Line, type Scenario, shareLine } from './report.ts'
import { expit, logit, spread } from './speaker.ts'

type Case = { analysts: number; n: number; layout: Layout; uneven: boolean }

const CASES: Case[] = [
  { analysts: 5, n: 20, layout: alone, uneven: false },
  { analysts: 5, n: 50, layout: alone, uneven: true },
  { analysts: 5, n: 50, layout: fives(0.8), uneven: false },
  { analysts: 20, n: 20, layout: alone, uneven: true },
  { analysts: 20, n: 50, layout: alone, uneven: false },
]

export const estimates: Scenario = {
  id: 'estimates',
  title: 'Analysts who are all as good as their references: share of ledgers that say that analysts differ',
  columns: ['analysts', 'interviews', 'n each', 'spread of scores'],
  run: ({ of }) => of(CASES, CASES.slice(0, 1)).map((one) => shown(one, of(600, 150))),
}

/** What somebody gave, against references that are as wrong as he is. */
function oneOf({ n, layout }: Case, noise: number, chance: Chance) {
  const claims = claimsOf(spread, layout, n, chance)
  const wrongly = (truth: number) => expit(logit(truth) + noise * chance.normal())
  const units = unitsOf(claims).map((unit, i) => {
    const { truth } = (claims[i] as (typeof claims)[number]).saying
    const statements = unit.statements.map((said) => ({ ...said, probability: wrongly(truth) }))
    return { ...unit, statements, reference: wrongly(truth) }
  })
  return againstReferences(statedRows(scoredRows(rowsOf(units, AS_OF))))
}

function shown(one: Case, records: number): Line {
  const { analysts, n, layout, uneven } = one
  const spreadOf = uneven ? 'of two kinds' : 'alike'
  const chance = chanceOf(`estimates ${analysts} ${layout.name} ${n} ${spreadOf}`)
  let hits = 0
  for (let r = 0; r < records; r++) {
    const people = Array.from({ length: analysts }, (_, i) => ({
      id: `analyst-${i}`,
      name: `Analyst ${i}`,
      against_references: oneOf(one, uneven && i % 2 === 1 ? 1.5 : 0.5, chance),
    }))
    if (typeof estimatesOf(people) === 'object') hits++
  }
  return shareLine(
    [String(analysts), layout.name, String(n), spreadOf],
    'shown',
    { hits, records },
    { most: 0.05 },
  )
}
