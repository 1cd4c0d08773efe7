import type { Statement } from './database.ts'
import { type Query, query } from './query.ts'
import { refuseWhere } from './refusal.ts'
import { number, rowOf, text, word } from './row.ts'
import type { Target } from './targets.ts'

const toDelivery = rowOf({
  id: text,
  target: text,
  kind: word<'notices' | 'confirm' | 'sign_in' | 'test'>(),
  period: text,
  since: number,
  upto: number,
  made_at: text,
  next_at: text,
  attempts: number,
})
/** One message to one target: its id stays the same however often it is tried. */
export type Delivery = ReturnType<typeof toDelivery>

/** A message to be sent with the next run; of one target, kind and period there is one. */
export const queueDelivery = (
  message: Pick<Delivery, 'id' | 'target' | 'kind' | 'period'> & { since?: number; upto?: number },
  now: Date,
): Statement => ({
  sql: `INSERT INTO delivery (id, target, kind, period, since, upto, made_at, next_at)
    VALUES (:id, :target, :kind, :period, :since, :upto, :now, :now)`,
  args: {
    ...message,
    since: BigInt(message.since ?? 0),
    upto: BigInt(message.upto ?? 0),
    now: now.toISOString(),
  },
})

/** How many letters to confirm an address were asked for since then. */
export const confirmationsSince = (target: string, since: Date): Query<number> =>
  query(
    {
      sql: "SELECT count(*) AS n FROM delivery WHERE target = :target AND kind = 'confirm' AND made_at > :since",
      args: { target, since: since.toISOString() },
    },
    ([row]) => Number(row?.n ?? 0),
  )

/**
 * A sign-in link for each member whose confirmed address this is, unless they had `most` since then. It writes nothing
 * where there is none, and takes as long.
 */
export const queueSignIn = (
  address: string,
  id: string,
  now: Date,
  since: Date,
  most: number,
): Statement => ({
  sql: `INSERT OR IGNORE INTO delivery (id, target, kind, period, since, upto, made_at, next_at)
    SELECT :id || target.id, target.id, 'sign_in', :id, 0, 0, :now, :now
    FROM sign_in_key JOIN target ON sign_in_key.known_by = 'letters ' || target.id
      JOIN member ON member.id = target.member
    WHERE lower(email) = lower(:address) AND confirmed_at IS NOT NULL AND member.suspended = 0
      AND (SELECT count(*) FROM delivery WHERE delivery.target = target.id AND delivery.kind = 'sign_in'
        AND made_at > :since) < :most`,
  args: { address, id, now: now.toISOString(), since: since.toISOString(), most: BigInt(most) },
})

/** A target has had its messages up to a notice; refuses the batch where another run was first. */
export const tellUpTo = (target: Target, upto: number, period: string): Statement[] => [
  refuseWhere(
    'SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM target WHERE id = :id AND told = :told AND period = :before)',
    { id: target.id, told: BigInt(target.told), before: target.period },
  ),
  {
    sql: 'UPDATE target SET told = :upto, period = :period WHERE id = :id',
    args: { id: target.id, upto: BigInt(upto), period },
  },
]

const MOST_OF_ONE = 50

/** What is to be tried now for these targets, the oldest first; of one target not so much that others had to wait. */
export const waitingDeliveries = (now: Date, targets: readonly string[]): Query<Delivery[]> =>
  query(
    {
      sql: `SELECT * FROM (
          SELECT *, row_number() OVER (PARTITION BY target ORDER BY made_at, upto, id) AS place FROM delivery
          WHERE next_at <= :now AND target IN (SELECT value FROM json_each(:targets)))
        WHERE place <= ${MOST_OF_ONE} ORDER BY made_at, upto, id`,
      args: { now: now.toISOString(), targets: JSON.stringify(targets) },
    },
    (rows) => rows.map(toDelivery),
  )

/** Takes one for this run; no row where another run has it. Whoever never comes back gives it free by `until`. */
export const takeDelivery = ({ id, next_at }: Delivery, until: Date): Statement => ({
  sql: `UPDATE delivery SET attempts = attempts + 1, next_at = :until
    WHERE id = :id AND next_at = :next_at RETURNING id`,
  args: { id, next_at, until: until.toISOString() },
})

/** Nothing is left to say of it. */
export const dropDelivery = (id: string): Statement => ({
  sql: 'UPDATE delivery SET next_at = NULL WHERE id = :id',
  args: { id },
})

export const keepDelivered = ({ id, target }: Delivery, now: Date): Statement[] => [
  {
    sql: 'UPDATE delivery SET next_at = NULL, sent_at = :now WHERE id = :id',
    args: { id, now: now.toISOString() },
  },
  {
    sql: 'UPDATE target SET delivered_at = :now, failing_since = NULL, error = NULL WHERE id = :target',
    args: { target, now: now.toISOString() },
  },
]

/** It failed: it is tried again at `next`, or given up; a target that fails since `before` is switched off. */
export const keepFailed = (
  { id, target }: Delivery,
  { now, next, error, before }: { now: Date; next: Date | null; error: string; before: Date },
): Statement[] => [
  {
    sql: 'UPDATE delivery SET next_at = :next WHERE id = :id',
    args: { id, next: next?.toISOString() ?? null },
  },
  {
    sql: `UPDATE target SET error = :error, failing_since = coalesce(failing_since, :now),
        off_at = CASE WHEN coalesce(failing_since, :now) <= :before THEN coalesce(off_at, :now) ELSE off_at END
      WHERE id = :target RETURNING off_at`,
    args: { target, error, now: now.toISOString(), before: before.toISOString() },
  },
  {
    sql: `UPDATE delivery SET next_at = NULL WHERE target = :target AND next_at IS NOT NULL
      AND EXISTS (SELECT 1 FROM target WHERE id = :target AND off_at IS NOT NULL)`,
    args: { target },
  },
]

/** Messages and notices that nobody asks about any more; the last notice stays, for the number of the next. */
export const dropOldNotices = (before: string): Statement[] => [
  { sql: 'DELETE FROM delivery WHERE next_at IS NULL AND made_at < :before', args: { before } },
  {
    sql: 'DELETE FROM notice WHERE at < :before AND seq < (SELECT max(seq) FROM notice)',
    args: { before },
  },
]
