import type { Analyst } from '../core/analyst.ts'
import { addDays } from '../core/calendar.ts'
import type { LedgerRecords } from '../core/folder.ts'
import type { FileResolution, Outcome } from '../core/resolution.ts'
import { slugCandidates, statementId } from '../core/slug.ts'
import type { Source } from '../core/source.ts'
import type { ColumnKey, ColumnNames, DateFormat, Meaning } from '../core/table-mapping.ts'
import { line as lineOfText } from '../core/text.ts'
import { type FindingCode, shown } from './finding.ts'
import { chanceIn, type Moment, momentIn, outcomeIn } from './table-cells.ts'
import { placesOf, titleFrom, type Wanted } from './table-columns.ts'
import { MAX_FINDINGS, type Report, type Table, type TableRow } from './table-rows.ts'

/**
 * What the columns of a table mean. A `date` is the day on which the outcome was known, and the deadline; where these
 * are two columns they are `deadline` and `known_on`.
 */
export type TableMapping = {
  columns: ColumnNames
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
  /** How its outcomes are written. */
  says?: { yes: string; no: string } | undefined
  /** Columns that say why a day that the tracker itself would take stands where none was given. */
  reasons?: { deadline: string; known_on: string } | undefined
}

/** One forecast, as its row says it. */
export type ForecastRow = {
  row: TableRow
  /** Whose it is, where a column says so. */
  name: string | null
  title: string
  /** What tells the question from others: the cell of `id`, else the deadline and the event. */
  key: string
  deadline: string
  known_on: string | null
  said: Moment
  created: string
  chance: { text: string; value: number }
  outcome: { text: string; value: Outcome | null }
  cluster: { cluster?: string }
  /** Why the deadline, or the day on which the outcome was known, is one that nobody gave. */
  reasons: { deadline?: string; known_on?: string }
}

const Line = lineOfText()
const Cluster = lineOfText(100)
const Key = lineOfText(200)

/** The forecasts that the rows of a table are, or null where there is a finding: all are of lines and columns of it. */
export function readForecasts(
  { rows, report, findings, ...table }: Table,
  mapping: TableMapping,
): ForecastRow[] | null {
  const [header, ...body] = rows as [TableRow, ...TableRow[]]
  const at = placesOf(header, mapping, report)
  if (at === null) return null
  const read: ForecastRow[] = []
  for (const row of body) {
    if (findings.length >= MAX_FINDINGS) break
    const cell = (name: string) => (row.cells[at.get(name) as number] ?? '').trim()
    if (mapping.where.some(({ column, value }) => cell(column) !== value)) continue
    const found = readRow({ row, cell, at, mapping, report, hasCommas: table.hasDecimalCommas })
    if (found !== null) read.push(found)
  }
  if (read.length === 0 && findings.length === 0)
    report(
      { line: header.line },
      'table_value',
      mapping.where.length === 0
        ? 'no forecast is left to record'
        : `no row has ${mapping.where.map(({ column, value }) => `${shown(value)} in ${column}`).join(' and ')}`,
      mapping.where.length === 0
        ? 'All of it was left out: the import says why.'
        : 'Write the value as it stands in the table.',
    )
  agreeing(read, mapping, report)
  return findings.length > 0 ? null : read
}

type Reading = {
  row: TableRow
  cell: (name: string) => string
  at: ReadonlyMap<string, number>
  mapping: TableMapping
  report: Report
  hasCommas: boolean
}

/** What a row says, or null where something is wrong with it. */
function readRow({ row, cell, at, mapping, report, hasCommas }: Reading): ForecastRow | null {
  const { columns, time_zone, date_format } = mapping
  let isGood = true
  const bad = (column: string, needs: string, remedy: string, code: FindingCode = 'table_value') => {
    isGood = false
    const place = { line: row.line, cell: at.get(column) }
    report(place, code, `${column} is ${shown(cell(column))}, ${needs}`, remedy)
  }
  /** The moment in a column; null where it is empty or there is no such column. */
  const moment = (key: ColumnKey, isNeeded: boolean): Moment | null => {
    const column = columns[key]
    if (column === undefined || (!isNeeded && cell(column) === '')) return null
    const read = momentIn(cell(column), time_zone, date_format)
    if ('day' in read) return read
    bad(column, `which ${read.problem}`, read.remedy)
    return null
  }
  const date = moment('date', true)?.day
  const deadline = columns.deadline === undefined ? date : moment('deadline', true)?.day
  const known_on = (columns.known_on === undefined ? date : moment('known_on', false)?.day) ?? null
  const said = columns.said === undefined ? null : moment('said', true)
  const created = columns.created === columns.said ? said : moment('created', false)
  const chance = chanceIn(cell(columns.probability), hasCommas)
  if (chance === null)
    bad(columns.probability, 'not a probability from 0 to 1', 'Write 0.7 or 70 % for 70 %, with a point.')
  const outcome = outcomeIn(cell(columns.outcome), mapping.outcomes)
  const knownColumn = columns.known_on ?? columns.date ?? ''
  if (outcome === undefined)
    bad(
      columns.outcome,
      'not 1, 0, yes, no, ambiguous, N/A, a fraction or blank',
      `Write 1 or 0, blank while it is open, or say what it means with --outcome=${shown(`${cell(columns.outcome)}=ambiguous`)}.`,
    )
  else if (outcome !== null && known_on === null && isGood)
    bad(knownColumn, 'and yet the outcome is known', 'Give the day on which it was known.')
  else if (outcome !== null && known_on !== null && known_on > mapping.accessed)
    bad(
      knownColumn,
      'which is still to come, and yet the outcome is known',
      'Leave the outcome blank while it is open.',
    )
  const end = [known_on, deadline].filter((day) => day != null).sort()[0] as string | undefined
  if (columns.said !== undefined && said !== null && end !== undefined && said.day > end)
    bad(
      columns.said,
      `after ${end}, when the outcome was known or due`,
      'A forecast looks forward.',
      'table_late',
    )
  const text = titleFrom(mapping.title, cell)
  const title = Line.safeParse(text)
  if (!title.success) {
    isGood = false
    const why = `the title of the event ${title.error.issues[0]?.message}`
    report(
      { line: row.line },
      'table_value',
      why,
      'Give the event in words, in one line of at most 300 characters.',
    )
  }
  for (const key of ['id', 'analyst'] as const) {
    const column = columns[key]
    if (column !== undefined && !Key.safeParse(cell(column)).success)
      bad(column, 'not one line of at most 200 characters', 'Give every row one.')
  }
  const cluster = mapping.cluster === undefined ? '' : cell(mapping.cluster)
  if (cluster !== '' && !Cluster.safeParse(cluster).success)
    bad(mapping.cluster as string, 'not one line of at most 100 characters', 'Give the group a short name.')
  if (!isGood || chance === null || outcome === undefined || deadline === undefined || !title.success)
    return null
  return {
    row,
    name: columns.analyst === undefined ? null : cell(columns.analyst),
    title: title.data,
    key: columns.id === undefined ? `${deadline} ${title.data}` : cell(columns.id),
    deadline,
    known_on: outcome === null ? null : known_on,
    said: said ?? { day: addDays(end ?? deadline, -1), order: '' },
    created: created === null ? '' : `${created.day}T${created.order}`,
    chance: { text: cell(columns.probability), value: chance },
    outcome: { text: cell(columns.outcome), value: outcome },
    cluster: cluster === '' ? {} : { cluster },
    reasons: reasonsIn(mapping, cell),
  }
}

function reasonsIn({ reasons }: TableMapping, cell: (name: string) => string): ForecastRow['reasons'] {
  const [deadline, known_on] = reasons === undefined ? [] : [cell(reasons.deadline), cell(reasons.known_on)]
  return { ...(deadline ? { deadline } : {}), ...(known_on ? { known_on } : {}) }
}

const personIn = ({ name }: ForecastRow): string => name?.toLowerCase() ?? ''

/** Rows by a key, in the order in which each comes first. */
function grouped(rows: readonly ForecastRow[], keyOf: (row: ForecastRow) => string): ForecastRow[][] {
  const groups = new Map<string, ForecastRow[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group === undefined) groups.set(keyOf(row), [row])
    else group.push(row)
  }
  return [...groups.values()]
}

/** What rows of one question must not say differently, and what one person cannot have said twice at once. */
function agreeing(rows: readonly ForecastRow[], { columns }: TableMapping, report: Report): void {
  if (columns.said === undefined && columns.id === undefined) return
  const differ = (row: ForecastRow, what: string, first: ForecastRow, remedy: string) =>
    report(
      { line: row.row.line },
      'table_value',
      `${what}: ${first.row.named ?? `line ${first.row.line}`} is on the same question`,
      remedy,
    )
  for (const of of grouped(rows, ({ key }) => key)) {
    const decided = of.filter(({ outcome }) => outcome.value !== null)
    for (const row of decided.slice(1)) {
      const [first] = decided as [ForecastRow]
      if (row.outcome.value !== first.outcome.value || row.known_on !== first.known_on)
        differ(
          row,
          'the outcome or its day is another one',
          first,
          'Give each question its own id with --map id=COLUMN.',
        )
    }
    for (const row of of.slice(1)) {
      const [first] = of as [ForecastRow]
      if (row.title !== first.title || row.deadline !== first.deadline)
        differ(
          row,
          'the event or its deadline is another one',
          first,
          'Give each question its own id with --map id=COLUMN.',
        )
    }
    for (const same of grouped(of, (row) => `${personIn(row)} ${momentOf(row)}`)) {
      const [first, second] = sayingsOf(same)
      if (first !== undefined && second !== undefined)
        differ(
          second,
          'another probability of the same person, and nothing tells which came first',
          first,
          'Name the column of the time with --map created=COLUMN.',
        )
    }
  }
}

/** In the order of saying, whatever the order of the rows. */
const ordered = (rows: readonly ForecastRow[]): ForecastRow[] =>
  [...rows].sort((a, b) => compare(momentOf(a), momentOf(b)) || a.chance.value - b.chance.value)
const momentOf = ({ said, created }: ForecastRow) => `${said.day} ${said.order} ${created}`
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** What was said, in order: a row that stands twice, the same at the same moment, is one saying. */
const sayingsOf = (rows: readonly ForecastRow[]): ForecastRow[] =>
  ordered(rows).filter((row, n, all) => {
    const before = all[n - 1]
    return (
      before === undefined || momentOf(row) !== momentOf(before) || row.chance.value !== before.chance.value
    )
  })

/** The analysts of a table: one, or by the name that a column gives. */
export type AnalystOf = (name: string | null) => Analyst

const NUMBERS = { yes: '1', no: '0' }

/** The forecasts as the records of one source of type `dataset`, in an order that the order of the rows has no part in. */
export function recordsOf(
  rows: readonly ForecastRow[],
  { columns, time_zone, accessed, says = NUMBERS }: TableMapping,
  source: Source,
  analystOf: AnalystOf,
): LedgerRecords {
  const records: LedgerRecords = {
    analysts: [],
    sources: [{ record: source, amends: 'The table was read again and has grown.' }],
    statements: [],
    questions: [],
    references: [],
    forecasts: [],
  }
  const analysts = new Map<string, Analyst>()
  const taken = new Map<string, number>()
  const address = source.url as string
  for (const question of questionsIn(rows, columns)) {
    const [first] = question as [ForecastRow]
    const id = statementId(source.id, localId(first.key, taken))
    const decided = question.find(({ outcome }) => outcome.value !== null)
    records.questions.push({
      record: {
        id,
        title: first.title,
        criteria: `Yes when the column "${columns.outcome}" of the table says ${says.yes} for ${first.title} on ${first.deadline}, no when it says ${says.no}.`,
        deadline: {
          date: first.deadline,
          time_zone,
          ...(first.reasons.deadline === undefined ? {} : { because: first.reasons.deadline }),
        },
      },
      condition_met: null,
      resolution: decided === undefined ? null : resolutionOf(decided, columns.outcome, address, accessed),
    })
    for (const own of grouped(question, personIn)) {
      const said = sayingsOf(own)
      for (const [n, row] of said.entries()) {
        const analyst = analystOf(row.name)
        analysts.set(analyst.id, analyst)
        const local = `${id}${columns.analyst === undefined ? '' : `-by-${analyst.id}`}`
        const nth = said.filter((other, at) => at < n && other.said.day === row.said.day).length
        const day = n === 0 ? '' : `, ${row.said.day}${nth === 0 ? '' : ` (${nth + 1})`}`
        const statement = n === 0 ? local : `${local}-of-${row.said.day}${nth === 0 ? '' : `-${nth + 1}`}`
        records.statements.push({
          id: statement,
          source: source.id,
          analyst: analyst.id,
          quote: { exact: `${row.title}${day}: ${row.chance.text}` },
          voice: 'quote',
          kind: 'forecast',
          checked: 'unchecked',
        })
        records.forecasts.push({
          record: {
            id: statement,
            question: id,
            analyst: analyst.id,
            statement,
            said_on: { from: row.said.day, to: row.said.day },
            probability: row.chance.value,
            ...row.cluster,
          },
          withdrawn: null,
          retracted: null,
        })
      }
    }
  }
  records.analysts = [...analysts.values()].map((record) => ({ record }))
  return records
}

/**
 * Rows by the question they are of, each in the order of saying. Where nothing tells when something was said, a second
 * row of one person on one event and day is another event of that name, as two games of one day are.
 */
function questionsIn(rows: readonly ForecastRow[], columns: ColumnNames): ForecastRow[][] {
  const groups = grouped(rows, ({ key }) => key)
    .map(ordered)
    .sort(([a], [b]) => compare(a?.key ?? '', b?.key ?? ''))
  if (columns.said !== undefined || columns.id !== undefined) return groups
  return groups.flatMap((group) => {
    const nth: ForecastRow[][] = []
    for (const own of grouped(group, personIn))
      for (const [n, row] of own.sort((a, b) => a.chance.value - b.chance.value).entries())
        nth[n] = [...(nth[n] ?? []), row]
    return nth
  })
}

function resolutionOf(
  { outcome, title, deadline, known_on, reasons }: ForecastRow,
  column: string,
  url: string,
  accessed: string,
): FileResolution {
  const says = `${column} is ${outcome.text} for ${title} on ${deadline}.`
  const value = outcome.value as Outcome
  return {
    outcome: value,
    ...(value === 'annulled' ? { annulled_because: 'moot' as const } : {}),
    known_on: known_on as string,
    evidence: [{ url, says, accessed }],
    rationale: ['As the table says.', reasons.known_on].filter((text) => text !== undefined).join(' '),
    ...(value !== 'annulled' && (known_on as string) < deadline
      ? { because_early: reasons.known_on ?? 'The table gives the day on which the outcome was known.' }
      : {}),
  }
}

const idOf = (title: string): string => slugCandidates('table', title, 'of-forecasts')[0] as string

/** A slug of its own for each question; those of one day and event are numbered in their order. */
function localId(title: string, taken: Map<string, number>): string {
  const base = idOf(title)
  let more = taken.get(base) ?? 0
  let id = base
  while (taken.has(id)) id = `${base}-${++more + 1}`
  taken.set(id, 0).set(base, more)
  return id
}
