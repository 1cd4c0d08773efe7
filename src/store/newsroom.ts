import type { ReplyRequest, WithdrawalRequest } from '../core/forecast.ts'
import type { AskedRequest, SnoozeRequest } from '../core/newsroom.ts'
import type { Database, Statement, Value } from './database.ts'
import { ask, mapped, type Query, query } from './query.ts'
import { refuseWhere } from './refusal.ts'
import { parsed } from './row.ts'

type Kept<T> = T & { by: string; at: string }

/** What members keep about a question among themselves. Nothing of it is public, or part of the log. */
export type Desk = {
  assignment: Kept<{ member: string }> | null
  /** `until_at` is the first instant of the day in the zone of the question. */
  snooze: Kept<SnoozeRequest & { until_at: string }> | null
  note: Kept<{ text: string }> | null
}
export type Asked = Kept<AskedRequest>
/** What a member heard from the person concerned, until another records it. */
export type Heard = { reply: Kept<ReplyRequest> | null; withdrawal: Kept<WithdrawalRequest> | null }
type Kind = keyof Desk | 'asked' | keyof Heard

export const EMPTY_DESK: Desk = { assignment: null, snooze: null, note: null }

type Private = { subject: string; kind: Kind; kept: Kept<object> }

/** What is kept of some kinds; `subjects` is SQL for the ids of questions or forecasts. */
const keptAbout = (subjects: string, args: Record<string, Value>, kinds: readonly Kind[]): Query<Private[]> =>
  query(
    {
      sql: `SELECT * FROM newsroom WHERE subject IN (${subjects})
        AND kind IN (SELECT value FROM json_each(:kinds))`,
      args: { ...args, kinds: JSON.stringify(kinds) },
    },
    (rows) =>
      rows.map((row) => ({
        subject: String(row.subject),
        kind: row.kind as Kind,
        kept: { by: String(row.by), at: String(row.at), ...parsed<object>(row.body) },
      })),
  )

/** What is kept about some questions; one of which nothing is kept has no entry. */
export const desksOf = (questions: string, args: Record<string, Value>): Query<ReadonlyMap<string, Desk>> =>
  mapped(keptAbout(questions, args, ['assignment', 'snooze', 'note']), (rows) => {
    const desks = new Map<string, Desk>()
    for (const { subject, kind, kept } of rows)
      desks.set(subject, { ...(desks.get(subject) ?? EMPTY_DESK), [kind]: kept })
    return desks
  })

/** What is kept about one question. */
export const deskOf = (question: string): Query<Desk> =>
  mapped(desksOf(':question', { question }), (desks) => desks.get(question) ?? EMPTY_DESK)

/** When the person concerned was asked for a reply to a forecast, and by whom; null when nobody did. */
export const askedAbout = (forecast: string): Query<Asked | null> =>
  mapped(keptAbout(':forecast', { forecast }, ['asked']), ([row]) =>
    row === undefined ? null : (row.kept as Asked),
  )

/** What was heard about a forecast and waits for a second member. */
export const heardAbout = (forecast: string): Query<Heard> =>
  mapped(keptAbout(':forecast', { forecast }, ['reply', 'withdrawal']), (rows) => ({
    reply: null,
    withdrawal: null,
    ...Object.fromEntries(rows.map(({ kind, kept }) => [kind, kept])),
  }))
export const readHeard = (db: Database, forecast: string) => ask(db, heardAbout(forecast))

/** Keeps something about a question or a forecast, in the place of what was kept before. */
export const keepPrivately = (
  subject: string,
  kind: Kind,
  { by, at, ...body }: Kept<Record<string, unknown>>,
): Statement => ({
  sql: `INSERT INTO newsroom (subject, kind, by, at, body) VALUES (:subject, :kind, :by, :at, :body)
    ON CONFLICT (subject, kind) DO UPDATE SET by = excluded.by, at = excluded.at, body = excluded.body`,
  args: { subject, kind, by, at, body: JSON.stringify(body) },
})

export const dropPrivately = (subject: string, kind: Kind): Statement => ({
  sql: 'DELETE FROM newsroom WHERE subject = :subject AND kind = :kind',
  args: { subject, kind },
})

/** Refuses the batch when the note is not the one of this instant (null: none) any more. */
export const noteIsStill = (question: string, at: string | null): Statement =>
  refuseWhere(
    `SELECT 1 WHERE (SELECT at FROM newsroom WHERE subject = :question AND kind = 'note') IS NOT :at`,
    { question, at },
  )

/** Refuses the batch when what a member heard was changed or taken up meanwhile. */
export const heardIsStill = (forecast: string, kind: keyof Heard, { by, at }: Kept<object>): Statement =>
  refuseWhere(
    `SELECT 1 WHERE NOT EXISTS (
      SELECT 1 FROM newsroom WHERE subject = :forecast AND kind = :kind AND by = :by AND at = :at)`,
    { forecast, kind, by, at },
  )
