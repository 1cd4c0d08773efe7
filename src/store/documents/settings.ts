import { parties } from '../anchors.ts'
import { wordsOfClock } from '../clock.ts'
import type { Database } from '../database.ts'
import { administrationOf } from '../events.ts'
import { everyMember, everyToken, policyInForce, sessionsOf } from '../members.ts'
import { ask, type PageRequest, together } from '../query.ts'
import { pageOfRedactions } from '../redactions.ts'
import { secondUse } from '../second-readings.ts'
import { signInsOf } from '../sign-ins.ts'
import { mailOf, webhooks } from '../targets.ts'

/** Who keeps the ledger, with what tokens and by which policy, and who outside is asked about it. */
export const readSettings = (db: Database) =>
  ask(
    db,
    together({
      members: everyMember,
      tokens: everyToken,
      policy: policyInForce,
      asked: parties,
      second: secondUse,
    }),
  )

/** What was taken out last. */
export const readRedactionsPage = (db: Database) => ask(db, pageOfRedactions({ limit: 50 }))

/** What was said of the clock, and by whom. */
export const readClockPage = (db: Database) =>
  ask(db, together({ said: wordsOfClock(), members: everyMember }))

/** Where a member is signed in, and with what. */
export const readSignIns = (db: Database, member: string, now: Date) =>
  ask(db, together({ members: everyMember, sessions: sessionsOf(member, now), signIns: signInsOf(member) }))

/** What was done to who keeps the ledger and how, the latest first. */
export const readAdministration = (db: Database, page: PageRequest) =>
  ask(db, together({ done: administrationOf(page), members: everyMember }))

/** Where the ledger posts what happens. */
export const readWebhooks = (db: Database) => ask(db, webhooks)

/** What a member chose to be reminded of, and where that goes. */
export const readChoices = (db: Database, member: string) => ask(db, mailOf(member))
