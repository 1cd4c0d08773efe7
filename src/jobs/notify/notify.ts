import { FAILING_DAYS, periodAt } from '../../core/reminder.ts'
import { type Ledger, newId } from '../../ledger/ledger.ts'
import { openSecret } from '../../ledger/members/membership.ts'
import { signedHeaders } from '../../ledger/reminders/signature.ts'
import { Refused } from '../../store/database.ts'
import {
  type Delivery,
  dropDelivery,
  keepDelivered,
  keepFailed,
  queueDelivery,
  takeDelivery,
  tellUpTo,
  waitingDeliveries,
} from '../../store/deliveries.ts'
import { lastNotice, markReminded, type Notice, noteAll, noticesAfter } from '../../store/notices.ts'
import { ask, together } from '../../store/query.ts'
import { findSignIn, knownBy } from '../../store/sign-ins.ts'
import { everyTarget, type Target } from '../../store/targets.ts'
import { toldOf } from '../../store/told.ts'
import { hookBody, testBody } from './hook.ts'
import { concerns, type Item, itemOf } from './item.ts'
import { confirmationLetter, cut, reminderLetter, signInLetter } from './letter.ts'
import type { Mail, Outlets } from './outlets.ts'

export type Notified = { sent: number; failed: number; switched_off: number }

const MINUTE_MS = 60_000
/** When a message that failed is tried again; after the last it is given up: eight tries within 32 hours. */
const AGAIN_MS = [1, 5, 30, 120, 300, 600, 840].map((minutes) => minutes * MINUTE_MS)
const DAY_MS = 86_400_000
/** A run that is interrupted gives back what it had taken. */
const TAKEN_MS = 10 * MINUTE_MS
/** Nobody waits for a link that long. */
const SIGN_IN_MS = 15 * MINUTE_MS
const MOST_NOTICES = 1_000
const MOST_EVENTS = 100
const AT_ONCE = 5

/**
 * Notes what happened, makes the messages that are due of it, one for each member and period and for each webhook and
 * event, and sends what waits. Late, twice or in several places at once comes to the same. Null where nothing was done.
 */
export async function runNotify(ledger: Ledger, outlets: Outlets): Promise<Notified | null> {
  await noteAll(ledger.db)
  const { origin } = outlets
  if (origin === null) return null
  const targets = await ask(ledger.db, everyTarget)
  const open = new Map(targets.filter((target) => isOpen(target, outlets)).map((one) => [one.id, one]))
  if (open.size === 0) return null
  await makeMessages(ledger, [...open.values()], outlets.now())
  const waiting = await ask(ledger.db, waitingDeliveries(outlets.now(), [...open.keys()]))
  const byTarget = new Map<string, Delivery[]>()
  for (const delivery of waiting)
    byTarget.set(delivery.target, [...(byTarget.get(delivery.target) ?? []), delivery])
  const done: Notified = { sent: 0, failed: 0, switched_off: 0 }
  const queue = [...byTarget]
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [id, deliveries] = next
      await sendAll({ ledger, outlets, origin, target: open.get(id) as Target, done }, deliveries)
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
  return done.sent + done.failed === 0 ? null : done
}

const isOpen = ({ kind, off_at, suspended }: Target, { mail }: Outlets): boolean =>
  off_at === null && (kind === 'webhook' || (mail !== null && !suspended))

/** Whether a new message may be due to a target by now. */
const isDue = (target: Target, now: Date): boolean =>
  target.confirmed_at !== null &&
  (target.kind === 'webhook' ||
    (target.choices.when !== 'off' &&
      (target.choices.when === 'instantly' || periodAt(now, target.choices) > target.period)))

/** Whether events of a run go out together. */
const isGathered = (target: Target): boolean => target.kind === 'mail' || target.choices.format !== 'standard'

async function makeMessages(ledger: Ledger, targets: readonly Target[], now: Date): Promise<void> {
  const due = targets.filter((target) => isDue(target, now))
  if (due.length === 0) return
  const limitOf = (target: Target) => (isGathered(target) ? MOST_NOTICES : MOST_EVENTS)
  const { last, notices } = await ask(
    ledger.db,
    together({
      last: lastNotice,
      notices: together(
        Object.fromEntries(
          due.map((target) => [target.id, noticesAfter(target.told, target.choices.events, limitOf(target))]),
        ),
      ),
    }),
  )
  for (const target of due) {
    const own = notices[target.id] ?? []
    const upto = own.length === limitOf(target) ? (own.at(-1)?.seq ?? last) : last
    await makeMessage(ledger, target, own, upto, now)
  }
}

/** One message of what a target was not told yet, or one for each event; nothing where another run was first. */
async function makeMessage(
  ledger: Ledger,
  target: Target,
  notices: readonly Notice[],
  upto: number,
  now: Date,
): Promise<void> {
  const isDigest = target.kind === 'mail' && target.choices.when !== 'instantly'
  if (notices.length === 0 && !isDigest) return
  const period = target.kind === 'mail' ? periodAt(now, target.choices) : target.period
  const message = (since: number, end: number, name: string) =>
    queueDelivery(
      { id: newId(ledger), target: target.id, kind: 'notices', period: name, since, upto: end },
      now,
    )
  const messages =
    notices.length === 0
      ? []
      : isGathered(target)
        ? [message(target.told, upto, isDigest ? period : `to ${upto}`)]
        : notices.map(({ seq }) => message(seq - 1, seq, `event ${seq}`))
  await ledger.db
    .write([...tellUpTo(target, upto, period > target.period ? period : target.period), ...messages])
    .catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error
    })
}

type Sending = { ledger: Ledger; outlets: Outlets; origin: string; target: Target; done: Notified }

/** Sends what waits for one target, in order, until one fails: then the others wait too. */
async function sendAll(sending: Sending, deliveries: readonly Delivery[]): Promise<void> {
  const { ledger, outlets, target, done } = sending
  const { db } = ledger
  for (const delivery of deliveries) {
    const [taken = []] = await db.write([
      takeDelivery(delivery, new Date(outlets.now().getTime() + TAKEN_MS)),
    ])
    if (taken.length === 0) continue
    try {
      const told = await sendOne(sending, delivery)
      if (told === null) {
        await db.write([dropDelivery(delivery.id)])
        continue
      }
      await db.write([...keepDelivered(delivery, outlets.now()), markReminded(told, outlets.now())])
      done.sent++
    } catch (error) {
      if (!(error instanceof Unsent)) throw error
      done.failed++
      const now = outlets.now()
      const wait = AGAIN_MS[delivery.attempts]
      const [, after = []] = await db.write(
        keepFailed(delivery, {
          now,
          next: wait === undefined ? null : new Date(now.getTime() + wait),
          error: error.message,
          before: error.isGone ? now : new Date(now.getTime() - FAILING_DAYS * DAY_MS),
        }),
      )
      if (after[0]?.off_at != null && target.off_at === null) done.switched_off++
      return
    }
  }
}

/** Why a message was not taken; `isGone` where the receiver says that there will be none. */
class Unsent extends Error {
  readonly isGone: boolean

  constructor(message: string, isGone = false) {
    super(message)
    this.name = 'Unsent'
    this.isGone = isGone
  }
}

const LONGEST_ERROR = 300
const unsent = (error: unknown): never => {
  throw new Unsent(cut(error instanceof Error ? error.message : String(error), LONGEST_ERROR))
}

/** Sends one message: the notices that it told of; null where nothing is left to tell. */
async function sendOne(sending: Sending, delivery: Delivery): Promise<number[] | null> {
  return sending.target.kind === 'mail' ? sendLetter(sending, delivery) : sendHook(sending, delivery)
}

async function readItems({ ledger, target }: Sending, { since, upto }: Delivery): Promise<Item[]> {
  const { events } = target.choices
  const notices = (await ask(ledger.db, noticesAfter(since, events, MOST_NOTICES))).filter(
    ({ seq }) => seq <= upto,
  )
  if (notices.length === 0) return []
  const told = await ask(ledger.db, toldOf(notices))
  const wanted =
    target.kind === 'mail' ? onceEach(notices.filter((one) => concerns(one, told, target))) : notices
  return wanted.flatMap((notice) => itemOf(notice, told) ?? [])
}

/** A question that is reminded of for the third time stands in a letter once. */
const onceEach = (notices: readonly Notice[]): Notice[] => [
  ...new Map(notices.map((notice) => [`${notice.event} ${notice.subject}`, notice])).values(),
]

async function sendLetter(sending: Sending, delivery: Delivery): Promise<number[] | null> {
  const { ledger, outlets, origin, target } = sending
  const now = outlets.now()
  const addressed = { id: delivery.id, target, origin, now }
  const send = (mail: Mail) => (outlets.mail as NonNullable<Outlets['mail']>)(mail).catch(unsent)
  if (delivery.kind === 'confirm') {
    if (target.confirmed_at !== null) return null
    await send(await confirmationLetter(addressed))
    return []
  }
  if (target.confirmed_at === null) return null
  if (delivery.kind === 'sign_in') {
    if (now.getTime() - Date.parse(delivery.made_at) > SIGN_IN_MS) return null
    if ((await findSignIn(ledger.db, [knownBy.letters(target.id)])) === null) return null
    await send(signInLetter(addressed, await openSecret(ledger, now, target.member, 'link')))
    return []
  }
  const items = await readItems(sending, delivery)
  if (items.length === 0) return null
  await send(await reminderLetter(addressed, items))
  return items.map(({ seq }) => seq)
}

async function sendHook(
  { ledger, outlets, origin, target, ...rest }: Sending,
  delivery: Delivery,
): Promise<number[] | null> {
  if (target.kind !== 'webhook') return null
  const now = outlets.now()
  const items =
    delivery.kind === 'test' ? [] : await readItems({ ledger, outlets, origin, target, ...rest }, delivery)
  if (delivery.kind !== 'test' && items.length === 0) return null
  const body =
    delivery.kind === 'test' ? testBody(target.choices, now, origin) : hookBody(target.choices, items, origin)
  const { secret, old_secret, old_secret_until } = target
  const isOldValid = old_secret !== null && String(old_secret_until) > now.toISOString()
  const secrets = isOldValid ? [secret, old_secret] : [secret]
  const headers = {
    'content-type': 'application/json',
    ...(await signedHeaders(secrets, delivery.id, now, body)),
  }
  const status = await outlets.post(target.address, headers, body).catch(unsent)
  if (status === 410) throw new Unsent('answers that nothing is wanted there any more (status 410)', true)
  if (status < 200 || status > 299) throw new Unsent(`answers with status ${status}`)
  return items.map(({ seq }) => seq)
}
