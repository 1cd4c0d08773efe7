import type { Analyst } from '../core/analyst.ts'
import { type Proven, provenBefore } from '../core/anchor.ts'
import { lastInstantOf } from '../core/calendar.ts'
import { type Forecast, type Logged, loggedWhen } from '../core/forecast.ts'
import { reserveText } from '../core/objection.ts'
import type { Source } from '../core/source.ts'
import { type State, stateOf } from '../core/state.ts'
import type { StandingStatement as StatementRecord } from '../core/statement.ts'
import type { Database, Row, Statement, Value } from './database.ts'
import { standing } from './due.ts'
import {
  conditions,
  type ForecastFilter,
  FROM,
  fromOf,
  LATEST_ENTRY,
  SORT_SQL,
  type Sorting,
} from './forecast-filter.ts'
import {
  AS_READ,
  type ForecastRow,
  MOST,
  QUESTION_COLUMNS,
  type QuestionOf,
  type QuestionRow,
  questionOf,
  toForecast,
  toQuestion,
} from './lookups.ts'
import { ask, mapped, type Page, pageOf, type Query, query } from './query.ts'
import { refuseWhere } from './refusal.ts'
import { parsed } from './row.ts'

/** A forecast with everything that a line of the ledger shows. */
export type ForecastItem = {
  forecast: ForecastRow
  question: QuestionRow
  statement: StatementRecord
  analyst: Analyst
  source: Source
  state: State
  /** With what reserve its outcome is told: "disputed", "open to objection until …". */
  reserve: string | null
  logged: Logged
  /** The earliest checkpoint held outside that shows it, where that is dated before the outcome was known. */
  proven: Proven | null
}

const columns = (alias: string, names: string[]) =>
  names.map((name) => `forecast.${name} AS ${alias}_${name}`).join(', ')
const FORECAST = columns('forecast', [
  'id',
  'stream',
  'seq',
  'at',
  'by',
  'source',
  'withdrawal',
  'retraction',
  'proven',
  'record',
])
const ITEM = `${QUESTION_COLUMNS}, ${FORECAST},
  (SELECT record FROM statement WHERE statement.id = forecast.id) AS statement_record,
  (SELECT record FROM analyst WHERE analyst.id = forecast.analyst) AS analyst_record,
  (SELECT record FROM source WHERE source.id = forecast.source) AS source_record`

export function toItem(row: Row, now: Date): ForecastItem {
  const own = Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      name.startsWith('forecast_') ? [[name.slice(9), value]] : [],
    ),
  )
  const question = toQuestion(row)
  const forecast = toForecast(own)
  return {
    forecast,
    question,
    statement: parsed<StatementRecord>(row.statement_record),
    analyst: parsed<Analyst>(row.analyst_record),
    source: parsed<Source>(row.source_record),
    state: stateOf(standing(question), now),
    reserve: reserveText(question, now),
    logged: loggedOf(forecast, question),
    proven: provenBefore(forecast.proven, question.due_at, question.known_from),
  }
}

/** `live`, `late` or `afterwards`, from the time of the entry and what could be known then. */
export const loggedOf = (forecast: ForecastRow, question: QuestionRow): Logged =>
  loggedWhen(new Date(forecast.at), saidAt(forecast, question), question.due_at, question.known_from)

/** The latest instant at which it can have been said: a coarse date never earns foresight. */
export const saidAt = (forecast: ForecastRow, question: QuestionRow): Date =>
  lastInstantOf(forecast.record.said_on.to, question.record.deadline.time_zone)

/** Where a page of a list begins: after the forecast with this key, in the order of the list. */
export type ForecastPlace = { key: string | number | null; seq: number }

/** What comes first: what has no key comes last, whichever way round. */
const inOrder = ({ sort, order }: Sorting, key: string, seq: string): string =>
  [...(sort === 'logged' ? [] : [`${key} ${order} NULLS LAST`]), `${seq} ${order}`].join(', ')

/** What comes after `:after_key` and `:after_seq`. */
function beyond({ sort, order }: Sorting, { key }: ForecastPlace): string {
  const later = order === 'desc' ? '<' : '>'
  const seq = `forecast.seq ${later} :after_seq`
  if (sort === 'logged') return seq
  const own = SORT_SQL[sort]
  if (key === null) return `(${own} IS NULL AND ${seq})`
  const next = `${own} ${later} :after_key OR (${own} = :after_key AND ${seq})`
  // Where there always is a key, an index leads to where it goes on.
  return sort === 'said' || sort === 'deadline'
    ? `${own} ${later}= :after_key AND (${next})`
    : `(${own} IS NULL OR ${next})`
}

type Window = {
  limit: number
  after?: ForecastPlace | undefined
  offset?: number
  sorting?: Sorting
  /** Those on one question together, where the first of them stands. */
  grouped?: boolean
}

/** Forecasts, latest entry first or in the order that is asked for. */
export function pageOfForecasts(
  filter: ForecastFilter,
  now: Date,
  { limit, after, offset = 0, sorting = LATEST_ENTRY, grouped = false }: Window,
): Query<Page<ForecastItem, ForecastPlace>> {
  const { where, args } = conditions(filter, now)
  const key = SORT_SQL[sorting.sort]
  // Which they are is found first, by what is at hand; only those are read whole.
  const best = `${sorting.order === 'desc' ? 'max' : 'min'}(${key}) OVER (PARTITION BY forecast.question)`
  const own = grouped ? `${best} AS best, forecast.question AS of, ` : ''
  const first = grouped ? `best IS NULL, best ${sorting.order}, of, ` : ''
  const order = first + inOrder(sorting, 'sort_key', 'sort_seq')
  return query(
    {
      sql: `SELECT ${ITEM}, wanted.sort_key AS sort_key
        FROM (SELECT ${own}forecast.seq AS sort_seq, ${key} AS sort_key ${fromOf(filter, sorting)}
          WHERE ${where}${after === undefined ? '' : ` AND ${beyond(sorting, after)}`}
          ORDER BY ${order} LIMIT :limit OFFSET :offset) AS wanted
        CROSS JOIN forecast ON forecast.seq = wanted.sort_seq
        CROSS JOIN question ON question.id = forecast.question
        ORDER BY ${order}`,
      args: {
        ...args,
        ...(after === undefined ? {} : { after_seq: BigInt(after.seq) }),
        ...(after === undefined || after.key === null || sorting.sort === 'logged'
          ? {}
          : { after_key: after.key }),
        limit: BigInt(limit + 1),
        offset: BigInt(offset),
      },
    },
    (rows) => {
      const keys = new Map(
        rows.map((row) => [Number(row.forecast_seq), row.sort_key as string | number | null]),
      )
      return pageOf(
        rows.map((row) => toItem(row, now)),
        limit,
        ({ forecast: { seq } }) => ({ key: keys.get(seq) ?? null, seq }),
      )
    },
  )
}
export const listForecasts = (db: Database, ...asked: Parameters<typeof pageOfForecasts>) =>
  ask(db, pageOfForecasts(...asked))

/** Forecasts as lines of the ledger; `rest` is SQL from WHERE on. */
export const items = (rest: string, args: Record<string, Value>, now: Date): Query<ForecastItem[]> =>
  query({ sql: `SELECT ${ITEM} ${FROM} ${rest}`, args }, (rows) => rows.map((row) => toItem(row, now)))

/** One forecast with its surroundings, or null. */
export const forecastById = (id: string, now: Date): Query<ForecastItem | null> =>
  mapped(items('WHERE forecast.id = :id', { id }, now), ([item]) => item ?? null)

/** The forecasts among the statements that a page of a source shows, in no order. */
export const forecastsOfSource = (source: string, now: Date): Query<ForecastItem[]> =>
  items(`WHERE forecast.id IN (SELECT id FROM statement WHERE source = :source ${AS_READ})`, { source }, now)

/** How many forecasts a question has, and by how many analysts. */
export const countForecastsOn = (
  of: QuestionOf,
): Query<{ forecasts: number; standing: number; analysts: number }> =>
  query(
    {
      sql: `SELECT count(*) AS forecasts, count(*) FILTER (WHERE retraction IS NULL) AS standing,
        count(DISTINCT analyst) AS analysts FROM forecast
        WHERE question = ${questionOf(of)}`,
      args: of,
    },
    ([row]) => ({
      forecasts: Number(row?.forecasts ?? 0),
      standing: Number(row?.standing ?? 0),
      analysts: Number(row?.analysts ?? 0),
    }),
  )

const AS_SAID = `ORDER BY forecast.said_to, forecast.seq LIMIT ${MOST}`

/** The first forecasts on one question, in the order in which they were said. */
export const forecastsOn = (question: string, now: Date): Query<ForecastItem[]> =>
  items(`WHERE forecast.question = :question ${AS_SAID}`, { question }, now)

/** Which forecasts were made by the same analyst on the same question as `:forecast`. */
export const SAME_ANALYST =
  '(forecast.analyst, forecast.question) = (SELECT analyst, question FROM forecast WHERE id = :forecast)'

/** What the analyst of a forecast said on its question, in the order of saying; the forecast itself among it. */
export const forecastsBeside = (forecast: string, now: Date): Query<ForecastItem[]> =>
  items(`WHERE ${SAME_ANALYST} ${AS_SAID}`, { forecast }, now)

/** The last rev of a stream; −1 when it has no entry. */
export async function lastRev(db: Database, stream: string): Promise<number> {
  const [row] = await db.read({
    sql: 'SELECT coalesce(max(rev), -1) AS rev FROM entry WHERE stream = :stream',
    args: { stream },
  })
  return Number(row?.rev ?? -1)
}

/**
 * In the batch that logs forecasts on known questions: it is refused when somebody logged the same claim, of the same
 * analyst from the same source, meanwhile. In a data set each row is a claim.
 */
export const requireSingle = (forecasts: readonly string[]): Statement =>
  refuseWhere(
    `SELECT 1 FROM forecast AS made JOIN forecast AS other
      ON other.analyst = made.analyst AND other.question = made.question AND other.source = made.source
    WHERE made.id IN (SELECT value FROM json_each(:forecasts)) AND other.id <> made.id
      AND made.retraction IS NULL AND other.retraction IS NULL
      AND (SELECT record ->> '$.type' FROM source WHERE source.id = made.source) IS NOT 'dataset'`,
    { forecasts: JSON.stringify(forecasts) },
  )

/** Every forecast on these questions that still counts. */
export async function forecastRecordsOn(db: Database, questions: readonly string[]): Promise<Forecast[]> {
  if (questions.length === 0) return []
  const rows = await db.read({
    sql: `SELECT record FROM forecast WHERE question IN (SELECT value FROM json_each(:questions))
      AND retraction IS NULL ORDER BY said_to, seq`,
    args: { questions: JSON.stringify(questions) },
  })
  return rows.map((row) => parsed<Forecast>(row.record))
}
