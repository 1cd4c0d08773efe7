import type { Database } from './database.ts'
import { countDue } from './due.ts'
import { ask, query, together } from './query.ts'

/** What waits in a ledger, in numbers: for whoever watches the server. */
export type Gauges = { entries: number; overdue: number; waiting: number; oldest_seconds: number }

const outbox = (now: Date) =>
  query(
    {
      sql: `SELECT (SELECT coalesce(max(seq) + 1, 0) FROM entry) AS entries,
          count(*) AS waiting, coalesce(unixepoch(:now) - min(unixepoch(made_at)), 0) AS age
        FROM delivery WHERE next_at IS NOT NULL`,
      args: { now: now.toISOString() },
    },
    ([row]) => ({
      entries: Number(row?.entries ?? 0),
      waiting: Number(row?.waiting ?? 0),
      oldest_seconds: Math.max(0, Number(row?.age ?? 0)),
    }),
  )

export async function readGauges(db: Database, now: Date): Promise<Gauges> {
  const { overdue, rest } = await ask(db, together({ overdue: countDue(now), rest: outbox(now) }))
  return { overdue, ...rest }
}
