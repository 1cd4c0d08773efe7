import type { Payload } from '../core/entry.ts'
import type { Database } from './database.ts'
import { parsed } from './lookups.ts'

export type Reply = { record: Payload<'reply.published'>; seq: number; at: string; by: string }

/** What the person concerned replied to these forecasts, oldest first. */
export async function repliesTo(db: Database, forecasts: readonly string[]): Promise<Reply[]> {
  const rows = await db.read({
    sql: 'SELECT * FROM reply WHERE forecast IN (SELECT value FROM json_each(:forecasts)) ORDER BY seq LIMIT 500',
    args: { forecasts: JSON.stringify(forecasts) },
  })
  return rows.map((row) => ({
    record: parsed<Reply['record']>(row.record),
    seq: Number(row.seq),
    at: String(row.at),
    by: String(row.by),
  }))
}
