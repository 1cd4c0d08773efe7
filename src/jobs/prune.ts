import type { Ledger } from '../ledger/ledger.ts'
import { type Dropped, dropLeftovers } from '../store/leftovers.ts'

/** Drops expired secrets, keys of requests that nobody repeats any more, and captures that nobody saves any more. */
export const runPrune = ({ db }: Ledger, now: Date): Promise<Dropped> => dropLeftovers(db, now)
