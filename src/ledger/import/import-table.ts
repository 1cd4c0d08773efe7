import type { Analyst, AnalystRequest } from '../../core/analyst.ts'
import { nameKey } from '../../core/name.ts'
import type { Source } from '../../core/source.ts'
import type { TableMappingFile } from '../../core/table-mapping.ts'
import { addressKey } from '../../core/text.ts'
import type { Finding } from '../../interchange/finding.ts'
import type { ForecastRow, TableMapping } from '../../interchange/forecast-row.ts'
import { MAX_FINDINGS, type TableFile } from '../../interchange/table-file.ts'
import type { AnalystOf } from '../../interchange/table-records.ts'
import type { Table } from '../../interchange/table-rows.ts'
import type { Tracked } from '../../interchange/tracker/tracker.ts'
import type { Pause } from '../../store/database.ts'
import { findSourceByAddress } from '../../store/lookups.ts'
import { memoryScratch, type Pile, type Scratch } from '../../store/scratch.ts'
import { type Ledger, requireRole, type Unit } from '../ledger.ts'
import { besideHeld, keepEarlierDays, keepOptions, type Named, type TablePart } from './beside-held.ts'
import { aboutOf, type ImportResult, importParts, type Parts, type Writing } from './import-folder.ts'
import type { FileReader } from './read-file.ts'
import { analystsOf, grown, type Names, newSource } from './table-people.ts'

/** A table to import: its file, and what its columns mean. */
export type TableRequest = {
  file: TableFile
  /** Whose it is; null where a column says. */
  analyst: AnalystRequest | null
  source: { title: string; url: string }
  mapping: TableMapping
  /** What was made of the file already, where it is a tracker's. */
  tracked?: Tracked | undefined
  /** What was said besides it. */
  told?: TableMappingFile | undefined
}

/**
 * Brings the ledger up to a table; writes nothing when anything is wrong with one of its rows. Where there is room on a
 * disk (`writing.scratch`), memory holds the rows of one question, or a thousand, at a time: they are read, sorted by
 * their questions, held against each other and against the ledger, decided on, and only then written.
 */
export async function importTable(
  ledger: Ledger,
  unit: Unit,
  request: TableRequest,
  reader: FileReader,
  writing: Writing = {},
): Promise<ImportResult> {
  requireRole(unit, 'recorder')
  const room = (writing.scratch ?? memoryScratch)()
  try {
    return await imported(ledger, unit, request, reader, { ...writing, room })
  } finally {
    room.close()
  }
}

async function imported(
  ledger: Ledger,
  unit: Unit,
  { file, analyst, source: asked, mapping, tracked }: TableRequest,
  reader: FileReader,
  writing: Writing & { room: Scratch },
): Promise<ImportResult> {
  const { db } = ledger
  const { room } = writing
  const table = tracked?.table ?? reader.readTable(file)
  const left = () => tracked?.notes() ?? []
  const found = () => ({ findings: byLine(table.findings), imported: null, notes: left() })
  const read = table.rows === null ? null : await rowsOf(table, mapping, reader, ledger.pause, writing)
  if (read === null) return found()
  const analystOf = await analystsOf(db, analyst, read.names, table.report)
  const held = await findSourceByAddress(db, addressKey(asked.url))
  const address = held?.record ?? (await newSource(db, asked, mapping.accessed))
  const named = { questions: room.index<true>(), statements: room.index<true>() }
  const made =
    table.findings.length > 0
      ? null
      : await partsOf(ledger, { table, mapping, source: address, analystOf, read }, reader, {
          ...writing,
          named: held === null ? null : named,
        })
  const older =
    made === null || held === null
      ? []
      : await besideHeld(db, address.id, { parts: made.parts, named }, table, room)
  if (made === null || table.findings.length > 0) return found()
  const { parts, analysts, lastDay, count } = made
  const source =
    held === null ? { ...address, published: lastDay } : grown(address, lastDay, mapping.accessed)
  const first = {
    ...NOTHING,
    analysts: analysts.map((record) => ({ record })),
    sources: [{ record: source, amends: 'The table was read again and has grown.' }],
  }
  const wanted: Parts = {
    parts: {
      *[Symbol.iterator]() {
        yield first
        for (const { records } of parts) yield { ...NOTHING, ...records }
      },
    },
    count,
    isWanted: (id) => named.statements.get(id) === true || named.questions.get(id) === true,
  }
  const done = await importParts(ledger, unit, wanted, writing)
  return { findings: table.findings, imported: done, notes: [...left(), ...older], about: aboutOf(first) }
}

const NOTHING = { analysts: [], sources: [], statements: [], questions: [], references: [], forecasts: [] }

/** Questions were held against each other in an order of their own; people read a file from its top. */
const byLine = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1))

type Rows = { rows: Pile<ForecastRow>; count: number; names: Names }

/** After so many rows others get their turn. */
const TURN = 1_000

/** The rows by the question they are of; null where something is wrong with one. */
async function rowsOf(
  table: Table,
  mapping: TableMapping,
  reader: FileReader,
  pause: Pause,
  { room, progress }: Writing & { room: Scratch },
): Promise<Rows | null> {
  const rows = room.pile<ForecastRow>()
  const names = new Map<string, { name: string; line: number }>()
  const show = progress?.('Reading rows')
  let [done, count] = [0, 0]
  for (const row of reader.forecastRows(table, mapping)) {
    if (row !== null && table.findings.length === 0) {
      count++
      rows.add(row, row.key)
      const key = row.name === null ? null : nameKey(row.name)
      if (key !== null && !names.has(key)) names.set(key, { name: row.name as string, line: row.row.line })
    }
    if (++done % TURN !== 0) continue
    show?.(done, table.count)
    await pause(0)
  }
  show?.(table.count, table.count)
  return table.findings.length > 0 ? null : { rows, count, names }
}

type Sought = { table: Table; mapping: TableMapping; source: Source; analystOf: AnalystOf; read: Rows }

/** The records of the rows, held against each other and against what the ledger has of their questions. */
async function partsOf(
  { db, pause }: Ledger,
  { table, mapping, source, analystOf, read }: Sought,
  reader: FileReader,
  { room, progress, named }: Writing & { room: Scratch; named: Named | null },
): Promise<{ parts: Pile<TablePart>; analysts: Analyst[]; lastDay: string; count: number } | null> {
  const [parts, taken] = [room.pile<TablePart>(), room.index<number>()]
  const analysts = new Map<string, Analyst>()
  const show = progress?.('Comparing rows')
  let [lastDay, done, count] = ['', 0, 0]
  for (const rows of questionsOf(read.rows)) {
    const forecasts = reader.forecastsOf(rows, table, mapping)
    if (table.findings.length >= MAX_FINDINGS) break
    if (table.findings.length === 0) {
      lastDay = lastDayOf(forecasts, lastDay)
      const records = reader.recordsOf(forecasts, mapping, source, analystOf, taken)
      for (const { record } of records.analysts) analysts.set(record.id, record)
      const { statements, questions, forecasts: said } = records
      const part: TablePart = {
        records: { statements, questions, forecasts: said },
        lines: linesOf(questions, forecasts),
      }
      if (named !== null) {
        await keepOptions(db, part, table)
        await keepEarlierDays(db, part)
        for (const { id } of statements) named.statements.set(id, true)
        for (const { record } of questions) named.questions.set(record.id, true)
      }
      parts.add(part)
      count += statements.length
    }
    done += rows.length
    show?.(done, read.count)
    await pause(0)
  }
  return table.findings.length > 0 ? null : { parts, analysts: [...analysts.values()], lastDay, count }
}

/** So many rows, with all others of their questions, are in memory at a time. */
const PART = 1_000

function* questionsOf(rows: Iterable<ForecastRow>): Generator<ForecastRow[]> {
  let part: ForecastRow[] = []
  for (const row of rows) {
    if (part.length >= PART && row.key !== part.at(-1)?.key) {
      yield part
      part = []
    }
    part.push(row)
  }
  if (part.length > 0) yield part
}

/** The last day on which something was said or known: the table is of then. */
const lastDayOf = (rows: readonly ForecastRow[], before: string): string =>
  rows.reduce((last, { said, known_on }) => {
    const day = known_on ?? said.day
    return day > last ? day : last
  }, before)

/** In which line each question comes first. */
function linesOf(
  questions: TablePart['records']['questions'],
  rows: readonly ForecastRow[],
): Record<string, number> {
  const keyOf = (title: string, deadline: string) => `${deadline} ${title}`
  const lines = new Map<string, number>()
  for (const { title, deadline, row } of rows) {
    const key = keyOf(title, deadline)
    lines.set(key, Math.min(row.line, lines.get(key) ?? row.line))
  }
  return Object.fromEntries(
    questions.map(({ record: { id, title, deadline } }) => [id, lines.get(keyOf(title, deadline.date)) ?? 1]),
  )
}
