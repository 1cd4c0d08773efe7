import type { Analyst } from '../core/analyst.ts'
import { addDays, Day } from '../core/calendar.ts'
import type { LedgerRecords } from '../core/folder.ts'
import type { Outcome } from '../core/resolution.ts'
import { slugCandidates, statementId } from '../core/slug.ts'
import { line as lineOfText } from '../core/text.ts'
import { type Finding, nearest, shown } from './finding.ts'
import { MAX_FINDINGS, type Report, readTable, type TableRow } from './table-rows.ts'

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

const YES = new Set(['1', '1.0', 'yes', 'true'])
const NO = new Set(['0', '0.0', 'no', 'false'])
const Line = lineOfText()
const Cluster = lineOfText(100)

/**
 * A comma-separated table of probabilities and outcomes as the records of one analyst and one source of type
 * `dataset`. A blank outcome stays open; a fraction, such as a draw, is ambiguous. Every finding has its line and
 * column, up to a hundred; with one of them nothing is read.
 */
export function readForecastTable(
  file: { path: string; bytes: Uint8Array },
  mapping: TableMapping,
): { records: LedgerRecords | null; findings: Finding[] } {
  const { rows, findings, report } = readTable(file)
  if (rows === null) return { records: null, findings }
  const records = recordsOf(rows, mapping, report, () => findings.length >= MAX_FINDINGS)
  return { records: findings.length > 0 ? null : records, findings }
}

function recordsOf(
  rows: readonly TableRow[],
  mapping: TableMapping,
  report: Report,
  isEnough: () => boolean,
): LedgerRecords | null {
  const [header, ...body] = rows as [TableRow, ...TableRow[]]
  const at = columnsOf(header, mapping, report)
  if (at === null) return null
  const source = idOf(mapping.source)
  const analyst = mapping.analyst.id
  const records: LedgerRecords = {
    analysts: [{ record: mapping.analyst }],
    sources: [],
    statements: [],
    questions: [],
    references: [],
    forecasts: [],
  }
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
          : {
              outcome,
              known_on: date,
              evidence: [{ url: mapping.url, says, accessed: mapping.accessed }],
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
        ...cluster,
      },
      withdrawn: null,
      retracted: null,
    })
  }
  records.sources.push({
    record: {
      id: source,
      type: 'dataset',
      title: mapping.source,
      url: mapping.url,
      published: latest,
      accessed: mapping.accessed,
      coverage: 'complete',
    },
    amends: 'The table was read again and has grown.',
  })
  return records
}

const IN_TITLE = /\{([^{}]+)\}/gu

function columnsOf(header: TableRow, mapping: TableMapping, report: Report): Map<string, number> | null {
  const at = new Map<string, number>()
  let isGood = true
  const fail = (message: string, remedy: string, cell?: number) => {
    isGood = false
    report({ line: header.line, cell }, 'table_column', message, remedy)
  }
  const names = header.cells.map((name) => name.trim())
  names.forEach((name, i) => {
    if (at.has(name))
      fail(`the column ${shown(name)} stands twice in the header`, 'Give each column its own name.', i)
    else at.set(name, i)
  })
  const inTitle = [...mapping.title.matchAll(IN_TITLE)].map((match) => match[1] as string)
  for (const name of new Set([
    mapping.probability,
    mapping.outcome,
    mapping.date,
    mapping.said,
    mapping.cluster,
    ...inTitle,
  ])) {
    if (name === undefined || at.has(name)) continue
    const meant = nearest(name, names)
    fail(
      `there is no column ${shown(name)}`,
      meant === null ? `The columns are ${names.slice(0, 20).join(', ')}.` : `Did you mean ${shown(meant)}?`,
    )
  }
  return isGood ? at : null
}

const DAY = 'Write year-month-day.'
const TEXT = 'Give the event in words, in one line of at most 300 characters.'

/** What a row says, or null where something is wrong with it. */
function readRow(
  row: TableRow,
  cell: (name: string) => string,
  at: ReadonlyMap<string, number>,
  mapping: TableMapping,
  report: Report,
) {
  let isGood = true
  const bad = (column: string, needs: string, remedy: string) => {
    isGood = false
    report(
      { line: row.line, cell: at.get(column) },
      'table_value',
      `${column} is ${shown(cell(column))}, ${needs}`,
      remedy,
    )
  }
  const isDay = (text: string) => Day.safeParse(text).success
  const date = cell(mapping.date)
  if (!isDay(date)) bad(mapping.date, 'not a date such as 2025-04-08', DAY)
  const probability = chanceOf(cell(mapping.probability))
  if (probability === null)
    bad(mapping.probability, 'not a probability from 0 to 1', 'Write 0.7 for 70 %, with a point.')
  const outcome = outcomeOf(cell(mapping.outcome))
  if (outcome === undefined)
    bad(
      mapping.outcome,
      'not 1, 0, yes, no, a fraction or blank',
      'Write 1 or 0; leave it blank while it is open.',
    )
  else if (outcome !== null && isDay(date) && date > mapping.accessed)
    bad(
      mapping.date,
      'which is still to come, and yet the outcome is known',
      'Leave the outcome blank while it is open.',
    )
  if (mapping.said !== undefined && !isDay(cell(mapping.said)))
    bad(mapping.said, 'not a date such as 2025-04-08', DAY)
  else if (mapping.said !== undefined && isDay(date) && cell(mapping.said) > date)
    bad(mapping.said, `after ${date}, when the outcome was known`, 'A forecast looks forward.')
  const title = Line.safeParse(mapping.title.replace(IN_TITLE, (_, name: string) => cell(name)))
  if (!title.success) {
    isGood = false
    report(
      { line: row.line },
      'table_value',
      `the title of the event ${title.error.issues[0]?.message}`,
      TEXT,
    )
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
