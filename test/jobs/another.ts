import { afterEach } from 'vitest'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { ledgerOn, openDatabase } from '../../src/node/runtime.ts'
import type { TestLedger } from '../support/ledger.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** The same database with connections of its own, as another program has it. */
export async function openAnother({ path }: Pick<TestLedger, 'path'>): Promise<Ledger> {
  const db = await openDatabase({ RECKONING_DATABASE_URL: `file:${path}` })
  closing.push(() => db.close())
  return ledgerOn(db)
}
