import { type EntryType, Envelope, type Event, payloads } from '../core/entry.ts'
import { openingOf } from '../log/entry.ts'
import type { Database, Row } from './database.ts'
import type { Page, PageRequest } from './nouns.ts'

/** An entry as it lies in the table. */
export type StoredEntry = { seq: number; leaf: Uint8Array; bytes: string; disclosure: string | null }

const SELECT = `SELECT entry.seq, leaf, bytes, disclosure FROM entry LEFT JOIN opening ON opening.seq = entry.seq`

const toStored = (row: Row): StoredEntry => ({
  seq: Number(row.seq),
  leaf: new Uint8Array(row.leaf as ArrayBuffer),
  bytes: String(row.bytes),
  disclosure: row.disclosure === null ? null : String(row.disclosure),
})

/** Up to `limit` entries from `from` on, as stored, in order. */
export async function readStored(db: Database, from: number, limit: number): Promise<StoredEntry[]> {
  const rows = await db.read({
    sql: `${SELECT} WHERE entry.seq >= :from ORDER BY entry.seq LIMIT :limit`,
    args: { from: BigInt(from), limit: BigInt(limit) },
  })
  return rows.map(toStored)
}

/** The envelope and the opened payload of a stored entry; throws when either is not what its type promises. */
export function openEntry(stored: StoredEntry): Event {
  const { v: _, sealed: __, ...envelope } = Envelope.parse(JSON.parse(stored.bytes))
  const payload = payloads[envelope.type as EntryType].parse(openingOf(stored.disclosure ?? ''))
  return { ...envelope, seq: stored.seq, payload } as Event
}

/** Up to `limit` events from `from` on. */
export const readEvents = async (db: Database, from: number, limit: number): Promise<Event[]> =>
  (await readStored(db, from, limit)).map(openEntry)

/** The history of some streams, oldest first. */
export async function readHistory(db: Database, streams: string[], limit: number): Promise<Event[]> {
  const rows = await db.read({
    sql: `${SELECT} WHERE stream IN (SELECT value FROM json_each(:streams)) ORDER BY entry.seq LIMIT :limit`,
    args: { streams: JSON.stringify(streams), limit: BigInt(limit) },
  })
  return rows.map((row) => openEntry(toStored(row)))
}

/** A page of the history of one stream, oldest first. */
export async function listHistory(db: Database, stream: string, page: PageRequest): Promise<Page<Event>> {
  const rows = await db.read({
    sql: `${SELECT} WHERE stream = :stream AND entry.seq > :after ORDER BY entry.seq LIMIT :limit`,
    args: { stream, after: BigInt(page.after ?? -1), limit: BigInt(page.limit + 1) },
  })
  const items = rows.slice(0, page.limit).map((row) => openEntry(toStored(row)))
  return { items, next: rows.length > page.limit ? (items.at(-1)?.seq ?? null) : null }
}

/** One event by its place. */
export async function readEvent(db: Database, seq: number): Promise<Event | null> {
  const [stored] = await readStored(db, seq, 1)
  return stored === undefined || stored.seq !== seq ? null : openEntry(stored)
}
