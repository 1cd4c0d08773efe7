import { expect } from 'vitest'
import { normalisedText } from '../../src/core/normalised-text.ts'
import { fileConnection } from '../../src/node/file-connection.ts'
import { openDatabase, openMoment, pause } from '../../src/node/runtime.ts'
import { type Database, remoteDatabase } from '../../src/store/database.ts'
import { type Verification, verifyLedger } from '../../src/store/verify/verify.ts'
import { isRemote } from './database.ts'

/** An empty database in memory. */
export const memoryDatabase = (): Database => remoteDatabase(fileConnection(':memory:'), pause)

/** What `verify` reads: one moment of a file, or a database of a server as it is. */
export const momentAt = (url: string): Promise<Database> =>
  url.startsWith('file:') ? openMoment(url) : openDatabase({ RECKONING_DATABASE_URL: url })

/**
 * Replays the log of a ledger from outside: every hash, opening, order and projection. As the command does, through a
 * connection of its own: SQLite 3.45 takes the search index for damaged where one has searched and another has written.
 */
export async function verified(db: Database): Promise<Verification> {
  const [main] = await db.read({ sql: "SELECT file FROM pragma_database_list WHERE name = 'main'" })
  const scratch = memoryDatabase()
  const moment = main?.file && !isRemote() ? await openMoment(`file:${main.file}`) : db
  try {
    return await verifyLedger(moment, scratch, { normalised: normalisedText })
  } finally {
    if (moment !== db) await moment.close()
    await scratch.close()
  }
}

/** What every test that writes ends with: the ledger is whole. */
export async function checkLedger({ ledger }: { ledger: { db: Database } }): Promise<void> {
  const { findings } = await verified(ledger.db)
  expect(findings, 'the ledger no longer verifies').toEqual([])
}
