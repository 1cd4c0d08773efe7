import { reserveText } from '../core/objection.ts'
import type { Outcome } from '../core/resolution.ts'
import type { Statement } from '../core/statement.ts'
import { happenedText, NO_RESULT } from '../core/verdict.ts'
import type { Row, Value } from './database.ts'
import { MOST, QUESTION_COLUMNS, toQuestion } from './lookups.ts'
import { type Query, query } from './query.ts'

/** What changes the record for its readers, by the type of the entry. */
export const changeTypes = [
  'forecast.recorded',
  'forecast.withdrawn',
  'retracted',
  'question.amended',
  'resolution.confirmed',
  'resolution.disputed',
  'resolution.superseded',
] as const
export type ChangeType = (typeof changeTypes)[number]

export type Change = {
  entry: number
  at: string
  type: ChangeType
  question: string
  question_title: string
  forecast: string | null
  analyst: string | null
  /** Of a forecast: the words, and whether they are the speaker's own. */
  quote: string | null
  voice: Statement['voice'] | null
  happened: string | null
  /** With what reserve that is told: disputed, or open to objection until when; null where it is final or was superseded. */
  reserve: string | null
}

/** Of whom or of what the changes are asked; of nobody, they are those of the whole ledger. */
export type ChangesOf = { analyst?: string | undefined; question?: string | undefined }

const IN_QUESTION = `coalesce(forecast.question, (SELECT id FROM question WHERE question.stream = entry.stream))`
const FROM = `FROM entry LEFT JOIN forecast ON forecast.stream = entry.stream
  JOIN question ON question.id = ${IN_QUESTION}
  WHERE entry.seq > :since AND entry.type IN (SELECT value FROM json_each(:types))
    AND (:question IS NULL OR question.id = :question)
    AND (:analyst IS NULL OR iif(forecast.id IS NULL,
      question.id IN (SELECT question FROM forecast WHERE analyst = :analyst), forecast.analyst = :analyst))`

const argsOf = (
  since: number,
  { analyst = null, question = null }: Nullable<ChangesOf>,
): Record<string, Value> => ({
  since: BigInt(since),
  types: JSON.stringify(changeTypes),
  analyst,
  question,
})
type Nullable<T> = { [K in keyof T]: T[K] | null }

const COLUMNS = `${QUESTION_COLUMNS}, entry.seq AS entry, entry.type AS change, forecast.id AS forecast,
  min(entry.at, coalesce((
    SELECT min(at) FROM clock_word WHERE corrects_from IS NOT NULL AND clock_word.seq > entry.seq), entry.at)) AS entry_at,
  (SELECT record ->> '$.name' FROM analyst WHERE analyst.id = forecast.analyst) AS analyst,
  (SELECT record ->> '$.quote.exact' FROM statement WHERE statement.id = forecast.id) AS quote,
  (SELECT record ->> '$.voice' FROM statement WHERE statement.id = forecast.id) AS voice,
  (SELECT resolution.outcome FROM resolution WHERE resolution.question = question.id
    AND resolution.confirmed_at = entry.at ORDER BY resolution.seq DESC LIMIT 1) AS confirmed,
  EXISTS (SELECT 1 FROM resolution WHERE resolution.question = question.id
    AND resolution.confirmed_at = entry.at AND resolution.superseded_by IS NULL) AS stands`

function toChange(row: Row, now: Date): Change {
  const { record, ...asked } = toQuestion(row)
  const type = row.change as ChangeType
  const held = (value: unknown) => (value === null ? null : String(value))
  const outcome =
    type === 'resolution.confirmed' && row.confirmed !== null ? JSON.parse(String(row.confirmed)) : null
  return {
    entry: Number(row.entry),
    at: String(row.entry_at),
    type,
    question: record.id,
    question_title: record.title,
    forecast: held(row.forecast),
    analyst: held(row.analyst),
    quote: held(row.quote),
    voice: row.voice as Change['voice'],
    happened: outcome === null ? null : resultText(record, outcome),
    reserve: outcome === null || Number(row.stands) === 0 ? null : reserveText(asked, now),
  }
}

const resultText = (question: Parameters<typeof happenedText>[0], outcome: Outcome): string =>
  outcome === 'annulled'
    ? 'no result'
    : outcome === 'ambiguous'
      ? NO_RESULT.ambiguous
      : happenedText(question, outcome)

/** What was recorded after an entry, the latest first. */
export const changesAfter = (since: number, of: ChangesOf, now: Date): Query<Change[]> =>
  query(
    {
      sql: `SELECT ${COLUMNS} ${FROM} ORDER BY entry.seq DESC LIMIT ${MOST}`,
      args: argsOf(since, of),
    },
    (rows) => rows.map((row) => toChange(row, now)),
  )

/** How many of each kind. */
export const countChanges = (since: number, of: ChangesOf): Query<Partial<Record<ChangeType, number>>> =>
  query(
    {
      sql: `SELECT entry.type AS change, count(*) AS n ${FROM} GROUP BY entry.type`,
      args: argsOf(since, of),
    },
    (rows) => Object.fromEntries(rows.map(({ change, n }) => [String(change), Number(n)])),
  )
