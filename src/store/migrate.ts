import type { Event } from '../core/entry.ts'
import { LedgerError } from '../core/error.ts'
import type { Database, Statement } from './database.ts'
import { readEvents } from './events.ts'
import { project } from './projections.ts'
import { migrations, PROJECTION_VERSION, projectionTables } from './schema.ts'

const CHUNK = 5_000

/** Brings the tables up to date; each migration and its record are one batch. Answers what was applied. */
export async function migrate(db: Database, now: Date): Promise<string[]> {
  await db.write([
    {
      sql: 'CREATE TABLE IF NOT EXISTS schema_migrations (id TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT',
    },
  ])
  const applied = (await db.read({ sql: 'SELECT id FROM schema_migrations ORDER BY id' })).map((row) =>
    String(row.id),
  )
  const known = migrations.map((migration) => migration.id)
  if (applied.some((id, i) => id !== known[i]))
    throw new LedgerError(
      'behind',
      `The database was made by a newer Reckoning (${applied.at(-1)}): update the program.`,
    )
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

/** Where the projections stand: `current`, or how far a rebuild has come. */
export async function projectionState(
  db: Database,
): Promise<{ current: boolean; seq: number; head: number }> {
  const [there] = await db.read({
    sql: "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'projection'",
  })
  if (there === undefined) return { current: false, seq: -2, head: -1 }
  const [row] = await db.read({
    sql: 'SELECT version, seq, (SELECT coalesce(max(seq), -1) FROM entry) AS head FROM projection',
  })
  const seq = Number(row?.seq ?? -2)
  const head = Number(row?.head ?? -1)
  return { current: Number(row?.version) === PROJECTION_VERSION && seq === head, seq, head }
}

/** Drops every projection and makes it again, empty, standing before the first entry. */
const startOver = (): Statement[] => [
  ...projectionNames.map((name) => ({ sql: `DROP TABLE IF EXISTS ${name}` })),
  ...projectionTables,
  {
    sql: 'INSERT INTO projection (version, seq) VALUES (:version, -1)',
    args: { version: BigInt(PROJECTION_VERSION) },
  },
]

/** Refuses the batch when somebody else has rebuilt further meanwhile: no event is projected twice. */
const standsAt = (seq: number): Statement => ({
  sql: 'INSERT INTO projection (version, seq) SELECT NULL, 0 WHERE (SELECT seq FROM projection) IS NOT :seq',
  args: { seq: BigInt(seq) },
})

/**
 * Makes the projections agree with the log, in chunks that survive an interruption. With `afresh` everything is
 * dropped first; otherwise only when they were written by another version.
 */
export async function rebuild(
  db: Database,
  options: { afresh: boolean; progress?: (done: number, of: number) => void },
): Promise<number> {
  const before = await projectionState(db)
  const [row] = before.seq === -2 ? [] : await db.read({ sql: 'SELECT version FROM projection' })
  if (options.afresh || Number(row?.version) !== PROJECTION_VERSION) await db.write(startOver())
  let state = await projectionState(db)
  let count = 0
  while (state.seq < state.head) {
    const events: Event[] = await readEvents(db, state.seq + 1, CHUNK)
    await db.write([standsAt(state.seq), ...project(events)])
    count += events.length
    state = await projectionState(db)
    options.progress?.(state.seq + 1, state.head + 1)
  }
  return count
}

/** Refuses to serve a schema or projections that this program does not know. */
export async function assertCurrent(db: Database): Promise<void> {
  const [there] = await db.read({
    sql: "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'",
  })
  const applied =
    there === undefined ? [] : await db.read({ sql: 'SELECT id FROM schema_migrations ORDER BY id' })
  if (applied.length !== migrations.length || applied.some((row, i) => row.id !== migrations[i]?.id))
    throw new LedgerError(
      'behind',
      'The database schema is not the one this program knows: run `reckon migrate`.',
    )
  const state = await projectionState(db)
  if (!state.current)
    throw new LedgerError(
      'rebuilding',
      'The ledger is being rebuilt: run `reckon migrate`, or try again in a moment.',
    )
}

/**
 * The head of the log, in one query with what `assertCurrent` asks: refuses a schema or projections that this program
 * does not know. For runtimes that keep nothing between requests.
 */
export async function currentHead(db: Database): Promise<{ seq: number; at: string | null }> {
  const [row] = await db
    .read({
      sql: `SELECT (SELECT count(*) FROM schema_migrations) AS migrations, projection.version, projection.seq AS projected,
          (SELECT coalesce(max(seq), -1) FROM entry) AS seq, (SELECT at FROM entry ORDER BY seq DESC LIMIT 1) AS at
        FROM projection`,
    })
    .catch((error: unknown) => {
      if (error instanceof Error && /no such table/u.test(error.message)) return []
      throw error
    })
  if (Number(row?.migrations) !== migrations.length)
    throw new LedgerError(
      'behind',
      'The database schema is not the one this program knows: run `reckon migrate`.',
    )
  if (Number(row?.version) !== PROJECTION_VERSION || row?.projected !== row?.seq)
    throw new LedgerError(
      'rebuilding',
      'The ledger is being rebuilt: run `reckon migrate`, or try again in a moment.',
    )
  return { seq: Number(row?.seq), at: row?.at === null ? null : String(row?.at) }
}
