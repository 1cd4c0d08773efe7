import { createClient } from '@libsql/client'
import { expect } from 'vitest'
import { pause } from '../../src/node.ts'
import { normalisedText } from '../../src/reading/quote.ts'
import { type Database, remoteDatabase } from '../../src/store/database.ts'
import { type Verification, verifyLedger } from '../../src/store/verify.ts'

/** An empty database in memory. */
export const memoryDatabase = (): Database => remoteDatabase(createClient({ url: ':memory:' }), pause)

/** Replays the log of a ledger from outside: every hash, opening, order and projection. */
export async function verified(db: Database): Promise<Verification> {
  const scratch = memoryDatabase()
  try {
    return await verifyLedger(db, scratch, { normalised: normalisedText })
  } finally {
    await scratch.close()
  }
}

/** What every test that writes ends with: the ledger is whole. */
export async function checkLedger({ ledger }: { ledger: { db: Database } }): Promise<void> {
  const { findings } = await verified(ledger.db)
  expect(findings, 'the ledger no longer verifies').toEqual([])
}
