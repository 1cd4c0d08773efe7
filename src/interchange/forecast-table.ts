import { shown } from './finding.ts'
import { type ForecastRow, readRow, type TableMapping } from './forecast-row.ts'
import { joined } from './option-rows.ts'
import { agreeing } from './row-agreement.ts'
import { placesOf } from './table-columns.ts'
import { MAX_FINDINGS, type Report, type Table, type TableRow } from './table-rows.ts'

/** The forecasts that the rows of a table are, or null where there is a finding: all are of lines and columns of it. */
export function readForecasts(
  { rows, findings, ...table }: Table,
  mapping: TableMapping,
): ForecastRow[] | null {
  const report: Report = (...finding) => {
    if (findings.length < MAX_FINDINGS) table.report(...finding)
  }
  const [header, ...body] = rows as [TableRow, ...TableRow[]]
  const at = placesOf(header, mapping, report)
  if (at === null) return null
  const read: ForecastRow[] = []
  for (const row of body) {
    if (findings.length >= MAX_FINDINGS) break
    const cell = (name: string) => (row.cells[at.get(name) as number] ?? '').trim()
    if (mapping.where.some(({ column, value }) => cell(column) !== value)) continue
    const found = readRow({ row, cell, at, mapping, report, hasCommas: table.hasDecimalCommas })
    if (found !== null) read.push(found)
  }
  if (read.length === 0 && findings.length === 0)
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
  if (findings.length > 0) return null
  const forecasts = joined(read, mapping, report)
  agreeing(forecasts, mapping, report)
  return findings.length > 0 ? null : forecasts
}
