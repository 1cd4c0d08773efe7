import { type Analyst, type AnalystRequest, meant } from '../../core/analyst.ts'
import { invalid, LedgerError } from '../../core/error.ts'
import type { LedgerRecords } from '../../core/folder.ts'
import { nameKey } from '../../core/name.ts'
import { slugCandidates, unwritable } from '../../core/slug.ts'
import type { Source } from '../../core/source.ts'
import type { TableMappingFile } from '../../core/table-mapping.ts'
import { addressKey, counted, personName } from '../../core/text.ts'
import type { ForecastRow, TableMapping } from '../../interchange/forecast-row.ts'
import type { AnalystOf } from '../../interchange/table-records.ts'
import type { Report } from '../../interchange/table-rows.ts'
import type { Tracked } from '../../interchange/tracker/tracker.ts'
import type { Database } from '../../store/database.ts'
import { findAnalystsByName, findSourceByAddress, takenIds } from '../../store/lookups.ts'
import { readEvidenceDays, readOfSource, readOptions } from '../../store/records.ts'
import { type Ledger, requireRole, type Unit } from '../ledger.ts'
import { aboutOf, type ImportResult, importFolder, type Writing } from './import-folder.ts'
import type { FileReader } from './read-file.ts'

/** A table to import: its bytes, and what its columns mean. */
export type TableRequest = {
  file: { path: string; bytes: Uint8Array }
  /** Whose it is; null where a column says. */
  analyst: AnalystRequest | null
  source: { title: string; url: string }
  mapping: TableMapping
  /** What was made of the file already, where it is a tracker's. */
  tracked?: Tracked | undefined
  /** What was said besides it. */
  told?: TableMappingFile | undefined
}

/** Brings the ledger up to a table; writes nothing when anything is wrong with one of its rows. */
export async function importTable(
  ledger: Ledger,
  unit: Unit,
  { file, analyst, source: asked, mapping, tracked }: TableRequest,
  { readTable, readForecasts, recordsOf }: FileReader,
  writing: Writing = {},
): Promise<ImportResult> {
  requireRole(unit, 'recorder')
  const { db } = ledger
  const table = tracked?.table ?? readTable(file)
  const { findings, report } = table
  const rows = table.rows === null ? null : readForecasts(table, mapping)
  const left = tracked?.notes() ?? []
  if (rows === null) return { findings, imported: null, notes: left }
  const analystOf = analyst === null ? await namedIn(rows, db, report) : only(await analystNamed(db, analyst))
  if (findings.length > 0) return { findings, imported: null }
  const held = await findSourceByAddress(db, addressKey(asked.url))
  const source =
    held === null
      ? await newSource(db, asked, rows, mapping.accessed)
      : grown(held.record, rows, mapping.accessed)
  const records = recordsOf(rows, mapping, source, analystOf)
  const notes = [...left, ...(held === null ? [] : await besideHeld(db, records, rows, report))]
  await keepOptions(db, records, rows, report)
  if (findings.length > 0) return { findings, imported: null }
  await keepEarlierDays(db, records)
  const imported = await importFolder(ledger, unit, records, writing)
  return { findings, imported, notes, about: aboutOf(records) }
}

const only =
  (analyst: Analyst): AnalystOf =>
  () =>
    analyst

/** The analysts of a column, by the names in it. */
async function namedIn(rows: readonly ForecastRow[], db: Database, report: Report): Promise<AnalystOf> {
  const analysts = new Map<string, Analyst>()
  const ids = new Set<string>()
  for (const { name, row } of rows) {
    if (name === null || analysts.has(nameKey(name))) continue
    const problem = personName().safeParse(name).error?.issues[0]?.message
    if (problem === undefined) {
      const analyst = await analystNamed(db, { name }, ids)
      ids.add(analyst.id)
      analysts.set(nameKey(name), analyst)
    } else {
      report(
        { line: row.line },
        'table_value',
        `the name of the analyst ${problem}`,
        'Give the name of a person.',
      )
      break
    }
  }
  return (name) => analysts.get(nameKey(name ?? '')) as Analyst
}

async function analystNamed(
  db: Database,
  request: AnalystRequest,
  others: ReadonlySet<string> = new Set(),
): Promise<Analyst> {
  const { id, name } = request
  const [held, ...more] = meant(request, await findAnalystsByName(db, [nameKey(name)]))
  if (more.length > 0)
    throw new LedgerError(
      'similar',
      `${name} may be ${[held, ...more].map((one) => one?.record.id).join(' or ')}.`,
      [{ pointer: '/distinct_from', message: 'must say which of them it is not' }],
      { similar: [held, ...more].flatMap((one) => (one === undefined ? [] : [one.record])) },
    )
  if (held !== undefined) return held.record
  if (id !== undefined) return { ...request, id }
  const problem = unwritable(name)
  if (problem !== null) throw invalid('/analyst_id', `is needed: the id of ${name} ${problem}`)
  const ids = slugCandidates('analyst', name, 'of-a-table')
  const taken = await takenIds(db, ['analyst'], ids)
  return { ...request, id: ids.find((one) => !taken.has(one) && !others.has(one)) as string }
}

/** The last day on which something was said or known: the table is of then. */
const lastDay = (rows: readonly ForecastRow[]): string =>
  rows.reduce((last, { said, known_on }) => {
    const day = known_on ?? said.day
    return day > last ? day : last
  }, '')

async function newSource(
  db: Database,
  { title, url }: TableRequest['source'],
  rows: readonly ForecastRow[],
  accessed: string,
): Promise<Source> {
  const ids = slugCandidates('table', title, 'of-forecasts')
  const taken = await takenIds(db, ['source'], ids)
  const id = ids.find((one) => !taken.has(one)) as string
  return { id, type: 'dataset', title, url, published: lastDay(rows), accessed, coverage: 'complete' }
}

/** The source of an address, later where the table has grown; everything else of it stays. */
function grown(held: Source, rows: readonly ForecastRow[], accessed: string): Source {
  const day = lastDay(rows)
  return held.type === 'dataset' && typeof held.published === 'string' && day > held.published
    ? { ...held, published: day, accessed }
    : held
}

/**
 * Refuses a row that would ask a question anew which is open in the ledger under another day, and says where a table is
 * older than what the ledger has of it.
 */
async function besideHeld(
  db: Database,
  { sources: [source], questions, statements }: LedgerRecords,
  rows: readonly ForecastRow[],
  report: Report,
): Promise<string[]> {
  const held = await readOfSource(db, source?.record.id ?? '')
  const asked = new Set(questions.map(({ record }) => record.id))
  const open = new Map(
    held.open.filter(({ id }) => !asked.has(id)).map(({ title, deadline }) => [title, deadline]),
  )
  const known = new Set(held.statements)
  for (const { record } of questions) {
    const deadline = open.get(record.title)
    if (deadline === undefined || held.questions.has(record.id)) continue
    const row = rows.find(
      ({ title, deadline }) => title === record.title && deadline === record.deadline.date,
    )
    report(
      { line: row?.row.line ?? 1 },
      'table_value',
      `the ledger holds this event from this table, open until ${deadline}`,
      'Say which day is which: --map deadline=COLUMN,known_on=COLUMN; or map the columns as when it came first.',
    )
  }
  const missing = held.statements.length - statements.filter(({ id }) => known.has(id)).length
  return missing === 0
    ? []
    : [
        `The ledger holds ${counted(missing, 'forecast')} of this source that ${missing === 1 ? 'is' : 'are'} not in this table: they stay.`,
      ]
}

/** What was read on an earlier day keeps that day, so that reading the same table again changes nothing. */
async function keepEarlierDays(db: Database, records: LedgerRecords): Promise<void> {
  const days = await readEvidenceDays(
    db,
    records.questions.map(({ record }) => record.id),
  )
  for (const { record, resolution } of records.questions) {
    const day = days.get(record.id)
    if (day !== undefined && resolution !== null)
      for (const evidence of resolution.evidence) evidence.accessed = day
  }
}

/**
 * Options that the ledger holds stay, in their order, so that rows in another order, and a part of them, are the same
 * question. One that is new is no option of what was asked.
 */
async function keepOptions(
  db: Database,
  { questions }: LedgerRecords,
  rows: readonly ForecastRow[],
  report: Report,
): Promise<void> {
  const ofOptions = questions.flatMap(({ record }) => (record.options === undefined ? [] : [record]))
  if (ofOptions.length === 0) return
  const held = await readOptions(
    db,
    ofOptions.map(({ id }) => id),
  )
  for (const record of ofOptions) {
    const options = held.get(record.id)
    if (options === undefined) continue
    const more = record.options?.find((option) => !options.includes(option))
    record.options = [...options]
    if (more === undefined) continue
    const row = rows.find(
      ({ title, answer, deadline }) =>
        title === record.title &&
        deadline === record.deadline.date &&
        answer.options?.includes(more) === true,
    )
    report(
      { line: row?.row.line ?? 1 },
      'table_value',
      `the ledger holds this question without the option ${JSON.stringify(more)}: its options are ${options.join(', ')}`,
      `Amend the question ${record.id} first, which says why; or put the option together with one of them.`,
    )
  }
}
