import type { Payload } from '../core/entry.ts'
import type { Database, Row } from './database.ts'
import { MOST, parsed } from './lookups.ts'
import type { Page, PageRequest } from './nouns.ts'

export type Reply = { record: Payload<'reply.published'>; seq: number; at: string; by: string }

const toReply = (row: Row): Reply => ({
  record: parsed<Reply['record']>(row.record),
  seq: Number(row.seq),
  at: String(row.at),
  by: String(row.by),
})

/** What the person concerned replied first to these forecasts, oldest first. */
export async function repliesTo(db: Database, forecasts: readonly string[]): Promise<Reply[]> {
  const rows = await db.read({
    sql: `SELECT * FROM reply WHERE forecast IN (SELECT value FROM json_each(:forecasts)) ORDER BY seq LIMIT ${MOST}`,
    args: { forecasts: JSON.stringify(forecasts) },
  })
  return rows.map(toReply)
}

/** The replies to one forecast, oldest first. */
export async function listReplies(db: Database, forecast: string, page: PageRequest): Promise<Page<Reply>> {
  const rows = await db.read({
    sql: 'SELECT * FROM reply WHERE forecast = :forecast AND seq > :after ORDER BY seq LIMIT :limit',
    args: { forecast, after: BigInt(page.after ?? -1), limit: BigInt(page.limit + 1) },
  })
  const items = rows.slice(0, page.limit).map(toReply)
  return { items, next: rows.length > page.limit ? (items.at(-1)?.seq ?? null) : null }
}
