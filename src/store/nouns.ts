import type { Analyst } from '../core/analyst.ts'
import { reserveText } from '../core/objection.ts'
import type { Source } from '../core/source.ts'
import { type State, stateOf } from '../core/state.ts'
import type { StandingStatement as StatementRecord } from '../core/statement.ts'
import type { Database, Row, Statement, Value } from './database.ts'
import { STATE_SQL, standing } from './due.ts'
import {
  AS_READ,
  type Held,
  MOST,
  QUESTION_COLUMNS,
  type QuestionRow,
  toHeld,
  toQuestion,
} from './lookups.ts'
import { ask, type Page, type PageRequest, pageOf, type Query, query } from './query.ts'
import { refuseWhere } from './refusal.ts'
import { HITS, matchExpression } from './search.ts'

const LAST = BigInt(Number.MAX_SAFE_INTEGER)

function latestFirst<T>(
  sql: (where: string) => string,
  args: Record<string, Value>,
  page: PageRequest,
  read: (row: Row) => T & { seq: number },
): Query<Page<T>> {
  const sought = {
    ...args,
    after: page.after === undefined ? LAST : BigInt(page.after),
    limit: BigInt(page.limit + 1),
  }
  return query({ sql: `${sql('seq < :after')} ORDER BY seq DESC LIMIT :limit`, args: sought }, (rows) => {
    return pageOf(rows.map(read), page.limit, ({ seq }) => seq)
  })
}

const among = (kind: string, q: string | undefined, args: Record<string, Value>): string => {
  if (q === undefined) return 'true'
  args.q = matchExpression(q)
  return `${kind}.seq IN ${HITS}`
}

export type SourceItem = Held<Source> & { claims: number; forecasts: number }

export const pageOfSources = (page: PageRequest): Query<Page<SourceItem>> =>
  latestFirst(
    (where) => `SELECT source.*,
      (SELECT count(*) FROM statement WHERE statement.source = source.id) AS claims,
      (SELECT count(*) FROM forecast WHERE forecast.source = source.id) AS forecasts
      FROM source WHERE ${where}`,
    {},
    page,
    (row) => ({ ...toHeld<Source>(row), claims: Number(row.claims), forecasts: Number(row.forecasts) }),
  )
export const listSources = (db: Database, page: PageRequest) => ask(db, pageOfSources(page))

/** The first statements of a source in the order in which they were logged. */
export const statementsFrom = (source: string): Query<Held<StatementRecord>[]> =>
  query({ sql: `SELECT * FROM statement WHERE source = :source ${AS_READ}`, args: { source } }, (rows) =>
    rows.map(toHeld<StatementRecord>),
  )
export const statementsOf = (db: Database, source: string) => ask(db, statementsFrom(source))

export type StatementFilter = {
  source?: string | undefined
  analyst?: string | undefined
  kind?: string | undefined
  q?: string | undefined
}

export function listStatements(
  db: Database,
  filter: StatementFilter,
  page: PageRequest,
): Promise<Page<Held<StatementRecord>>> {
  const args: Record<string, Value> = {}
  const parts = [among('statement', filter.q, args)]
  for (const name of ['source', 'analyst', 'kind'] as const) {
    const value = filter[name]
    if (value === undefined) continue
    parts.push(`${name} = :${name}`)
    args[name] = value
  }
  const statements = latestFirst(
    (where) => `SELECT * FROM statement WHERE ${parts.join(' AND ')} AND ${where}`,
    args,
    page,
    toHeld<StatementRecord>,
  )
  return ask(db, statements)
}

export type QuestionItem = QuestionRow & { state: State; reserve: string | null; forecasts: number }

export const toQuestionItem = (row: Row, now: Date): QuestionItem => {
  const question = toQuestion(row)
  return {
    ...question,
    state: stateOf(standing(question), now),
    reserve: reserveText(question, now),
    forecasts: Number(row.forecasts),
  }
}

export const QUESTION_ITEM = `${QUESTION_COLUMNS},
  (SELECT count(*) FROM forecast WHERE forecast.question = question.id) AS forecasts`

export function pageOfQuestions(
  filter: { tag?: string | undefined; state?: State | undefined; q?: string | undefined },
  now: Date,
  page: PageRequest,
): Query<Page<QuestionItem>> {
  const args: Record<string, Value> = {}
  const parts = [among('question', filter.q, args)]
  if (filter.tag !== undefined) {
    parts.push('id IN (SELECT question FROM question_tag WHERE tag = :tag)')
    args.tag = filter.tag
  }
  if (filter.state !== undefined) {
    parts.push(`(${STATE_SQL[filter.state]}) AND :now IS NOT NULL`)
    args.now = now.toISOString()
  }
  return latestFirst(
    (where) => `SELECT ${QUESTION_ITEM} FROM question WHERE ${parts.join(' AND ')} AND ${where}`,
    args,
    page,
    (row) => toQuestionItem(row, now),
  )
}
export const listQuestions = (db: Database, ...asked: Parameters<typeof pageOfQuestions>) =>
  ask(db, pageOfQuestions(...asked))

const family = (name: string, args: Record<string, Value>, now: Date): Query<QuestionItem[]> =>
  query(
    {
      sql: `SELECT ${QUESTION_ITEM} FROM question WHERE record ->> '$.family' = ${name} ORDER BY seq LIMIT ${MOST}`,
      args,
    },
    (rows) => rows.map((row) => toQuestionItem(row, now)),
  )

/** The questions of a family: a ladder of thresholds, or several deadlines of one event. */
export const familyNamed = (name: string, now: Date) => family(':name', { name }, now)

/** The whole family of a question, itself included; nothing where it belongs to none. */
export const familyOf = (question: string, now: Date) =>
  family("(SELECT record ->> '$.family' FROM question WHERE id = :question)", { question }, now)

/** The questions of families that stand on a ladder: each implies another, or is implied, if only by what is new. */
export async function rungsOf(
  db: Database,
  families: readonly string[],
  implied: readonly (string | undefined)[],
): Promise<QuestionRow[]> {
  const inFamilies = `record ->> '$.family' IN (SELECT value FROM json_each(:families))`
  const rows = await db.read({
    sql: `SELECT ${QUESTION_COLUMNS} FROM question WHERE ${inFamilies} AND (
        record ->> '$.implies' IS NOT NULL OR id IN (SELECT value FROM json_each(:implied))
        OR id IN (SELECT record ->> '$.implies' FROM question WHERE ${inFamilies}))
      ORDER BY seq`,
    args: { families: JSON.stringify(families), implied: JSON.stringify(implied) },
  })
  return rows.map(toQuestion)
}

/**
 * In the batch that changes ladders of these families: it is refused when somebody changed another rung meanwhile, so
 * that a rung no longer fits what it implies, or its outcome contradicts it.
 */
export const requireLadders = (families: readonly string[]): Statement =>
  refuseWhere(
    `WITH RECURSIVE implied (top, id) AS (
      SELECT id, record ->> '$.implies' FROM question
      WHERE record ->> '$.family' IN (SELECT value FROM json_each(:families)) AND record ->> '$.implies' IS NOT NULL
      UNION SELECT top, record ->> '$.implies' FROM implied JOIN question USING (id)
      WHERE record ->> '$.implies' IS NOT NULL)
    SELECT 1 FROM implied
      JOIN question AS top ON top.id = implied.top JOIN question AS low ON low.id = implied.id
    WHERE low.id = top.id OR low.due_at < top.due_at OR (top.outcome = '"yes"' AND low.outcome = '"no"')
      OR low.record ->> '$.family' IS NOT top.record ->> '$.family'`,
    { families: JSON.stringify(families) },
  )

export type AnalystItem = Held<Analyst> & { forecasts: number }

/** Analysts by name; `after` is the sort key and id of the last one seen. */
export function pageOfAnalysts(
  filter: { q?: string | undefined },
  page: PageRequest<[string, string]>,
): Query<Page<AnalystItem, [string, string]>> {
  const args: Record<string, Value> = {}
  const where = among('analyst', filter.q, args)
  const [name, id] = page.after ?? ['', '']
  return query(
    {
      sql: `SELECT analyst.*, (SELECT count(*) FROM forecast WHERE forecast.analyst = analyst.id) AS forecasts
        FROM analyst WHERE ${where} AND (sort_key, id) > (:name, :after) ORDER BY sort_key, id LIMIT :limit`,
      args: { ...args, name, after: id, limit: BigInt(page.limit + 1) },
    },
    (rows) => {
      const read = rows.map((row) => ({
        ...toHeld<Analyst>(row),
        forecasts: Number(row.forecasts),
        sort_key: String(row.sort_key),
      }))
      return pageOf(read, page.limit, ({ sort_key, record }) => [sort_key, record.id])
    },
  )
}
export const listAnalysts = (db: Database, ...asked: Parameters<typeof pageOfAnalysts>) =>
  ask(db, pageOfAnalysts(...asked))

const TOTALS = {
  analysts: 'analyst',
  sources: 'source',
  questions: 'question',
  forecasts: 'forecast',
  duplicates: "statement WHERE kind = 'duplicate'",
  untestable: "statement WHERE kind = 'untestable'",
} as const
export type Totals = Record<keyof typeof TOTALS, number>

/** What the ledger holds, counted. */
export const totals: Query<Totals> = query(
  {
    sql: `SELECT ${Object.entries(TOTALS)
      .map(([name, from]) => `(SELECT count(*) FROM ${from}) AS ${name}`)
      .join(', ')}`,
  },
  ([row = {}]) => Object.fromEntries(Object.keys(TOTALS).map((name) => [name, Number(row[name])])) as Totals,
)
export const readTotals = (db: Database) => ask(db, totals)
