import { addDays } from '../core/calendar.ts'
import type { Range } from '../core/question.ts'
import type { ColumnKey, ColumnNames, DateFormat, Meaning } from '../core/table-mapping.ts'
import { line as lineOfText, prose } from '../core/text.ts'
import { type FindingCode, shown } from './finding.ts'
import { type Answer, answerIn } from './row-answer.ts'
import { type RowOutcome, rowOutcome } from './row-outcome.ts'
import { type Moment, momentIn, numberIn, type Unread } from './table-cells.ts'
import { titleFrom, type Wanted } from './table-columns.ts'
import type { Report, RowPlace, TableRow } from './table-rows.ts'

/**
 * What the columns of a table mean. A `date` is the day on which the outcome was known, and the deadline; where these
 * are two columns they are `deadline` and `known_on`.
 */
export type TableMapping = {
  columns: ColumnNames
  /** Columns of quantiles by their levels, in plain decimals. */
  quantiles?: ReadonlyMap<string, string>
  /** How probable an answer from `low` to `high` is. */
  level?: number | undefined
  /** Where no column says from where to where an answer can lie. */
  range?: Range | undefined
  /** What makes rows depend on each other; without it each row stands by itself. */
  cluster: string | undefined
  /** The event, with the cells of `{column}`. */
  title: string
  /** Only rows in which every one of these cells is so. */
  where: readonly Wanted[]
  not_analyst: readonly string[]
  /** What words of the outcome mean that are not known here, in small letters. */
  outcomes: ReadonlyMap<string, Meaning>
  date_format?: DateFormat | undefined
  time_zone: string
  /** The day on which the table was read. */
  accessed: string
} & TrackerMapping

/** What the reader of a tracker's format says besides. */
export type TrackerMapping = {
  /** How its outcomes of yes and no are written. */
  says?: { yes: string; no: string } | undefined
  /** A column that says in the words of the file what was forecast in numbers that are made of it. */
  words?: string | undefined
  /** Columns that say why a day that the tracker itself would take stands where none was given. */
  reasons?: { deadline: string; known_on: string } | undefined
  /** A column of when a forecast was no longer held; the next one of the same person ends it in any case. */
  ends?: string | undefined
}

/** One forecast, as its row says it; of options, as all of its rows say it once they are put together. */
export type ForecastRow = {
  row: RowPlace
  /** Whose it is, where a column says so. */
  name: string | null
  title: string
  /** What tells the question from others: the cell of `id`, else the deadline and the event. */
  key: string
  criteria: string | null
  deadline: string
  known_on: string | null
  said: Moment
  created: string
  /** The day on which it was no longer held. */
  ends: string | null
  answer: Answer
  outcome: RowOutcome
  cluster: { cluster?: string }
  /** Why the deadline, or the day on which the outcome was known, is one that nobody gave. */
  reasons: { deadline?: string; known_on?: string }
}

/** The cells of a row by the names of their columns, and where to say what is wrong with them. */
export type Cells = {
  of: (column: string) => string
  hasCommas: boolean
  /** `column` is "cell", and what it should be. */
  bad: (column: string, needs: string, remedy: string, code?: FindingCode) => void
  /** Something of the whole row. */
  wrong: (message: string, remedy: string) => void
  momentOf: (text: string) => Moment | Unread
  /** A cell that must hold a number, or a day; null where it does not, which is said. */
  quantity: (column: string, type: 'numeric' | 'date') => number | string | null
}

const Line = lineOfText()
const Cluster = lineOfText(100)
const Key = lineOfText(200)
const Criteria = prose()

type Reading = {
  row: TableRow
  cell: (name: string) => string
  at: ReadonlyMap<string, number>
  mapping: TableMapping
  report: Report
  hasCommas: boolean
}

/** What a row says, or null where something is wrong with it. */
export function readRow({ row, cell, at, mapping, report, hasCommas }: Reading): ForecastRow | null {
  const { columns } = mapping
  let isGood = true
  const cells = cellsOf({ row, cell, at, mapping, hasCommas }, (...finding) => {
    isGood = false
    report(...finding)
  })
  /** The moment in a column; null where it is empty or there is no such column. */
  const moment = (key: ColumnKey, isNeeded: boolean): Moment | null => {
    const column = columns[key]
    if (column === undefined || (!isNeeded && cell(column) === '')) return null
    const read = cells.momentOf(cell(column))
    if ('day' in read) return read
    cells.bad(column, `which ${read.problem}`, read.remedy)
    return null
  }
  const date = moment('date', true)?.day
  const deadline = columns.deadline === undefined ? date : moment('deadline', true)?.day
  const known_on = (columns.known_on === undefined ? date : moment('known_on', false)?.day) ?? null
  const said = columns.said === undefined ? null : moment('said', true)
  const created = columns.created === columns.said ? said : moment('created', false)
  const ends =
    mapping.ends === undefined || cell(mapping.ends) === '' ? null : cells.momentOf(cell(mapping.ends))
  if (ends !== null && 'problem' in ends)
    cells.bad(mapping.ends as string, `which ${ends.problem}`, ends.remedy)
  const answer = answerIn(cells, mapping)
  const outcome = rowOutcome(cells, mapping, answer?.type ?? typeMeant(cells, columns))
  if (outcome !== null && outcome.value !== null) requireKnown(cells, mapping, known_on, isGood)
  const end = [known_on, deadline].filter((day) => day != null).sort()[0] as string | undefined
  if (columns.said !== undefined && said !== null && end !== undefined && said.day > end)
    cells.bad(
      columns.said,
      `after ${end}, when the outcome was known or due`,
      'A forecast looks forward.',
      'table_late',
    )
  if (columns.said === undefined && end !== undefined && addDays(end, -1) > mapping.accessed)
    cells.wrong(
      `nothing says when this was said, and ${end}, when it is due, is still to come`,
      'Name the column of the day with --map said=COLUMN.',
    )
  const title = Line.safeParse(titleFrom(mapping.title, cell))
  if (!title.success)
    cells.wrong(
      `the title of the event ${title.error.issues[0]?.message}`,
      'Give the event in words, in one line of at most 300 characters.',
    )
  checkTexts(cells, mapping)
  if (!isGood || answer === null || outcome === null || deadline === undefined || !title.success) return null
  const of = (column: string | undefined) => (column === undefined ? '' : cell(column))
  const [cluster, criteria] = [of(mapping.cluster), of(columns.criteria)]
  return {
    row: { line: row.line, ...(row.named === undefined ? {} : { named: row.named }) },
    name: columns.analyst === undefined ? null : cell(columns.analyst),
    title: title.data,
    key: columns.id === undefined ? `${deadline} ${title.data}` : cell(columns.id),
    criteria: criteria === '' ? null : Criteria.parse(criteria),
    deadline,
    known_on: outcome.value === null ? null : known_on,
    said: said ?? { day: addDays(end ?? deadline, -1), order: '', fraction: '' },
    ends: ends !== null && 'day' in ends ? ends.day : null,
    created: created === null ? '' : `${created.day}T${created.order}${created.fraction}`,
    answer,
    outcome,
    cluster: cluster === '' ? {} : { cluster },
    reasons: reasonsIn(mapping, cell),
  }
}

function reasonsIn({ reasons }: TableMapping, cell: (name: string) => string): ForecastRow['reasons'] {
  const [deadline, known_on] = reasons === undefined ? [] : [cell(reasons.deadline), cell(reasons.known_on)]
  return { ...(deadline ? { deadline } : {}), ...(known_on ? { known_on } : {}) }
}

function cellsOf({ row, cell, at, mapping, hasCommas }: Omit<Reading, 'report'>, report: Report): Cells {
  const momentOf = (text: string) => momentIn(text, mapping.time_zone, mapping.date_format)
  const bad = (column: string, needs: string, remedy: string, code: FindingCode = 'table_value') => {
    const place = { line: row.line, cell: at.get(column) }
    report(place, code, `${column} is ${shown(cell(column))}, ${needs}`, remedy)
  }
  const wrong = (message: string, remedy: string) =>
    report({ line: row.line }, 'table_value', message, remedy)
  const quantity = (column: string, type: 'numeric' | 'date') => {
    const number = numberIn(cell(column), hasCommas)
    if (type === 'numeric') {
      if (number === null)
        bad(column, 'not a number', 'Write 1234.5: plain decimals, the unit in a column of its own.')
      return number
    }
    const read = momentOf(cell(column))
    if ('day' in read) return read.day
    bad(
      column,
      /^[\d.,\s-]*$/u.test(cell(column)) ? `which ${read.problem}` : 'neither a number nor a day',
      `Write 1234.5, or a day as 2025-04-08. ${read.remedy}`,
    )
    return null
  }
  return { of: cell, hasCommas, bad, wrong, momentOf, quantity }
}

/** What a row is of whose answer cannot be read: its outcome is not found wrong for that. */
const typeMeant = (cells: Cells, { option }: ColumnNames) =>
  option !== undefined && cells.of(option) !== '' ? 'multiple_choice' : 'binary'

function requireKnown(
  cells: Cells,
  { columns, accessed }: TableMapping,
  known_on: string | null,
  isGood: boolean,
): void {
  const column = columns.known_on ?? columns.date ?? ''
  if (known_on === null && isGood)
    cells.bad(column, 'and yet the outcome is known', 'Give the day on which it was known.')
  else if (known_on !== null && known_on > accessed)
    cells.bad(
      column,
      'which is still to come, and yet the outcome is known',
      'Leave the outcome blank while it is open.',
    )
}

/** Texts of a row that must be short enough, or be there. */
function checkTexts(cells: Cells, { columns, cluster }: TableMapping): void {
  for (const key of ['id', 'analyst'] as const) {
    const column = columns[key]
    if (column !== undefined && !Key.safeParse(cells.of(column)).success)
      cells.bad(column, 'not one line of at most 200 characters', 'Give every row one.')
  }
  const isNone = (column: string | undefined, schema: typeof Key) =>
    column !== undefined && cells.of(column) !== '' && !schema.safeParse(cells.of(column)).success
  if (isNone(cluster, Cluster))
    cells.bad(cluster as string, 'not one line of at most 100 characters', 'Give the group a short name.')
  if (isNone(columns.criteria, Criteria))
    cells.bad(
      columns.criteria as string,
      'not text of at most 10,000 characters',
      'Shorten it, or leave it blank: the title then says what is asked.',
    )
}
