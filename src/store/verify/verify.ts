import type { Event } from '../../core/entry.ts'
import { LedgerError } from '../../core/error.ts'
import { comparison, type Held } from '../../log/held.ts'
import { ends, lossSentence } from '../damage.ts'
import type { Database, Statement } from '../database.ts'
import { readStored, readWhole, type StoredEntry } from '../events.ts'
import { prepareScratch } from '../migrate.ts'
import { copied } from '../past.ts'
import { PROJECTION_VERSION } from '../projection-tables.ts'
import { project } from '../projections.ts'
import { migrations, REDACTION_MIGRATION } from '../schema.ts'
import type { Revocations } from './anchors.ts'
import { findings as collection, type Findings, type VerifyFinding } from './finding.ts'
import { type LogCheck, logCheck } from './log.ts'
import { checkStrays, checkSummaries, checkTexts, type TextCheck } from './private.ts'
import { compareProjections } from './projection.ts'
import { readTakenOut, type TakenOut } from './redaction.ts'
import { isDerived, type SchemaDifference, schemaDifferences } from './schema.ts'
import { checkNodes, keptNodes, storedCheckpoints } from './tree.ts'

export type { VerifyFinding }
export type Verification = {
  entries: number
  /** Outcomes confirmed by their proposer, allowed while only one member could resolve. */
  same_person: number
  /** Entries from which words were taken out, and sources whose private text was. */
  redactions: number
  findings: VerifyFinding[]
  /** How many more there are than are listed. */
  more: number
  /** What is worth knowing and no fault of what is recorded. */
  notes: string[]
}

const CHUNK = 2_000
const MOST_OF_SQLITE = 50

export type VerifyOptions = Pick<TextCheck, 'normalised'> & {
  progress?: (done: number, of: number) => void
  /** Somebody writes to this one, so that a missing trigger is a finding; in a copy it is a note. */
  guarded?: boolean
  /** Checkpoints of before: the log must still hold what they hold. */
  older?: readonly Held[]
  revocations?: Revocations | null
}

/**
 * Whether a ledger agrees with itself: first the file (SQLite's own check), then every entry by itself and in its
 * place, its author and the rules; then the schema, everything derived against a replay in `scratch`, and the private
 * tables as far as the log speaks of them. It cannot show that the log is the one of yesterday.
 *
 * Beside writers `db` is one moment of a file, or a remote database that moves on: then the log is checked up to the
 * head of the beginning, and what is derived together with the entries that came meanwhile.
 */
export async function verifyLedger(
  db: Database,
  scratch: Database,
  { normalised, progress, guarded = false, older = [], revocations = null }: VerifyOptions,
): Promise<Verification> {
  const findings = collection()
  const notes: string[] = []
  const read = readings(db)
  const attempt = attempting(findings)
  const nodes = keptNodes()

  await attempt('its tables', () => requireLedger(read))
  await attempt('its pages', () => checkPages(read, findings))
  const known = (await attempt('its migrations', () => knownVersion(read))) ?? {
    applied: migrations.length,
    current: true,
  }
  await prepareScratch(scratch, known.applied)
  const head = (await attempt('the end of its log', () => checkEnds(read, findings))) ?? -1
  const own = known.current
    ? await attempt('its checkpoints', () => storedCheckpoints(read, head, findings))
    : null
  const against = comparison([...older, ...(own ?? [])])
  const log = logCheck(findings, notes, {
    older: against,
    published: false,
    revocations,
    grown: nodes.keep,
  })
  const hasRedactions = migrations.findIndex(({ id }) => id === REDACTION_MIGRATION) < known.applied
  const taken = await attempt('what was taken out', () => readTakenOut(read, hasRedactions, findings))
  const replayTo = replaying({ db: read, scratch, log, head, taken, hasRedactions, progress })
  await attempt('the log', () => replayTo(head))
  log.checkOlder()
  await attempt('its anchors', log.checkAnchors)
  await attempt('the log', () => checkOpenings(read, findings))
  await attempt('its schema', () =>
    checkSchema({ db: read, scratch, current: known.current, guarded }, findings, notes),
  )
  if (!known.current)
    findings.add(
      null,
      'behind',
      'It was made by an older version: what is derived from the log was not compared.',
      'migrate',
    )
  else if (log.replayable()) {
    await attempt('its tree', () => checkNodes(read, nodes, findings))
    const derived = await attempt('what is derived', () =>
      compareProjections({ db: read, scratch }, replayTo, findings),
    )
    // What is checked with the help of what is derived would only say the same again.
    if (derived === true) {
      await attempt('the texts', () => checkTexts(read, { texts: log.texts, normalised }, findings))
      await attempt('the summaries', () => checkSummaries(read, findings))
      await attempt('the private tables', () => checkStrays(read, findings))
    }
  }
  return {
    entries: log.entries(),
    same_person: log.samePerson(),
    redactions: taken?.redactions ?? 0,
    findings: findings.kept,
    more: findings.more(),
    notes,
  }
}

/** What a log publishes, as it was read and hashed: without the guards, since it must be told what is wrong. */
export async function keepPublished(scratch: Database, entries: readonly StoredEntry[]): Promise<void> {
  await scratch.write([
    ...GUARDS.map((name) => ({ sql: `DROP TRIGGER IF EXISTS ${name}` })),
    ...copied(entries),
  ])
}

const GUARDS = ['entry_is_next', 'opening_is_new']

/**
 * Whether what a log publishes agrees with itself: every entry by itself and in its place, its author as far as it is
 * told, the rules, and a replay, all in the scratch that keeps it: its records can then be read there. The tree and the
 * checkpoints were held against each other while it was read.
 */
export async function verifyPublished(
  scratch: Database,
  findings: Findings,
  { progress, revocations = null }: Pick<VerifyOptions, 'progress' | 'revocations'>,
): Promise<Omit<Verification, 'findings' | 'more'> & { withheld: number }> {
  const notes: string[] = []
  const log = logCheck(findings, notes, { older: comparison([]), published: true, revocations })
  const { head } = await ends(scratch)
  const attempt = attempting(findings)
  const db = readings(scratch)
  // Its table of them is empty: what was taken out, the log itself says.
  const taken = await attempt('what was taken out', () => readTakenOut(db, false, findings))
  const replayTo = replaying({ db, scratch, log, head, taken, hasRedactions: true, progress })
  await attempt('the log', () => replayTo(head))
  await attempt('its anchors', log.checkAnchors)
  return {
    entries: log.entries(),
    same_person: log.samePerson(),
    redactions: taken?.redactions ?? 0,
    notes,
    withheld: log.withheld(),
  }
}

/** A read that failed although the database was there: something is wrong with what lies in it. */
class Unreadable extends Error {}

function readings(db: Database): Database {
  const told = (error: unknown): never => {
    if (error instanceof LedgerError && error.code !== 'damaged') throw error
    throw new Unreadable(error instanceof Error ? error.message : String(error))
  }
  return {
    ...db,
    read: (statement) => db.read(statement).catch(told),
    readAll: (statements) => db.readAll(statements).catch(told),
  }
}

function attempting(findings: Findings) {
  const told = new Set<string>()
  return async <T>(what: string, work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      if (!told.has(error.message))
        findings.add(null, 'unreadable', `It cannot be read (${what}): ${error.message}`)
      told.add(error.message)
      return null
    }
  }
}

async function requireLedger(db: Database): Promise<void> {
  const [any] = await db.read({
    sql: "SELECT 1 FROM sqlite_master WHERE name IN ('entry', 'opening', 'schema_migrations', 'projection')",
  })
  if (any === undefined)
    throw new LedgerError('not_found', 'There is no ledger in it (no such table: entry).')
}

async function checkPages(db: Database, findings: Findings): Promise<void> {
  for (const row of await db.read({ sql: `PRAGMA integrity_check(${MOST_OF_SQLITE})` })) {
    const said = String(row.integrity_check)
    // The search index is derived like the tables beside it.
    const mend = /FTS5 table main\.search$/u.test(said) ? 'rebuild' : 'restore'
    if (said !== 'ok') findings.add(null, 'file', `SQLite finds the file damaged: ${said}`, mend)
  }
}

/** How many migrations it has, and whether its projections are of this version; a newer ledger is not judged. */
async function knownVersion(db: Database): Promise<{ applied: number; current: boolean }> {
  const applied = await db.read({ sql: 'SELECT id FROM schema_migrations ORDER BY id' })
  if (applied.some(({ id }, i) => id !== migrations[i]?.id))
    throw new LedgerError(
      'behind',
      `It was made by a newer Reckoning (${applied.at(-1)?.id}): verify it with that one.`,
    )
  const [row] = await db.read({ sql: 'SELECT version FROM projection' })
  const current = row === undefined || Number(row.version) === PROJECTION_VERSION
  return { applied: applied.length, current: current && applied.length === migrations.length }
}

async function checkEnds(db: Database, findings: Findings): Promise<number> {
  const { head, furthest } = await ends(db)
  if (furthest > head) findings.add(null, 'loss', lossSentence(head, furthest))
  return head
}

type Replaying = {
  db: Database
  scratch: Database
  log: LogCheck
  head: number
  taken: TakenOut | null
  hasRedactions: boolean
  progress: VerifyOptions['progress']
}

/** Checks and replays the entries up to one; those after it wait until it is asked for them. */
function replaying({
  db,
  scratch,
  log,
  head,
  taken,
  hasRedactions,
  progress,
}: Replaying): (seq: number) => Promise<void> {
  const readAll = hasRedactions ? readStored : readWhole
  let next = 0
  return async (seq) => {
    while (next <= seq) {
      const stored = (await readAll(db, next, CHUNK)).filter((entry) => entry.seq <= seq)
      const last = stored.at(-1)
      if (last === undefined) return
      const events = stored.map((entry) => log.check(taken?.read(entry) ?? entry))
      next = last.seq + 1
      progress?.(Math.min(next, head + 1), head + 1)
      if (log.replayable()) await replay(scratch, events, log, next - events.length)
    }
  }
}

/** Entries that stay sealed say nothing to the projections, and keep their place. */
const SEALED_ENTRY: Statement = { sql: 'UPDATE projection SET seq = seq + 1' }

/** The events up to the next sealed entry, then what comes after it. */
function projected(events: readonly (Event | null)[]): Statement[] {
  const sealed = events.indexOf(null)
  const open = (sealed < 0 ? events : events.slice(0, sealed)).filter((event) => event !== null)
  const rest = sealed < 0 ? [] : [SEALED_ENTRY, ...projected(events.slice(sealed + 1))]
  return open.length === 0 ? rest : [...project(open), ...rest]
}

async function replay(
  scratch: Database,
  events: readonly (Event | null)[],
  log: LogCheck,
  from: number,
): Promise<void> {
  try {
    await scratch.write(projected(events))
  } catch (error) {
    log.refuse(
      from,
      'replay',
      `The entries from here on cannot be replayed: ${error instanceof Error ? error.message : error}`,
    )
  }
}

async function checkOpenings(db: Database, findings: Findings): Promise<void> {
  const rows = await db.read({
    sql: `SELECT seq, 'opening' AS what FROM opening WHERE NOT EXISTS (SELECT 1 FROM entry WHERE entry.seq = opening.seq)
      UNION ALL SELECT seq, 'entry' FROM entry WHERE seq < 0 LIMIT 10`,
  })
  for (const { seq, what } of rows)
    findings.add(
      Number(seq),
      String(what),
      what === 'opening' ? 'The opening belongs to no entry.' : 'The entry stands before the first one.',
    )
}

type SchemaCheck = { db: Database; scratch: Database; current: boolean; guarded: boolean }

async function checkSchema(
  { db, scratch, current, guarded }: SchemaCheck,
  findings: Findings,
  notes: string[],
): Promise<void> {
  const differences = (await schemaDifferences(db, scratch)).filter((one) => current || !isDerived(one))
  for (const difference of differences) {
    const { type, is } = difference
    const said = differenceSentence(difference)
    if (is === 'extra' && (type === 'table' || type === 'view'))
      notes.push(`${said} Nothing that is shown is read from it.`)
    else if (is === 'missing' && type === 'trigger' && !guarded)
      notes.push(`${said} That says nothing against what is recorded, but a writer is not held back.`)
    else
      findings.add(null, 'schema', said, type === 'table' && !isDerived(difference) ? 'restore' : 'rebuild')
  }
}

function differenceSentence({ type, name, table, is }: SchemaDifference): string {
  const what = `${type} ${name}${type === 'table' || type === 'view' ? '' : ` of ${table}`}`
  if (is === 'missing') return `The ${what} is missing.`
  return is === 'extra' ? `Reckoning did not make the ${what}.` : `The ${what} is not as Reckoning makes it.`
}
