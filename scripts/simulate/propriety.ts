import { sum } from '../../src/scoring/summation.ts'
import { chanceOf } from './chance.ts'
import { alone, fives, type Layout } from './layout.ts'
import { differs } from './lead.ts'
import { recordOf } from './record.ts'
import { type Line, meanLine, type Scenario, shareLine } from './report.ts'
import { honest, honestAtEven, lastHonest, type Reviser, revisedUnits, stairs } from './reviser.ts'

export const propriety: Scenario = {
  id: 'propriety',
  title:
    'Who says it again and again: “worse by” is the mean score beyond that of honesty; “differs” is said of so many records',
  columns: ['analyst', 'interviews', 'n'],
  run: ({ of }) =>
    of([alone, fives(0.8)], [alone]).flatMap((layout) =>
      of([50, 100], [50]).flatMap((n) => compared(layout, n, of(300, 40))),
    ),
}

type Told = { of: string[]; scores: number[]; differing: number; records: number }

function told(who: Reviser, layout: Layout, n: number, records: number): Told {
  const chance = chanceOf(`propriety ${who.name} ${layout.name} ${n}`)
  const made = Array.from({ length: records }, () => recordOf(revisedUnits(who, layout, n, chance)))
  return {
    of: [who.name, layout.name, String(n)],
    scores: made.flatMap(({ headline }) => (headline === null ? [] : [headline.brier])),
    differing: made.filter(differs).length,
    records,
  }
}

const average = (values: readonly number[]): number => sum(values) / values.length

function compared(layout: Layout, n: number, records: number): Line[] {
  const differsIn = ({ of, differing }: Told, bound: { most: number } | { least: number }) =>
    shareLine(of, 'differs', { hits: differing, records }, bound)
  const even = told(honestAtEven, layout, n, records)
  const worse = ({ of, scores }: Told) => {
    const beyond = scores.map((score, r) => score - (even.scores[r] as number))
    const error = Math.sqrt(sum(beyond.map((x) => (x - average(beyond)) ** 2))) / beyond.length
    return meanLine(of, 'worse by', { mean: average(beyond), error, records }, { least: 0 })
  }
  const [liar, steps] = [lastHonest, stairs].map((who) => told(who, layout, n, records)) as [Told, Told]
  return [
    differsIn(told(honest, layout, n, records), { most: 0.05 }),
    differsIn(even, { most: 0.05 }),
    worse(liar),
    differsIn(liar, { least: 0.95 }),
    worse(steps),
  ]
}
