import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { Misuse } from '../config.ts'
import { type Analyst, type AnalystRequest, meant } from '../core/analyst.ts'
import { latestDate, TimeZone } from '../core/calendar.ts'
import type { LedgerRecords } from '../core/folder.ts'
import { nameKey } from '../core/name.ts'
import { Slug, slugCandidates, unwritable } from '../core/slug.ts'
import { line, personName, webAddress } from '../core/text.ts'
import { nearest } from '../interchange/finding.ts'
import { readForecastTable, type TableMapping } from '../interchange/forecast-table.ts'
import { MAX_BYTES } from '../interchange/table-rows.ts'
import { importFolder } from '../ledger/import/import-folder.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { IMPORT, machineMember } from '../ledger/members/membership.ts'
import { type ImportResult, requirePredictionsFile } from '../node/predictions.ts'
import type { Database } from '../store/database.ts'
import { findAnalystsByName, findSource, takenIds } from '../store/lookups.ts'
import { readEvidenceDays } from '../store/records.ts'
import { fitting } from './arguments.ts'
import type { Given, Option } from './command.ts'

/** What a table of forecasts needs to be told; a predictions file says it all itself. */
export const tableOptions = {
  analyst: { value: 'NAME', about: 'table: whose probabilities these are' },
  'analyst-id': {
    value: 'ID',
    about: 'table: the id of a new analyst whose name cannot be written in Latin letters here',
  },
  'distinct-from': {
    value: 'ID',
    about: 'table: a recorded analyst of a name like this one who is somebody else',
    repeats: true,
  },
  url: { value: 'ADDRESS', about: 'table: where it was published' },
  source: { value: 'TITLE', about: 'table: its title; without it the name of the file' },
  map: {
    value: 'KEY=COLUMN,…',
    about:
      'table: the columns of probability, outcome (1, 0, a fraction or blank), date (known, and the deadline) and said (without it the day before)',
    repeats: true,
  },
  title: { value: 'TEXT', about: 'table: the event, with the cells of {column}; without it {title}' },
  cluster: {
    value: 'COLUMN',
    about: 'table: rows that share this cell depend on each other; without it every row stands by itself',
  },
  zone: { value: 'ZONE', about: 'table: the zone of its dates; without it UTC' },
} satisfies Record<string, Option>

const IS_TABLE = /\.[ct]sv$/iu

const COLUMNS = ['probability', 'outcome', 'date', 'said'] as const
type Column = (typeof COLUMNS)[number]

/** `probability=prob1,outcome=won` by key; a column may hold commas. */
function columnsOf(texts: readonly string[]): Partial<Record<Column, string>> {
  const columns: Partial<Record<Column, string>> = {}
  for (const pair of texts.flatMap((text) => text.split(/,(?=[a-z]+=)/u))) {
    const [key, column] = [pair.slice(0, Math.max(0, pair.indexOf('='))), pair.slice(pair.indexOf('=') + 1)]
    const known = COLUMNS.find((name) => name === key)
    if (known === undefined || column === '') {
      const meant = nearest(key, COLUMNS)
      throw new Misuse(
        `--map ${JSON.stringify(pair.slice(0, 60))} is not KEY=COLUMN, KEY one of ${COLUMNS.join(', ')}.`,
        meant === null ? null : `Did you mean ${meant}?`,
      )
    }
    if (columns[known] !== undefined) throw new Misuse(`--map names the column of ${known} twice.`)
    columns[known] = column
  }
  return columns
}

/** The analyst as the options name them. */
function analystIn(given: Given): AnalystRequest {
  const id = given.text('analyst-id')
  const others = given.all('distinct-from')
  return {
    name: fitting(personName(), '--analyst', neededText(given, 'analyst')),
    ...(id === undefined ? {} : { id: fitting(Slug, '--analyst-id', id) }),
    ...(others.length === 0
      ? {}
      : { distinct_from: others.map((other) => fitting(Slug, '--distinct-from', other)) }),
  }
}

function neededText(given: Given, name: 'analyst' | 'url'): string {
  const text = given.text(name)
  if (text === undefined)
    throw new Misuse(
      `A table needs --${name} ${tableOptions[name].value}.`,
      'reckon import --help shows a whole line.',
    )
  return text
}

/** A table to import: its bytes, and what its columns mean but for the person, whom the ledger may know. */
export type TableRequest = {
  file: { path: string; bytes: Uint8Array }
  analyst: AnalystRequest
  mapping: Omit<TableMapping, 'analyst'>
}

/** The one table among the files to import, or null where there are none; throws `Misuse`. */
export function tableAmong(given: Given, now: Date): TableRequest | null {
  const [path = ''] = given.positionals
  for (const each of given.positionals) if (!IS_TABLE.test(each)) requirePredictionsFile(each)
  if (!given.positionals.some((name) => IS_TABLE.test(name))) {
    const stray = Object.keys(tableOptions).find((name) => given.flag(name))
    if (stray !== undefined) throw new Misuse(`--${stray} is for a table of forecasts, a .csv or .tsv file.`)
    return null
  }
  if (given.positionals.length > 1) throw new Misuse('A table is imported by itself: one .csv or .tsv file.')
  const columns = columnsOf(given.all('map'))
  return {
    analyst: analystIn(given),
    mapping: {
      source: fitting(line(), '--source', given.text('source') ?? basename(path)),
      url: fitting(webAddress(), '--url', neededText(given, 'url')),
      probability: columns.probability ?? 'probability',
      outcome: columns.outcome ?? 'outcome',
      date: columns.date ?? 'date',
      said: columns.said,
      cluster: given.text('cluster'),
      title: given.text('title') ?? '{title}',
      time_zone: fitting(TimeZone, '--zone', given.text('zone') ?? 'UTC'),
      accessed: latestDate(now),
    },
    file: { path, bytes: bytesOf(path) },
  }
}

/** Brings the ledger up to a table; writes nothing when anything is wrong with one of its rows. */
export async function importTable(
  ledger: Ledger,
  { file, analyst, mapping }: TableRequest,
  now: Date,
): Promise<ImportResult> {
  const read = readForecastTable(file, { ...mapping, analyst: await analystNamed(ledger.db, analyst) })
  const { records, findings } = read
  if (records === null) return { findings, imported: null }
  await keepEarlierDays(ledger.db, records)
  const by = await machineMember(ledger, IMPORT)
  return { findings, imported: await importFolder(ledger, { now, by }, records) }
}

function bytesOf(path: string): Uint8Array {
  const file = statSync(path, { throwIfNoEntry: false })
  if (file?.isFile() !== true) throw new Misuse(`There is no file ${JSON.stringify(path)}.`)
  // Of a file that is too large anyway, a byte more than the limit is enough to say so.
  return file.size > MAX_BYTES ? new Uint8Array(MAX_BYTES + 1).fill(10) : readFileSync(path)
}

async function analystNamed(db: Database, request: AnalystRequest): Promise<Analyst> {
  const { id, name } = request
  const [held, ...others] = meant(request, await findAnalystsByName(db, [nameKey(name)]))
  if (others.length > 0)
    throw new Misuse(
      `${name} may be ${[held, ...others].map((one) => one?.record.id).join(' or ')}.`,
      'Say who it is not with --distinct-from ID.',
    )
  if (held !== undefined) return held.record
  if (id !== undefined) return { ...request, id }
  const problem = unwritable(name)
  if (problem !== null) throw new Misuse(`The id of ${name} ${problem}.`, 'Give it with --analyst-id ID.')
  const ids = slugCandidates('analyst', name, 'of-a-table')
  const taken = await takenIds(db, ['analyst'], ids)
  return { ...request, id: ids.find((one) => !taken.has(one)) as string }
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
  for (const { record } of records.sources) {
    const held = await findSource(db, record.id)
    if (held?.record.accessed !== undefined && held.record.published === record.published)
      record.accessed = held.record.accessed
  }
}
