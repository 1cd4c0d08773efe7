import { latestDate } from '../../core/calendar.ts'
import { invalid, LedgerError, type Problem } from '../../core/error.ts'
import { recordsOf } from '../../core/folder.ts'
import { columnsNamed, disagreements, TableMappingFile } from '../../core/table-mapping.ts'
import type { TableFile } from '../../interchange/table-file.ts'
import type { Tracked } from '../../interchange/tracker/tracker.ts'
import { readIds } from '../../store/records.ts'
import { type Ledger, requireRole, type Unit } from '../ledger.ts'
import { aboutOf, type ImportResult, importFolder, type Writing } from './import-folder.ts'
import { importTable, type TableRequest } from './import-table.ts'
import type { FileReader } from './read-file.ts'

/** A file as somebody sends it. */
export type SentFile = { name: string; bytes: Uint8Array }
export type FileKind = 'table' | 'json' | 'predictions'

const OWN =
  'what a Reckoning wrote is imported as the predictions files of `reckon export DIR`, or with the command as its log (`reckon import FILE.jsonl`)'
const JSON_LINES = `is JSON, a value a line, which is not read: send a table as .csv or .tsv; ${OWN}`
/** Of JSON that nobody knows, what is known. */
export const UNKNOWN_JSON = `is JSON of no tracker that is known here (Fatebook, PredictionBook, Manifold, ForecastBench): send that as it came, or a table as .csv or .tsv; of a list of claims with probabilities the command “reckon draft” makes a predictions file; ${OWN}`

const TEXT =
  'is a text: its forecasts are marked on the page /capture; of a list of “claim: 85 %” the command “reckon draft” makes a predictions file'
const NOT_READ: readonly (readonly [RegExp, string])[] = [
  [/\.(?:xlsx?|xlsm|xlsb|ods|numbers)$/iu, 'is a spreadsheet: save the sheet as .csv or .tsv and send that'],
  [/\.zip$/iu, 'is an archive in which no file can be read: unpack it and send the file in it'],
  [/\.(?:jsonl|ndjson)$/iu, JSON_LINES],
  [/\.(?:md|markdown)$/iu, TEXT],
  [/\.(?:docx?|odt|rtf|pdf|html?|epub)$/iu, 'is a text: its forecasts are marked on the page /capture'],
  [/\.(?:vtt|srt|sbv|ass)$/iu, 'is a transcript: its forecasts are marked on the page /capture'],
  [/\.(?:db|sqlite3?)$/iu, 'is a database: a ledger is opened with RECKONING_DATABASE_URL'],
]
/** How files begin that are no text, whatever they are called. */
const BEGINNINGS: readonly (readonly [string, string])[] = [
  ['PK\u0003\u0004', 'is a spreadsheet or an archive: save the sheet as .csv, or unpack it, and send that'],
  [
    '\u00d0\u00cf\u0011\u00e0',
    'is a spreadsheet or a document: save the sheet as .csv or .tsv and send that',
  ],
  ['\u001f\u008b', 'is packed (gzip): unpack it and send the file in it'],
  ['%PDF', 'is a PDF: its text is pasted on the page /capture'],
  ['SQLite format 3', 'is a database: a ledger is opened with RECKONING_DATABASE_URL'],
]

/** What kind of file it is, by its beginning and its name; refuses what is not read, and says what to do. */
export function kindOf({ name, bytes }: SentFile): FileKind {
  const start = String.fromCharCode(...bytes.subarray(0, 16))
  const why =
    BEGINNINGS.find(([beginning]) => start.startsWith(beginning))?.[1] ??
    NOT_READ.find(([ending]) => ending.test(name))?.[1] ??
    (/\.txt$/iu.test(name) && !hasColumns(bytes) ? TEXT : undefined)
  if (why !== undefined) throw unread(name, why)
  if (bytes.length === 0) throw invalid('/files', `must not be empty, and ${JSON.stringify(name)} is`)
  return /\.ya?ml$/iu.test(name) ? 'predictions' : /\.json$/iu.test(name) ? 'json' : 'table'
}

const LONGEST_HEADER = 10_000
/** Whether the first line can be the header of a table; what is not UTF-8 or empty is for its reader to tell. */
function hasColumns(bytes: Uint8Array): boolean {
  const [first = ''] = new TextDecoder().decode(bytes.subarray(0, LONGEST_HEADER)).split(/\r?\n/u)
  return bytes.length === 0 || /[,;\t|\0]/u.test(first)
}

/** The files, with those in archives in their place; an archive in which none is read stays, and is refused as one. */
export async function unpacked(
  files: readonly SentFile[],
  { unpack }: Pick<FileReader, 'unpack'>,
): Promise<SentFile[]> {
  const all: SentFile[] = []
  for (const file of files) {
    const read = isArchive(file) ? await unpack(file.bytes) : { files: [file] }
    if ('problem' in read) throw unread(file.name, `${read.problem}: unpack it, and send the files in it`)
    all.push(...(read.files.length === 0 ? [file] : read.files))
  }
  return all
}
const isArchive = ({ bytes }: SentFile): boolean =>
  String.fromCharCode(...bytes.subarray(0, 4)) === 'PK\u0003\u0004'

/** Whether a mapping says itself what the columns are, as it does of a table that no tracker made. */
export const namesColumns = ({ columns = {}, quantiles = {}, title }: TableMappingFile): boolean =>
  title !== undefined || Object.keys(columns).length + Object.keys(quantiles).length > 0

/** The files of a tracker, where they are such and the mapping does not say itself what their columns are. */
export const trackedAmong = (
  files: readonly SentFile[],
  mapping: TableMappingFile | undefined,
  { trackedIn, heldFile }: Pick<FileReader, 'trackedIn' | 'heldFile'>,
): Tracked | null =>
  mapping !== undefined && namesColumns(mapping)
    ? null
    : trackedIn(files.map(({ name, bytes }) => heldFile(name, bytes)))

/** What the file of a tracker was told, with what its columns mean. */
const completed = (told: TableMappingFile, { meant }: Tracked): TableMappingFile => ({
  ...told,
  cluster: told.cluster ?? meant.cluster,
  columns: meant.columns,
  quantiles: meant.quantiles,
  level: meant.level,
  range: meant.range,
  title: meant.title,
  where: wherever(meant.where ?? [], told.where ?? []),
  not_analyst: [...(meant.not_analyst ?? []), ...(told.not_analyst ?? [])],
  outcomes: [...(meant.outcomes ?? []), ...(told.outcomes ?? [])],
})

type Wanted = NonNullable<TableMappingFile['where']>
/** What is asked of a column takes the place of what a tracker's file is asked by itself. */
const wherever = (meant: Wanted, told: Wanted): Wanted => [
  ...meant.filter(({ column }) => told.every((one) => one.column !== column)),
  ...told,
]

/** What does not go together in what a table was told, or is not said. */
export function problemsOfTold(told: TableMappingFile, tracked: Tracked | null): Problem[] {
  if (tracked === null) return disagreements(told)
  const problems = disagreements(completed(told, tracked)).map((problem) => {
    const whose = told.analyst === undefined ? (tracked.unnamed ?? problem.message) : MANY
    return problem.pointer === '/analyst' ? { ...problem, message: whose } : problem
  })
  return tracked.isLocal && told.time_zone === undefined ? [...problems, NO_ZONE] : problems
}
const MANY = 'names one person, and the file says who made each forecast: keep one person’s rows instead'
const NO_ZONE = { pointer: '/time_zone', message: 'is needed: the times in the file bear no zone' }

/** A table with what it was told. */
export function tableRequestOf(
  file: TableFile,
  told: TableMappingFile,
  now: Date,
  tracked: Tracked | null = null,
): TableRequest {
  if (tracked === null) return requestOf(file, told, now)
  const { says, reasons, words, ends } = tracked.meant
  const request = requestOf(file, completed(told, tracked), now)
  return { ...request, mapping: { ...request.mapping, says, reasons, words, ends }, tracked, told }
}

const requestOf = (file: TableFile, told: TableMappingFile, now: Date): TableRequest => ({
  file,
  analyst:
    told.analyst === undefined
      ? null
      : {
          name: told.analyst,
          ...(told.analyst_id === undefined ? {} : { id: told.analyst_id }),
          ...(told.distinct_from === undefined ? {} : { distinct_from: told.distinct_from }),
        },
  source: { title: told.source ?? file.path, url: told.url },
  mapping: {
    columns: columnsNamed(told),
    quantiles: new Map(
      Object.entries(told.quantiles ?? {}).map(([level, column]) => [String(Number(level)), column]),
    ),
    level: told.level,
    range: told.range,
    cluster: told.cluster,
    title: told.title ?? '{title}',
    where: told.where ?? [],
    not_analyst: told.not_analyst ?? [],
    outcomes: new Map((told.outcomes ?? []).map(({ value, meaning }) => [value.toLowerCase(), meaning])),
    date_format: told.date_format,
    time_zone: told.time_zone ?? 'UTC',
    accessed: latestDate(now),
  },
})

/** What a table was told, as it can be kept beside it; what a tracker's file says by itself is not. */
export function toldOf({ analyst, source, mapping, told }: TableRequest): TableMappingFile {
  if (told !== undefined)
    return TableMappingFile.parse(
      JSON.parse(
        JSON.stringify(told, (_, value) => (Array.isArray(value) && value.length === 0 ? undefined : value)),
      ),
    )
  const { columns, quantiles = new Map(), level, range, cluster, title, where } = mapping
  const { not_analyst, outcomes, date_format, time_zone } = mapping
  return TableMappingFile.parse(
    JSON.parse(
      JSON.stringify({
        url: source.url,
        source: source.title,
        analyst: analyst?.name,
        analyst_id: analyst?.id,
        distinct_from: analyst?.distinct_from,
        columns,
        quantiles: quantiles.size === 0 ? undefined : Object.fromEntries(quantiles),
        level,
        range,
        title,
        cluster,
        where: where.length === 0 ? undefined : where,
        not_analyst: not_analyst.length === 0 ? undefined : not_analyst,
        outcomes:
          outcomes.size === 0 ? undefined : [...outcomes].map(([value, meaning]) => ({ value, meaning })),
        date_format,
        time_zone,
      }),
    ),
  )
}

/** Refuses what is neither one table nor of a tracker. */
export function requireTable(files: readonly SentFile[]): void {
  const json = files.find((file) => kindOf(file) === 'json')
  if (json !== undefined) throw unread(json.name, UNKNOWN_JSON)
  if (files.length > 1)
    throw new LedgerError('invalid', 'A table is imported by itself: send one file.', [
      { pointer: '/files', message: 'must hold one file where it is a table' },
    ])
}

const unread = (name: string, why: string): LedgerError =>
  new LedgerError('invalid', `${JSON.stringify(name.slice(0, 100))} ${why}.`, [
    { pointer: '/files', message: why },
  ])

/** Brings the ledger up to predictions files, or to one table and what it was told: refused as the command refuses. */
export async function importFiles(
  ledger: Ledger,
  unit: Unit,
  { files: sent, mapping }: { files: readonly SentFile[]; mapping?: TableMappingFile | undefined },
  reader: FileReader,
  writing: Writing = {},
): Promise<ImportResult> {
  requireRole(unit, 'recorder')
  const files = await unpacked(sent, reader)
  const [first] = files
  if (first === undefined) throw invalid('/files', 'must hold a file')
  const kinds = files.map(kindOf)
  if (kinds.some((kind) => kind !== 'predictions')) {
    const tracked = trackedAmong(files, mapping, reader)
    if (tracked === null) requireTable(files)
    if (mapping === undefined)
      throw invalid(
        '/mapping',
        tracked === null
          ? 'is needed for a table: what its columns mean'
          : `is needed: the url at which ${tracked.name} was published${tracked.isLocal ? ', and its time_zone' : ''}`,
      )
    const [problem, ...others] = problemsOfTold(mapping, tracked)
    if (problem !== undefined)
      throw new LedgerError(
        'invalid',
        `What the table is told does not go together: ${problem.pointer} ${problem.message}.`,
        [problem, ...others].map(({ pointer, message }) => ({ pointer: `/mapping${pointer}`, message })),
      )
    // A source is called by what was sent, which may be the archive that its files were in.
    const file = reader.heldFile((tracked === null ? first : (sent[0] as SentFile)).name, first.bytes)
    return importTable(ledger, unit, tableRequestOf(file, mapping, unit.now, tracked), reader, writing)
  }
  if (mapping !== undefined)
    throw invalid('/mapping', 'is for a table: predictions files say it all themselves')
  const known = await readIds(ledger.db)
  const inputs = files.map(({ name, bytes }) => ({ path: name, bytes }))
  const options = { known, importing: true, placed: false, today: latestDate(unit.now) }
  const { folder, findings } = reader.readFolder(inputs, options)
  if (folder === null) return { findings, imported: null }
  const records = recordsOf(folder)
  return { findings, imported: await importFolder(ledger, unit, records, writing), about: aboutOf(records) }
}
