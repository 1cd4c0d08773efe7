import type { LinkedReply } from '../core/reply-link.ts'
import type { Statement, Value } from './database.ts'
import { MOST } from './lookups.ts'
import { type Query, query } from './query.ts'
import { refuseWhere } from './refusal.ts'
import { orNull, rowOf, text } from './row.ts'

const toReplyLink = rowOf({
  id: text,
  forecast: text,
  made_by: text,
  made_at: text,
  sha256: text,
  expires_at: text,
  /** Used: what was sent through it waits for a decision, or was decided. */
  answered_at: orNull(text),
  text: orNull(text),
  correction: orNull(text),
  decided_at: orNull(text),
  decided_by: orNull(text),
  /** Null also where it was published. */
  refused_because: orNull(text),
})
export type ReplyLink = ReturnType<typeof toReplyLink>

const links = (where: string, args: Record<string, Value>): Query<ReplyLink[]> =>
  query({ sql: `SELECT * FROM reply_link WHERE ${where} ORDER BY made_at, id LIMIT ${MOST}`, args }, (rows) =>
    rows.map(toReplyLink),
  )

/** The links for a reply to one forecast, oldest first. */
export const replyLinksOf = (forecast: string) => links('forecast = :forecast', { forecast })
export const replyLinkById = (id: string) => links('id = :id', { id })

const toWaiting = rowOf({
  forecast: text,
  /** Of the link; null where a member heard it. */
  link: orNull(text),
  by: text,
  at: text,
  text,
  correction: orNull(text),
  title: text,
})
/** A reply that waits for a second member, by whom it was heard or its link was made, and since when. */
export type WaitingReply = ReturnType<typeof toWaiting>

/** Every reply that waits, the longest first. */
export const waitingReplies: Query<WaitingReply[]> = query(
  {
    sql: `SELECT waiting.*, question.record ->> '$.title' AS title FROM (
        SELECT subject AS forecast, NULL AS link, by, at, body ->> '$.text' AS text, NULL AS correction
        FROM newsroom WHERE kind = 'reply'
        UNION ALL
        SELECT forecast, id, made_by, answered_at, text, correction FROM reply_link
        WHERE answered_at IS NOT NULL AND decided_at IS NULL) AS waiting
      JOIN forecast ON forecast.id = waiting.forecast JOIN question ON question.id = forecast.question
      ORDER BY waiting.at, waiting.forecast LIMIT ${MOST}`,
  },
  (rows) => rows.map(toWaiting),
)

/** Keeps a link, of which the database knows the hash; the batch is refused where too many wait to be used. */
export const keepReplyLink = (
  link: Pick<ReplyLink, 'id' | 'forecast' | 'made_by' | 'made_at' | 'sha256' | 'expires_at'>,
  most: number,
): Statement[] => [
  refuseWhere(
    `SELECT 1 WHERE (SELECT count(*) FROM reply_link
      WHERE forecast = :forecast AND answered_at IS NULL AND expires_at > :now) >= :most`,
    { forecast: link.forecast, now: link.made_at, most: BigInt(most) },
  ),
  {
    sql: `INSERT INTO reply_link (id, forecast, made_by, made_at, sha256, expires_at)
      VALUES (:id, :forecast, :made_by, :made_at, :sha256, :expires_at)`,
    args: link,
  },
]

/** Uses a link: the batch is refused where it was used meanwhile. */
export const useReplyLink = (id: string, at: string, { text, correction }: LinkedReply): Statement[] => [
  refuseWhere('SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM reply_link WHERE id = :id AND answered_at IS NULL)', {
    id,
  }),
  {
    sql: 'UPDATE reply_link SET answered_at = :at, text = :text, correction = :correction WHERE id = :id',
    args: { id, at, text, correction: correction ?? null },
  },
]

/** What was sent is decided: published, or with a reason not. The batch is refused where it was decided meanwhile. */
export const decideReplyLink = (
  id: string,
  at: string,
  by: string,
  refused_because: string | null,
): Statement[] => [
  refuseWhere(
    `SELECT 1 WHERE NOT EXISTS (
      SELECT 1 FROM reply_link WHERE id = :id AND answered_at IS NOT NULL AND decided_at IS NULL)`,
    { id },
  ),
  {
    sql: 'UPDATE reply_link SET decided_at = :at, decided_by = :by, refused_because = :refused_because WHERE id = :id',
    args: { id, at, by, refused_because },
  },
]

/** Drops links that ended unused, and what was decided, once nobody's link shows it any more. */
export const dropReplyLinks = (before: string): Statement => ({
  sql: `DELETE FROM reply_link WHERE expires_at <= :before AND (answered_at IS NULL OR decided_at IS NOT NULL)
    RETURNING id`,
  args: { before },
})
