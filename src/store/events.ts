import { type EntryType, Envelope, type Event, payloads } from '../core/entry.ts'
import { openingOf } from '../log/entry.ts'
import { damagedEntry } from './damage.ts'
import type { Database, Row, Value } from './database.ts'
import { firstForecastsOn, MOST } from './lookups.ts'
import { ask, mapped, type Page, type PageRequest, pageOf, type Query, query } from './query.ts'

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
    const payload = openingOf(stored.disclosure)
    // As it was recorded: a door of today would end its lines otherwise.
    payloads[envelope.type as EntryType].parse(payload)
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

/** Some events, oldest first; what a wrong clock stamped ahead has its corrected time. */
export const eventsWhere = (where: string, args: Record<string, Value>, limit: number): Query<Event[]> =>
  query(
    {
      sql: `${SELECT_CORRECTED} WHERE ${where} ORDER BY entry.seq LIMIT :limit`,
      args: { ...args, limit: BigInt(limit) },
    },
    (rows) => rows.map(openCorrected),
  )

/** A page of the history of one question. */
export const historyOf = (question: string, page: PageRequest): Query<Page<Event>> =>
  mapped(
    eventsWhere(
      'stream = (SELECT stream FROM question WHERE id = :question) AND entry.seq > :after',
      { question, after: BigInt(page.after ?? -1) },
      page.limit + 1,
    ),
    (events) => pageOf(events, page.limit, ({ seq }) => seq),
  )

/** The beginning of the history of a question and of the first forecasts on it, in the order of saying. */
export const historyAround = (question: string, forecasts: number, limit: number): Query<Event[]> =>
  eventsWhere(
    `stream IN (SELECT stream FROM question WHERE id = :question
      UNION ALL SELECT stream FROM (${firstForecastsOn('stream')}))`,
    { question, forecasts: BigInt(forecasts) },
    limit,
  )

/** The entries that flagged a question as due. */
export const flaggingOf = (question: string): Query<Event[]> =>
  eventsWhere('entry.seq IN (SELECT seq FROM flag WHERE question = :question)', { question }, MOST)

/** The first entry of a stream. */
export const readFirst = async (db: Database, stream: string): Promise<Event | null> =>
  (await ask(db, eventsWhere('stream = :stream', { stream }, 1)))[0] ?? null

/** One event by its place. */
export const readEvent = async (db: Database, seq: number): Promise<Event | null> =>
  (await ask(db, eventsWhere('entry.seq = :seq', { seq: BigInt(seq) }, 1)))[0] ?? null
