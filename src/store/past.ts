import { LedgerError } from '../core/error.ts'
import { hex } from '../log/encoding.ts'
import type { Database, Pause, Statement } from './database.ts'
import { openEntry, readStored, type StoredEntry } from './events.ts'
import { prepareScratch } from './migrate.ts'
import { project } from './projections.ts'
import { ask, query } from './query.ts'
import { copiedRedactions, lastRedaction } from './redactions.ts'

/** An empty database of its own, or a copy of one that was given before. */
export type Scratch = (from: Database | null) => Promise<Database>

/** The record as it stood after an entry, for as long as it is held. */
export type Held = { db: Database; release: () => void }

/** The past of a ledger. */
export type Past = {
  /** Made from the entries up to this one, which must be there, or taken from what is kept. */
  hold: (seq: number) => Promise<Held>
  /** Lets go of all that was made before words were taken out of the log since: also as files. */
  forget: () => Promise<void>
  close: () => Promise<void>
}

/** So many records of the past are kept at once, each in a file as large as the ledger was. */
const MOST_KEPT = 6
/** So many entries are replayed before others get their turn. */
const AT_ONCE = 500
/** At some 3,000 entries a second a longer replay would take more than half a minute. */
export const MOST_ENTRIES = 100_000

type Kept = { made: Promise<Database>; isMade: boolean; users: number; isDropped: boolean }

/**
 * The record of any earlier entry, made by the projector of today from the log alone: a later entry cannot be in it,
 * nor anything that members keep. It begins with the nearest earlier one that is kept.
 */
export function pastOf(db: Database, scratch: Scratch, pause: Pause, most = MOST_ENTRIES): Past {
  const kept = new Map<number, Kept>()
  let turn: Promise<unknown> = Promise.resolve()
  /** The last entry by which words were taken out, when what is kept was made. */
  let redacted: number | null = null

  const forget = async () => {
    const last = await lastRedaction(db)
    if (redacted !== null && last !== redacted) for (const [seq, held] of kept) drop(seq, held)
    redacted = last
  }
  const drop = (seq: number, held: Kept) => {
    kept.delete(seq)
    held.isDropped = true
    closeIdle(held)
  }
  const closeIdle = (held: Kept) => {
    if (held.isDropped && held.users === 0) void held.made.then((made) => made.close()).catch(() => undefined)
  }
  const nearest = (seq: number): [number, Kept] | undefined =>
    [...kept].filter(([at, { isMade }]) => isMade && at < seq).sort(([a], [b]) => b - a)[0]

  async function make(seq: number): Promise<Database> {
    const [from, before] = nearest(seq) ?? [-1, null]
    if (seq - from > most) throw tooLong(seq)
    const own = await scratch(before === null ? null : await before.made)
    try {
      if (before === null) await prepareScratch(own)
      for (let next = from + 1; next <= seq; ) {
        const stored = await readStored(db, next, Math.min(AT_ONCE, seq + 1 - next))
        if (stored.length === 0) throw new LedgerError('not_found', `There is no entry ${seq}.`)
        const gone = await copiedRedactions(db, next, next + stored.length - 1)
        await own.write([...copied(stored), ...gone, ...project(stored.map(openEntry))])
        next += stored.length
        await pause(0)
      }
      return own
    } catch (error) {
      await own.close()
      throw error
    }
  }

  function keep(seq: number): Kept {
    // One at a time: the next one may begin where this one ends.
    const made = turn.then(() => make(seq))
    turn = made.catch(() => undefined)
    const held: Kept = { made, isMade: false, users: 0, isDropped: false }
    made.then(
      () => {
        held.isMade = true
      },
      () => drop(seq, held),
    )
    kept.set(seq, held)
    for (const [oldest, one] of kept) {
      if (kept.size <= MOST_KEPT) break
      if (one !== held) drop(oldest, one)
    }
    return held
  }

  return {
    forget,
    async hold(seq) {
      await forget()
      const held = kept.get(seq) ?? keep(seq)
      // The one that was asked for last goes last.
      kept.delete(seq)
      kept.set(seq, held)
      held.users++
      let isHeld = true
      const release = () => {
        if (!isHeld) return
        isHeld = false
        held.users--
        closeIdle(held)
      }
      try {
        return { db: await held.made, release }
      } catch (error) {
        release()
        throw error
      }
    },
    close: async () => {
      await turn
      for (const [seq, held] of kept) drop(seq, held)
    },
  }
}

const tooLong = (seq: number) =>
  new LedgerError(
    'too_large',
    `The record as of entry ${seq} would take a replay of more than ${MOST_ENTRIES} entries, which is not done for a page. Make it from a copy of the log, on a machine of your own.`,
  )

/** The entries themselves: pages read them too. */
export const copied = (stored: readonly StoredEntry[]): Statement[] => {
  const rows = JSON.stringify(stored.map(({ seq, leaf, bytes }) => ({ seq, leaf: hex(leaf), bytes })))
  const opened = JSON.stringify(
    stored.flatMap(({ seq, disclosure }) => (disclosure === null ? [] : [{ seq, disclosure }])),
  )
  const from = 'FROM json_each(:rows) AS row'
  return [
    {
      sql: `INSERT INTO entry (seq, leaf, bytes) SELECT row.value ->> 'seq', unhex(row.value ->> 'leaf'), row.value ->> 'bytes' ${from}`,
      args: { rows },
    },
    {
      sql: `INSERT INTO opening (seq, disclosure) SELECT row.value ->> 'seq', row.value ->> 'disclosure' ${from}`,
      args: { rows: opened },
    },
  ]
}

/** When an entry was recorded, by its own stamp; null where there is no such entry. */
export const stampedAt = (db: Database, seq: number): Promise<string | null> =>
  ask(
    db,
    query({ sql: 'SELECT at FROM entry WHERE seq = :seq', args: { seq: BigInt(seq) } }, ([row]) =>
      row === undefined ? null : String(row.at),
    ),
  )

/** Whether an entry was recorded by then, in truth. */
const BY = `(entry.at <= :instant OR EXISTS (SELECT 1 FROM clock_word
  WHERE corrects_from IS NOT NULL AND clock_word.seq > entry.seq AND clock_word.at <= :instant))`

/**
 * The last entry that was recorded by an instant, −1 where none was, and when the first one was. Times of a wrong clock
 * count as they were corrected; with that they never run backwards, so that halving finds it.
 */
export const lastBy = (db: Database, instant: Date): Promise<{ seq: number; first: string | null }> =>
  ask(
    db,
    query(
      {
        sql: `WITH RECURSIVE halving (low, high) AS (
            SELECT -1, (SELECT coalesce(max(seq), -1) FROM entry)
            UNION ALL
            SELECT iif(${BY}, entry.seq, low), iif(${BY}, high, entry.seq - 1)
            FROM halving JOIN entry ON entry.seq = (low + high + 1) / 2 WHERE low < high
          )
          SELECT low AS seq, (SELECT at FROM entry WHERE seq = 0) AS first FROM halving WHERE low = high`,
        args: { instant: instant.toISOString() },
      },
      ([row]) => ({ seq: Number(row?.seq ?? -1), first: row?.first == null ? null : String(row.first) }),
    ),
  )
