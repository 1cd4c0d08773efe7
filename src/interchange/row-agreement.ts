import type { ForecastRow, TableMapping } from './forecast-row.ts'
import { grouped, momentOf, personIn, questionsIn, sayingsOf } from './row-groups.ts'
import { type Report, whereOf } from './table-rows.ts'

const APART = 'Give each question its own id with --map id=COLUMN.'

/** What rows of one question must not say differently, and what one person cannot have said twice at once. */
export function agreeing(rows: readonly ForecastRow[], { columns }: TableMapping, report: Report): void {
  const differ = (row: ForecastRow, what: string, first: ForecastRow, remedy: string) =>
    report(
      { line: row.row.line },
      'table_value',
      `${what}: ${whereOf(first.row)} is on the same question`,
      remedy,
    )
  for (const [first, ...others] of grouped(rows, ({ key }) => key) as [ForecastRow, ...ForecastRow[]][])
    for (const row of others)
      if (kindOf(row) !== kindOf(first))
        differ(row, 'the kind of the answer, its range or its unit is another one', first, APART)
  for (const question of questionsIn(rows, columns)) {
    const of = question.sort((a, b) => a.row.line - b.row.line)
    const [first, ...others] = of as [ForecastRow, ...ForecastRow[]]
    const [decided, ...more] = of.filter(({ outcome }) => outcome.value !== null)
    for (const row of more)
      if (decided !== undefined && outcomeOf(row) !== outcomeOf(decided))
        differ(row, 'the outcome or its day is another one', decided, APART)
    const criteria = of.find((row) => row.criteria !== null)
    for (const row of others) {
      if (row.title !== first.title || row.deadline !== first.deadline)
        differ(row, 'the event or its deadline is another one', first, APART)
      if (row.criteria !== null && criteria !== undefined && row.criteria !== criteria.criteria)
        differ(row, 'the criteria are other ones', criteria, APART)
    }
    if (columns.said === undefined && columns.id === undefined) continue
    for (const same of grouped(of, (row) => `${personIn(row)} ${momentOf(row)}`)) {
      const [one, another] = sayingsOf(same)
      if (one !== undefined && another !== undefined)
        differ(
          another,
          'another probability of the same person, and nothing tells which came first',
          one,
          'Name the column of the time with --map created=COLUMN.',
        )
    }
  }
}

const outcomeOf = ({ outcome, known_on }: ForecastRow): string => JSON.stringify([outcome.value, known_on])
const kindOf = ({ answer: { type, range } }: ForecastRow): string => JSON.stringify([type, range])
