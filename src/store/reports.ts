import { type Reportable, subjectOf } from '../core/correction.ts'
import type { Database, Statement } from './database.ts'
import { ask, type Page, type PageRequest, pageOf, type Query, query } from './query.ts'
import { refuseWhere } from './refusal.ts'
import { orNull, rowOf, text } from './row.ts'

const toReport = rowOf({
  id: text,
  received_at: text,
  subject: text,
  text,
  answer_to: orNull(text),
})
/** What a reader reported, until a member closes it. Nothing of it is public, or part of the log. */
export type Report = ReturnType<typeof toReport>

/** When a report came and its id: the oldest come first. */
type Place = [received_at: string, id: string]

export const pageOfReports = ({
  limit,
  after: [at, id] = ['', ''],
}: PageRequest<Place>): Query<Page<Report, Place>> =>
  query(
    {
      sql: 'SELECT * FROM report WHERE (received_at, id) > (:at, :id) ORDER BY received_at, id LIMIT :limit',
      args: { at, id, limit: BigInt(limit + 1) },
    },
    (rows) => pageOf(rows.map(toReport), limit, ({ received_at, id }): Place => [received_at, id]),
  )
export const listReports = (db: Database, page: PageRequest<Place>) => ask(db, pageOfReports(page))

export const reportById = (id: string): Query<Report | null> =>
  query({ sql: 'SELECT * FROM report WHERE id = :id', args: { id } }, ([row]) =>
    row === undefined ? null : toReport(row),
  )

export const countReports: Query<number> = query({ sql: 'SELECT count(*) AS n FROM report' }, ([row]) =>
  Number(row?.n ?? 0),
)

const TABLES: Record<Reportable, string> = {
  forecast: 'forecast',
  question: 'question',
  analyst: 'analyst',
  source: 'source',
}

/** What a report is about, as a reader knows it: a name, a title, or of a forecast the quote; null where there is none. */
export function subjectTitle(subject: string): Query<string | null> {
  const { kind, id } = subjectOf(subject) ?? { kind: 'forecast' as const, id: '' }
  const title =
    kind === 'forecast'
      ? `(SELECT record ->> '$.quote.exact' FROM statement WHERE statement.id = forecast.id)`
      : `coalesce(record ->> '$.title', record ->> '$.name')`
  return query(
    { sql: `SELECT ${title} AS title FROM ${TABLES[kind]} WHERE id = :id`, args: { id } },
    ([row]) => (row === undefined ? null : String(row.title)),
  )
}

/** Keeps a report, unless too many wait already. */
export const keepReport = (
  { id, received_at, subject, text, answer_to }: Report,
  most: number,
): Statement[] => [
  refuseWhere('SELECT 1 WHERE (SELECT count(*) FROM report) >= :most', { most: BigInt(most) }),
  {
    sql: `INSERT INTO report (id, received_at, subject, text, answer_to)
      VALUES (:id, :received_at, :subject, :text, :answer_to)`,
    args: { id, received_at, subject, text, answer_to },
  },
]

/** Drops a report whole, with whom to answer; refuses the batch where somebody else did. */
export const dropReport = (id: string): Statement[] => [
  refuseWhere('SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM report WHERE id = :id)', { id }),
  { sql: 'DELETE FROM report WHERE id = :id', args: { id } },
]

/** Forgets whom to answer, of reports that nobody closed. */
export const forgetAnswers = (before: string): Statement => ({
  sql: 'UPDATE report SET answer_to = NULL WHERE answer_to IS NOT NULL AND received_at < :before RETURNING id',
  args: { before },
})
