import type { Finding } from '../finding.ts'
import { MAX_ROWS } from '../table-file.ts'
import { below, headerIn, readTable, type Table, type TableRow } from '../table-rows.ts'
import type { SeenFile } from './tracker.ts'

/** A table of text with its cells by the names of their columns, and where they stand. */
export type FileTable = { table: Table; at: ReadonlyMap<string, number>; rows: TableRow[] }

/** The whole of a table, which is held: its rows are joined to those of another file. */
export function fileTable(file: SeenFile): FileTable {
  const table = readTable({ ...file, mostRows: MAX_ROWS })
  const header = headerIn(table.rows)
  return {
    table,
    at: new Map(header?.cells.map((name, i) => [name.trim(), i])),
    rows: [...below(table.rows)],
  }
}

/** A cell that is made: its text, and the row and column of the file that it comes from, which findings point to. */
export type FromFile = { text: string; of: FileTable; line: number; column: string }

export const cellIn = (of: FileTable, row: TableRow, column: string): FromFile => ({
  text: (row.cells[of.at.get(column) ?? -1] ?? '').trim(),
  of,
  line: row.line,
  column,
})

/** Rows made of several files. A row is known by its line in one of them; rows of one line agree on where they come from. */
export function tableOfFiles(
  files: readonly FileTable[],
  columns: readonly string[],
  rows: readonly { line: number; named?: string; cells: readonly FromFile[] }[],
): Table {
  const findings: Finding[] = []
  const take = () => {
    for (const { table } of files) findings.push(...table.findings.splice(0))
  }
  take()
  const places = new Map<number, readonly FromFile[]>()
  for (const { line, cells } of rows) if (!places.has(line)) places.set(line, cells)
  const told = new Set<string>()
  return {
    rows:
      findings.length > 0
        ? null
        : [
            { line: 1, cells: [...columns] },
            ...rows.map(({ line, named, cells }) => ({
              line,
              cells: cells.map(({ text }) => text),
              ...(named === undefined ? {} : { named }),
            })),
          ],
    count: rows.length,
    findings,
    hasDecimalCommas: false,
    report: ({ line, cell }, ...what) => {
      const from = places.get(line)?.[cell ?? 0]
      if (from === undefined) (files[0] as FileTable).table.report({ line: 1 }, ...what)
      else {
        const column = cell === undefined ? undefined : from.of.at.get(from.column)
        // What a question says wrongly is wrong once, however many forecasts are on it.
        const key = JSON.stringify([from.line, column, what])
        if (told.has(key)) return
        told.add(key)
        from.of.table.report({ line: from.line, cell: column }, ...what)
      }
      take()
    },
  }
}
