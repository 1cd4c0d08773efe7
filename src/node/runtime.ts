import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import type { Config } from '../config.ts'
import type { Clock, Timepiece } from '../core/clock.ts'
import { LedgerError } from '../core/error.ts'
import type { FourEyes, Member } from '../core/member.ts'
import type { Head } from '../http/host.ts'
import { clockOf, guarded } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { holding, type LogKeeper, requirePublished } from '../ledger/log-keeper.ts'
import { foundLedger } from '../ledger/members/membership.ts'
import { writeQueue } from '../ledger/write-queue.ts'
import { readHead } from '../store/append.ts'
import { lastClockWord } from '../store/clock.ts'
import {
  type Connection,
  type Database,
  fileDatabase,
  type Pause,
  readingDatabase,
  remoteDatabase,
  retryingWhileBusy,
} from '../store/database.ts'
import { diskFault } from '../store/disk-fault.ts'
import { listMembers } from '../store/members.ts'
import { migrate, rebuild } from '../store/migrate.ts'
import { momentOf } from '../store/moment.ts'
import { type Past, pastOf } from '../store/past.ts'
import { fileConnection } from './file-connection.ts'
import { heldPlace, makeNew, preparePlace, requireIdentity } from './ledger-file.ts'
import { logKeeper, requireKeySetting } from './log-files.ts'
import { writingThread } from './writing-thread.ts'

export const pause: Pause = (ms) =>
  new Promise((resolve) => {
    if (ms === 0) setImmediate(resolve)
    else setTimeout(resolve, ms * (0.5 + Math.random()))
  })

const POOL_BYTES = 8192
let pool = randomBytes(POOL_BYTES)
let taken = 0

/** Random bytes, each handed out once; drawn in pools, because asking the system costs more than the bytes. */
export function random(bytes: number): Uint8Array {
  if (bytes > POOL_BYTES) return new Uint8Array(randomBytes(bytes))
  if (taken + bytes > POOL_BYTES) {
    pool = randomBytes(POOL_BYTES)
    taken = 0
  }
  taken += bytes
  return new Uint8Array(pool.subarray(taken - bytes, taken))
}

export const REQUEST_TIMEOUT_MS = 30_000
/** While somebody waits for a page, a remote database that does not answer is given up sooner. */
export const READER_WAITS_MS = 4_000
const BUSY_TIMEOUT_MS = 250
/** How long SQLite itself waits for a lock where others are answered by the same thread: the store tries again. */
const SERVED_BUSY_TIMEOUT_MS = 25

/** The path of a `file:` address. */
export const databasePath = (url: string): string =>
  url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length).replace(/\?.*$/u, '')

const SILENCE_MS = 2_000
const ONCE_MORE_MS = 1_000

/** Fetches within a time. Just after a question that nobody answered the next ones get little: who waits has waited already. */
function impatient(patience: () => number) {
  let silentUntil = 0
  return async (input: RequestInfo, init?: RequestInit): Promise<Response> => {
    const isSilent = performance.now() < silentUntil
    try {
      return await fetch(input, {
        ...init,
        signal: AbortSignal.timeout(isSilent ? ONCE_MORE_MS : patience()),
      })
    } catch (error) {
      if (!isSilent && (error as Error).name === 'TimeoutError') silentUntil = performance.now() + SILENCE_MS
      throw error
    }
  }
}

type Opening = {
  /** How long a remote database may take, in ms, at the moment of each question. */
  patience?: () => number
  /** Where the thread begins that writes into a file, and who hears of its loss; without it this thread writes. */
  writer?: URL
  report?: (error: unknown) => void
}

/** Opens the database that the settings name; makes the folder of a file. */
export async function openDatabase(
  config: Pick<Config, 'RECKONING_DATABASE_URL' | 'RECKONING_DATABASE_TOKEN'>,
  { patience = () => REQUEST_TIMEOUT_MS, writer: thread, report = () => {} }: Opening = {},
): Promise<Database> {
  const url = config.RECKONING_DATABASE_URL
  if (!url.startsWith('file:')) {
    // Loaded when it is needed: a file database starts a twentieth of a second sooner without it.
    const remote = await import('@libsql/client')
    const client = remote.createClient({
      url,
      ...(config.RECKONING_DATABASE_TOKEN === undefined
        ? {}
        : { authToken: config.RECKONING_DATABASE_TOKEN }),
      fetch: impatient(patience),
    })
    return remoteDatabase(client, pause)
  }
  const path = databasePath(url)
  const connections: Connection[] = []
  try {
    preparePlace(path)
    const open = (connection: Connection = fileConnection(path, SERVED_BUSY_TIMEOUT_MS)) => {
      connections.push(connection)
      return connection
    }
    const opening = (connection: Connection, sql: string) =>
      retryingWhileBusy(connection, pause, () => connection.execute(sql))
    const keeper = open()
    await opening(keeper, 'PRAGMA journal_mode = WAL')
    await opening(keeper, 'SELECT 1 FROM sqlite_master')
    const writer = open(thread && writingThread(thread, { path, timeout: SERVED_BUSY_TIMEOUT_MS }, report))
    return fileDatabase({ writer, reader: open(), keeper }, heldPlace(path), pause)
  } catch (error) {
    for (const connection of connections) await connection.close()
    throw cannotOpen(url, error)
  }
}

/** One moment of a file as it is, which is only read, also beside a server. */
export async function openMoment(url: string): Promise<Database> {
  try {
    return await momentOf(fileConnection(databasePath(url), BUSY_TIMEOUT_MS), pause)
  } catch (error) {
    throw cannotOpen(url, error)
  }
}

const cannotOpen = (url: string, error: unknown) =>
  error instanceof LedgerError ? error : unopened(url, error as Error)

function unopened(url: string, error: Error): LedgerError {
  const fault = diskFault(error)
  if (fault?.code === 'damaged') return fault
  return new LedgerError(
    'unavailable',
    `The database ${url} cannot be opened: ${fault?.message ?? `${error.message}.`}`,
  )
}

const COPY_TRIES = 3
const BESIDE = ['', '-wal', '-journal']

/** One moment of a copy of a file, made for the reading: nothing is opened, written or left beside the file itself. */
export async function openCopy(file: string): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'reckoning-'))
  const copy = join(folder, 'copy.db')
  const gone = () => rmSync(folder, { recursive: true, force: true })
  const stamp = () =>
    BESIDE.map((end) => statSync(file + end, { bigint: true, throwIfNoEntry: false }))
      .map((stat) => `${stat?.ino} ${stat?.size} ${stat?.mtimeNs}`)
      .join()
  try {
    for (let attempt = 1; ; attempt++) {
      const before = stamp()
      for (const end of BESIDE) {
        rmSync(copy + end, { force: true })
        if (existsSync(file + end)) copyFileSync(file + end, copy + end, constants.COPYFILE_FICLONE)
      }
      if (stamp() === before) break
      if (attempt === COPY_TRIES)
        throw new LedgerError(
          'unavailable',
          `${file} is being written to. To verify it where it is: RECKONING_DATABASE_URL=file:${file} reckon verify`,
        )
    }
    const moment = await openMoment(`file:${copy}`)
    return { ...moment, close: () => moment.close().finally(gone) }
  } catch (error) {
    gone()
    throw error
  }
}

/** Opens for a thread that only reads the file that the server has open, which tells what it is. */
export async function openForReading(
  config: Pick<Config, 'RECKONING_DATABASE_URL' | 'RECKONING_DATABASE_TOKEN'>,
  file: string | null,
): Promise<Database> {
  const { RECKONING_DATABASE_URL: url } = config
  if (!url.startsWith('file:')) return openDatabase(config, { patience: () => READER_WAITS_MS })
  const path = databasePath(url)
  const requireSameFile = () => requireIdentity(path, file)
  requireSameFile()
  const client = fileConnection(path, BUSY_TIMEOUT_MS)
  try {
    await client.execute('PRAGMA wal_autocheckpoint = 0')
    // The engine opens a file when it first reads it.
    await client.execute('SELECT 1 FROM sqlite_master')
  } catch (error) {
    throw cannotOpen(url, error)
  }
  requireSameFile()
  return readingDatabase(client, requireSameFile, pause)
}

/** The clock of the ledger in this database. Without a watch on the head every question of it asks the database. */
export const clockOn = (
  db: Database,
  timepiece: Timepiece,
  head: () => Promise<Head> = () => readHead(db),
): Clock => clockOf(timepiece, { head, word: () => lastClockWord(db) })

/** A clock that nobody holds against anything: for ledgers whose past is made up. */
const UNDOUBTED: Clock = {
  now: () => new Date(),
  wall: () => new Date(),
  notAfter: (now) => now,
  doubt: async () => null,
}

/** A ledger on this database; nothing is written while its clock is in doubt or its log was rolled back. */
export function ledgerOn(db: Database, clock: Clock = UNDOUBTED, log?: LogKeeper): Ledger {
  const held = holding(db, log)
  return {
    db: guarded(held, clock),
    random,
    clock,
    pause,
    writes: writeQueue(held, random, pause, clock, () => log?.written()),
    ...(log === undefined ? {} : { log }),
  }
}

/** What signs the log of the ledger in this database. */
export async function keeperOn(db: Database, config: Config): Promise<LogKeeper> {
  const { RECKONING_DATABASE_URL: url } = config
  await requireKeySetting(config)
  return logKeeper(db, url.startsWith('file:') ? databasePath(url) : null, config, { random, pause })
}

/** False for a file that is not there; a remote database is believed to be. */
export const databaseExists = (url: string): boolean =>
  !url.startsWith('file:') || existsSync(databasePath(url))

export type Prepared = { administrator: Member; founded: boolean; migrations: string[]; rebuilt: number }

/**
 * Brings a database up to date and founds a new ledger: tables, projections, the first administrator. Does nothing
 * where all is there. When another program does the same at the same moment, the later one finds it done. The tables
 * (`db`) do not wait for the clock; the founding does.
 */
export async function prepareLedger(
  db: Database,
  ledger: Ledger,
  now: () => Date,
  fourEyes: FourEyes,
  progress: (done: number, of: number) => void = () => {},
): Promise<Prepared> {
  for (let attempt = 1; ; attempt++) {
    try {
      const migrations = await migrate(db, now())
      const rebuilt = await rebuild(db, { afresh: false, progress })
      // Before anything is founded in the place of what was published.
      if (ledger.log !== undefined) await requirePublished(ledger.log)
      const founded = (await listMembers(db)).length === 0
      return { administrator: await foundLedger(ledger, now(), fourEyes), founded, migrations, rebuilt }
    } catch (error) {
      const isOurs = error instanceof LedgerError && error.code !== 'rebuilding'
      if (isOurs || attempt === PREPARE_TRIES) throw error
      await pause(attempt * 50)
    }
  }
}

const PREPARE_TRIES = 5

/** The library below the store and its version: it does not tell by itself. */
export function driverVersion(): string {
  const path = join(dirname(createRequire(import.meta.url).resolve('libsql')), 'package.json')
  return `libsql ${z.object({ version: z.string() }).parse(JSON.parse(readFileSync(path, 'utf8'))).version}`
}

/** Writes a consistent copy of a file database into a new file. */
export async function backUp(url: string, file: string): Promise<void> {
  if (!makeNew(file))
    throw new LedgerError('conflict', `${file} is there already; a backup overwrites nothing.`)
  // A client of its own: VACUUM fails on a connection that has statements open.
  const client = fileConnection(databasePath(url), REQUEST_TIMEOUT_MS)
  try {
    await client.execute({ sql: 'VACUUM INTO :file', args: { file } })
    const fd = openSync(file, 'r+')
    fsyncSync(fd)
    closeSync(fd)
  } catch (error) {
    // Half a backup is none.
    rmSync(file, { force: true })
    throw error
  } finally {
    client.close()
  }
}

const scratchFiles = new WeakMap<Database, string>()

/** A database for one piece of work, in a file that goes when it is closed: empty, or a copy of another such one. */
export async function scratchDatabase(from: Database | null = null): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'reckoning-'))
  const file = join(folder, 'scratch.db')
  const original = from === null ? undefined : scratchFiles.get(from)
  if (original === undefined) makeNew(file)
  else await copyFile(original, file, constants.COPYFILE_FICLONE)
  const client = fileConnection(file)
  await client.execute('PRAGMA synchronous = OFF')
  const db = remoteDatabase(client, pause)
  const scratch = {
    ...db,
    close: async () => {
      await db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  scratchFiles.set(scratch, file)
  return scratch
}

/** The past of the ledger in this database, made in files of its own. */
export const pastOn = (db: Database, most?: number): Past => pastOf(db, scratchDatabase, pause, most)
