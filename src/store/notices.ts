import { webhookEvents } from '../core/reminder.ts'
import type { Database, Statement } from './database.ts'
import { NEEDS_DECISION, STANDS, soonAfter } from './due.ts'
import { type Query, query } from './query.ts'
import { number, orNull, rowOf, text, word } from './row.ts'

/** Something happened of which somebody wanted to be told. */
export type Notice = ReturnType<typeof toNotice>
const toNotice = rowOf({
  seq: number,
  event: word<(typeof webhookEvents)[number]>(),
  subject: text,
  at: text,
  by: orNull(text),
})

/** The events that any target wants: of others nothing is noted. */
const WANTED = `(SELECT value FROM target, json_each(target.choices, '$.events') WHERE off_at IS NULL)`

/** A condition that was not met needs a decision before the question itself. */
const DECISION_AT = `CASE WHEN condition_due_at IS NOT NULL AND condition_met IS NULL AND condition_due_at < due_at
  THEN condition_due_at ELSE due_at END`

/** Whatever can need one soon, as two indexes tell. */
const SOON = `SELECT id FROM question WHERE outcome IS NULL AND due_at > :now AND due_at <= :soon
  UNION SELECT id FROM question WHERE outcome IS NULL AND condition_due_at IS NOT NULL AND condition_met IS NULL
    AND condition_due_at > :now AND condition_due_at <= :soon`

const NOT_ASIDE = `NOT EXISTS (
  SELECT 1 FROM newsroom WHERE subject = question.id AND kind = 'snooze' AND body ->> '$.until_at' > :now)`

/** Notes the reminders that this same batch has queued, and what became due soon, once for each deadline. */
export const noteDue = (now: Date): Statement[] => [
  {
    sql: `INSERT OR IGNORE INTO notice (key, event, subject, at)
      SELECT 'due:' || outbox.question || ':' || outbox.deadline_rev || ':' || period, 'question.due', outbox.question, :now
      FROM (${NEEDS_DECISION}) AS due JOIN outbox ON outbox.question = due.id AND outbox.deadline_rev = due.deadline_rev
      WHERE queued_at = :now AND 'question.due' IN ${WANTED}`,
    args: { now: now.toISOString() },
  },
  {
    sql: `INSERT OR IGNORE INTO notice (key, event, subject, at)
      SELECT 'soon:' || id || ':' || deadline_rev, 'question.due_soon', id, :now FROM question
      WHERE id IN (${SOON}) AND pending IS NULL AND ${DECISION_AT} > :now AND ${DECISION_AT} <= :soon
        AND 'question.due_soon' IN ${WANTED} AND ${STANDS} AND ${NOT_ASIDE}
        AND NOT EXISTS (SELECT 1 FROM notice WHERE key = 'soon:' || id || ':' || deadline_rev)`,
    args: { now: now.toISOString(), soon: soonAfter(now) },
  },
]

/** Notes that a report came, in the batch that keeps it. */
export const noteReport = (id: string, at: string): Statement => ({
  sql: `INSERT OR IGNORE INTO notice (key, event, subject, at)
    SELECT 'report:' || :id, 'report.received', :id, :at WHERE 'report.received' IN ${WANTED}`,
  args: { id, at },
})

/** Notes that a page no longer holds a quote, once for what it holds instead (`found` tells it from other times). */
export const noteRecheck = (source: string, at: string, found: string): Statement => ({
  sql: `INSERT OR IGNORE INTO notice (key, event, subject, at)
    SELECT 'quote:' || :source || ':' || :found, 'quote.changed', :source, :at WHERE 'quote.changed' IN ${WANTED}`,
  args: { source, at, found },
})

const MOST_ENTRIES = 20_000
const HEAD = '(SELECT coalesce(max(seq), -1) FROM entry)'
const SIGNED = '(SELECT coalesce(max(size), 0) FROM checkpoint)'
const UPTO = `min(${HEAD}, (SELECT entry FROM notice_position) + ${MOST_ENTRIES})`

/** Whether entries or checkpoints are there that were not looked at, or nothing ever was. */
const behind = (position: { entry: number; checkpoint: number } | null, head: number, signed: number) =>
  position === null || position.entry !== head || position.checkpoint < signed

/**
 * Notes what the log says since the last time, and moves the position in the same batch: whoever comes at the same
 * moment finds it moved. A ledger of which nobody was told before begins at its end. Answers whether there is more.
 */
async function noteEntries(db: Database): Promise<boolean> {
  const [row] = await db.read({
    sql: `SELECT ${HEAD} AS head, ${SIGNED} AS signed, (SELECT entry FROM notice_position) AS entry,
      (SELECT checkpoint FROM notice_position) AS checkpoint`,
  })
  const head = Number(row?.head)
  const position =
    row?.entry == null ? null : { entry: Number(row.entry), checkpoint: Number(row.checkpoint) }
  if (!behind(position, head, Number(row?.signed))) return false
  await db.write([
    beginNoting,
    {
      sql: `INSERT OR IGNORE INTO notice (key, event, subject, at, by)
        SELECT 'entry:' || hex(leaf), type, coalesce(
          (SELECT id FROM question WHERE question.stream = entry.stream),
          (SELECT id FROM forecast WHERE forecast.seq = entry.seq)) AS subject, at, by
        FROM entry WHERE seq > (SELECT entry FROM notice_position) AND seq <= ${UPTO}
          AND type IN (SELECT value FROM json_each(:types)) AND type IN ${WANTED} AND subject IS NOT NULL
        ORDER BY seq`,
      args: { types: JSON.stringify(webhookEvents) },
    },
    {
      sql: `INSERT OR IGNORE INTO notice (key, event, subject, at)
        SELECT 'checkpoint:' || size, 'checkpoint.signed', CAST(size AS TEXT),
          (SELECT at FROM entry WHERE seq = checkpoint.size - 1)
        FROM checkpoint WHERE size > (SELECT checkpoint FROM notice_position) AND 'checkpoint.signed' IN ${WANTED}
        ORDER BY size`,
    },
    { sql: `UPDATE notice_position SET entry = ${UPTO}, checkpoint = ${SIGNED}` },
  ])
  return position !== null && head > position.entry + MOST_ENTRIES
}

/** Looks at everything that is recorded by now, so that a new target is told of nothing before it. */
export async function noteAll(db: Database): Promise<void> {
  while (await noteEntries(db));
}

/** The number of the last notice; 0 before there is any. */
export const LAST_NOTICE = '(SELECT coalesce(max(seq), 0) FROM notice)'
export const lastNotice: Query<number> = query({ sql: `SELECT ${LAST_NOTICE} AS last` }, ([row]) =>
  Number(row?.last ?? 0),
)

/** Where a ledger of which nobody was told before begins: at its end. */
export const beginNoting: Statement = {
  sql: `INSERT OR IGNORE INTO notice_position (id, entry, checkpoint) VALUES (1, ${HEAD}, ${SIGNED})`,
}

/** Notices after one, the oldest first, of these events. */
export const noticesAfter = (since: number, events: readonly string[], limit: number): Query<Notice[]> =>
  query(
    {
      sql: `SELECT seq, event, subject, at, by FROM notice WHERE seq > :since
        AND event IN (SELECT value FROM json_each(:events)) ORDER BY seq LIMIT :limit`,
      args: { since: BigInt(since), events: JSON.stringify(events), limit: BigInt(limit) },
    },
    (rows) => rows.map(toNotice),
  )

/** Reminders of what was due count as sent once a message with them was delivered. */
export const markReminded = (seqs: readonly number[], now: Date): Statement => ({
  sql: `UPDATE outbox SET sent_at = :now WHERE sent_at IS NULL AND (question, deadline_rev, period) IN (
      SELECT outbox.question, outbox.deadline_rev, outbox.period FROM notice JOIN outbox
        ON outbox.question = notice.subject
        AND notice.key = 'due:' || outbox.question || ':' || outbox.deadline_rev || ':' || outbox.period
      WHERE notice.seq IN (SELECT value FROM json_each(:seqs)) AND notice.event = 'question.due')`,
  args: { seqs: JSON.stringify(seqs), now: now.toISOString() },
})

/** When members were last reminded of a question by a message that was delivered. */
export const remindersSent: Query<ReadonlyMap<string, string>> = query(
  {
    sql: `SELECT outbox.question, max(sent_at) AS sent_at FROM outbox JOIN question ON question.id = outbox.question
      WHERE sent_at IS NOT NULL AND question.outcome IS NULL GROUP BY outbox.question`,
  },
  (rows) => new Map(rows.map((row) => [String(row.question), String(row.sent_at)])),
)
