import { LedgerError } from '../../core/error.ts'
import { periodAt, type ReminderChoices, type ReminderRequest } from '../../core/reminder.ts'
import type { Statement } from '../../store/database.ts'
import { confirmationsSince, queueDelivery, queueSignIn } from '../../store/deliveries.ts'
import { noteAll } from '../../store/notices.ts'
import { ask } from '../../store/query.ts'
import {
  changeAddress,
  changeChoices,
  confirmTarget,
  dropTarget,
  findTarget,
  keepTarget,
  mailOf,
  silence,
  type Target,
} from '../../store/targets.ts'
import { type Ledger, newId, requireCover, type Unit } from '../ledger.ts'
import { letters, personOf } from '../members/membership.ts'
import { equalInConstantTime } from '../members/secret.ts'
import { addLetters, dropLetters } from '../members/sign-ins.ts'
import { linkKey, newSigningSecret } from './signature.ts'

const DAY_MS = 86_400_000
const MOST_ADDRESSES = 10_000
/** Letters to an address that nobody has confirmed yet. */
const CONFIRMATIONS_A_DAY = 5
const CONFIRM_MS = DAY_MS
const SIGN_INS = 3
const SIGN_IN_MS = 15 * 60_000

/** What a member chose, and their address; null for who chose nothing. */
export const readReminders = (ledger: Pick<Ledger, 'db'>, member: string): Promise<Target | null> =>
  ask(ledger.db, mailOf(member))

/**
 * Sets of what and when a member is reminded. Another address gets a letter with a link, and nothing else before that
 * was used. As an address lets sign in, only what may do all that its member may, without an end, changes it.
 */
export async function chooseReminders(
  ledger: Ledger,
  unit: Unit,
  { email, ...choices }: ReminderRequest,
): Promise<Target | null> {
  const { member } = unit.by
  const person = await personOf(ledger, member)
  await noteAll(ledger.db)
  const held = await readReminders(ledger, member)
  if (email === held?.address && held !== null)
    await ledger.db.write([changeChoices(held, choices, unit.now)])
  else {
    requireCover(unit, { role: person.role, expires_at: null })
    if (email !== null && held !== null) await requireLettersLeft(ledger, held.id, unit.now)
    const written =
      email === null ? dropTarget(held?.id ?? '') : addressed(ledger, unit, held, email, choices)
    await dropLetters(ledger, unit, held?.id ?? '', written)
  }
  return readReminders(ledger, member)
}

function addressed(
  ledger: Ledger,
  unit: Unit,
  held: Target | null,
  email: string,
  choices: ReminderChoices,
): Statement[] {
  const { now } = unit
  const secret = newSigningSecret(ledger)
  const id = held?.id ?? letters(ledger, 12)
  const kept =
    held === null
      ? keepTarget(
          {
            ...{ id, kind: 'mail', member: unit.by.member, address: email, secret, choices },
            period: periodAt(now, choices),
          },
          now,
          MOST_ADDRESSES,
        )
      : [changeChoices(held, choices, now), changeAddress(id, email, secret)]
  return [...kept, ...confirmation(ledger, id, now)]
}

function confirmation(ledger: Ledger, target: string, now: Date): Statement[] {
  const id = newId(ledger)
  return [queueDelivery({ id, target, kind: 'confirm', period: id }, now)]
}

async function requireLettersLeft({ db }: Ledger, target: string, now: Date): Promise<void> {
  const since = new Date(now.getTime() - DAY_MS)
  if ((await ask(db, confirmationsSince(target, since))) < CONFIRMATIONS_A_DAY) return
  throw new LedgerError(
    'rate_limited',
    `${CONFIRMATIONS_A_DAY} letters were asked for within a day: try again tomorrow.`,
    [],
    { retryAfterS: DAY_MS / 1000 },
  )
}

/** Sends the letter with the link once more. */
export async function confirmAgain(ledger: Ledger, unit: Unit): Promise<void> {
  const held = await readReminders(ledger, unit.by.member)
  if (held === null || held.confirmed_at !== null)
    throw new LedgerError('conflict', 'No address of yours waits to be confirmed.')
  await requireLettersLeft(ledger, held.id, unit.now)
  await ledger.db.write(confirmation(ledger, held.id, unit.now))
}

const noLink = () =>
  new LedgerError('not_found', 'This link leads nowhere: it was used, is too old, or was cut off.')

/** What links in letters do: `until` is the instant until which the one to confirm works. */
export type ReminderLink = { target: string; key: string; until?: string | undefined }

const whatOf = ({ until }: Pick<ReminderLink, 'until'>) => (until === undefined ? 'off' : `confirm ${until}`)

/** What stands in a link, of the letter to this target. */
export async function reminderLink(
  target: Target,
  what: 'off' | 'confirm',
  now: Date,
): Promise<ReminderLink> {
  const until = what === 'off' ? {} : { until: new Date(now.getTime() + CONFIRM_MS).toISOString() }
  return { target: target.id, ...until, key: await linkKey(target.secret, whatOf(until)) }
}

/** The target of a link; throws `not_found` where it is not one of ours. */
export async function targetOf({ db }: Pick<Ledger, 'db'>, link: ReminderLink, now: Date): Promise<Target> {
  const found = await findTarget(db, link.target)
  const key = found === null ? '' : await linkKey(found.secret, whatOf(link))
  if (found === null || found.kind !== 'mail' || !equalInConstantTime(key, link.key)) throw noLink()
  if (link.until !== undefined && link.until <= now.toISOString()) throw noLink()
  return found
}

/** From here on messages go to this address, and its member signs in by them: an entry. Twice comes to the same. */
export async function confirmAddress(ledger: Ledger, link: ReminderLink, now: Date): Promise<void> {
  const found = await targetOf(ledger, link, now)
  if (link.until === undefined) throw noLink()
  if (found.confirmed_at !== null) return
  const { id, secret, address, member, role } = found
  const by = { member, role, kind: 'session' as const, id: null, expires_at: null }
  const confirming = { target: id, email: address, beside: confirmTarget(id, secret, now) }
  await addLetters(ledger, { now, by }, confirming).catch(async (error: unknown) => {
    const isDone = (await findTarget(ledger.db, id))?.confirmed_at != null
    if (!(error instanceof LedgerError) || error.code !== 'duplicate' || !isDone) throw error
  })
}

/** No more reminders, by the link in one of them. */
export async function stopReminders(ledger: Ledger, link: ReminderLink, now: Date): Promise<void> {
  const { id } = await targetOf(ledger, { target: link.target, key: link.key }, now)
  await ledger.db.write(silence(id))
}

/** Queues a sign-in link for whoever's confirmed address this is. Nothing tells whether there is somebody. */
export async function askToSignIn(ledger: Ledger, email: string, now: Date): Promise<void> {
  const since = new Date(now.getTime() - SIGN_IN_MS)
  await ledger.db.write([queueSignIn(email, newId(ledger), now, since, SIGN_INS)])
}
