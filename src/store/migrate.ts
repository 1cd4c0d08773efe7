import type { Event } from '../core/entry.ts'
import { LedgerError } from '../core/error.ts'
import { assertEnds, assertWhole, damagedEntry, RESTORE } from './damage.ts'
import type { Database, Statement } from './database.ts'
import { countDue } from './due.ts'
import { checkEntry } from './entry-check.ts'
import { payloadOf, readEvents, readStored, readWhole } from './events.ts'
import { PROJECTION_VERSION, projectionTables } from './projection-tables.ts'
import { project } from './projections.ts'
import { ask, known, query, together } from './query.ts'
import { remadeRedactions, saidByLog, type Taking } from './redactions.ts'
import { refuseWhere } from './refusal.ts'
import { migrations } from './schema.ts'

const CHUNK = 5_000

/** Where it is kept which migrations were applied. */
export const MIGRATIONS_TABLE: Statement = {
  sql: 'CREATE TABLE IF NOT EXISTS schema_migrations (id TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT',
}

/**
 * Brings the tables up to date; each migration and its record are one batch. Answers what was applied. A log from
 * which something is gone is left as it is.
 */
export async function migrate(db: Database, now: Date): Promise<string[]> {
  await db.write([MIGRATIONS_TABLE])
  const applied = (await db.read({ sql: 'SELECT id FROM schema_migrations ORDER BY id' })).map((row) =>
    String(row.id),
  )
  const known = migrations.map((migration) => migration.id)
  if (applied.some((id, i) => id !== known[i]))
    throw new LedgerError(
      'behind',
      `The database was made by a newer Reckoning (${applied.at(-1)}): update the program.`,
    )
  if (applied.length > 0) await assertLog(db)
  const missing = migrations.slice(applied.length)
  for (const { id, statements } of missing)
    await db.write([
      ...statements,
      {
        sql: 'INSERT INTO schema_migrations (id, applied_at) VALUES (:id, :at)',
        args: { id, at: now.toISOString() },
      },
    ])
  return missing.map((migration) => migration.id)
}

const namesOf = (tables: readonly Statement[]) =>
  tables
    .map(({ sql }) => /^CREATE (?:VIRTUAL )?TABLE (\w+)/u.exec(sql)?.[1])
    .filter((name) => name !== undefined)

/** The names of the tables that are derived from the log. */
export const projectionNames = namesOf(projectionTables)

/** Which of these tables are not there. */
async function absent(db: Database, names: readonly string[]): Promise<string[]> {
  const there = await db.read({
    sql: `SELECT name FROM sqlite_master WHERE type = 'table' AND name IN (SELECT value FROM json_each(:names))`,
    args: { names: JSON.stringify(names) },
  })
  return names.filter((name) => !there.some((row) => row.name === name))
}

async function assertTables(db: Database): Promise<void> {
  const [gone] = await absent(db, ['entry', 'opening'])
  if (gone !== undefined)
    throw new LedgerError('damaged', `The table ${gone} of the log is missing. ${RESTORE}`)
}

/** Refuses a log whose tables, entries or openings are gone. */
async function assertLog(db: Database): Promise<void> {
  await assertTables(db)
  await assertWhole(db)
}

/** Where the projections stand: `current`, or how far a rebuild has come; −2 where they must be made from nothing. */
export async function projectionState(
  db: Database,
): Promise<{ current: boolean; seq: number; head: number }> {
  if ((await absent(db, projectionNames)).length > 0) return { current: false, seq: -2, head: -1 }
  const [row] = await db.read({
    sql: `SELECT version, seq AS projected, (SELECT coalesce(max(seq), -1) FROM entry) AS head,
      (SELECT max(seq) FROM opening) AS opened FROM projection`,
  })
  if (row === undefined) return { current: false, seq: -2, head: -1 }
  assertEnds(row)
  const seq = Number(row.projected)
  const head = Number(row.head)
  return { current: Number(row.version) === PROJECTION_VERSION && seq === head, seq, head }
}

/** What the log says was taken out of it, read from its own entries. */
export async function readSaid(db: Database): Promise<ReturnType<typeof saidByLog>> {
  // By the bytes: of a damaged entry the type cannot be asked.
  const seqs = await db.read({
    sql: `SELECT seq FROM entry WHERE instr(bytes, '"type":"redacted"') > 0
      OR instr(bytes, '"type":"member.redacted"') > 0 ORDER BY seq DESC`,
  })
  const takings: Taking[] = []
  for (const { seq } of seqs) {
    const [stored] = await readWhole(db, Number(seq), 1)
    const at = stored === undefined ? null : /"at":"([^"]*)"/u.exec(stored.bytes)?.[1]
    if (stored !== undefined && at != null) takings.push({ seq: stored.seq, at, payload: payloadOf(stored) })
  }
  return saidByLog(takings)
}

/** Reads anew what was taken out. Where one of these entries cannot be read, nothing better could be made. */
async function remakeRedactions(db: Database): Promise<void> {
  const { said, unread } = await readSaid(db)
  if (unread.length === 0) await db.write(remadeRedactions(said))
}

/** Drops every projection and makes it again, empty, standing before the first entry; kept summaries go, too. */
const startOver = (): Statement[] => [
  { sql: 'DELETE FROM analyst_summary' },
  { sql: 'DELETE FROM pair_summary' },
  ...projectionNames.map((name) => ({ sql: `DROP TABLE IF EXISTS ${name}` })),
  ...projectionTables,
  {
    sql: 'INSERT INTO projection (version, seq) VALUES (:version, -1)',
    args: { version: BigInt(PROJECTION_VERSION) },
  },
]

/**
 * Everything derived from these events, which are the whole log before the entries of this very batch: in the batch in
 * which the log is read otherwise from then on.
 */
export function derivedAnew(events: readonly Event[]): Statement[] {
  const statements = startOver()
  for (let from = 0; from < events.length; from += CHUNK)
    statements.push(...project(events.slice(from, from + CHUNK)))
  return statements
}

/** The tables as the migrations make them, with the projections before the first entry. */
export async function prepareScratch(scratch: Database, applied = migrations.length): Promise<void> {
  await scratch.write([
    MIGRATIONS_TABLE,
    ...migrations.slice(0, applied).flatMap(({ statements }) => statements),
    ...projectionTables,
    {
      sql: 'INSERT INTO projection (version, seq) VALUES (:version, -1)',
      args: { version: BigInt(PROJECTION_VERSION) },
    },
  ])
}

/** Refuses the batch when somebody else has rebuilt further meanwhile: no event is projected twice. */
const standsAt = (seq: number): Statement =>
  refuseWhere('SELECT 1 WHERE (SELECT seq FROM projection) IS NOT :seq', { seq: BigInt(seq) })

/**
 * Makes the projections agree with the log, in chunks that survive an interruption. With `afresh` everything is
 * dropped first; otherwise only when they were written by another version, or one of them is gone. What was derived is
 * dropped only once every entry was found to hash to what it says: from a damaged log nothing better could be made.
 */
export async function rebuild(
  db: Database,
  options: { afresh: boolean; progress?: (done: number, of: number) => void },
): Promise<number> {
  await assertTables(db)
  if (options.afresh) await remakeRedactions(db)
  await assertLog(db)
  const before = await projectionState(db)
  const [row] = before.seq === -2 ? [] : await db.read({ sql: 'SELECT version FROM projection' })
  if (options.afresh || Number(row?.version) !== PROJECTION_VERSION) {
    await assertHashes(db)
    await db.write(startOver())
  }
  let state = await projectionState(db)
  let count = 0
  while (state.seq < state.head) {
    const events = await readEvents(db, state.seq + 1, CHUNK)
    await db.write([standsAt(state.seq), ...project(events)])
    count += events.length
    state = await projectionState(db)
    options.progress?.(state.seq + 1, state.head + 1)
  }
  return count
}

async function assertHashes(db: Database): Promise<void> {
  for (let next = 0; ; ) {
    const stored = await readStored(db, next, CHUNK)
    for (const entry of stored) {
      const [problem] = checkEntry(entry).problems
      if (problem !== undefined) throw damagedEntry(entry.seq, problem.message)
    }
    if (stored.length < CHUNK) return
    next = (stored.at(-1)?.seq ?? next) + 1
  }
}

const BEHIND = 'The database schema is not the one this program knows: run `reckon migrate`.'
const REBUILDING = 'The ledger is being rebuilt: run `reckon migrate`, or try again in a moment.'

/** Refuses a schema that this program does not know. */
export async function assertSchema(db: Database): Promise<void> {
  const applied =
    (await absent(db, ['schema_migrations'])).length > 0
      ? []
      : await db.read({ sql: 'SELECT id FROM schema_migrations ORDER BY id' })
  if (applied.length !== migrations.length || applied.some((row, i) => row.id !== migrations[i]?.id))
    throw new LedgerError('behind', BEHIND)
}

/** Refuses to serve a schema or projections that this program does not know, and a log that ends too early. */
export async function assertCurrent(db: Database): Promise<void> {
  await assertSchema(db)
  await assertTables(db)
  const state = await projectionState(db)
  if (state.seq === -2)
    throw new LedgerError(
      'rebuilding',
      'Tables that are derived from the log are missing: run `reckon rebuild`.',
    )
  if (!state.current) throw new LedgerError('rebuilding', REBUILDING)
}

type CurrentHead = {
  seq: number
  at: string | null
  redacted: number
  due?: { at: string; questions: number }
}

/**
 * The head of the log, in one query with what `assertCurrent` asks: refuses a schema or projections that this program
 * does not know. For runtimes that keep nothing between requests. With what is due at that time, where it is asked.
 */
export async function currentHead(db: Database, at: Date | null = null): Promise<CurrentHead> {
  const state = query(
    {
      sql: `SELECT (SELECT count(*) FROM schema_migrations) AS migrations, projection.version, projection.seq AS projected,
          (SELECT coalesce(max(seq), -1) FROM entry) AS head, (SELECT max(seq) FROM opening) AS opened,
          (SELECT at FROM entry ORDER BY seq DESC LIMIT 1) AS at, (SELECT max(seq) FROM redaction) AS redacted
        FROM projection`,
    },
    ([first]) => first,
  )
  const { row, questions } = await ask(
    db,
    together({ row: state, questions: at === null ? known(null) : countDue(at) }),
  ).catch((error: unknown) => {
    if (error instanceof Error && /no such (?:table|column)/u.test(error.message))
      return { row: undefined, questions: null }
    throw error
  })
  if (row === undefined || Number(row.migrations) !== migrations.length)
    throw new LedgerError('behind', BEHIND)
  assertEnds(row)
  if (Number(row.version) !== PROJECTION_VERSION || row.projected !== row.head)
    throw new LedgerError('rebuilding', REBUILDING)
  return {
    seq: Number(row.head),
    at: row.at === null ? null : String(row.at),
    redacted: Number(row.redacted ?? -1),
    ...(at === null || questions === null ? {} : { due: { at: at.toISOString(), questions } }),
  }
}
