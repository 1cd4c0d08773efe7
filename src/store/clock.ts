import type { Database, Statement } from './database.ts'
import { ask, type Query, query } from './query.ts'
import { number, orNull, rowOf, text } from './row.ts'

const toWord = rowOf({
  seq: number,
  at: text,
  by: text,
  /** The first entry that a correction is about. */
  from: orNull(number),
  because: orNull(text),
})
/** What an administrator said of the clock. */
export type ClockWord = ReturnType<typeof toWord>

/** Whatever was said of the clock, the latest first. */
export const wordsOfClock = (limit = 50): Query<ClockWord[]> =>
  query(
    {
      sql: 'SELECT *, corrects_from AS "from" FROM clock_word ORDER BY seq DESC LIMIT :limit',
      args: { limit: BigInt(limit) },
    },
    (rows) => rows.map(toWord),
  )
export const clockWords = (db: Database, limit?: number) => ask(db, wordsOfClock(limit))

export const lastClockWord = async (db: Database): Promise<ClockWord | null> =>
  (await clockWords(db, 1))[0] ?? null

/** Entries that count as recorded after `now`: they end with the last one of the log. */
export type Ahead = { from: number; to: number; entries: number; latest_at: string }

/** What is stamped ahead, or null. */
export async function stampedAhead(db: Database, now: Date): Promise<Ahead | null> {
  const [row] = await db.read({
    sql: `SELECT min(seq) AS first, max(seq) AS last, max(at) AS latest FROM entry
      WHERE at > :now AND (SELECT at FROM entry ORDER BY seq DESC LIMIT 1) > :now
        AND seq > (SELECT coalesce(max(seq), -1) FROM clock_word WHERE corrects_from IS NOT NULL AND at <= :now)`,
    args: { now: now.toISOString() },
  })
  if (row === undefined || row.first === null) return null
  const [from, to] = [Number(row.first), Number(row.last)]
  return { from, to, entries: to - from + 1, latest_at: String(row.latest) }
}

/** Outcomes that are said to be known after `now`: whoever decided them trusted the wrong clock. */
export const decidedAhead = async (db: Database, now: Date): Promise<string[]> =>
  (
    await db.read({
      sql: 'SELECT DISTINCT question FROM resolution WHERE superseded_by IS NULL AND known_from > :now ORDER BY question LIMIT 100',
      args: { now: now.toISOString() },
    })
  ).map((row) => String(row.question))

const CORRECTED_AT =
  '(SELECT min(at) FROM clock_word WHERE corrects_from IS NOT NULL AND clock_word.seq > entry.seq)'

/** When an entry counts as recorded. */
export async function recordedAt(db: Database, seq: number): Promise<string> {
  const [row] = await db.read({
    sql: `SELECT min(at, coalesce(${CORRECTED_AT}, at)) AS at FROM entry WHERE seq = :seq`,
    args: { seq: BigInt(seq) },
  })
  return String(row?.at)
}

/** How the entry of a record was stamped, where a correction has put its time back. */
export const stampOf = (noun: 'source' | 'forecast', id: string): Query<string | undefined> =>
  query(
    {
      sql: `SELECT entry.at FROM entry WHERE seq = (SELECT seq FROM ${noun} WHERE id = :id) AND at > ${CORRECTED_AT}`,
      args: { id },
    },
    ([row]) => (row === undefined ? undefined : String(row.at)),
  )

/**
 * What a wrong clock has left in the private tables, put right beside the entry that corrects it: reminders of what is
 * not due go, and so does what would open the door until long after `lastSession`.
 */
export const calmed = (now: Date, lastSession: Date): Statement[] => {
  const args = { now: now.toISOString() }
  return [
    { sql: 'DELETE FROM outbox WHERE queued_at > :now', args },
    {
      sql: 'UPDATE secret SET begun_at = NULL, seen_on = NULL WHERE begun_at > :now OR seen_on > substr(:now, 1, 10)',
      args,
    },
    {
      sql: "DELETE FROM secret WHERE kind IN ('session', 'link') AND expires_at > :last",
      args: { last: lastSession.toISOString() },
    },
    { sql: 'UPDATE newsroom SET at = :now WHERE at > :now', args },
    { sql: 'UPDATE recheck SET at = :now WHERE at > :now', args },
    { sql: 'UPDATE notice SET at = :now WHERE at > :now', args },
    { sql: 'UPDATE delivery SET made_at = min(made_at, :now), next_at = :now WHERE next_at > :now', args },
    {
      sql: `UPDATE target SET period = min(period, substr(:now, 1, 10)), failing_since = min(failing_since, :now),
        confirmed_at = min(confirmed_at, :now)`,
      args,
    },
    { sql: 'UPDATE capture SET updated_at = :now WHERE updated_at > :now', args },
  ]
}
