import { LedgerError } from '../core/error.ts'
import type { Database, Row } from './database.ts'

/** The way that is open where the log or the file itself is not what it was. */
export const RESTORE =
  'Restore the newest backup that `reckon verify FILE` passes: a rebuild cannot make this good.'

export const damagedEntry = (seq: number, message: string): LedgerError =>
  new LedgerError('damaged', `Entry ${seq}: ${message} ${RESTORE}`)

/** The log ends earlier than something in the file knows: what is wrong, and what can be done. */
export function lossSentence(head: number, furthest: number): string {
  const count = furthest - head
  const gone = count === 1 ? 'the last entry is not there' : `the last ${count} entries are not there`
  const ends = head < 0 ? 'The log is empty' : `The log ends with entry ${head}`
  return `${ends}, but the file speaks of entry ${furthest}: ${gone}. Restore the newest backup that holds them; where there is none, \`reckon rebuild --accept-loss\` gives them up, as an entry that says so.`
}

/** Where the seqs of entries stand beside the log, each with an index. */
const SPEAKING = [
  'opening',
  'projection',
  'source',
  'analyst',
  'statement',
  'question',
  'forecast',
  'reply',
  'resolution',
  'member',
]

/** The last entry of the log, and the last one that anything in the file speaks of. */
export async function ends(db: Database): Promise<{ head: number; furthest: number }> {
  const there = new Set(
    (await db.read({ sql: "SELECT name FROM sqlite_master WHERE type = 'table'" })).map(({ name }) =>
      String(name),
    ),
  )
  const heights = SPEAKING.filter((table) => there.has(table)).map(
    (table) => `SELECT max(seq) AS seq FROM ${table}`,
  )
  if (there.has('checkpoint')) heights.push('SELECT max(size) - 1 AS seq FROM checkpoint')
  const [row] = await db.read({
    sql: `SELECT (SELECT coalesce(max(seq), -1) FROM entry) AS head,
      (SELECT coalesce(max(seq), -1) FROM (${heights.join(' UNION ALL ')})) AS furthest`,
  })
  return { head: Number(row?.head ?? -1), furthest: Number(row?.furthest ?? -1) }
}

const FIRST_GAP = `SELECT min(seq) + 1 AS seq FROM entry AS before
  WHERE seq < (SELECT max(seq) FROM entry) AND NOT EXISTS (SELECT 1 FROM entry WHERE seq = before.seq + 1)`
const FIRST_UNOPENED = `SELECT min(seq) AS seq FROM entry
  WHERE NOT EXISTS (SELECT 1 FROM opening WHERE opening.seq = entry.seq)`

/**
 * Refuses a log from which entries or openings are gone, before anything is derived from it again. It counts, it does
 * not hash: that is the work of `reckon verify`, and of a rebuild.
 */
export async function assertWhole(db: Database): Promise<void> {
  const { head, furthest } = await ends(db)
  if (furthest > head) throw new LedgerError('damaged', lossSentence(head, furthest))
  // Up to that end: others may be recording meanwhile.
  const [row] = await db.read({
    sql: `SELECT (SELECT count(*) FROM entry WHERE seq <= :head) AS entries,
      (SELECT count(*) FROM opening WHERE seq <= :head) AS openings,
      (SELECT min(seq) FROM entry) AS first`,
    args: { head: BigInt(head) },
  })
  if (Number(row?.entries) !== head + 1) {
    const gap = Number(row?.first) === 0 ? await seqOf(db, FIRST_GAP) : 0
    throw new LedgerError('damaged', `Entry ${gap} is missing. ${RESTORE}`)
  }
  if (Number(row?.openings) !== head + 1)
    throw damagedEntry((await seqOf(db, FIRST_UNOPENED)) ?? head, 'The opening is missing.')
}

async function seqOf(db: Database, sql: string): Promise<number | null> {
  const [row] = await db.read({ sql })
  return row?.seq == null ? null : Number(row.seq)
}

/** What one look at both ends tells: the end of the log is gone, or its last opening. */
export function assertEnds({ head, projected, opened }: Row): void {
  const furthest = Math.max(Number(projected ?? -1), Number(opened ?? -1))
  if (furthest > Number(head)) throw new LedgerError('damaged', lossSentence(Number(head), furthest))
  if (Number(opened ?? -1) < Number(head)) throw damagedEntry(Number(head), 'The opening is missing.')
}
