import type { TableMappingFile } from '../../core/table-mapping.ts'
import { counted } from '../../core/text.ts'
import type { TrackerMapping } from '../forecast-row.ts'
import type { TableFile } from '../table-file.ts'
import { below, headerIn, type Report, type RowPlace, type Table, type TableRow } from '../table-rows.ts'

/** A file as its beginning shows what it is. */
export type SeenFile = TableFile & {
  /** The names in the first line of a table of text; null where it is JSON or no text. */
  header: readonly string[] | null
  /** What it is as JSON; undefined where it is none. */
  json: unknown
}

/** What the columns of such a table mean: as a mapping says it, so that the user says only the rest. */
export type Meant = Pick<
  TableMappingFile,
  'title' | 'not_analyst' | 'outcomes' | 'cluster' | 'quantiles' | 'level' | 'range' | 'where'
> & {
  columns: NonNullable<TableMappingFile['columns']>
} & TrackerMapping

/** The files of a tracker as one table. Everything behind it is what tables go through. */
export type TrackerTable = {
  table: Table
  meant: Meant
  /** Once it was read: what was left out and why, and what its numbers are. */
  notes: () => string[]
}

/** A format of another tracker. */
export type Tracker = {
  /** As people are told: `a CSV export of Fatebook`. */
  name: string
  /** Its times bear no zone, which whoever imports has to name. */
  isLocal: boolean
  /** What to say where nobody is named although the file names nobody, if not what a table says. */
  unnamed?: string | undefined
  /** Whether files are of it: by what is in them, never by their names. */
  knows: (files: readonly SeenFile[]) => boolean
  read: (files: readonly SeenFile[]) => TrackerTable
}

export type Tracked = TrackerTable & Pick<Tracker, 'name' | 'isLocal' | 'unnamed'>

/** Whether a header has all of these names, in any order and among others. */
export const hasColumns = ({ header }: SeenFile, names: readonly string[]): boolean =>
  header !== null && names.every((name) => header.includes(name))

/** A column of a table that was made of another: from which cell it comes, which is where findings point. */
export type MadeColumn = {
  name: string
  from: number | ((cells: readonly string[]) => number)
  cell?: (cells: readonly string[]) => string
}
const originOf = ({ from }: MadeColumn, cells: readonly string[]): number =>
  typeof from === 'number' ? from : from(cells)

/** The rows of a table under other columns; the header first, as ever. */
export function made(table: Table, columns: readonly MadeColumn[]): Table {
  const { rows, report } = table
  const header = headerIn(rows)
  let last: TableRow | undefined
  const cellsAt = (line: number): readonly string[] => {
    if (last?.line === line) return last.cells
    for (const row of rows ?? []) if (row.line === line) return row.cells
    return []
  }
  return {
    ...table,
    rows:
      header === undefined
        ? null
        : {
            *[Symbol.iterator]() {
              yield { line: header.line, cells: columns.map(({ name }) => name) }
              for (last of below(rows)) {
                const { line, cells } = last
                const cellOf = (column: MadeColumn) =>
                  column.cell?.(cells) ?? cells[originOf(column, cells)] ?? ''
                yield { line, cells: columns.map(cellOf) }
              }
            },
          },
    report: ({ line, cell }, ...what) => {
      const column = columns[cell ?? -1]
      report({ line, cell: column && originOf(column, cellsAt(line)) }, ...what)
    },
  }
}

/** The rows of a table that a reader takes, and how many it passes over, once they were read. */
export function kept(
  table: Table,
  isKept: (row: TableRow) => boolean,
): { table: Table; passed: () => number } {
  const { rows } = table
  const header = headerIn(rows)
  let passed = 0
  if (header === undefined) return { table, passed: () => 0 }
  const taken = {
    *[Symbol.iterator]() {
      yield header
      passed = 0
      for (const row of below(rows))
        if (isKept(row)) yield row
        else passed++
    },
  }
  return { table: { ...table, rows: taken }, passed: () => passed }
}

/**
 * Trackers take forecasts after the day on which a question was due or decided, which no table of ours may hold: such a
 * row is left out, and a note says so, because whoever imports can mend nothing there.
 */
export function withoutLate(table: Table): { table: Table; notes: () => string[] } {
  const first: RowPlace[] = []
  let [late, lastLate, isNamed] = [0, -1, false]
  let last: TableRow | undefined
  const rows = table.rows && {
    *[Symbol.iterator]() {
      for (last of table.rows ?? []) {
        isNamed ||= last.named !== undefined
        yield last
      }
    },
  }
  const report: Report = (place, code, ...what) => {
    if (code !== 'table_late') return table.report(place, code, ...what)
    if (lastLate === place.line) return
    lastLate = place.line
    late++
    if (first.length < MOST_PLACES)
      first.push({ line: place.line, ...(last?.named === undefined ? {} : { named: last.named }) })
  }
  const shownAt = ({ line, named }: RowPlace) => named?.replace(/^forecast /u, '') ?? String(line)
  return {
    table: { ...table, rows, report },
    notes: () =>
      late === 0
        ? []
        : [
            `Left out: ${counted(late, 'forecast')} made after the question was due or decided (${placesIn(first.map(shownAt), late, isNamed ? 'forecast' : 'line')}).`,
          ],
  }
}

const MOST_PLACES = 10

/** `lines 3, 4, 7`: the first of them, where they are many. */
function placesIn(first: readonly string[], all: number, noun: string): string {
  return `${noun}${all === 1 ? '' : 's'} ${first.join(', ')}${all > first.length ? ' …' : ''}`
}
