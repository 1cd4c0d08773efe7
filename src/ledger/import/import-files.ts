import { latestDate } from '../../core/calendar.ts'
import { invalid, LedgerError } from '../../core/error.ts'
import { recordsOf } from '../../core/folder.ts'
import { columnsNamed, disagreements, TableMappingFile } from '../../core/table-mapping.ts'
import { readIds } from '../../store/records.ts'
import { type Ledger, requireRole, type Unit } from '../ledger.ts'
import { aboutOf, type ImportResult, importFolder, type Writing } from './import-folder.ts'
import { importTable, type TableRequest } from './import-table.ts'
import type { FileReader } from './read-file.ts'

/** A file as somebody sends it. */
export type SentFile = { name: string; bytes: Uint8Array }
export type FileKind = 'table' | 'predictions'

const NOT_READ: readonly (readonly [RegExp, string])[] = [
  [/\.(?:xlsx?|xlsm|xlsb|ods|numbers)$/iu, 'is a spreadsheet: save the sheet as .csv or .tsv and send that'],
  [/\.zip$/iu, 'is an archive, which is not opened: unpack it and send the file in it'],
  [/\.(?:jsonl?|ndjson)$/iu, 'is JSON, which is not read here: send a table as .csv or .tsv'],
  [/\.(?:md|docx?|odt|rtf|pdf|html?|epub)$/iu, 'is a text: its forecasts are marked on the page /capture'],
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
    NOT_READ.find(([ending]) => ending.test(name))?.[1]
  if (why !== undefined)
    throw new LedgerError('invalid', `${JSON.stringify(name.slice(0, 100))} ${why}.`, [
      { pointer: '/files', message: why },
    ])
  if (bytes.length === 0) throw invalid('/files', `must not be empty, and ${JSON.stringify(name)} is`)
  return /\.ya?ml$/iu.test(name) ? 'predictions' : 'table'
}

/** A table with what it was told. */
export const tableRequestOf = (file: SentFile, told: TableMappingFile, now: Date): TableRequest => ({
  file: { path: file.name, bytes: file.bytes },
  analyst:
    told.analyst === undefined
      ? null
      : {
          name: told.analyst,
          ...(told.analyst_id === undefined ? {} : { id: told.analyst_id }),
          ...(told.distinct_from === undefined ? {} : { distinct_from: told.distinct_from }),
        },
  source: { title: told.source ?? file.name, url: told.url },
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

/** What a table was told, as it can be kept beside it. */
export function toldOf({ analyst, source, mapping }: TableRequest): TableMappingFile {
  const {
    columns,
    quantiles = new Map(),
    level,
    range,
    cluster,
    title,
    where,
    not_analyst,
    outcomes,
    date_format,
    time_zone,
  } = mapping
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

/** Brings the ledger up to predictions files, or to one table and what it was told: refused as the command refuses. */
export async function importFiles(
  ledger: Ledger,
  unit: Unit,
  { files, mapping }: { files: readonly SentFile[]; mapping?: TableMappingFile | undefined },
  reader: FileReader,
  writing: Writing = {},
): Promise<ImportResult> {
  requireRole(unit, 'recorder')
  const [first] = files
  if (first === undefined) throw invalid('/files', 'must hold a file')
  const kinds = files.map(kindOf)
  if (kinds.includes('table')) {
    if (files.length > 1) throw invalid('/files', 'must hold one file where it is a table')
    if (mapping === undefined) throw invalid('/mapping', 'is needed for a table: what its columns mean')
    const [problem, ...others] = disagreements(mapping)
    if (problem !== undefined)
      throw new LedgerError(
        'invalid',
        `What the table is told does not go together: ${problem.pointer} ${problem.message}.`,
        [problem, ...others].map(({ pointer, message }) => ({ pointer: `/mapping${pointer}`, message })),
      )
    return importTable(ledger, unit, tableRequestOf(first, mapping, unit.now), reader, writing)
  }
  if (mapping !== undefined)
    throw invalid('/mapping', 'is for a table: predictions files say it all themselves')
  if (reader.readFolder === undefined)
    throw invalid(
      '/files',
      'must be a table: this server, a Worker, reads no predictions files; use the command',
    )
  const known = await readIds(ledger.db)
  const inputs = files.map(({ name, bytes }) => ({ path: name, bytes }))
  const options = { known, importing: true, placed: false, today: latestDate(unit.now) }
  const { folder, findings } = reader.readFolder(inputs, options)
  if (folder === null) return { findings, imported: null }
  const records = recordsOf(folder)
  return { findings, imported: await importFolder(ledger, unit, records, writing), about: aboutOf(records) }
}
