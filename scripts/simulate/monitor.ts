import { eProcess } from '../../src/scoring/e-process.ts'
import { type Chance, chanceOf } from './chance.ts'
import { type Claim, claimsOf, partitionsOf } from './claims.ts'
import { alone, fives, type Layout, oneLong, pairs, unevenly } from './layout.ts'
import { type Line, type Scenario, shareLine } from './report.ts'
import { type Speaker, spread, sure, wordsAtTheEdge } from './speaker.ts'

const N = 100
/** A record shows no monitor before. */
const [LEAST, LEAST_GROUPS] = [5, 3]

export const monitor: Scenario = {
  id: 'monitor',
  title: `Analysts whose probabilities are right, until ${N} are decided: share of records that ever see an alarm`,
  columns: ['analyst', 'interviews'],
  run: ({ of }) =>
    of([spread, sure, wordsAtTheEdge], [sure]).flatMap((speaker) =>
      of([alone, pairs, fives(0.8), fives(1), unevenly, oneLong(0.5, 0.8)], [alone, fives(1)]).flatMap(
        (layout) => alarms(speaker, layout, of(400, 100)),
      ),
    ),
}

/** The same claims in the order in which they are decided, whatever their interview. */
function shuffled(claims: readonly Claim[], chance: Chance): Claim[] {
  return claims
    .map((claim) => ({ claim, at: chance.uniform() }))
    .sort((a, b) => a.at - b.at)
    .map(({ claim }) => claim)
}

function processOf(claims: readonly Claim[]) {
  return eProcess(
    claims.map(({ saying }) => saying),
    claims.map(({ outcome }) => outcome),
    partitionsOf(claims),
    claims.map((_, i) => i),
  )
}

function alarms(speaker: Speaker, layout: Layout, records: number): Line[] {
  const chance = chanceOf(`monitor ${speaker.name} ${layout.name}`)
  let [atEnds, everLooked] = [0, 0]
  for (let r = 0; r < records; r++) {
    const claims = shuffled(claimsOf(speaker, layout, N, chance), chance)
    if (processOf(claims).alarm) atEnds++
    const seen = claims.some((_, last) => {
      const decided = claims.slice(0, last + 1)
      const groups = new Set(decided.map(({ interview }) => interview)).size
      return decided.length >= LEAST && groups >= LEAST_GROUPS && processOf(decided).e >= 20
    })
    if (seen) everLooked++
  }
  const of = [speaker.name, layout.name]
  return [
    shareLine(of, 'at the ends of groups', { hits: atEnds, records }, { most: 0.05 }),
    shareLine(of, 'after every decision', { hits: everLooked, records }, { most: 0.05 }),
  ]
}
