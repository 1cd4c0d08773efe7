import type { Binary } from '../../src/scoring/brier.ts'
import { type Simulation, simulateCalibrated } from '../../src/scoring/consistency-band.ts'
import {
  corpDecomposition,
  fittedPerGroup,
  poolAdjacentViolators,
  tieTable,
} from '../../src/scoring/isotonic.ts'
import { chanceOf } from './chance.ts'
import { claimsOf, partitionsOf } from './claims.ts'
import { alone, fives, type Layout, pairs } from './layout.ts'
import { type Line, type Scenario, shareLine } from './report.ts'
import { type Speaker, spread, sure } from './speaker.ts'

export const calibration: Scenario = {
  id: 'calibration',
  title:
    'Analysts whose probabilities are right: share of records beyond the 95 % value of miscalibration, and of rows of dots that leave the grey of 9 in 10',
  columns: ['analyst', 'interviews', 'n'],
  run: ({ of }) =>
    of([spread, sure], [spread]).flatMap((speaker) =>
      of(CASES, CASES.slice(0, 1)).flatMap(({ layout, n }) => beyond(speaker, layout, n, of(600, 200))),
    ),
}

/** Those that are shown: 50 statements in 20 groups; the dots alone from 20 in 10. */
const CASES: { layout: Layout; n: number }[] = [
  { layout: fives(0.8), n: 100 },
  { layout: fives(1), n: 100 },
  { layout: pairs, n: 50 },
  { layout: pairs, n: 100 },
  { layout: alone, n: 50 },
  { layout: alone, n: 100 },
]

/** The isotonic curve at every distinct probability. */
function curveOf(p: readonly number[], y: readonly Binary[]): ArrayLike<number> {
  const table = tieTable(p, y)
  return fittedPerGroup(poolAdjacentViolators(table.size, table.yeses), table.value.length)
}

function beyond(speaker: Speaker, layout: Layout, n: number, records: number): Line[] {
  const chance = chanceOf(`calibration ${speaker.name} ${layout.name} ${n}`)
  let [above, left] = [0, 0]
  for (let r = 0; r < records; r++) {
    const claims = claimsOf(speaker, layout, n, chance)
    const p = claims.map(({ saying }) => saying.mid)
    const y = claims.map(({ outcome }) => outcome)
    const { band, miscalibration_if_calibrated } = simulateCalibrated(p, partitionsOf(claims)) as Simulation
    const own = corpDecomposition(p, y)?.miscalibration as number
    if (own > miscalibration_if_calibrated.q95) above++
    const curve = curveOf(p, y)
    const [lower, upper] = [band.lower as number[], band.upper as number[]]
    if (lower.some((low, k) => (curve[k] as number) < low || (curve[k] as number) > (upper[k] as number)))
      left++
  }
  const of = [speaker.name, layout.name, String(n)]
  return [
    shareLine(of, 'miscalibration', { hits: above, records }, { most: 0.05 }),
    shareLine(of, 'leaves the grey', { hits: left, records }, { most: 0.1 }),
  ]
}
