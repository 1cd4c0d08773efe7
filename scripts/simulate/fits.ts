import { fitTest } from '../../src/scoring/fit-test.ts'
import { chanceOf } from './chance.ts'
import { claimsOf, partitionsOf } from './claims.ts'
import { alone, fives, type Layout, oneLong } from './layout.ts'
import { type Line, type Scenario, shareLine } from './report.ts'
import { type Speaker, says } from './speaker.ts'

export const fits: Scenario = {
  id: 'fits',
  title: 'Analysts who are off by 10 points in 100: share of records that are said to fit',
  columns: ['analyst', 'interviews', 'n'],
  run: ({ of }) =>
    of([says(0.8, 0.7), says(0.8, 0.9), says(0.9, 0.8)], [says(0.8, 0.7)]).flatMap((speaker) =>
      of([alone, fives(0.8), oneLong(0.5, 0.8)], [alone]).flatMap((layout) =>
        of([50, 100, 200], [100]).map((n) => saidToFit(speaker, layout, n, of(2000, 1000))),
      ),
    ),
}

function saidToFit(speaker: Speaker, layout: Layout, n: number, records: number): Line {
  const chance = chanceOf(`fits ${speaker.name} ${layout.name} ${n}`)
  let hits = 0
  for (let r = 0; r < records; r++) {
    const claims = claimsOf(speaker, layout, n, chance)
    const { fits: fitting } = fitTest(
      claims.map(({ saying }) => saying),
      claims.map(({ outcome }) => outcome),
      partitionsOf(claims),
    )
    if (fitting) hits++
  }
  return shareLine([speaker.name, layout.name, String(n)], 'fits', { hits, records }, { most: 0.05 })
}
