import type { Analyst } from '../core/analyst.ts'
import { lastInstantOf } from '../core/calendar.ts'
import { type Forecast, type Logged, loggedWhen } from '../core/forecast.ts'
import type { Source } from '../core/source.ts'
import { type State, stateOf } from '../core/state.ts'
import type { StandingStatement as StatementRecord } from '../core/statement.ts'
import type { Database, Row, Statement, Value } from './database.ts'
import { STATE_SQL, standing } from './due.ts'
import {
  type ForecastRow,
  MOST,
  QUESTION_COLUMNS,
  type QuestionOf,
  type QuestionRow,
  questionOf,
  toForecast,
  toQuestion,
} from './lookups.ts'
import { ask, mapped, type Page, pageOf, type Query, query, together } from './query.ts'
import { refuseWhere } from './refusal.ts'
import { parsed } from './row.ts'
import { searchTerms } from './search.ts'

/** A forecast with everything that a line of the ledger shows. */
export type ForecastItem = {
  forecast: ForecastRow
  question: QuestionRow
  statement: StatementRecord
  analyst: Analyst
  source: Source
  state: State
  logged: Logged
}

/** What a list of forecasts can be narrowed by; all at once. */
export type ForecastFilter = {
  analyst?: string | undefined
  source?: string | undefined
  question?: string | undefined
  tag?: string | undefined
  state?: State | undefined
  /** Whose deadline: the analyst's own, or one that the editor set. */
  deadline?: 'theirs' | 'ours' | undefined
  logged?: 'before' | 'afterwards' | undefined
  due_before?: string | undefined
  /** Words that must all stand in the quote, the question, the analyst's name, or the title or outlet of the source. */
  q?: string | undefined
}

/** The WHERE of a filter. `:now` is always bound. */
export function conditions(
  filter: ForecastFilter,
  now: Date,
): { where: string; args: Record<string, Value> } {
  const parts: string[] = [':now IS NOT NULL']
  const args: Record<string, Value> = { now: now.toISOString() }
  const add = (name: keyof ForecastFilter, sql: string) => {
    const value = filter[name]
    if (value === undefined) return
    parts.push(sql)
    args[name] = value
  }
  add('analyst', 'forecast.analyst = :analyst')
  add('source', 'forecast.source = :source')
  add('question', 'forecast.question = :question')
  add('tag', 'forecast.question IN (SELECT question FROM question_tag WHERE tag = :tag)')
  add('due_before', "question.record ->> '$.deadline.date' < :due_before")
  if (filter.state !== undefined) parts.push(STATE_SQL[filter.state])
  if (filter.deadline !== undefined)
    parts.push(
      `(question.record ->> '$.deadline.because') IS ${filter.deadline === 'ours' ? 'NOT NULL' : 'NULL'}`,
    )
  if (filter.logged === 'afterwards') parts.push('forecast.at >= question.known_from')
  if (filter.logged === 'before')
    parts.push('(question.known_from IS NULL OR forecast.at < question.known_from)')
  if (filter.q !== undefined) {
    const terms = searchTerms(filter.q)
    if (terms.length === 0) parts.push('false')
    // Each word may stand in another layer: one in the quote, the next in the question or the analyst's name.
    terms.forEach((term, i) => {
      args[`q${i}`] = term
      const hits = (kind: string) => `(SELECT id FROM search WHERE kind = '${kind}' AND search MATCH :q${i})`
      parts.push(
        `(forecast.id IN ${hits('statement')} OR question.id IN ${hits('question')} OR forecast.analyst IN ${hits('analyst')} OR forecast.source IN ${hits('source')})`,
      )
    })
  }
  return { where: parts.join(' AND '), args }
}

const FROM = 'FROM forecast JOIN question ON question.id = forecast.question'
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
    logged: loggedOf(forecast, question),
  }
}

/** `live`, `late` or `afterwards`, from the time of the entry and what could be known then. */
export const loggedOf = (forecast: ForecastRow, question: QuestionRow): Logged =>
  loggedWhen(new Date(forecast.at), saidAt(forecast, question), question.due_at, question.known_from)

/** The latest instant at which it can have been said: a coarse date never earns foresight. */
export const saidAt = (forecast: ForecastRow, question: QuestionRow): Date =>
  lastInstantOf(forecast.record.said_on.to, question.record.deadline.time_zone)

/** Forecasts, latest entry first; `before` is the seq of the last one seen. */
export function pageOfForecasts(
  filter: ForecastFilter,
  now: Date,
  page: { limit: number; before?: number | undefined },
): Query<Page<ForecastItem>> {
  const { where, args } = conditions(filter, now)
  return query(
    {
      sql: `SELECT ${ITEM} ${FROM} WHERE ${where} AND forecast.seq < :before
        ORDER BY forecast.seq DESC LIMIT :limit`,
      args: {
        ...args,
        before: BigInt(page.before ?? Number.MAX_SAFE_INTEGER),
        limit: BigInt(page.limit + 1),
      },
    },
    (rows) =>
      pageOf(
        rows.map((row) => toItem(row, now)),
        page.limit,
        ({ forecast }) => forecast.seq,
      ),
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
  items(
    `WHERE forecast.id IN (SELECT id FROM statement WHERE source = :source ORDER BY seq LIMIT ${MOST})`,
    { source },
    now,
  )

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

export type Facets = {
  all: number
  state: Record<State, number>
  deadline: { theirs: number; ours: number }
  logged: { before: number; afterwards: number }
  tags: { tag: string; n: number }[]
  analysts: { id: string; name: string; n: number }[]
}

const TAGS_SHOWN = 40

/** How many forecasts the filter leaves, split every way the ledger can be split. */
export function countForecasts(filter: ForecastFilter, now: Date): Query<Facets> {
  const { where, args } = conditions(filter, now)
  const count = (condition: string) => `count(*) FILTER (WHERE ${condition})`
  const ranked = <T>(sql: string, order: string, read: (row: Row) => T) =>
    query({ sql: `${sql} ORDER BY n DESC, ${order} LIMIT ${TAGS_SHOWN}`, args }, (rows) => rows.map(read))
  const parts = together({
    counts: query(
      {
        sql: `SELECT count(*) AS n, ${Object.entries(STATE_SQL)
          .map(([state, sql]) => `${count(sql)} AS ${state}`)
          .join(', ')},
          ${count("(question.record ->> '$.deadline.because') IS NOT NULL")} AS ours,
          ${count('forecast.at >= question.known_from')} AS afterwards
          ${FROM} WHERE ${where}`,
        args,
      },
      ([row = {}]) =>
        (name: string) =>
          Number(row[name] ?? 0),
    ),
    tags: ranked(
      `SELECT tag, count(*) AS n ${FROM} JOIN question_tag ON question_tag.question = question.id
        WHERE ${where} GROUP BY tag`,
      'tag',
      ({ tag, n }) => ({ tag: String(tag), n: Number(n) }),
    ),
    analysts: ranked(
      `SELECT forecast.analyst AS id, analyst.record ->> '$.name' AS name, count(*) AS n
        ${FROM} JOIN analyst ON analyst.id = forecast.analyst WHERE ${where} GROUP BY forecast.analyst`,
      'name',
      ({ id, name, n }) => ({ id: String(id), name: String(name), n: Number(n) }),
    ),
  })
  return mapped(parts, ({ counts, tags, analysts }) => {
    const all = counts('n')
    return {
      all,
      state: {
        open: counts('open'),
        due: counts('due'),
        proposed: counts('proposed'),
        resolved: counts('resolved'),
        annulled: counts('annulled'),
        ambiguous: counts('ambiguous'),
      },
      deadline: { ours: counts('ours'), theirs: all - counts('ours') },
      logged: { afterwards: counts('afterwards'), before: all - counts('afterwards') },
      tags,
      analysts,
    }
  })
}

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
 * analyst from the same source, meanwhile.
 */
export const requireSingle = (forecasts: readonly string[]): Statement =>
  refuseWhere(
    `SELECT 1 FROM forecast AS made JOIN forecast AS other
      ON other.analyst = made.analyst AND other.question = made.question AND other.source = made.source
    WHERE made.id IN (SELECT value FROM json_each(:forecasts)) AND other.id <> made.id
      AND made.retraction IS NULL AND other.retraction IS NULL`,
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
