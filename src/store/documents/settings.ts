import { parties } from '../anchors.ts'
import { wordsOfClock } from '../clock.ts'
import type { Database } from '../database.ts'
import { everyMember, everyToken, policyInForce } from '../members.ts'
import { ask, together } from '../query.ts'
import { pageOfRedactions } from '../redactions.ts'

/** Who keeps the ledger, with what tokens and by which policy, and who outside is asked about it. */
export const readSettings = (db: Database) =>
  ask(db, together({ members: everyMember, tokens: everyToken, policy: policyInForce, asked: parties }))

/** What was taken out last. */
export const readRedactionsPage = (db: Database) => ask(db, pageOfRedactions({ limit: 50 }))

/** What was said of the clock, and by whom. */
export const readClockPage = (db: Database) =>
  ask(db, together({ said: wordsOfClock(), members: everyMember }))
