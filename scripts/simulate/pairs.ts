import { answersOf } from '../../src/scoring/answer.ts'
import { type Answers, pairsOf, rulingsOf } from '../../src/scoring/pair-rulings.ts'
import { rowsOf } from '../../src/scoring/scored-row.ts'
import { type Chance, chanceOf } from './chance.ts'
import { claimsOf } from './claims.ts'
import { alone, fives, type Layout } from './layout.ts'
import { AS_OF, unitsOf } from './record.ts'
import { type Line, type Scenario, shareLine } from './report.ts'
import { expit, logit, spread } from './speaker.ts'

/** How far what somebody says is from what is so, on the logit scale. */
const NOISE = 0.5

export const pairs: Scenario = {
  id: 'pairs',
  title: 'Analysts of equal skill on common questions: share of ledgers in which any two are told apart',
  columns: ['analysts', 'interviews', 'questions'],
  run: ({ of }) => of(CASES, CASES.slice(0, 1)).map((one) => anyToldApart(one, of(600, 200))),
}

type Case = { analysts: number; layout: Layout; n: number }
const CASES: Case[] = [
  { analysts: 5, layout: alone, n: 30 },
  { analysts: 5, layout: fives(0.8), n: 50 },
  { analysts: 10, layout: alone, n: 30 },
  { analysts: 20, layout: alone, n: 30 },
]

/** What each of them says of the same questions: as wrong as the others, in a way of his own. */
function answering({ analysts, layout, n }: Case, chance: Chance): Answers[] {
  const claims = claimsOf(spread, layout, n, chance)
  const questions = unitsOf(claims)
  return Array.from({ length: analysts }, (_, who) => {
    const units = questions.map((unit, i) => {
      const { truth } = (claims[i] as (typeof claims)[number]).saying
      const probability = expit(logit(truth) + NOISE * chance.normal())
      return { ...unit, statements: unit.statements.map((said) => ({ ...said, probability })) }
    })
    return { id: `analyst-${who}`, answers: answersOf(rowsOf(units, AS_OF)) }
  })
}

function anyToldApart(one: Case, records: number): Line {
  const { analysts, layout, n } = one
  const chance = chanceOf(`pairs ${analysts} ${layout.name} ${n}`)
  let hits = 0
  for (let r = 0; r < records; r++) {
    const { pairs: ruled } = rulingsOf(pairsOf(answering(one, chance)))
    if (ruled.some(({ told_apart }) => told_apart)) hits++
  }
  const of = [String(analysts), layout.name, String(n)]
  return shareLine(of, 'told apart', { hits, records }, { most: 0.05 })
}
