import { shown } from './finding.ts'
import { type ForecastRow, readRow, type TableMapping } from './forecast-row.ts'
import { joined } from './option-rows.ts'
import { agreeing } from './row-agreement.ts'
import { placesOf } from './table-columns.ts'
import { MAX_FINDINGS } from './table-file.ts'
import { below, headerIn, type Report, type Table, type TableRow } from './table-rows.ts'

/** Reports no more than anybody mends at once. */
const bounded =
  ({ findings, report }: Table): Report =>
  (...finding) => {
    if (findings.length < MAX_FINDINGS) report(...finding)
  }

/** What each row of a table says, one after the other: null of one that is not wanted, or in which something is wrong. */
export function* forecastRows(table: Table, mapping: TableMapping): Generator<ForecastRow | null> {
  const { findings, rows, hasDecimalCommas: hasCommas } = table
  const report = bounded(table)
  const header = headerIn(rows) as TableRow
  const at = placesOf(header, mapping, report)
  if (at === null) return
  let read = 0
  for (const row of below(rows)) {
    if (findings.length >= MAX_FINDINGS) break
    const cell = (name: string) => (row.cells[at.get(name) as number] ?? '').trim()
    const isWanted = mapping.where.every(({ column, value }) => cell(column) === value)
    const found = isWanted ? readRow({ row, cell, at, mapping, report, hasCommas }) : null
    if (found !== null) read++
    yield found
  }
  if (read > 0 || findings.length > 0) return
  report(
    { line: header.line },
    'table_value',
    mapping.where.length === 0
      ? 'no forecast is left to record'
      : `no row has ${mapping.where.map(({ column, value }) => `${shown(value)} in ${column}`).join(' and ')}`,
    mapping.where.length === 0
      ? 'All of it was left out: the import says why.'
      : 'Write the value as it stands in the table.',
  )
}

/**
 * The forecasts that rows are: those of options put together, and all held against each other. Rows of one question (of
 * one `key`) belong in one call.
 */
export function forecastsOf(
  rows: readonly ForecastRow[],
  table: Table,
  mapping: TableMapping,
): ForecastRow[] {
  const report = bounded(table)
  const forecasts = joined(rows, mapping, report)
  agreeing(forecasts, mapping, report)
  return forecasts
}

/** The forecasts of a table that is held whole, or null where there is a finding. */
export function readForecasts(table: Table, mapping: TableMapping): ForecastRow[] | null {
  const rows = [...forecastRows(table, mapping)].filter((row) => row !== null)
  if (table.findings.length > 0) return null
  const forecasts = forecastsOf(rows, table, mapping)
  return table.findings.length > 0 ? null : forecasts
}
