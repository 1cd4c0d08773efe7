import { startOfDay } from '../core/calendar.ts'
import { kindOf } from '../core/probability.ts'
import { typeOf } from '../core/question.ts'
import { type Columns, csvHeader, csvLines } from '../http/csv.ts'
import type { Recorded } from '../store/documents/dataset.ts'

type Item = Recorded['forecasts'][number]
type Asked = Recorded['questions'][number]
type Row = { forecast: Item; question: Asked; analyst: Recorded['analysts'][number] }

/** Why a tracker cannot carry some forecasts. */
export const leftOut = {
  retracted: 'recorded by mistake',
  withdrawn: 'withdrawn: it cannot say so',
  annulled: 'on questions that were annulled: it cannot say so',
  type: 'on questions that it does not have in this form',
  words: 'in words or as a range: it holds only numbers',
  quantiles: 'with none of the quantiles that it holds',
} as const
export type LeftOut = Partial<Record<keyof typeof leftOut, number>>

export type TrackerFiles = { files: Record<string, string>; forecasts: number; left_out: LeftOut }

/** The forecasts that a tracker can carry, and how many it cannot, by the first reason. */
function carried(data: Recorded, why: (row: Row) => keyof typeof leftOut | null) {
  const questions = new Map(data.questions.map((one) => [one.record.id, one]))
  const analysts = new Map(data.analysts.map((one) => [one.record.id, one]))
  const left_out: LeftOut = {}
  const rows = data.forecasts.flatMap((forecast): Row[] => {
    const { record, retraction } = forecast
    const row = {
      forecast,
      question: questions.get(record.question) as Asked,
      analyst: analysts.get(record.analyst) as Row['analyst'],
    }
    const reason = retraction === null ? why(row) : 'retracted'
    if (reason !== null) left_out[reason] = (left_out[reason] ?? 0) + 1
    return reason === null ? [row] : []
  })
  const inOrder = rows.sort(
    (a, b) =>
      a.question.seq - b.question.seq ||
      compare(a.forecast.record.said_on.to, b.forecast.record.said_on.to) ||
      a.forecast.seq - b.forecast.seq,
  )
  return { rows: inOrder, left_out }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const tableText = <T>(columns: Columns<T>, items: readonly T[]) =>
  csvHeader(columns) + csvLines(columns, items)
const nothing = () => null
const isStated = ({ forecast }: Row) => kindOf(forecast.record.probability) === 'stated'

const midnight = (day: string) => `${day} 00:00:00`
const FATEBOOK_OUTCOMES: Record<string, string> = { yes: 'YES', no: 'NO', ambiguous: 'AMBIGUOUS' }

/** The columns of Fatebook's export, one row a forecast. Its scores are those of an account there, and stay empty. */
const fatebookColumns: Columns<Row> = [
  ['Question title', ({ question }) => question.record.title],
  ['Multiple choice option', nothing],
  ['Forecast created by', ({ analyst }) => analyst.record.name],
  ['Forecast (scale = 0-1)', ({ forecast }) => forecast.record.probability],
  ['Forecast created at', ({ forecast }) => midnight(forecast.record.said_on.to)],
  ['Question created by', nothing],
  ['Question created at', ({ question }) => question.at.slice(0, 19).replace('T', ' ')],
  ['Question resolve by', ({ question }) => midnight(question.record.deadline.date)],
  ['Resolution', ({ question }) => FATEBOOK_OUTCOMES[String(question.outcome)]],
  ['Resolved at', ({ question }) => (question.known_on === null ? null : midnight(question.known_on))],
  ['Your Brier score for this question', nothing],
  ['Your relative Brier score for this question', nothing],
  ['Question notes', ({ question }) => question.record.criteria],
  ['Question shared with', nothing],
  ['Question shared publicly', nothing],
  ['Question comments', nothing],
  ['Question tags', ({ question }) => question.record.tags?.join(', ')],
]

/**
 * Its options are forecast and resolved one by one there, so ours, of which one comes true, would come back as questions
 * of their own.
 */
function whyNotFatebook(row: Row): keyof typeof leftOut | null {
  if (typeOf(row.question.record) !== 'binary') return 'type'
  if (!isStated(row)) return 'words'
  if (row.question.outcome === 'annulled') return 'annulled'
  return row.forecast.withdrawal === null ? null : 'withdrawn'
}

/** What Fatebook can carry: numbers on questions of yes or no. Days are those of the questions' own zones. */
export function fatebook(data: Recorded): TrackerFiles {
  const { rows, left_out } = carried(data, whyNotFatebook)
  return {
    files: { 'fatebook.csv': tableText(fatebookColumns, rows) },
    forecasts: rows.length,
    left_out,
  }
}

const perCent = (probability: number): string => `${Number((100 * probability).toPrecision(14))}%`

/** The columns that Fatebook takes in, of one person. A question is as old as the first that was said on it here. */
const fatebookImportColumns = (firstSaid: ReadonlyMap<Asked, string>): Columns<Row> => [
  ['questionTitle', ({ question }) => question.record.title],
  ['forecast', ({ forecast }) => perCent(forecast.record.probability as number)],
  ['qCreatedAt', ({ question }) => firstSaid.get(question)],
  ['resolution', ({ question }) => FATEBOOK_OUTCOMES[String(question.outcome)]],
  ['resolvedAt', ({ question }) => question.known_on],
  ['resolveBy', ({ question }) => question.record.deadline.date],
  ['fCreatedAt', ({ forecast }) => forecast.record.said_on.to],
  ['tags', ({ question }) => question.record.tags?.join(', ')],
  ['notes', ({ question }) => question.record.criteria],
]

/** The same as tables that Fatebook takes in: they name nobody, so each person has one. */
export function fatebookImport(data: Recorded): TrackerFiles {
  const { rows, left_out } = carried(data, whyNotFatebook)
  const own = new Map<string, Row[]>()
  const firstSaid = new Map<Asked, string>()
  for (const row of rows) {
    const { id } = row.analyst.record
    own.set(id, [...(own.get(id) ?? []), row])
    // Rows come in the order in which they were said.
    if (!firstSaid.has(row.question)) firstSaid.set(row.question, row.forecast.record.said_on.to)
  }
  const files = [...own].map(([id, theirs]) => [
    `fatebook-import-${id}.csv`,
    tableText(fatebookImportColumns(firstSaid), theirs),
  ])
  return { files: Object.fromEntries(files), forecasts: rows.length, left_out }
}

const PERCENTILES = [
  ['5th Percentile', 0.05],
  ['25th Percentile', 0.25],
  ['Median', 0.5],
  ['75th Percentile', 0.75],
  ['95th Percentile', 0.95],
] as const

const quantileAt = ({ forecast }: Row, level: number): unknown => {
  const { probability } = forecast.record
  if (kindOf(probability) !== 'quantiles') return null
  const { quantiles } = probability as { quantiles: Record<string, number | string> }
  return Object.entries(quantiles).find(([at]) => Number(at) === level)?.[1]
}
const instantOf = (day: string, { record }: Asked) => startOfDay(day, record.deadline.time_zone).toISOString()
const knownAt = ({ known_from }: Asked) => known_from?.toISOString()
const optionsOf = ({ record }: Asked) => record.options && JSON.stringify(record.options)

const questionColumns = (url: string | null): Columns<Asked> => [
  ['Question ID', ({ seq }) => seq],
  ['Question URL', ({ record }) => (url === null ? null : `${url}/questions/${record.id}`)],
  ['Question Title', ({ record }) => record.title],
  ['Post ID', ({ seq }) => seq],
  ['Post Curation Status', nothing],
  ['Post Published Time', ({ at }) => at],
  ['Default Project', nothing],
  ['Default Project ID', nothing],
  ['Categories', ({ record }) => record.tags?.join(', ')],
  ['Leaderboard Tags', nothing],
  ['Label', nothing],
  ['Question Type', ({ record }) => typeOf(record)],
  ['MC Options (Current)', optionsOf],
  ['MC Options (All)', optionsOf],
  ['MC Options History', nothing],
  ['Lower Bound', ({ record }) => record.range?.low],
  ['Open Lower Bound', nothing],
  ['Upper Bound', ({ record }) => record.range?.high],
  ['Open Upper Bound', nothing],
  ['Continuous Range', nothing],
  ['Open Time', (question) => question.record.opens && instantOf(question.record.opens, question)],
  ['CP Reveal Time', nothing],
  ['Scheduled Close Time', ({ due_at }) => due_at.toISOString()],
  [
    'Actual Close Time',
    ({ due_at, known_from }) => known_from && (known_from < due_at ? known_from : due_at).toISOString(),
  ],
  ['Resolution', ({ outcome }) => outcome],
  ['Resolution Known Time', knownAt],
  ['Include Bots in Aggregates', nothing],
  ['Question Weight', nothing],
]

type Standing = Row & { until: string | null }

const forecastColumns: Columns<Standing> = [
  ['Question ID', ({ question }) => question.seq],
  ['Forecaster ID', ({ analyst }) => analyst.seq],
  ['Forecaster Username', ({ analyst }) => analyst.record.name],
  ['Is Bot', nothing],
  ['Start Time', ({ forecast, question }) => instantOf(forecast.record.said_on.to, question)],
  ['End Time', ({ until }) => until],
  ['Forecaster Count', nothing],
  ['Probability Yes', (row) => (isStated(row) ? row.forecast.record.probability : null)],
  ['Probability Yes Per Category', (row) => sharesOf(row)],
  ['Continuous CDF', nothing],
  ['Probability Below Lower Bound', nothing],
  ['Probability Above Upper Bound', nothing],
  ...PERCENTILES.map(([name, level]) => [name, (row: Standing) => quantileAt(row, level)] as const),
  ['Probability of Resolution', nothing],
  ['PDF at Resolution', nothing],
]

/** The share of each option, in the order of the question; null where one was not named. */
function sharesOf({ forecast, question }: Row): string | null {
  const { probability } = forecast.record
  if (kindOf(probability) !== 'options') return null
  const shares = probability as Record<string, number>
  return JSON.stringify((question.record.options ?? []).map((option) => shares[option] ?? null))
}

/** What Metaculus can carry: numbers, options and the five quantiles that it holds, until the next one or the withdrawal. */
export function metaculus(data: Recorded, url: string | null): TrackerFiles {
  const { rows, left_out } = carried(data, (row) => {
    if (row.question.outcome === 'not_by_deadline') return 'type'
    const kind = kindOf(row.forecast.record.probability)
    if (kind === 'quantiles')
      return PERCENTILES.some(([, level]) => quantileAt(row, level) != null) ? null : 'quantiles'
    return kind === 'stated' || kind === 'options' ? null : 'words'
  })
  const standing = rows.map((row, i): Standing => {
    const { forecast, question } = row
    let at = i + 1
    while (rows[at]?.question === question && rows[at]?.analyst !== row.analyst) at += 1
    const next = rows[at]
    const days = [
      next?.question === question ? next.forecast.record.said_on.to : null,
      forecast.withdrawal?.withdrawn_on ?? null,
    ].filter((day) => day !== null)
    const [first] = days.sort()
    return { ...row, until: first === undefined ? null : instantOf(first, question) }
  })
  const asked = [...new Set(rows.map(({ question }) => question))]
  return {
    files: {
      'question_data.csv': tableText(questionColumns(url), asked),
      'forecast_data.csv': tableText(forecastColumns, standing),
    },
    forecasts: rows.length,
    left_out,
  }
}
