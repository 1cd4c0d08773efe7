import type { Ledger } from '../ledger/ledger.ts'
import { type Integrated, integrate } from '../ledger/log/integrate.ts'

/** Every entry that is recorded by now is in a signed checkpoint afterwards, whoever recorded it. */
export async function runPublishCheckpoint(ledger: Ledger): Promise<Integrated | null> {
  const done = await integrate(ledger)
  return done.isNew ? done : null
}
