import { type Clock, settles } from '../core/clock.ts'
import type { Draft, Event } from '../core/entry.ts'
import { LedgerError } from '../core/error.ts'
import { utf8 } from '../log/encoding.ts'
import { MAX_ENTRY_BYTES, type SealedEntry, seal } from '../log/entry.ts'
import { type Database, type Pause, Refused, type Statement } from './database.ts'
import { assertCurrent } from './migrate.ts'
import { PROJECTION_VERSION } from './projection-tables.ts'
import { project } from './projections.ts'
import { ask, type Query, query } from './query.ts'
import { keepingStanding, requireStanding, turns } from './standing.ts'

export type Random = (bytes: number) => Uint8Array

/** What a verb asks to be written: its entries, and private rows that belong in the same batch. */
export type Writing = {
  entries: Draft[]
  beside?: Statement[]
  /** Makes everything derived from the entries before these anew; what these project follows it. */
  anew?: Statement[] | undefined
  /** The deadline before which the entries must be stamped: what was decided holds only until then. */
  until?: Date | undefined
}
/** `seqs` are the places of the entries of one writing. */
export type Written = { seqs: number[]; at: string }

const TRIES = 20
const SALT_BYTES = 16

/**
 * Appends the entries of some writings in one atomic batch: entries, openings, projections and what stands
 * beside them. `at` never runs backwards, but at a correction of the clock; when another process was faster, the
 * entries are sealed again. Nothing is stamped by a clock that is in doubt. `:seq0` in a statement beside is the seq of the first entry of its writing.
 *
 * Throws `Refused` when a constraint said no: somebody else holds a slug or a rev. Who was suspended or may do less
 * since they were asked about is refused as if they had come later.
 */
export async function append(
  db: Database,
  writings: readonly Writing[],
  now: Date,
  random: Random,
  pause: Pause,
  clock?: Clock,
): Promise<Written[]> {
  const drafts = writings.flatMap((writing) => writing.entries)
  if (drafts.length === 0) return writings.map(() => ({ seqs: [], at: now.toISOString() }))
  for (let attempt = 1; ; attempt++) {
    const head = await readHead(db)
    await requireBelieved(clock, head, writings)
    const stepsBack = drafts[0]?.type === 'clock.corrected'
    const present = (clock?.notAfter(now) ?? now).toISOString()
    const at = !stepsBack && head.at !== null && head.at > present ? head.at : present
    requireInTime(writings, at)
    try {
      return await appendAt(db, writings, at, random)
    } catch (error) {
      // What the guard of the projections means is seen from outside: a rebuild, or a log that lost its end.
      if (error instanceof LedgerError && error.code === 'rebuilding') await assertCurrent(db)
      // In a group it may have been a neighbour's.
      if (error instanceof Refused && writings.length === 1) await requireStanding(db, drafts)
      if (!(error instanceof Refused) || !/at runs backwards/u.test(error.message) || attempt === TRIES)
        throw error
      await pause(4 * attempt)
    }
  }
}

/** Another program may have moved the head meanwhile. What answers the doubt does not wait with its neighbours. */
async function requireBelieved(
  clock: Clock | undefined,
  head: { at: string | null },
  writings: readonly Writing[],
): Promise<void> {
  const doubt = (await clock?.doubt(head)) ?? null
  if (doubt === null) return
  const settling = writings.some(({ entries }) => settles(entries[0]?.type, doubt))
  if (settling && writings.length === 1) return
  if (settling) throw new Refused('the batch waits for the clock', null)
  throw new LedgerError('clock', doubt.message)
}

/** A neighbour of the group, or another program's clock, may have carried the time of the batch over a deadline. */
function requireInTime(writings: readonly Writing[], at: string): void {
  if (!writings.some(({ until }) => until !== undefined && until.toISOString() <= at)) return
  if (writings.length > 1) throw new Refused('the batch is too late for one of its writings', null)
  throw new LedgerError('frozen', 'The deadline passed while this was being written.')
}

async function appendAt(
  db: Database,
  writings: readonly Writing[],
  at: string,
  random: Random,
): Promise<Written[]> {
  const sealed: SealedEntry[] = []
  const beside: Statement[] = []
  const drafts = writings.flatMap(({ entries }) => entries)
  for (const writing of writings) {
    const back = drafts.length - sealed.length - 1
    for (const statement of writing.beside ?? [])
      beside.push(
        statement.sql.includes(':seq0')
          ? {
              sql: statement.sql.replaceAll(':seq0', '((SELECT seq FROM projection) - :back)'),
              args: { ...statement.args, back: BigInt(back) },
            }
          : statement,
      )
    for (const draft of writing.entries) sealed.push(sealedWithin(draft, at, random))
  }
  const results = await db.write([
    { sql: 'UPDATE projection SET version = :version', args: { version: BigInt(PROJECTION_VERSION) } },
    {
      sql: `INSERT INTO entry (seq, leaf, bytes)
        SELECT (SELECT coalesce(max(seq), -1) FROM entry) + 1 + row.key, unhex(row.value ->> 'leaf'), row.value ->> 'bytes'
        FROM json_each(:rows) AS row
        RETURNING seq`,
      args: { rows: JSON.stringify(sealed.map(({ leaf, bytes }) => ({ leaf, bytes }))) },
    },
    {
      sql: `INSERT INTO opening (seq, disclosure)
        SELECT (SELECT seq FROM projection) + 1 + row.key, row.value FROM json_each(:rows) AS row`,
      args: { rows: JSON.stringify(sealed.map(({ disclosure }) => disclosure)) },
    },
    ...writings.flatMap(({ anew = [] }) => anew),
    ...turns(drafts).flatMap((turn) => [
      keepingStanding(turn),
      ...project(turn.map((draft) => ({ ...draft, at }) as Omit<Event, 'seq'>)),
    ]),
    ...beside,
  ])
  const seqs = (results[1] ?? []).map((row) => Number(row.seq)).sort((a, b) => a - b)
  let taken = 0
  return writings.map(({ entries }) => {
    taken += entries.length
    return { seqs: seqs.slice(taken - entries.length, taken), at }
  })
}

function sealedWithin(draft: Draft, at: string, random: Random): SealedEntry {
  const entry = seal(draft, at, random(SALT_BYTES))
  if (utf8(entry.bytes).length > MAX_ENTRY_BYTES)
    throw new LedgerError('too_large', 'This would make an entry of more than 65,535 bytes.')
  return entry
}

/** The last entry: its seq (−1 in an empty ledger) and its time. */
export const lastEntry: Query<{ seq: number; at: string | null }> = query(
  { sql: 'SELECT seq, at FROM entry ORDER BY seq DESC LIMIT 1' },
  ([row]) => (row === undefined ? { seq: -1, at: null } : { seq: Number(row.seq), at: String(row.at) }),
)
export const readHead = (db: Database) => ask(db, lastEntry)

/** The same, with the last entry by which words were taken out: what servers know a moment of the record by. */
export const momentQuery = query(
  {
    sql: `SELECT (SELECT max(seq) FROM entry) AS seq, (SELECT at FROM entry ORDER BY seq DESC LIMIT 1) AS at,
      (SELECT max(seq) FROM redaction) AS redacted`,
  },
  ([row]) => ({
    seq: Number(row?.seq ?? -1),
    at: row?.at == null ? null : String(row.at),
    redacted: Number(row?.redacted ?? -1),
  }),
)
export const readMoment = (db: Database) => ask(db, momentQuery)
