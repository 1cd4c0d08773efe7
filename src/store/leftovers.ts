import { KEPT_DAYS } from '../core/capture.ts'
import { ANSWER_KEPT_DAYS } from '../core/correction.ts'
import type { Database, Statement } from './database.ts'
import { dropOldNotices } from './deliveries.ts'
import { dropExpired } from './members.ts'
import { dropReplyLinks } from './reply-links.ts'
import { forgetAnswers } from './reports.ts'

const DAY_MS = 86_400_000
/** A retry under the key of an older request is a new request. */
export const KEYS_KEPT_DAYS = 30
const USAGE_KEPT_DAYS = 30
const NOTICES_KEPT_DAYS = 90
const CHUNK = 1_000

export type Dropped = { secrets: number; keys: number; captures: number }

const daysBefore = (at: Date, days: number) => new Date(at.getTime() - days * DAY_MS).toISOString()

/** The oldest keys, so many at a time; when a request was answered stands in its entry. */
const dropKeys = (before: string): Statement => ({
  sql: `DELETE FROM idempotency WHERE seq IN (SELECT seq FROM idempotency ORDER BY seq LIMIT ${CHUNK})
      AND (SELECT at FROM entry WHERE entry.seq = idempotency.seq) < :before
    RETURNING seq`,
  args: { before },
})

/** What was begun before the rule counts as saved on the day of the rule. */
const dropCaptures = (before: string): Statement => ({
  sql: `DELETE FROM capture WHERE body IS NOT NULL AND updated_at < :before
      AND (SELECT applied_at FROM schema_migrations WHERE id = '003-quotas') < :before
    RETURNING id`,
  args: { before },
})

/**
 * Drops what nobody needs any more. How old something is goes by the last entry of the log where the clock is ahead of
 * it: a clock that is wrong, or a ledger that rests, loses nothing.
 */
export async function dropLeftovers(db: Database, now: Date): Promise<Dropped> {
  // Somebody was promised this: it goes by the clock, whatever the log says.
  await db.write([forgetAnswers(daysBefore(now, ANSWER_KEPT_DAYS))])
  const [head] = await db.read({ sql: 'SELECT at FROM entry ORDER BY seq DESC LIMIT 1' })
  if (head === undefined) return { secrets: 0, keys: 0, captures: 0 }
  const at = new Date(Math.min(now.getTime(), Date.parse(String(head.at))))
  const [secrets = [], captures = []] = await db.write([
    dropExpired(at),
    dropCaptures(daysBefore(at, KEPT_DAYS)),
    dropReplyLinks(at.toISOString()),
    ...dropOldNotices(daysBefore(at, NOTICES_KEPT_DAYS)),
    {
      sql: 'DELETE FROM usage WHERE day < :day',
      args: { day: daysBefore(at, USAGE_KEPT_DAYS).slice(0, 10) },
    },
  ])
  let keys = 0
  for (let dropped = CHUNK; dropped > 0; keys += dropped) {
    const [gone = []] = await db.write([dropKeys(daysBefore(at, KEYS_KEPT_DAYS))])
    dropped = gone.length
  }
  return { secrets: secrets.length, keys, captures: captures.length }
}
