import slugify from '@sindresorhus/slugify'
import { CsvError, parse } from 'csv-parse/sync'
import { addDays, Day } from '../core/calendar.ts'
import type { LedgerRecords } from '../core/folder.ts'
import type { Outcome } from '../core/resolution.ts'
import { statementId } from '../core/slug.ts'
import { excerptOf, type Finding, nearest, shown } from './finding.ts'

/** What the columns of a table mean. A `date` is the day on which the outcome was known, and the deadline. */
export type TableMapping = {
  analyst: string
  /** Of the source that the table becomes. */
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
const YES = new Set(['1', '1.0', 'yes', 'true'])
const NO = new Set(['0', '0.0', 'no', 'false'])
const MAX_LOCAL = 72

type Cells = { line: number; cells: string[] }

/**
 * A comma-separated table of probabilities and outcomes as the records of one analyst and one source of type
 * `dataset`. A blank outcome stays open; a fraction, such as a draw, is ambiguous. All findings are reported, each
 * with its line and the column of the header it belongs to; with one of them nothing is read.
 */
export function readForecastTable(
  file: { path: string; bytes: Uint8Array },
  mapping: TableMapping,
): { records: LedgerRecords | null; findings: Finding[] } {
  const findings: Finding[] = []
  let lines: string[] = []
  const report = (line: number, code: Finding['code'], message: string, remedy: string, cell = '') => {
    const text = lines[line - 1] ?? ''
    const offset = Math.max(0, cell === '' ? 0 : text.indexOf(cell))
    findings.push({
      path: file.path,
      line,
      column: offset + 1,
      level: 'error',
      code,
      message,
      remedy,
      excerpt: excerptOf(text, offset, Math.max(1, cell.length)),
    })
  }
  const end = () => ({ records: null, findings })

  const text = decoded(file.bytes)
  if (text === null) {
    report(1, 'encoding', 'the table is not UTF-8 text', 'Save it as UTF-8.')
    return end()
  }
  if (file.bytes.length > MAX_BYTES) {
    report(1, 'too_large', 'the table is larger than 64 MiB', 'Split it by years.')
    return end()
  }
  lines = text.split(/\r\n|\n|\r/u)
  const rows = readRows(text, report)
  const [header, ...body] = rows ?? []
  if (header === undefined) return end()
  if (header.cells.length === 1 && /[;\t]/u.test(header.cells[0] ?? ''))
    report(1, 'table_syntax', 'the cells are not separated by commas', 'Save the table with commas, and decimals with a point.')
  const at = columnsOf(header, mapping, report)
  if (body.length === 0) report(1, 'table_syntax', 'there is no row below the header', 'Give the table its rows.')
  if (at === null || findings.length > 0) return end()

  const source = idOf(mapping.source)
  const analyst = idOf(mapping.analyst)
  const records: LedgerRecords = { analysts: [{ record: { id: analyst, name: mapping.analyst } }], sources: [], statements: [], questions: [], forecasts: [] }
  const taken = new Map<string, number>()
  let latest = ''
  for (const row of body) {
    const cell = (name: string) => (row.cells[at.get(name) as number] ?? '').trim()
    const { date, probability, outcome } = readRow(row, cell, mapping, report)
    if (date === null || probability === null || outcome === undefined) continue
    const said = mapping.said === undefined ? addDays(date, -1) : cell(mapping.said)
    if (!Day.safeParse(said).success) {
      report(row.line, 'table_value', `${shown(said)} is not a date such as 2025-04-08`, 'Write year-month-day.', said)
      continue
    }
    if (date > latest) latest = date
    const title = mapping.title.replace(/\{([^}]+)\}/gu, (_, name: string) => cell(name))
    const id = statementId(source, localIdOf(`${date} ${title}`, taken))
    records.statements.push({
      id,
      source,
      analyst,
      quote: { exact: `${title}: ${cell(mapping.probability)}` },
      voice: 'quote',
      kind: 'forecast',
      checked: 'unchecked',
    })
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
          : {
              outcome,
              known_on: date,
              evidence: [
                { url: mapping.url, says: `Row ${row.line - 1} of the table: ${mapping.outcome} = ${cell(mapping.outcome)}.`, accessed: mapping.accessed },
              ],
              rationale: 'As the table says.',
            },
    })
    records.forecasts.push({
      record: {
        id,
        question: id,
        analyst,
        statement: id,
        said_on: { from: said, to: said },
        probability,
        ...(mapping.cluster === undefined ? {} : { cluster: cell(mapping.cluster).slice(0, 100) || `row ${row.line - 1}` }),
      },
      withdrawn: null,
      retracted: null,
    })
  }
  records.sources.push({
    record: { id: source, type: 'dataset', title: mapping.source, url: mapping.url, published: latest, accessed: mapping.accessed, coverage: 'complete' },
  })
  return findings.length > 0 ? end() : { records, findings }
}

type Report = (line: number, code: Finding['code'], message: string, remedy: string, cell?: string) => void

function decoded(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\u0000') ? null : text
  } catch {
    return null
  }
}

function readRows(text: string, report: Report): Cells[] | null {
  try {
    const rows = parse(text, { info: true, skip_empty_lines: true }) as unknown as { record: string[]; info: { lines: number } }[]
    return rows.map(({ record, info }) => ({ cells: record, line: info.lines }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number((error as unknown as { lines?: number }).lines ?? 1)
    report(line, 'table_syntax', 'the row is not well-formed: a quote is not closed, or it has more or fewer cells than the header', 'Mend the row.')
    return null
  }
}

function columnsOf(header: Cells, mapping: TableMapping, report: Report): Map<string, number> | null {
  const at = new Map<string, number>()
  let good = true
  const fail = (message: string, remedy: string, cell = '') => {
    good = false
    report(header.line, 'table_column', message, remedy, cell)
  }
  header.cells.forEach((name, i) => {
    if (at.has(name)) fail(`the column ${shown(name)} stands twice in the header`, 'Give each column its own name.', name)
    at.set(name, i)
  })
  const inTitle = [...mapping.title.matchAll(/\{([^}]+)\}/gu)].map((match) => match[1] as string)
  const named = [mapping.probability, mapping.outcome, mapping.date, mapping.said, mapping.cluster, ...inTitle]
  for (const name of new Set(named)) {
    if (name === undefined || at.has(name)) continue
    const meant = nearest(name, header.cells)
    fail(`there is no column ${shown(name)}`, meant === null ? `The columns are ${header.cells.slice(0, 20).join(', ')}.` : `Did you mean ${shown(meant)}?`)
  }
  return good ? at : null
}

function readRow(row: Cells, cell: (name: string) => string, mapping: TableMapping, report: Report) {
  const bad = (column: string, needs: string, remedy: string) =>
    report(row.line, 'table_value', `${column} is ${shown(cell(column))}, ${needs}`, remedy, cell(column))
  const date = Day.safeParse(cell(mapping.date)).success ? cell(mapping.date) : null
  if (date === null) bad(mapping.date, 'not a date such as 2025-04-08', 'Write year-month-day.')
  const typed = cell(mapping.probability)
  const value = /^(0|1|[01]?\.\d+|[01])(e-\d+)?$/iu.test(typed) ? Number(typed) : Number.NaN
  const probability = value >= 0 && value <= 1 ? nearEnough(value) : null
  if (probability === null) bad(mapping.probability, 'not a probability from 0 to 1', 'Write 0.7 for 70 %, with a point.')
  const outcome = outcomeOf(cell(mapping.outcome))
  if (outcome === undefined) bad(mapping.outcome, 'not 1, 0, yes, no, a fraction or blank', 'Write 1 or 0; leave it blank while it is open.')
  return { date, probability, outcome }
}

// The model keeps exact 0 and 1, and nothing closer to them than a millionth.
const nearEnough = (p: number): number => (p === 0 || p === 1 ? p : Math.min(1 - 1e-6, Math.max(1e-6, p)))

/** undefined: not an outcome; null: not decided yet. */
function outcomeOf(text: string): Outcome | null | undefined {
  const word = text.toLowerCase()
  if (word === '') return null
  if (YES.has(word)) return 'yes'
  if (NO.has(word)) return 'no'
  const fraction = Number(word)
  return /^0?\.\d+$/u.test(word) && fraction > 0 && fraction < 1 ? 'ambiguous' : undefined
}

const idOf = (title: string): string => slugify(title, { decamelize: false }).slice(0, MAX_LOCAL).replace(/-+$/u, '') || 'table'

function localIdOf(title: string, taken: Map<string, number>): string {
  const base = idOf(title)
  const count = (taken.get(base) ?? 0) + 1
  taken.set(base, count)
  return count === 1 ? base : `${base}-${count}`
}
