import { type EntryType, Envelope, type Event, payloads } from '../core/entry.ts'
import { openingOf } from '../log/entry.ts'
import { damagedEntry } from './damage.ts'
import type { Database, Row } from './database.ts'
import type { Page, PageRequest } from './nouns.ts'

/** An entry as it lies in the table. */
export type StoredEntry = { seq: number; leaf: Uint8Array; bytes: string; disclosure: string | null }

const FROM = 'FROM entry LEFT JOIN opening ON opening.seq = entry.seq'
// As bytes: a damaged text that is no UTF-8 would end the process, and one with a NUL would be read short.
const COLUMNS =
  'entry.seq, CAST(leaf AS BLOB) AS leaf, CAST(bytes AS BLOB) AS bytes, CAST(disclosure AS BLOB) AS disclosure'
const SELECT = `SELECT ${COLUMNS} ${FROM}`
/** With the time of the earliest correction of the clock that stands behind an entry. */
const SELECT_CORRECTED = `SELECT ${COLUMNS}, (
    SELECT min(at) FROM clock_word WHERE corrects_from IS NOT NULL AND clock_word.seq > entry.seq
  ) AS corrected_at ${FROM}`

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const toText = (blob: unknown) => (blob === null ? null : decoder.decode(blob as ArrayBuffer))

const toStored = (row: Row): StoredEntry => ({
  seq: Number(row.seq),
  leaf: new Uint8Array((row.leaf ?? new ArrayBuffer(0)) as ArrayBuffer),
  bytes: toText(row.bytes) ?? '',
  disclosure: toText(row.disclosure),
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
  if (stored.disclosure === null) throw damagedEntry(stored.seq, 'The opening is missing.')
  try {
    const { v: _, sealed: __, ...envelope } = Envelope.parse(JSON.parse(stored.bytes))
    const payload = payloads[envelope.type as EntryType].parse(openingOf(stored.disclosure))
    return { ...envelope, seq: stored.seq, payload } as Event
  } catch {
    throw damagedEntry(stored.seq, 'It cannot be read: it was changed.')
  }
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

/** The history of some streams, oldest first; what a wrong clock stamped ahead has its corrected time. */
export async function readHistory(db: Database, streams: string[], limit: number): Promise<Event[]> {
  const rows = await db.read({
    sql: `${SELECT_CORRECTED} WHERE stream IN (SELECT value FROM json_each(:streams)) ORDER BY entry.seq LIMIT :limit`,
    args: { streams: JSON.stringify(streams), limit: BigInt(limit) },
  })
  return rows.map(openCorrected)
}

/** A page of the history of one stream, oldest first, with corrected times. */
export async function listHistory(db: Database, stream: string, page: PageRequest): Promise<Page<Event>> {
  const rows = await db.read({
    sql: `${SELECT_CORRECTED} WHERE stream = :stream AND entry.seq > :after ORDER BY entry.seq LIMIT :limit`,
    args: { stream, after: BigInt(page.after ?? -1), limit: BigInt(page.limit + 1) },
  })
  const items = rows.slice(0, page.limit).map(openCorrected)
  return { items, next: rows.length > page.limit ? (items.at(-1)?.seq ?? null) : null }
}

/** One event by its place, with its corrected time. */
export async function readEvent(db: Database, seq: number): Promise<Event | null> {
  const [row] = await db.read({
    sql: `${SELECT_CORRECTED} WHERE entry.seq = :seq`,
    args: { seq: BigInt(seq) },
  })
  return row === undefined ? null : openCorrected(row)
}
