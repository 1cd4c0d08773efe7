import type { ColumnNames } from '../core/table-mapping.ts'
import type { ForecastRow } from './forecast-row.ts'

/** How rows belong together: by question, by person, by time. The order of the rows has no part in it. */

export const personIn = ({ name }: ForecastRow): string => name?.toLowerCase() ?? ''

/** Rows by a key, in the order in which each comes first. */
export function grouped(rows: readonly ForecastRow[], keyOf: (row: ForecastRow) => string): ForecastRow[][] {
  const groups = new Map<string, ForecastRow[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group === undefined) groups.set(keyOf(row), [row])
    else group.push(row)
  }
  return [...groups.values()]
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
/** Two rows say the same when this is equal. */
const sayingIn = ({ answer: { probability, text } }: ForecastRow): string =>
  typeof probability === 'number' ? String(probability) : text + JSON.stringify(probability)
const byAnswer = (a: ForecastRow, b: ForecastRow): number => {
  const [p, q] = [a.answer.probability, b.answer.probability]
  return typeof p === 'number' && typeof q === 'number' ? p - q : compare(sayingIn(a), sayingIn(b))
}

export const momentOf = ({ said, created }: ForecastRow) =>
  `${said.day} ${said.order}${said.fraction} ${created}`
/** In the order of saying. */
const ordered = (rows: readonly ForecastRow[]): ForecastRow[] =>
  [...rows].sort((a, b) => compare(momentOf(a), momentOf(b)) || byAnswer(a, b))

/** What was said, in order: a row that stands twice, the same at the same moment, is one saying. */
export const sayingsOf = (rows: readonly ForecastRow[]): ForecastRow[] =>
  ordered(rows).filter((row, n, all) => {
    const before = all[n - 1]
    return before === undefined || momentOf(row) !== momentOf(before) || sayingIn(row) !== sayingIn(before)
  })

/**
 * Rows by the question they are of, each in the order of saying. Where nothing tells when something was said, a second
 * row of one person on one event and day is another event of that name, as two games of one day are.
 */
export function questionsIn(rows: readonly ForecastRow[], columns: ColumnNames): ForecastRow[][] {
  const groups = grouped(rows, ({ key }) => key)
    .map(ordered)
    .sort(([a], [b]) => compare(a?.key ?? '', b?.key ?? ''))
  if (columns.said !== undefined || columns.id !== undefined) return groups
  return groups.flatMap((group) => {
    const nth: ForecastRow[][] = []
    for (const own of grouped(group, personIn))
      for (const [n, row] of own.sort(byAnswer).entries()) nth[n] = [...(nth[n] ?? []), row]
    return nth
  })
}
