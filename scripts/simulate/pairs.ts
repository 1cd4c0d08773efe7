import { pairVerdicts } from '../../src/scoring/pair-verdicts.ts'
import { type Paired, pairedDifference } from '../../src/scoring/paired.ts'
import { type Chance, chanceOf } from './chance.ts'
import { claimsOf } from './claims.ts'
import { alone, fives, type Layout } from './layout.ts'
import { type Line, type Scenario, shareLine } from './report.ts'
import { expit, logit, spread } from './speaker.ts'

/** How far what somebody says is from what is so, on the logit scale. */
const NOISE = 0.5

export const pairs: Scenario = {
  id: 'pairs',
  title: 'Analysts of equal skill on common questions: share of ledgers in which any two are told apart',
  columns: ['analysts', 'interviews', 'questions'],
  run: ({ of }) =>
    of(CASES, CASES.slice(0, 1)).map(({ analysts, layout, n }) =>
      anyToldApart(analysts, layout, n, of(400, 200)),
    ),
}

type Case = { analysts: number; layout: Layout; n: number }
const CASES: Case[] = [
  { analysts: 5, layout: alone, n: 30 },
  { analysts: 5, layout: fives(0.8), n: 50 },
  { analysts: 10, layout: alone, n: 30 },
  { analysts: 20, layout: alone, n: 30 },
]

/** What each of them says about the same questions: as wrong as the others, in his own way. */
export function ledgerOf(analysts: number, layout: Layout, n: number, chance: Chance) {
  const questions = claimsOf(spread, layout, n, chance)
  return {
    outcomes: questions.map(({ outcome }) => outcome),
    interviews: questions.map(({ interview }) => interview),
    said: Array.from({ length: analysts }, () =>
      questions.map(({ saying }) => expit(logit(saying.truth) + NOISE * chance.normal())),
    ),
  }
}

function anyToldApart(analysts: number, layout: Layout, n: number, records: number): Line {
  const chance = chanceOf(`pairs ${analysts} ${layout.name} ${n}`)
  let hits = 0
  for (let r = 0; r < records; r++) {
    const { outcomes, interviews, said } = ledgerOf(analysts, layout, n, chance)
    const compared = said.flatMap((own, i) =>
      said.slice(i + 1).map((other) => {
        const { mean, range } = pairedDifference(own, other, outcomes, [interviews]) as Paired
        return { n, mean, se: range.se, df: range.df }
      }),
    )
    if (pairVerdicts(compared).pairs.some(({ told_apart }) => told_apart)) hits++
  }
  return shareLine(
    [String(analysts), layout.name, String(n)],
    'told apart',
    { hits, records },
    { most: 0.05 },
  )
}
