import { CsvError, parse } from 'csv-parse/sync'
import type { Analyst } from '../core/analyst.ts'
import { addDays, Day } from '../core/calendar.ts'
import type { LedgerRecords } from '../core/folder.ts'
import type { Outcome } from '../core/resolution.ts'
import { slugCandidates, statementId } from '../core/slug.ts'
import { line as lineOfText } from '../core/text.ts'
import { excerptOf, type Finding, nearest, shown } from './finding.ts'

/** What the columns of a table mean. A `date` is the day on which the outcome was known, and the deadline. */
export type TableMapping = {
  analyst: Analyst
  /** The title of the source that the table becomes. */
  source: string
  url: string
  probability: string
  outcome: string
  date: string
  /** The day of saying; without it the day before `date`, since a statement of that day would count as too late. */
  said?: string | undefined
  /** What makes rows depend on each other; without it each row stands by itself. */
  cluster?: string | undefined
  /** The event, with the cells of `{column}`. */
  title: string
  time_zone: string
  /** The day on which the table was read. */
  accessed: string
}

const MAX_BYTES = 64 * 1024 * 1024
const MAX_ROWS = 1_000_000
const MAX_FINDINGS = 1_000
const YES = new Set(['1', '1.0', 'yes', 'true'])
const NO = new Set(['0', '0.0', 'no', 'false'])
const Line = lineOfText()
const Cluster = lineOfText(100)

/** One row: the line on which it ends, and its cells. */
type Row = { line: number; cells: string[] }
/** A place in the table: a line, and in it the cell of a column. */
type Place = { line: number; cell?: number | undefined }
type Report = (place: Place, code: Finding['code'], message: string, remedy: string) => void

/**
 * A comma-separated table of probabilities and outcomes as the records of one analyst and one source of type
 * `dataset`. A blank outcome stays open; a fraction, such as a draw, is ambiguous. Every finding has its line and
 * column, up to a thousand; with one of them nothing is read.
 */
export function readForecastTable(
  file: { path: string; bytes: Uint8Array },
  mapping: TableMapping,
): { records: LedgerRecords | null; findings: Finding[] } {
  const findings: Finding[] = []
  const text = decoded(file.bytes)
  let lines: string[] | null = null
  const report: Report = ({ line, cell }, code, message, remedy) => {
    lines ??= (text ?? '').split(/\r\n|\n|\r/u)
    const within = lines[line - 1] ?? ''
    const { offset, length } = cell === undefined ? { offset: 0, length: within.length } : spanOfCell(within, cell)
    const excerpt = excerptOf(within, offset, Math.max(1, length))
    findings.push({ path: file.path, line, column: offset + 1, level: 'error', code, message, remedy, excerpt })
  }
  const rows = text === null ? notText(report) : rowsOf(file.bytes, text, report)
  if (rows === null) return { records: null, findings }
  const records = recordsOf(rows, mapping, report, () => findings.length >= MAX_FINDINGS)
  return { records: findings.length > 0 ? null : records, findings }
}

const notText = (report: Report): null => {
  report({ line: 1 }, 'encoding', 'the table is not UTF-8 text', 'Save it as UTF-8.')
  return null
}

function decoded(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\u0000') ? null : text
  } catch {
    return null
  }
}

/** Where a cell stands in its line, without its quotes. */
function spanOfCell(line: string, cell: number): { offset: number; length: number } {
  let [from, column, isQuoted] = [0, 0, false]
  for (let at = 0; at <= line.length; at++) {
    if (line[at] === '"') isQuoted = !isQuoted
    if (at < line.length && (line[at] !== ',' || isQuoted)) continue
    if (column === cell) {
      const marks = line[from] === '"' ? 1 : 0
      return { offset: from + marks, length: at - from - 2 * marks }
    }
    column++
    from = at + 1
  }
  return { offset: 0, length: line.length }
}

/** The rows with the header first, or null where the text is no table. */
function rowsOf(bytes: Uint8Array, text: string, report: Report): Row[] | null {
  const refuse = (line: number, code: Finding['code'], message: string, remedy: string): null => {
    report({ line }, code, message, remedy)
    return null
  }
  if (bytes.length > MAX_BYTES) return refuse(1, 'too_large', 'the table is larger than 64 MiB', 'Split it by years.')
  if (isLonger(text, MAX_ROWS + 1)) return refuse(1, 'too_large', 'the table has more than 1,000,000 rows', 'Split it by years.')
  const unevenly = 'Give every row one cell for each column, and put a cell that holds a comma in quotes.'
  try {
    const read = parse(text, { info: true, skip_empty_lines: true, relax_column_count: true }) as unknown as {
      record: string[]
      info: { lines: number }
    }[]
    const rows = read.map(({ record, info }) => ({ cells: record, line: info.lines }))
    const [header, ...body] = rows
    if (header === undefined) return refuse(1, 'table_syntax', 'the table is empty', 'Give it a header and rows.')
    if (header.cells.length === 1 && /[;\t]/u.test(header.cells[0] ?? ''))
      return refuse(1, 'table_syntax', 'the cells are not separated by commas', 'Save the table with commas, and decimals with a point.')
    if (body.length === 0) refuse(header.line, 'table_syntax', 'there is no row below the header', 'Give the table its rows.')
    const uneven = body.filter(({ cells }) => cells.length !== header.cells.length).slice(0, MAX_FINDINGS)
    for (const { line, cells } of uneven)
      report({ line }, 'table_syntax', `the row has ${cells.length} cells, the header ${header.cells.length}`, unevenly)
    return uneven.length > 0 ? null : rows
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const { lines, column } = error as unknown as { lines?: number; column?: number }
    report({ line: lines ?? 1, cell: column }, 'table_syntax', 'a quotation mark is not closed, or stands inside a cell', 'Close it, or double it.')
    return null
  }
}

/** Whether a text has more lines than that; nothing is split for it. */
function isLonger(text: string, lines: number): boolean {
  let at = -1
  for (let seen = 0; seen <= lines; seen++) {
    at = text.indexOf('\n', at + 1)
    if (at === -1) return false
  }
  return at < text.length - 1
}

function recordsOf(rows: readonly Row[], mapping: TableMapping, report: Report, isEnough: () => boolean): LedgerRecords | null {
  const [header, ...body] = rows as [Row, ...Row[]]
  const at = columnsOf(header, mapping, report)
  if (at === null) return null
  const source = idOf(mapping.source)
  const analyst = mapping.analyst.id
  const records: LedgerRecords = { analysts: [{ record: mapping.analyst }], sources: [], statements: [], questions: [], forecasts: [] }
  const taken = new Map<string, number>()
  let latest = ''
  for (const row of body) {
    if (isEnough()) break
    const cell = (name: string) => (row.cells[at.get(name) as number] ?? '').trim()
    const read = readRow(row, cell, at, mapping, report)
    if (read === null) continue
    const { date, said, title, cluster, probability, outcome } = read
    if (date > latest) latest = date
    const id = statementId(source, localId(`${date} ${title}`, taken))
    records.statements.push({
      id,
      source,
      analyst,
      quote: { exact: `${title}: ${cell(mapping.probability)}` },
      voice: 'quote',
      kind: 'forecast',
      checked: 'unchecked',
    })
    const says = `${mapping.outcome} is ${cell(mapping.outcome)} for ${title} on ${date}.`
    records.questions.push({
      record: {
        id,
        title,
        criteria: `Yes when the column "${mapping.outcome}" of the table says 1 for ${title} on ${date}, no when it says 0.`,
        deadline: { date, time_zone: mapping.time_zone },
      },
      condition_met: null,
      resolution:
        outcome === null
          ? null
          : { outcome, known_on: date, evidence: [{ url: mapping.url, says, accessed: mapping.accessed }], rationale: 'As the table says.' },
    })
    records.forecasts.push({
      record: { id, question: id, analyst, statement: id, said_on: { from: said, to: said }, probability, ...cluster },
      withdrawn: null,
      retracted: null,
    })
  }
  records.sources.push({
    record: { id: source, type: 'dataset', title: mapping.source, url: mapping.url, published: latest, accessed: mapping.accessed, coverage: 'complete' },
    amends: 'The table was read again and has grown.',
  })
  return records
}

const IN_TITLE = /\{([^{}]+)\}/gu

function columnsOf(header: Row, mapping: TableMapping, report: Report): Map<string, number> | null {
  const at = new Map<string, number>()
  let isGood = true
  const fail = (message: string, remedy: string, cell?: number) => {
    isGood = false
    report({ line: header.line, cell }, 'table_column', message, remedy)
  }
  const names = header.cells.map((name) => name.trim())
  names.forEach((name, i) => {
    if (at.has(name)) fail(`the column ${shown(name)} stands twice in the header`, 'Give each column its own name.', i)
    else at.set(name, i)
  })
  const inTitle = [...mapping.title.matchAll(IN_TITLE)].map((match) => match[1] as string)
  for (const name of new Set([mapping.probability, mapping.outcome, mapping.date, mapping.said, mapping.cluster, ...inTitle])) {
    if (name === undefined || at.has(name)) continue
    const meant = nearest(name, names)
    fail(`there is no column ${shown(name)}`, meant === null ? `The columns are ${names.slice(0, 20).join(', ')}.` : `Did you mean ${shown(meant)}?`)
  }
  return isGood ? at : null
}

const DAY = 'Write year-month-day.'
const TEXT = 'Give the event in words, in one line of at most 300 characters.'

/** What a row says, or null where something is wrong with it. */
function readRow(row: Row, cell: (name: string) => string, at: ReadonlyMap<string, number>, mapping: TableMapping, report: Report) {
  let isGood = true
  const bad = (column: string, needs: string, remedy: string) => {
    isGood = false
    report({ line: row.line, cell: at.get(column) }, 'table_value', `${column} is ${shown(cell(column))}, ${needs}`, remedy)
  }
  const isDay = (text: string) => Day.safeParse(text).success
  const date = cell(mapping.date)
  if (!isDay(date)) bad(mapping.date, 'not a date such as 2025-04-08', DAY)
  const probability = chanceOf(cell(mapping.probability))
  if (probability === null) bad(mapping.probability, 'not a probability from 0 to 1', 'Write 0.7 for 70 %, with a point.')
  const outcome = outcomeOf(cell(mapping.outcome))
  if (outcome === undefined) bad(mapping.outcome, 'not 1, 0, yes, no, a fraction or blank', 'Write 1 or 0; leave it blank while it is open.')
  else if (outcome !== null && isDay(date) && date > mapping.accessed)
    bad(mapping.date, 'which is still to come, and yet the outcome is known', 'Leave the outcome blank while it is open.')
  if (mapping.said !== undefined && !isDay(cell(mapping.said))) bad(mapping.said, 'not a date such as 2025-04-08', DAY)
  else if (mapping.said !== undefined && isDay(date) && cell(mapping.said) > date)
    bad(mapping.said, `after ${date}, when the outcome was known`, 'A forecast looks forward.')
  const title = Line.safeParse(mapping.title.replace(IN_TITLE, (_, name: string) => cell(name)))
  if (!title.success) {
    isGood = false
    report({ line: row.line }, 'table_value', `the title of the event ${title.error.issues[0]?.message}`, TEXT)
  }
  const cluster = mapping.cluster === undefined ? '' : cell(mapping.cluster)
  if (cluster !== '' && !Cluster.safeParse(cluster).success)
    bad(mapping.cluster as string, 'not one line of at most 100 characters', 'Give the group a short name.')
  if (!isGood || probability === null || outcome === undefined || !title.success) return null
  return {
    date,
    said: mapping.said === undefined ? addDays(date, -1) : cell(mapping.said),
    title: title.data,
    cluster: cluster === '' ? {} : { cluster },
    probability,
    outcome,
  }
}

/** The model keeps exact 0 and 1, and nothing closer to them than a millionth. */
function chanceOf(text: string): number | null {
  const value = /^(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/iu.test(text) ? Number(text) : Number.NaN
  if (value === 0 || value === 1) return value
  return value > 0 && value < 1 ? Math.min(1 - 1e-6, Math.max(1e-6, value)) : null
}

/** undefined: not an outcome; null: not decided yet. */
function outcomeOf(text: string): Outcome | null | undefined {
  const word = text.toLowerCase()
  if (word === '') return null
  if (YES.has(word)) return 'yes'
  if (NO.has(word)) return 'no'
  return /^0?\.\d+$/u.test(word) && Number(word) > 0 ? 'ambiguous' : undefined
}

const idOf = (title: string): string => slugCandidates('table', title, 'of-forecasts')[0] as string

/** A slug of its own for each row; rows of one day and event are numbered in their order. */
function localId(title: string, taken: Map<string, number>): string {
  const base = idOf(title)
  let more = taken.get(base) ?? 0
  let id = base
  while (taken.has(id)) id = `${base}-${++more + 1}`
  taken.set(id, 0).set(base, more)
  return id
}
