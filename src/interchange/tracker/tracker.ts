import type { TableMappingFile } from '../../core/table-mapping.ts'
import { counted } from '../../core/text.ts'
import type { TrackerMapping } from '../forecast-row.ts'
import type { Report, Table, TableRow } from '../table-rows.ts'

/** A file as its beginning shows what it is. */
export type SeenFile = {
  path: string
  bytes: Uint8Array
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
  const [header, ...body] = rows ?? []
  return {
    ...table,
    rows:
      header === undefined
        ? null
        : [
            { line: header.line, cells: columns.map(({ name }) => name) },
            ...body.map(({ line, cells }) => ({
              line,
              cells: columns.map((column) => column.cell?.(cells) ?? cells[originOf(column, cells)] ?? ''),
            })),
          ],
    report: ({ line, cell }, ...what) => {
      const column = columns[cell ?? -1]
      const cells = rows?.find((row) => row.line === line)?.cells ?? []
      report({ line, cell: column === undefined ? undefined : originOf(column, cells) }, ...what)
    },
  }
}

/** The rows of a table that a reader takes, and how many it passes over. */
export function kept(table: Table, isKept: (row: TableRow) => boolean): { table: Table; passed: number } {
  const [header, ...body] = table.rows ?? []
  if (header === undefined) return { table, passed: 0 }
  const rows = body.filter(isKept)
  return { table: { ...table, rows: [header, ...rows] }, passed: body.length - rows.length }
}

/**
 * Trackers take forecasts after the day on which a question was due or decided, which no table of ours may hold: such a
 * row is left out, and a note says so, because whoever imports can mend nothing there.
 */
export function withoutLate(table: Table): { table: Table; notes: () => string[] } {
  const lines = new Set<number>()
  const noun = table.rows?.[1]?.named === undefined ? 'line' : 'forecast'
  const named = new Map(table.rows?.map((row) => [row.line, row.named]))
  const shownAt = (line: number) => named.get(line)?.replace(/^forecast /u, '') ?? String(line)
  const report: Report = (place, code, ...what) => {
    if (code === 'table_late') lines.add(place.line)
    else table.report(place, code, ...what)
  }
  return {
    table: { ...table, report },
    notes: () =>
      lines.size === 0
        ? []
        : [
            `Left out: ${counted(lines.size, 'forecast')} made after the question was due or decided (${placesIn([...lines].map(shownAt), noun)}).`,
          ],
  }
}

const MOST_PLACES = 10

/** `lines 3, 4, 7`: the first of them, where they are many. */
function placesIn(lines: readonly string[], noun: string): string {
  const first = lines.slice(0, MOST_PLACES).join(', ')
  return `${noun}${lines.length === 1 ? '' : 's'} ${first}${lines.length > MOST_PLACES ? ' …' : ''}`
}
