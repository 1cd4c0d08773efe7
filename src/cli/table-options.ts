import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { Misuse } from '../config.ts'
import { TimeZone } from '../core/calendar.ts'
import { LedgerError, type Problem } from '../core/error.ts'
import { IntervalLevel, QuantileLevel } from '../core/probability.ts'
import { problemsOf } from '../core/problems.ts'
import { Range } from '../core/question.ts'
import { Slug } from '../core/slug.ts'
import {
  COLUMN_KEYS,
  type ColumnKey,
  DATE_FORMATS,
  type DateFormat,
  disagreements,
  MEANINGS,
  TableMappingFile,
} from '../core/table-mapping.ts'
import { line, personName, webAddress } from '../core/text.ts'
import { nearest } from '../interchange/finding.ts'
import { chanceIn } from '../interchange/table-cells.ts'
import type { Wanted } from '../interchange/table-columns.ts'
import { bytesIn, heldFile, type TableFile } from '../interchange/table-file.ts'
import { readMapping } from '../interchange/table-mapping.ts'
import { unpack } from '../interchange/tracker/reader.ts'
import type { Tracked } from '../interchange/tracker/tracker.ts'
import { trackedIn } from '../interchange/tracker/trackers.ts'
import {
  kindOf,
  namesColumns,
  problemsOfTold,
  tableRequestOf,
  UNKNOWN_JSON,
  unpacked,
} from '../ledger/import/import-files.ts'
import type { TableRequest } from '../ledger/import/import-table.ts'
import { diskFile } from '../node/disk-file.ts'
import { requirePredictionsFile } from '../node/predictions.ts'
import { fitting } from './arguments.ts'
import type { Given, Option } from './command.ts'

/** What a table of forecasts needs to be told; a predictions file says it all itself. */
export const tableOptions = {
  analyst: { value: 'NAME', about: 'table: whose probabilities all of these are' },
  'analyst-id': {
    value: 'ID',
    about: 'table: the id of a new analyst whose name cannot be written in Latin letters here',
  },
  'distinct-from': {
    value: 'ID',
    about: 'table: a recorded analyst of a name like this one who is somebody else',
    repeats: true,
  },
  url: { value: 'ADDRESS', about: 'table: where it was published: what tells it from others' },
  source: { value: 'TITLE', about: 'table: the title of a new source; without it the name of the file' },
  map: {
    value: 'KEY=COLUMN,…',
    about:
      'table: the columns of probability, outcome (1, 0, a fraction or blank), date (known, and the deadline) or deadline and known_on, said (without it the day before), created (its time), analyst (who made each forecast) and id (of the question); criteria; option, where a row is one of several; of numbers and days q0.05=COLUMN and so on, low and high, value, range_low, range_high, unit',
    repeats: true,
  },
  level: {
    value: 'LEVEL',
    about: 'table: how probable an answer from low to high is, such as 0.8',
  },
  range: {
    value: 'LOW..HIGH',
    about: 'table: from where to where an answer in numbers or days can lie, where no column says it',
  },
  unit: { value: 'TEXT', about: 'table: the unit of its numbers, beside --range' },
  where: { value: 'COLUMN=VALUE', about: 'table: only rows with this cell', repeats: true },
  'not-analyst': {
    value: 'COLUMN',
    about: 'table: a column that does not say who made a forecast, although it looks so',
    repeats: true,
  },
  outcome: {
    value: 'VALUE=MEANING',
    about: `table: what a cell of the outcome means: ${MEANINGS.join(', ')}`,
    repeats: true,
  },
  'date-format': { value: 'FORMAT', about: 'table: day-first or month-first, where dates are numbers' },
  title: { value: 'TEXT', about: 'table: the event, with the cells of {column}; without it {title}' },
  cluster: {
    value: 'COLUMN',
    about: 'table: rows that share this cell depend on each other; without it every row stands by itself',
  },
  mapping: { value: 'FILE', about: 'table: a file that says what these options say, instead of them' },
  'save-mapping': { value: 'FILE', about: 'table: writes what these options say to a file' },
  zone: { value: 'ZONE', about: 'table: the zone of its dates; without it UTC' },
} satisfies Record<string, Option>

const IS_TABLE = /\.(?:[ct]sv|json|zip)$/iu

type Columns = Pick<TableMappingFile, 'columns' | 'quantiles'>
const QUANTILE = /^q(?=0?\.)/u

/** `probability=prob1,outcome=won` by key, and `q0.05=p5` by level; a column may hold commas. */
function columnsOf(texts: readonly string[]): Required<Columns> {
  const columns: Partial<Record<ColumnKey, string>> = {}
  const quantiles: Record<string, string> = {}
  for (const pair of texts.flatMap((text) => text.split(/,(?=[a-z_]+=|q[\d.]+=)/u))) {
    const [key, column] = divided(pair)
    const known = COLUMN_KEYS.find((name) => name === key)
    const isQuantile = QUANTILE.test(key)
    if ((known === undefined && !isQuantile) || column === '') {
      const meant = nearest(key, COLUMN_KEYS)
      throw new Misuse(
        `--map ${JSON.stringify(pair.slice(0, 60))} is not KEY=COLUMN, KEY one of ${COLUMN_KEYS.join(', ')}, q0.05 and so on.`,
        meant === null ? null : `Did you mean ${meant}?`,
      )
    }
    const level = isQuantile
      ? fitting(QuantileLevel, `--map ${key}: the level is not`, key.slice(1).replace(/^\./u, '0.'))
      : ''
    if ((known === undefined ? quantiles[level] : columns[known]) !== undefined)
      throw new Misuse(`--map names the column of ${key} twice.`)
    if (known === undefined) quantiles[level] = column
    else columns[known] = column
  }
  return { columns, quantiles }
}

const divided = (pair: string): [before: string, after: string] => [
  pair.slice(0, Math.max(0, pair.indexOf('='))),
  pair.slice(pair.indexOf('=') + 1),
]

/** `0..100`, or `2026-01-01..2026-12-31`, with the unit of numbers. */
function rangeOf(given: Given): TableMappingFile['range'] {
  const text = given.text('range')
  const unit = given.text('unit')
  if (text === undefined) {
    if (unit !== undefined)
      throw new Misuse('--unit is of --range LOW..HIGH.', 'Where a column says it: --map unit=COLUMN.')
    return undefined
  }
  const [low = '', high = '', ...more] = text.split('..')
  const [from, to] = [low, high].map((end) => (/^\d{4}-/u.test(end) || end.trim() === '' ? end : Number(end)))
  const read = Range.safeParse({ low: from, high: to, ...(unit === undefined ? {} : { unit }) })
  if (!read.success || more.length > 0)
    throw new Misuse(
      `--range ${JSON.stringify(text.slice(0, 60))} is not LOW..HIGH: two numbers, or two days, the second after the first.`,
      'A range of numbers alone has a unit, such as --range 0..100 --unit people.',
    )
  return read.data
}

function levelOf(text: string): number {
  const read = IntervalLevel.safeParse(chanceIn(text, false))
  if (!read.success)
    throw new Misuse(`--level ${JSON.stringify(text.slice(0, 60))} is not between 0 and 1, such as 0.8.`)
  return read.data
}

/** What options say as a file beside the table would. */
const OPTION_OF: Readonly<Record<string, string>> = { '/level': '--level', '/range': '--range' }
const optionAt = (pointer: string): string =>
  OPTION_OF[pointer] ??
  pointer.replace(/^\/columns\/(.*)$/u, '--map $1=COLUMN').replace(/^\/quantiles$/u, '--map q…')

/** What cells of the outcome mean, by their small letters. */
const outcomesOf = (texts: readonly string[]): TableMappingFile['outcomes'] =>
  texts.map((text) => {
    const at = text.lastIndexOf('=')
    const meaning = MEANINGS.find((one) => one === text.slice(at + 1))
    if (at < 1 || meaning === undefined)
      throw new Misuse(
        `--outcome ${JSON.stringify(text.slice(0, 60))} is not VALUE=MEANING, MEANING one of ${MEANINGS.join(', ')}.`,
      )
    return { value: text.slice(0, at), meaning }
  })

function formatOf(text: string | undefined): DateFormat | undefined {
  const format = DATE_FORMATS.find((one) => one === text)
  if (text !== undefined && format === undefined)
    throw new Misuse(`--date-format is ${DATE_FORMATS.join(' or ')}.`)
  return format
}

/** Refuses a table of nobody, and one of one person and of many. */
function requireAnalyst(given: Given, column: string | undefined): void {
  if (column === undefined) neededText(given, 'analyst')
  const stray = (['analyst', 'analyst-id', 'distinct-from'] as const).find((name) => given.flag(name))
  if (column !== undefined && stray !== undefined)
    throw new Misuse(
      `--${stray} names one person, and --map analyst=${column} a column of many.`,
      `Of one person’s rows: --where ${column}=VALUE.`,
    )
}

function neededText(given: Given, name: 'analyst' | 'url'): string {
  const text = given.text(name)
  if (text === undefined)
    throw new Misuse(
      `A table needs --${name} ${tableOptions[name].value}.`,
      name === 'analyst'
        ? 'Where a column names the person: --map analyst=COLUMN.'
        : 'reckon import --help shows a whole line.',
    )
  return text
}

/** The table, or the files of a tracker, among what is to be imported; null where there is none. Throws `Misuse`. */
export async function tableAmong(given: Given, now: Date): Promise<TableRequest | null> {
  const [path = ''] = given.positionals
  for (const each of given.positionals) if (!IS_TABLE.test(each)) requirePredictionsFile(each)
  if (!given.positionals.some((name) => IS_TABLE.test(name))) {
    const stray = Object.keys(tableOptions).find((name) => given.flag(name))
    if (stray !== undefined) throw new Misuse(`--${stray} is for a table of forecasts, a .csv or .tsv file.`)
    return null
  }
  if (!given.positionals.every((name) => IS_TABLE.test(name))) throw new Misuse(BY_ITSELF)
  const beside = given.text('mapping')
  const told = beside === undefined ? null : toldBeside(given, beside)
  const isMapped = told === null ? given.flag('map') || given.flag('title') : namesColumns(told)
  // A file that is not there is missed after what is wrong with the options.
  const isThere = given.positionals.every((name) => existsSync(name))
  const files = isThere ? await filesAt(given.positionals) : []
  const tracked = isMapped ? null : trackedIn(files)
  if (tracked !== null) return trackedRequest(path, told ?? toldByOptions(given), tracked, now)
  const json = given.positionals.find((name) => /\.json$/iu.test(name))
  if (json !== undefined)
    throw new Misuse(`${JSON.stringify(json)} ${UNKNOWN_JSON}.`, 'Predictions files end in .yaml or .yml.')
  if (given.positionals.length > 1 || files.length > 1) throw new Misuse(BY_ITSELF)
  if (told !== null) return mapped(path, files[0], told, beside as string, now)
  const { columns, quantiles } = columnsOf(given.all('map'))
  requireAnalyst(given, columns?.analyst)
  const level = given.text('level')
  const whole: TableMappingFile = {
    ...toldByOptions(given),
    columns,
    quantiles,
    level: level === undefined ? undefined : levelOf(level),
    range: rangeOf(given),
    title: given.text('title'),
  }
  const [problem] = disagreements(whole)
  if (problem !== undefined) throw new Misuse(`${optionAt(problem.pointer)} ${problem.message}.`)
  return requestOf(path, files[0], whole, now, null)
}

const BY_ITSELF = 'A table is imported by itself: one .csv or .tsv file, or the files of one tracker.'

const wantedIn = (given: Given): Wanted[] =>
  given.all('where').map((text) => {
    const [column, value] = divided(text)
    if (column === '') throw new Misuse(`--where ${JSON.stringify(text.slice(0, 60))} is not COLUMN=VALUE.`)
    return { column, value }
  })

/** The table with what a file beside it says. */
function mapped(
  path: string,
  file: TableFile | undefined,
  told: TableMappingFile,
  beside: string,
  now: Date,
): TableRequest {
  const [problem] = disagreements(told)
  if (problem !== undefined) throw unfit(beside, problem)
  return requestOf(path, file, told, now, null)
}

const requestOf = (
  path: string,
  file: TableFile | undefined,
  told: TableMappingFile,
  now: Date,
  tracked: Tracked | null,
): TableRequest => {
  const source = told.source ?? basename(path)
  return tableRequestOf(file ?? fileAt(path), { ...told, source }, now, tracked)
}

function toldBeside(given: Given, beside: string): TableMappingFile {
  const stray = Object.keys(tableOptions).find((name) => name !== 'mapping' && given.flag(name))
  if (stray !== undefined) throw new Misuse(`--${stray} is for the file of --mapping to say.`)
  const { value, findings } = readMapping(beside, bytesOf(beside))
  const [first] = findings.filter(({ level }) => level === 'error')
  if (first !== undefined) throw new Misuse(`${beside}, line ${first.line}: ${first.message}.`, first.remedy)
  const read = TableMappingFile.safeParse(value)
  if (read.success) return read.data
  throw unfit(beside, problemsOf(read.error, value)[0])
}

const unfit = (beside: string, problem: Problem | undefined): Misuse =>
  new Misuse(`${beside}: ${problem?.pointer} ${problem?.message}.`, 'docs/import.md lists its keys.')

/** What options say of any table, a tracker's too. */
function toldByOptions(given: Given): TableMappingFile {
  const [id, others] = [given.text('analyst-id'), given.all('distinct-from')]
  const [source, analyst, zone] = [given.text('source'), given.text('analyst'), given.text('zone')]
  return {
    url: fitting(webAddress(), '--url', neededText(given, 'url')),
    source: source === undefined ? undefined : fitting(line(), '--source', source),
    analyst: analyst === undefined ? undefined : fitting(personName(), '--analyst', analyst),
    analyst_id: id === undefined ? undefined : fitting(Slug, '--analyst-id', id),
    distinct_from:
      others.length === 0 ? undefined : others.map((other) => fitting(Slug, '--distinct-from', other)),
    cluster: given.text('cluster'),
    where: wantedIn(given),
    not_analyst: given.all('not-analyst'),
    outcomes: outcomesOf(given.all('outcome')),
    date_format: formatOf(given.text('date-format')),
    time_zone: zone === undefined ? undefined : fitting(TimeZone, '--zone', zone),
  }
}

/** What a tracker's file does not say and no option does, as the option is called. */
const MISSING: Readonly<Record<string, string>> = { '/analyst': '--analyst', '/time_zone': '--zone' }

function trackedRequest(path: string, told: TableMappingFile, tracked: Tracked, now: Date): TableRequest {
  const [problem] = problemsOfTold(told, tracked)
  if (problem !== undefined)
    throw new Misuse(
      `This is ${tracked.name}: ${MISSING[problem.pointer] ?? problem.pointer} ${problem.message}.`,
      'docs/import.md says how each tracker is imported.',
    )
  return requestOf(path, undefined, told, now, tracked)
}

export function fileAt(path: string): TableFile {
  const file = diskFile(path)
  if (file === null) throw new Misuse(`There is no file ${JSON.stringify(path)}.`)
  return file
}

/** The files, with those in archives in their place. */
const filesAt = async (paths: readonly string[]): Promise<TableFile[]> =>
  (await Promise.all(paths.map((path) => filesIn(fileAt(path))))).flat()

/** A text is read where it lies; what is opened or read as one whole is held. */
async function filesIn(file: TableFile): Promise<TableFile[]> {
  const { path } = file
  const [start = new Uint8Array()] = file.pieces()
  const isArchive = String.fromCharCode(...start.subarray(0, 4)) === 'PK\u0003\u0004'
  try {
    if (!isArchive) {
      if (/\.zip$/iu.test(path)) kindOf({ name: path, bytes: start })
      if (/\.json$/iu.test(path)) bytesOf(path)
      return [file]
    }
    const files = await unpacked([{ name: path, bytes: bytesOf(path) }], { unpack })
    for (const one of files.filter(({ name }) => /\.zip$/iu.test(name))) kindOf(one)
    if (files.some(({ name }) => /\.ya?ml$/iu.test(name)))
      throw new Misuse('Predictions files are not read out of an archive: unpack it, and name its folder.')
    return files.map(({ name, bytes }) => heldFile(name, bytes))
  } catch (error) {
    throw error instanceof LedgerError ? new Misuse(error.message) : error
  }
}

export function bytesOf(path: string): Uint8Array {
  const bytes = bytesIn(fileAt(path))
  if (bytes === null)
    throw new Misuse(
      `${JSON.stringify(path)} is larger than 64 MiB.`,
      'Only a table of text (.csv, .tsv) may be of any size: unpack it, or take a part of it.',
    )
  return bytes
}
