import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@libsql/client/sqlite3'
import type { Config } from './config.ts'
import { LedgerError } from './core/error.ts'
import type { FourEyes, Member } from './core/member.ts'
import type { Head } from './ledger/host.ts'
import type { Ledger } from './ledger/ledger.ts'
import { foundLedger } from './ledger/membership.ts'
import { writeQueue } from './ledger/write-queue.ts'
import { readHead } from './store/append.ts'
import { type Database, fileDatabase, type Pause, remoteDatabase } from './store/database.ts'
import { listMembers } from './store/members.ts'
import { migrate, rebuild } from './store/migrate.ts'

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

const REQUEST_TIMEOUT_MS = 30_000
const BUSY_TIMEOUT_MS = 250

/** The path of a `file:` address. */
export const databasePath = (url: string): string =>
  url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length).replace(/\?.*$/u, '')

/** Opens the database that the settings name; makes the folder of a file. */
export async function openDatabase(
  config: Pick<Config, 'RECKONING_DATABASE_URL' | 'RECKONING_DATABASE_TOKEN'>,
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
      fetch: (input: RequestInfo, init?: RequestInit) =>
        fetch(input, { ...init, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) }),
    })
    return remoteDatabase(client, pause)
  }
  const file = `file:${databasePath(url)}`
  try {
    mkdirSync(dirname(databasePath(url)), { recursive: true })
    const writer = createClient({ url: file, concurrency: 1, timeout: BUSY_TIMEOUT_MS })
    await writer.execute('PRAGMA journal_mode = WAL')
    const reader = createClient({ url: file, timeout: BUSY_TIMEOUT_MS })
    return fileDatabase(writer, reader, pause)
  } catch (error) {
    throw new LedgerError('unavailable', `The database ${url} cannot be opened: ${(error as Error).message}.`)
  }
}

/** A ledger on this database. */
export const ledgerOn = (db: Database): Ledger => ({
  db,
  random,
  pause,
  writes: writeQueue(db, random, pause),
})

/** False for a file that is not there; a remote database is believed to be. */
export const databaseExists = (url: string): boolean =>
  !url.startsWith('file:') || existsSync(databasePath(url))

export type Prepared = { administrator: Member; founded: boolean; migrations: string[]; rebuilt: number }

/**
 * Brings a database up to date and founds a new ledger: tables, projections, the first administrator. Does nothing
 * where all is there. When another program does the same at the same moment, the later one finds it done.
 */
export async function prepareLedger(
  ledger: Ledger,
  now: () => Date,
  fourEyes: FourEyes,
  progress: (done: number, of: number) => void = () => {},
): Promise<Prepared> {
  for (let attempt = 1; ; attempt++) {
    try {
      const migrations = await migrate(ledger.db, now())
      const rebuilt = await rebuild(ledger.db, { afresh: false, progress })
      const founded = (await listMembers(ledger.db)).length === 0
      return { administrator: await foundLedger(ledger, now(), fourEyes), founded, migrations, rebuilt }
    } catch (error) {
      const isOurs = error instanceof LedgerError && error.code !== 'rebuilding'
      if (isOurs || attempt === PREPARE_TRIES) throw error
      await pause(attempt * 50)
    }
  }
}

const PREPARE_TRIES = 5
/** The first copy of SQLite's WAL index header: it changes with every commit of whatever process. */
const HEADER_BYTES = 48

/**
 * The head of the log without a query while nothing was committed: 48 bytes of the `-shm` file tell (stack.md). Where
 * there is no such file, every call asks the database.
 */
export function watchedHead(db: Database, url: string): { head: () => Promise<Head>; close: () => void } {
  if (!url.startsWith('file:')) return { head: () => readHead(db), close: () => {} }
  const path = `${databasePath(url)}-shm`
  let fd: number | null = null
  let known: Promise<Head> | null = null
  const seen = Buffer.alloc(HEADER_BYTES)
  const bytes = Buffer.alloc(HEADER_BYTES)

  const close = () => {
    if (fd !== null) closeSync(fd)
    fd = null
    known = null
  }
  const readHeader = (): boolean => {
    try {
      // The file is made anew when nobody had the database open for a moment.
      if (fd !== null && fstatSync(fd).nlink === 0) close()
      fd ??= openSync(path, 'r')
      return readSync(fd, bytes, 0, HEADER_BYTES, 0) === HEADER_BYTES
    } catch {
      close()
      return false
    }
  }
  const head = (): Promise<Head> => {
    // The bytes are read before the query: what is committed between the two is seen at the next call.
    if (!readHeader()) return readHead(db)
    if (known !== null && bytes.equals(seen)) return known
    bytes.copy(seen)
    const reading = readHead(db)
    known = reading
    reading.catch(() => {
      if (known === reading) known = null
    })
    return reading
  }
  return { head, close }
}

/** Writes a consistent copy of a file database into a new file. */
export async function backUp(url: string, file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true })
  // A client of its own: VACUUM fails on a connection that has statements open.
  const client = createClient({
    url: `file:${databasePath(url)}`,
    concurrency: 1,
    timeout: REQUEST_TIMEOUT_MS,
  })
  try {
    await client.execute({ sql: 'VACUUM INTO :file', args: { file } })
    const fd = openSync(file, 'r+')
    fsyncSync(fd)
    closeSync(fd)
  } finally {
    client.close()
  }
}

/** An empty database for one piece of work, in a file that goes when it is closed. */
export async function scratchDatabase(): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'reckoning-'))
  const client = createClient({ url: `file:${join(folder, 'scratch.db')}`, concurrency: 1 })
  await client.execute('PRAGMA synchronous = OFF')
  const db = remoteDatabase(client, pause)
  return {
    ...db,
    close: async () => {
      await db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
