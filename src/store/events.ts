import { type EntryType, Envelope, type Event, payloads } from '../core/entry.ts'
import { openingOf } from '../log/entry.ts'
import type { Database, Row } from './database.ts'

/** An entry as it lies in the table. */
export type StoredEntry = { seq: number; leaf: Uint8Array; bytes: string; disclosure: string | null }

const FROM = 'FROM entry LEFT JOIN opening ON opening.seq = entry.seq'
const SELECT = `SELECT entry.seq, leaf, bytes, disclosure ${FROM}`
/** With the time of the earliest correction of the clock that stands behind an entry. */
const SELECT_CORRECTED = `SELECT entry.seq, leaf, bytes, disclosure, (
    SELECT min(at) FROM clock_word WHERE corrects_from IS NOT NULL AND clock_word.seq > entry.seq
  ) AS corrected_at ${FROM}`

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

function openCorrected(row: Row): Event {
  const event = openEntry(toStored(row))
  const { at } = event
  const corrected = row.corrected_at === null ? at : String(row.corrected_at)
  return corrected < at ? { ...event, at: corrected, stamped_at: at } : event
}

/** Up to `limit` events from `from` on, as they were stamped. */
export const readEvents = async (db: Database, from: number, limit: number): Promise<Event[]> =>
  (await readStored(db, from, limit)).map(openEntry)

/** The whole history of some streams, oldest first; what a wrong clock stamped ahead has its corrected time. */
export async function readHistory(db: Database, streams: string[]): Promise<Event[]> {
  const rows = await db.read({
    sql: `${SELECT_CORRECTED} WHERE stream IN (SELECT value FROM json_each(:streams)) ORDER BY entry.seq`,
    args: { streams: JSON.stringify(streams) },
  })
  return rows.map(openCorrected)
}

/** One event by its place, with its corrected time. */
export async function readEvent(db: Database, seq: number): Promise<Event | null> {
  const [row] = await db.read({
    sql: `${SELECT_CORRECTED} WHERE entry.seq = :seq`,
    args: { seq: BigInt(seq) },
  })
  return row === undefined ? null : openCorrected(row)
}
