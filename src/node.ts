import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@libsql/client'
import type { Config } from './config.ts'
import type { Ledger } from './ledger/ledger.ts'
import { writeQueue } from './ledger/write-queue.ts'
import { fileDatabase, remoteDatabase, type Database, type Pause } from './store/database.ts'

export const pause: Pause = (ms) =>
  new Promise((resolve) => {
    if (ms === 0) setImmediate(resolve)
    else setTimeout(resolve, ms)
  })

export const random = (bytes: number): Uint8Array => new Uint8Array(randomBytes(bytes))

const REQUEST_TIMEOUT_MS = 30_000
const BUSY_TIMEOUT_MS = 250

/** The path of a `file:` address. */
export const databasePath = (url: string): string =>
  url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length).replace(/\?.*$/u, '')

/** Opens the database that the settings name; makes the folder of a file. */
export async function openDatabase(config: Pick<Config, 'RECKONING_DATABASE_URL' | 'RECKONING_DATABASE_TOKEN'>): Promise<Database> {
  const url = config.RECKONING_DATABASE_URL
  if (!url.startsWith('file:')) {
    const client = createClient({
      url,
      ...(config.RECKONING_DATABASE_TOKEN === undefined ? {} : { authToken: config.RECKONING_DATABASE_TOKEN }),
      fetch: (input: RequestInfo, init?: RequestInit) => fetch(input, { ...init, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) }),
    })
    return remoteDatabase(client, pause)
  }
  mkdirSync(dirname(databasePath(url)), { recursive: true })
  const file = `file:${databasePath(url)}`
  const writer = createClient({ url: file, concurrency: 1, timeout: BUSY_TIMEOUT_MS })
  await writer.execute('PRAGMA journal_mode = WAL')
  const reader = createClient({ url: file, timeout: BUSY_TIMEOUT_MS })
  return fileDatabase(writer, reader, pause)
}

/** A ledger on this database. */
export const ledgerOn = (db: Database, committed?: (seq: number, at: string) => void): Ledger => ({
  db,
  random,
  writes: writeQueue(db, random, pause, committed),
})
