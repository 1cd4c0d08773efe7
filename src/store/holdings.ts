import type { Analyst } from '../core/analyst.ts'
import type { LedgerRecords } from '../core/folder.ts'
import type { Source } from '../core/source.ts'
import type { Statement as StatementRecord } from '../core/statement.ts'
import type { Database, Statement } from './database.ts'
import { toForecast, toHeld, toQuestion, type ForecastRow, type Held, type QuestionRow } from './lookups.ts'

type WithRev<T> = T & { rev: number }

/** What the ledger holds of the records of a folder, by id, each with the last rev of its stream. */
export type Holdings = {
  analyst: Map<string, WithRev<Held<Analyst>>>
  source: Map<string, WithRev<Held<Source>>>
  statement: Map<string, WithRev<Held<StatementRecord>>>
  question: Map<string, QuestionRow>
  forecast: Map<string, WithRev<ForecastRow>>
  /** `noun:id` → stream */
  streams: Map<string, string>
}

const ofIds = (table: string, ids: string[]): Statement => ({
  sql: `SELECT ${table}.*, (SELECT max(rev) FROM entry WHERE entry.stream = ${table}.stream) AS rev
    FROM ${table} WHERE id IN (SELECT value FROM json_each(:ids))`,
  args: { ids: JSON.stringify(ids) },
})

export async function readHoldings(db: Database, records: LedgerRecords): Promise<Holdings> {
  const analysts = new Set([...records.analysts.map(({ record }) => record.id), ...records.statements.map(({ analyst }) => analyst)])
  const sources = new Set([...records.sources.map(({ record }) => record.id), ...records.statements.map(({ source }) => source)])
  const questions = new Set([...records.questions.map(({ record }) => record.id), ...records.forecasts.map(({ record }) => record.question)])
  const [analystRows = [], sourceRows = [], statementRows = [], questionRows = [], forecastRows = []] = await db.readAll([
    ofIds('analyst', [...analysts]),
    ofIds('source', [...sources]),
    ofIds('statement', records.statements.map(({ id }) => id)),
    ofIds('question', [...questions]),
    ofIds('forecast', records.forecasts.map(({ record }) => record.id)),
  ])
  const rev = (row: Record<string, unknown>) => ({ rev: Number(row.rev) })
  const byId = <T extends { record: { id: string } }>(items: T[]) => new Map(items.map((item) => [item.record.id, item]))
  const holdings = {
    analyst: byId(analystRows.map((row) => ({ ...toHeld<Analyst>(row), ...rev(row) }))),
    source: byId(sourceRows.map((row) => ({ ...toHeld<Source>(row), ...rev(row) }))),
    statement: byId(statementRows.map((row) => ({ ...toHeld<StatementRecord>(row), ...rev(row) }))),
    question: byId(questionRows.map(toQuestion)),
    forecast: byId(forecastRows.map((row) => ({ ...toForecast(row), ...rev(row) }))),
  }
  const streams = new Map<string, string>()
  for (const noun of ['analyst', 'source', 'statement', 'question', 'forecast'] as const)
    for (const [id, { stream }] of holdings[noun]) streams.set(`${noun}:${id}`, stream)
  return { ...holdings, streams }
}
