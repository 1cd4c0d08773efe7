import type { Ledger } from '../../src/ledger/ledger.ts'
import { ledgerOn, openDatabase } from '../../src/node/runtime.ts'
import { afterTest } from '../support/after-test.ts'
import type { TestLedger } from '../support/ledger.ts'

/** The same database with connections of its own, as another program has it. */
export async function openAnother({ url }: Pick<TestLedger, 'url'>): Promise<Ledger> {
  const db = await openDatabase({ RECKONING_DATABASE_URL: url })
  afterTest(() => db.close())
  return ledgerOn(db)
}
