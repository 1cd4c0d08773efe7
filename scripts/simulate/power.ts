import { chanceOf } from './chance.ts'
import { claimsOf } from './claims.ts'
import { alone, fives, type Layout } from './layout.ts'
import { differs, shareOf } from './lead.ts'
import { recordOf, unitsOf } from './record.ts'
import type { Line, Scenario } from './report.ts'
import { lessExtreme, missesNoChance, type Speaker, says, tilted, twiceTheLogit } from './speaker.ts'

/** Somebody who is wrong, and in how many records that is at least to be seen: on top, and by the test of claims. */
type Case = { speaker: Speaker; layout: Layout; n: number; lead: number; claims?: number; records?: number }

/** Of what the methods page says, more records. */
const PUBLISHED = 4000

/** What it came to when the rule was made, or the exact power of the test. */
const CASES: Case[] = [
  { speaker: says(0.9, 0.8), layout: alone, n: 50, lead: 0.3, claims: 0.56, records: PUBLISHED },
  { speaker: says(0.9, 0.7), layout: alone, n: 50, lead: 0.87, claims: 0.97 },
  { speaker: tilted, layout: alone, n: 100, lead: 0.9 },
  { speaker: says(0.9, 0.8), layout: alone, n: 20, lead: 0.09, claims: 0.19, records: PUBLISHED },
  { speaker: says(0.9, 0.8), layout: alone, n: 100, lead: 0.64, claims: 0.78 },
  { speaker: says(0.9, 0.7), layout: alone, n: 20, lead: 0.39, claims: 0.58 },
  { speaker: says(0.9, 0.7), layout: fives(0.5), n: 100, lead: 0.58, claims: 0.75 },
  { speaker: tilted, layout: alone, n: 50, lead: 0.6 },
  { speaker: twiceTheLogit, layout: alone, n: 50, lead: 0.4 },
  { speaker: twiceTheLogit, layout: alone, n: 100, lead: 0.65 },
  { speaker: missesNoChance, layout: alone, n: 100, lead: 0.35 },
  { speaker: lessExtreme, layout: alone, n: 100, lead: 0.3 },
]

export const power: Scenario = {
  id: 'power',
  title: 'Analysts who are wrong: share of pages that say so, and of tests of claims below .05',
  columns: ['analyst', 'interviews', 'n'],
  run: ({ of }) => of(CASES, CASES.slice(0, 3)).flatMap((one) => seen(one, of(one.records ?? 500, 120))),
}

function seen({ speaker, layout, n, lead, claims }: Case, records: number): Line[] {
  const chance = chanceOf(`power ${speaker.name} ${layout.name} ${n}`)
  const made = Array.from({ length: records }, () => recordOf(unitsOf(claimsOf(speaker, layout, n, chance))))
  const of = [speaker.name, layout.name, String(n)]
  const lines = [shareOf(of, 'differs', made, differs, { least: lead })]
  if (claims === undefined) return lines
  const low = shareOf(of, 'claims test', made, (r) => (r.claims.p_value ?? 1) < 0.05, { least: claims })
  return [...lines, low]
}
