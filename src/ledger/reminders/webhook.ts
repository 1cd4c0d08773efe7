import { fetchableAddress } from '../../core/address.ts'
import { invalid, LedgerError, notFound } from '../../core/error.ts'
import type { WebhookRequest } from '../../core/reminder.ts'
import { Refused } from '../../store/database.ts'
import { queueDelivery } from '../../store/deliveries.ts'
import { noteAll } from '../../store/notices.ts'
import { dropTarget, findTarget, keepTarget, resumeTarget, rotate, type Target } from '../../store/targets.ts'
import { type Ledger, newId, requireRole, type Unit } from '../ledger.ts'
import { letters } from '../members/membership.ts'
import { newSigningSecret } from './signature.ts'

export const MOST_WEBHOOKS = 20
const DAY_MS = 86_400_000

/** An address that may be posted to; `anywhere` also allows other ports and private networks. Throws `invalid` at `/url`. */
function requireAddress(url: string, anywhere: boolean): void {
  if (anywhere) return
  try {
    fetchableAddress(url)
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    const message = error.problems[0]?.message.replace(/: pages are fetched .*/u, '')
    throw invalid('/url', `${message} (RECKONING_WEBHOOKS_ANYWHERE allows it)`)
  }
}

/** A new webhook, which is told of what happens from now on. Its secret is shown this once. */
export async function addWebhook(
  ledger: Ledger,
  unit: Unit,
  { url, ...choices }: WebhookRequest,
  anywhere: boolean,
): Promise<{ id: string; secret: string }> {
  requireRole(unit, 'admin')
  requireAddress(url, anywhere)
  const made = { id: letters(ledger, 12), secret: newSigningSecret(ledger) }
  const target = {
    ...made,
    kind: 'webhook' as const,
    member: unit.by.member,
    address: url,
    choices,
    period: '',
  }
  await noteAll(ledger.db)
  try {
    await ledger.db.write(keepTarget(target, unit.now, MOST_WEBHOOKS))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new LedgerError('over_quota', `There are ${MOST_WEBHOOKS} webhooks already: remove one first.`)
  }
  return made
}

async function webhookOf(ledger: Ledger, unit: Unit, id: string): Promise<Target> {
  requireRole(unit, 'admin')
  const found = await findTarget(ledger.db, id)
  if (found === null || found.kind !== 'webhook') throw notFound('webhook', id)
  return found
}

/** It is told of nothing any more, and what waits for it is dropped. */
export async function removeWebhook(ledger: Ledger, unit: Unit, id: string): Promise<void> {
  await webhookOf(ledger, unit, id)
  await ledger.db.write(dropTarget(id))
}

/** A new secret, shown this once. For a day every message is signed by both. */
export async function rotateWebhook(ledger: Ledger, unit: Unit, id: string): Promise<string> {
  await webhookOf(ledger, unit, id)
  const secret = newSigningSecret(ledger)
  await ledger.db.write([rotate(id, secret, new Date(unit.now.getTime() + DAY_MS).toISOString())])
  return secret
}

/** Queues one message that says that it is a test. */
export async function testWebhook(ledger: Ledger, unit: Unit, id: string): Promise<string> {
  const { off_at } = await webhookOf(ledger, unit, id)
  if (off_at !== null) throw new LedgerError('conflict', 'This webhook is switched off: resume it first.')
  const message = newId(ledger)
  await ledger.db.write([queueDelivery({ id: message, target: id, kind: 'test', period: message }, unit.now)])
  return message
}

/** Switches a webhook on again that failed for too long: it is told of what happens from now on. */
export async function resumeWebhook(ledger: Ledger, unit: Unit, id: string): Promise<void> {
  const { off_at } = await webhookOf(ledger, unit, id)
  if (off_at === null) throw new LedgerError('already_decided', 'This webhook is not switched off.')
  await noteAll(ledger.db)
  await ledger.db.write([resumeTarget(id)])
}
