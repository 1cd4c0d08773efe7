import type { Analyst } from '../core/analyst.ts'
import { claimKey } from '../core/forecast.ts'
import type { Question } from '../core/question.ts'
import type { Source } from '../core/source.ts'
import type { StandingStatement as StatementRecord } from '../core/statement.ts'
import { addressKey } from '../core/text.ts'
import type { Database, Row, Statement } from './database.ts'
import {
  type ForecastRow,
  type Held,
  type QuestionRow,
  type ResolutionRow,
  toForecast,
  toHeld,
  toQuestion,
  toResolution,
} from './lookups.ts'
import { type ReferenceRow, referencesOf, toReference } from './question-references.ts'
import type { Referred } from './references.ts'

type WithRev<T> = T & { rev: number }

/** What the ledger holds of the records of a folder, by id, each with the last rev of its stream. */
export type Holdings = {
  analyst: Map<string, WithRev<Held<Analyst>>>
  source: Map<string, WithRev<Held<Source>>>
  statement: Map<string, WithRev<Held<StatementRecord>>>
  question: Map<string, QuestionRow>
  forecast: Map<string, WithRev<ForecastRow>>
  /** By question, all proposals for it, oldest first. */
  resolutions: Map<string, ResolutionRow[]>
  /** By question, everything that was recorded to compare with, in that order. */
  references: Map<string, ReferenceRow[]>
  /** Those of the questions that a recorded one implies. */
  implied: Set<string>
  /** By claim, the forecast that stands for it, where it is none of the folder. */
  claims: Map<string, string>
  /** `noun:id` → stream */
  streams: Map<string, string>
  /** `address:key` → the source to which it belongs. */
  owners: Map<string, string>
}

const ofIds = (table: string, ids: string[]): Statement => ({
  sql: `SELECT ${table}.*, (SELECT max(rev) FROM entry WHERE entry.stream = ${table}.stream) AS rev
    FROM ${table} WHERE id IN (SELECT value FROM json_each(:ids))`,
  args: { ids: JSON.stringify(ids) },
})

/** Records by what they are found by; null is what is not known of one. */
export type Sought = {
  analysts: { record: Analyst }[]
  sources: { record: Source }[]
  statements: {
    id: string
    analyst: string | null
    source: string | null
    duplicate_of?: string | undefined
  }[]
  questions: { record: Question }[]
  references: { question: string }[]
  forecasts: { record: { id: string; question: string | null } }[]
}

/** The same of a request, whose references were read in one: nothing else that it wants is held. */
export function holdingsOf({ analysts, source, question, repeated }: Referred): Holdings {
  const unmoved = { rev: 0 }
  const holdings = {
    analyst: byId(analysts.map((row) => ({ ...row, ...unmoved }))),
    source: byId(source === null ? [] : [{ ...source, ...unmoved }]),
    statement: new Map(),
    question: byId(question === null ? [] : [question]),
    forecast: new Map(),
  }
  const analyst = analysts[0]?.record.id
  const claim =
    analyst === undefined || question === null || repeated === null
      ? []
      : [
          [
            claimKey({ analyst, question: question.record.id, statement: repeated }, source?.record.type),
            repeated,
          ] as const,
        ]
  return {
    ...holdings,
    resolutions: new Map(),
    references: new Map(),
    implied: new Set(),
    claims: new Map(claim),
    streams: streamsOf(holdings),
    owners: new Map(),
  }
}

const byId = <T extends { record: { id: string } }>(items: T[]): Map<string, T> =>
  new Map(items.map((item) => [item.record.id, item]))

function byQuestion<T>(rows: readonly T[], questionOf: (row: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>()
  for (const row of rows) {
    const question = questionOf(row)
    found.set(question, [...(found.get(question) ?? []), row])
  }
  return found
}

const NOUNS = ['analyst', 'source', 'statement', 'question', 'forecast'] as const

function streamsOf(holdings: Pick<Holdings, (typeof NOUNS)[number]>): Map<string, string> {
  const streams = new Map<string, string>()
  for (const noun of NOUNS)
    for (const [id, { stream }] of holdings[noun]) streams.set(`${noun}:${id}`, stream)
  return streams
}

export async function readHoldings(db: Database, records: Sought): Promise<Holdings> {
  const analysts = new Set([
    ...records.analysts.map(({ record }) => record.id),
    ...records.statements.flatMap(({ analyst }) => analyst ?? []),
  ])
  const sources = new Set([
    ...records.sources.map(({ record }) => record.id),
    ...records.statements.flatMap(({ source }) => source ?? []),
  ])
  const questions = new Set([
    ...records.questions.flatMap(({ record }) => [record.id, record.implies ?? []].flat()),
    ...records.references.map(({ question }) => question),
    ...records.forecasts.flatMap(({ record }) => record.question ?? []),
  ])
  const addresses = records.sources.flatMap(({ record }) =>
    record.url === undefined ? [] : [addressKey(record.url)],
  )
  const statements = records.statements.flatMap(({ id, duplicate_of }) => [id, duplicate_of ?? []].flat())
  const forecasts = records.forecasts.map(({ record }) => record.id)
  const [
    analystRows = [],
    sourceRows = [],
    statementRows = [],
    questionRows = [],
    forecastRows = [],
    ownerRows = [],
    resolutionRows = [],
    referenceRows = [],
    claimRows = [],
    impliedRows = [],
  ] = await db.readAll([
    ofIds('analyst', [...analysts]),
    ofIds('source', [...sources]),
    ofIds('statement', statements),
    ofIds('question', [...questions]),
    ofIds('forecast', forecasts),
    {
      sql: `SELECT 'address:' || address_key AS key, id AS owner FROM source
        WHERE address_key IN (SELECT value FROM json_each(:addresses))`,
      args: { addresses: JSON.stringify(addresses) },
    },
    {
      sql: 'SELECT * FROM resolution WHERE question IN (SELECT value FROM json_each(:ids)) ORDER BY seq',
      args: { ids: JSON.stringify([...questions]) },
    },
    referencesOf(records.references.map(({ question }) => question)),
    {
      sql: `SELECT id, analyst, question,
          (SELECT source.record ->> '$.type' FROM source WHERE source.id = forecast.source) AS type
        FROM forecast
        WHERE question IN (SELECT value FROM json_each(:questions)) AND source IN (SELECT value FROM json_each(:sources))
        AND id NOT IN (SELECT value FROM json_each(:ids)) AND retraction IS NULL ORDER BY seq DESC`,
      args: {
        questions: JSON.stringify([...questions]),
        sources: JSON.stringify([...sources]),
        ids: JSON.stringify(forecasts),
      },
    },
    {
      sql: `SELECT DISTINCT record ->> '$.implies' AS id FROM question
        WHERE record ->> '$.implies' IN (SELECT value FROM json_each(:ids)) AND record ->> '$.family' IN (
          SELECT record ->> '$.family' FROM question WHERE id IN (SELECT value FROM json_each(:ids)))`,
      args: { ids: JSON.stringify([...questions]) },
    },
  ])
  const withRev =
    <T>(read: (row: Row) => T) =>
    (row: Row): WithRev<T> => ({ ...read(row), rev: Number(row.rev) })
  const holdings = {
    analyst: byId(analystRows.map(withRev(toHeld<Analyst>))),
    source: byId(sourceRows.map(withRev(toHeld<Source>))),
    statement: byId(statementRows.map(withRev(toHeld<StatementRecord>))),
    question: byId(questionRows.map(toQuestion)),
    forecast: byId(forecastRows.map(withRev(toForecast))),
  }
  return {
    ...holdings,
    resolutions: byQuestion(resolutionRows.map(toResolution), ({ record }) => record.question),
    references: byQuestion(referenceRows.map(toReference), ({ question }) => question),
    implied: new Set(impliedRows.map(({ id }) => String(id))),
    claims: new Map(
      claimRows.map((row) => {
        const [id, analyst, question] = [String(row.id), String(row.analyst), String(row.question)]
        const type = row.type as Source['type'] | undefined
        return [claimKey({ analyst, question, statement: id }, type), id]
      }),
    ),
    streams: streamsOf(holdings),
    owners: new Map(ownerRows.map((row) => [String(row.key), String(row.owner)])),
  }
}
