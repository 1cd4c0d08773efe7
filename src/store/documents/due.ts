import type { Database } from '../database.ts'
import { type DueItem, inbox, KEPT_IN_INBOX, soonAfter } from '../due.ts'
import { horizonOf } from '../horizon.ts'
import { questionsById } from '../lookups.ts'
import { everyMember, policyInForce } from '../members.ts'
import { type Desk, desksOf } from '../newsroom.ts'
import { remindersSent } from '../notices.ts'
import { familyNamed } from '../nouns.ts'
import { ask, known, together } from '../query.ts'
import { rechecks } from '../rechecks.ts'
import { waitingReplies } from '../reply-links.ts'
import { countReports } from '../reports.ts'

/** The inbox as its page shows it, with what was just done; what members keep is for them only. */
export const readInbox = (db: Database, now: Date, isMember: boolean, done: readonly string[]) =>
  ask(
    db,
    together({
      inbox: inbox(now),
      horizon: horizonOf(now),
      desks: isMember
        ? desksOf(KEPT_IN_INBOX, { soon: soonAfter(now) })
        : known<ReadonlyMap<string, Desk>>(new Map()),
      reminded: isMember ? remindersSent : known<ReadonlyMap<string, string>>(new Map()),
      reports: isMember ? countReports : known(0),
      rechecks: isMember ? rechecks : known([]),
      replies: isMember ? waitingReplies : known([]),
      done: done.length === 0 ? known(null) : questionsById(done),
      members: everyMember,
      policy: policyInForce,
    }),
  )

/** What the cards of these questions show besides: what was proposed for each, and its family. */
export async function readCards(db: Database, items: readonly DueItem[], now: Date) {
  const proposed = items.filter(({ row }) => row.pending !== null || row.disputed)
  const families = new Set(items.map(({ row }) => row.record.family).filter((name) => name !== undefined))
  const { held, siblings } = await ask(
    db,
    together({
      held: proposed.length === 0 ? known(null) : questionsById(proposed.map(({ question }) => question)),
      siblings: together(Object.fromEntries([...families].map((name) => [name, familyNamed(name, now)]))),
    }),
  )
  return {
    resolutionsOf: ({ question }: DueItem) => held?.get(question)?.resolutions ?? [],
    siblingsOf: ({ row }: DueItem) => siblings[row.record.family ?? ''] ?? [],
  }
}
