import type { administrative } from '../core/author.ts'
import { type EntryType, Envelope, type Event, payloads } from '../core/entry.ts'
import type { Redacted } from '../core/redaction.ts'
import { openingOf } from '../log/entry.ts'
import { damagedEntry } from './damage.ts'
import type { Database, Row, Value } from './database.ts'
import { firstForecastsOn, MOST } from './lookups.ts'
import { ask, mapped, type Page, type PageRequest, pageOf, type Query, query } from './query.ts'

type Administrative = (typeof administrative)[number]

/**
 * An entry as it lies in the table. Where words were taken out of it there is no disclosure, and `redaction` says by
 * which entry, when and why, and what is read in its place.
 */
export type StoredEntry = {
  seq: number
  leaf: Uint8Array
  bytes: string
  disclosure: string | null
  redaction: Replacement | null
}
export type Replacement = Pick<Redacted, 'because' | 'class'> & {
  seq: number
  at: string
  payload: Record<string, unknown>
}

const FROM = `FROM entry LEFT JOIN opening ON opening.seq = entry.seq
  LEFT JOIN redaction ON redaction.entry = entry.seq AND redaction.text = 0`
// As bytes: a damaged text that is no UTF-8 would end the process, and one with a NUL would be read short.
const COLUMNS = `entry.seq, CAST(leaf AS BLOB) AS leaf, CAST(bytes AS BLOB) AS bytes, CAST(disclosure AS BLOB) AS disclosure,
  redaction.seq AS by_seq, redaction.at AS by_at, class, because, CAST(replaced_by AS BLOB) AS replaced_by`
const SELECT = `SELECT ${COLUMNS} ${FROM}`
/** With the time of the earliest correction of the clock that stands behind an entry. */
const SELECT_CORRECTED = `SELECT ${COLUMNS}, (
    SELECT min(clock_word.at) FROM clock_word WHERE corrects_from IS NOT NULL AND clock_word.seq > entry.seq
  ) AS corrected_at ${FROM}`

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const toText = (blob: unknown) => (blob === null ? null : decoder.decode(blob as ArrayBuffer))

const toStored = (row: Row): StoredEntry => ({
  seq: Number(row.seq),
  leaf: new Uint8Array((row.leaf ?? new ArrayBuffer(0)) as ArrayBuffer),
  bytes: toText(row.bytes) ?? '',
  disclosure: toText(row.disclosure),
  redaction: toReplacement(row),
})

function toReplacement({ by_seq, by_at, class: kind, because, replaced_by }: Row): Replacement | null {
  const text = replaced_by == null ? null : toText(replaced_by)
  if (text === null) return null
  return {
    seq: Number(by_seq),
    at: String(by_at),
    because: String(because),
    ...(kind == null ? {} : { class: kind as NonNullable<Redacted['class']> }),
    payload: JSON.parse(text) as Record<string, unknown>,
  }
}

/** The same of a database in which nothing could be taken out yet. */
const WHOLE = `SELECT entry.seq, CAST(leaf AS BLOB) AS leaf, CAST(bytes AS BLOB) AS bytes, CAST(disclosure AS BLOB) AS disclosure
  FROM entry LEFT JOIN opening ON opening.seq = entry.seq`

/** Up to `limit` entries from `from` on, as stored, in order. */
export async function readStored(
  db: Database,
  from: number,
  limit: number,
  select = SELECT,
): Promise<StoredEntry[]> {
  const rows = await db.read({
    sql: `${select} WHERE entry.seq >= :from ORDER BY entry.seq LIMIT :limit`,
    args: { from: BigInt(from), limit: BigInt(limit) },
  })
  return rows.map(toStored)
}

/** The same from a database that was made before anything could be taken out. */
export const readWhole = (db: Database, from: number, limit: number) => readStored(db, from, limit, WHOLE)

/** What an entry recorded, or what is read in its place; null where neither is there. */
export const payloadOf = ({
  disclosure,
  redaction,
}: Pick<StoredEntry, 'disclosure' | 'redaction'>): unknown =>
  redaction?.payload ?? (disclosure === null ? null : openingOf(disclosure))

/** The envelope and the opened payload of a stored entry; throws when either is not what its type promises. */
export function openEntry(stored: StoredEntry): Event {
  const payload = payloadOf(stored)
  if (payload === null) throw damagedEntry(stored.seq, 'The opening is missing.')
  try {
    const { v: _, sealed: __, ...envelope } = Envelope.parse(JSON.parse(stored.bytes))
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

/** What was done to who keeps the ledger and how, the latest first; a page begins before its place. */
export const administrationOf = (page: PageRequest): Query<Page<Event<Administrative>>> =>
  mapped(
    eventsWhere(
      `entry.seq IN (SELECT seq FROM administration WHERE seq < :before ORDER BY seq DESC LIMIT :limit)`,
      { before: BigInt(page.after ?? Number.MAX_SAFE_INTEGER) },
      page.limit + 1,
    ),
    (events) => pageOf((events as Event<Administrative>[]).toReversed(), page.limit, ({ seq }) => seq),
  )

/** The first entry of a stream. */
export const readFirst = async (db: Database, stream: string): Promise<Event | null> =>
  (await ask(db, eventsWhere('stream = :stream', { stream }, 1)))[0] ?? null

/** One event by its place. */
export const readEvent = async (db: Database, seq: number): Promise<Event | null> =>
  (await ask(db, eventsWhere('entry.seq = :seq', { seq: BigInt(seq) }, 1)))[0] ?? null
