import type { Analyst } from '../core/analyst.ts'
import { lastInstantOf } from '../core/calendar.ts'
import { type Forecast, type Logged, loggedWhen } from '../core/forecast.ts'
import type { Source } from '../core/source.ts'
import { type State, stateOf } from '../core/state.ts'
import type { Statement as StatementRecord } from '../core/statement.ts'
import type { Database, Row, Statement, Value } from './database.ts'
import { STATE_SQL, standing } from './due.ts'
import {
  type ForecastRow,
  MOST,
  parsed,
  QUESTION_COLUMNS,
  type QuestionRow,
  toForecast,
  toQuestion,
} from './lookups.ts'
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
  /** Words that must all stand in the quote, the question or the analyst's name. */
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
        `(forecast.id IN ${hits('statement')} OR question.id IN ${hits('question')} OR forecast.analyst IN ${hits('analyst')})`,
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
export async function listForecasts(
  db: Database,
  filter: ForecastFilter,
  now: Date,
  page: { limit: number; before?: number | undefined },
): Promise<{ items: ForecastItem[]; next: number | null }> {
  const { where, args } = conditions(filter, now)
  const rows = await db.read({
    sql: `SELECT ${ITEM} ${FROM} WHERE ${where} AND forecast.seq < :before
      ORDER BY forecast.seq DESC LIMIT :limit`,
    args: { ...args, before: BigInt(page.before ?? Number.MAX_SAFE_INTEGER), limit: BigInt(page.limit + 1) },
  })
  const items = rows.slice(0, page.limit).map((row) => toItem(row, now))
  return { items, next: rows.length > page.limit ? (items.at(-1)?.forecast.seq ?? null) : null }
}

/** One forecast with its surroundings, or null. */
export async function readForecast(db: Database, id: string, now: Date): Promise<ForecastItem | null> {
  const [row] = await db.read({ sql: `SELECT ${ITEM} ${FROM} WHERE forecast.id = :id`, args: { id } })
  return row === undefined ? null : toItem(row, now)
}

/** These forecasts, in no order. */
export async function forecastsById(
  db: Database,
  ids: readonly string[],
  now: Date,
): Promise<ForecastItem[]> {
  const rows = await db.read({
    sql: `SELECT ${ITEM} ${FROM} WHERE forecast.id IN (SELECT value FROM json_each(:ids))`,
    args: { ids: JSON.stringify(ids) },
  })
  return rows.map((row) => toItem(row, now))
}

/** How many forecasts a question has, and by how many analysts. */
export async function countForecastsOn(
  db: Database,
  question: string,
): Promise<{ forecasts: number; analysts: number }> {
  const [row] = await db.read({
    sql: `SELECT count(*) AS forecasts, count(DISTINCT analyst) AS analysts FROM forecast
      WHERE question = :question`,
    args: { question },
  })
  return { forecasts: Number(row?.forecasts ?? 0), analysts: Number(row?.analysts ?? 0) }
}

/** The first forecasts on one question, perhaps of one analyst, in the order in which they were said. */
export async function forecastsOn(
  db: Database,
  question: string,
  now: Date,
  analyst: string | null = null,
): Promise<ForecastItem[]> {
  const rows = await db.read({
    sql: `SELECT ${ITEM} ${FROM}
      WHERE forecast.question = :question AND forecast.analyst = coalesce(:analyst, forecast.analyst)
      ORDER BY forecast.said_to, forecast.seq LIMIT ${MOST}`,
    args: { question, analyst },
  })
  return rows.map((row) => toItem(row, now))
}

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
export async function countForecasts(db: Database, filter: ForecastFilter, now: Date): Promise<Facets> {
  const { where, args } = conditions(filter, now)
  const count = (condition: string) => `count(*) FILTER (WHERE ${condition})`
  const [counts = [], tags = [], analysts = []] = await db.readAll([
    {
      sql: `SELECT count(*) AS n, ${Object.entries(STATE_SQL)
        .map(([state, sql]) => `${count(sql)} AS ${state}`)
        .join(', ')},
        ${count("(question.record ->> '$.deadline.because') IS NOT NULL")} AS ours,
        ${count('forecast.at >= question.known_from')} AS afterwards
        ${FROM} WHERE ${where}`,
      args,
    },
    {
      sql: `SELECT tag, count(*) AS n ${FROM} JOIN question_tag ON question_tag.question = question.id
        WHERE ${where} GROUP BY tag ORDER BY n DESC, tag LIMIT ${TAGS_SHOWN}`,
      args,
    },
    {
      sql: `SELECT forecast.analyst AS id, analyst.record ->> '$.name' AS name, count(*) AS n
        ${FROM} JOIN analyst ON analyst.id = forecast.analyst
        WHERE ${where} GROUP BY forecast.analyst ORDER BY n DESC, name LIMIT ${TAGS_SHOWN}`,
      args,
    },
  ])
  const row = counts[0] ?? {}
  const number = (name: string) => Number(row[name] ?? 0)
  const all = number('n')
  return {
    all,
    state: {
      open: number('open'),
      due: number('due'),
      proposed: number('proposed'),
      resolved: number('resolved'),
      annulled: number('annulled'),
      ambiguous: number('ambiguous'),
    },
    deadline: { ours: number('ours'), theirs: all - number('ours') },
    logged: { afterwards: number('afterwards'), before: all - number('afterwards') },
    tags: tags.map((tag) => ({ tag: String(tag.tag), n: Number(tag.n) })),
    analysts: analysts.map((analyst) => ({
      id: String(analyst.id),
      name: String(analyst.name),
      n: Number(analyst.n),
    })),
  }
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
export const requireSingle = (forecasts: readonly string[]): Statement => ({
  // A text is never NULL: the first row that is found ends the batch.
  sql: `INSERT INTO source_text (source, text)
    SELECT made.id, NULL FROM forecast AS made JOIN forecast AS other
      ON other.analyst = made.analyst AND other.question = made.question AND other.source = made.source
    WHERE made.id IN (SELECT value FROM json_each(:forecasts)) AND other.id <> made.id
      AND made.retraction IS NULL AND other.retraction IS NULL`,
  args: { forecasts: JSON.stringify(forecasts) },
})

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
