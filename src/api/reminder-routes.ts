import { DEFAULT_CHOICES, ReminderRequest, WebhookRequest } from '../core/reminder.ts'
import type { Host } from '../http/host.ts'
import * as paths from '../http/paths.ts'
import { unsentBecause } from '../http/sending.ts'
import { chooseReminders, confirmAgain, readReminders } from '../ledger/reminders/reminders.ts'
import {
  addWebhook,
  removeWebhook,
  resumeWebhook,
  rotateWebhook,
  testWebhook,
} from '../ledger/reminders/webhook.ts'
import { readWebhooks } from '../store/documents/settings.ts'
import { findTarget, type Target } from '../store/targets.ts'
import { SeqPlace } from './cursor.ts'
import * as answers from './reminder-answers.ts'
import { act, fields, found, list, pageOfAll, type Route, read } from './route.ts'

const delivered = ({ delivered_at, failing_since, error, off_at, waiting }: Target) => ({
  delivered_at,
  failing_since,
  error,
  off_at,
  waiting,
})
const NOT_YET = { delivered_at: null, failing_since: null, error: null, off_at: null, waiting: 0 }

const remindersAnswer = (host: Host, held: Target | null) => ({
  email: held?.address ?? null,
  confirmed_at: held?.confirmed_at ?? null,
  ...(held?.choices ?? DEFAULT_CHOICES),
  ...(held === null ? NOT_YET : delivered(held)),
  unsent_because: unsentBecause(host, 'letters'),
})

function webhookAnswer(target: Target) {
  if (target.kind !== 'webhook') throw new Error('not a webhook')
  const { id, address, choices, member, made_at } = target
  return { id, ...choices, url: address, made_by: member, made_at, ...delivered(target) }
}

export const reminderRoutes: Route[] = [
  read({
    path: '/reminders',
    summary: 'Of what and when the member is reminded whose token this is.',
    role: 'reader',
    fresh: true,
    answer: answers.RemindersAnswer,
    run: async ({ host, ledger, unit }) => ({
      body: remindersAnswer(host, await readReminders(ledger, unit.by.member)),
    }),
  }),
  act({
    method: 'PUT',
    path: '/reminders',
    summary:
      'Sets of what and when one is reminded. Another address is confirmed by a link first; as it lets sign in, only a token that may do all that its member may, without an end, changes it.',
    role: 'reader',
    body: ReminderRequest,
    answer: answers.RemindersAnswer,
    run: async ({ host, ledger, unit, body }) => {
      const held = await chooseReminders(ledger, unit, body)
      host.sendSoon?.()
      return { body: remindersAnswer(host, held) }
    },
  }),
  act({
    path: '/reminders/letter',
    summary: 'Sends the letter to confirm one’s address once more, at most five a day.',
    role: 'reader',
    answer: answers.RemindersAnswer,
    run: async ({ host, ledger, unit }) => {
      await confirmAgain(ledger, unit)
      host.sendSoon?.()
      return { body: remindersAnswer(host, await readReminders(ledger, unit.by.member)) }
    },
  }),
  ...list({
    path: '/webhooks',
    summary: 'Where the ledger posts what happens, and whether it arrives.',
    role: 'admin',
    fresh: true,
    query: {},
    item: answers.WebhookAnswer,
    place: SeqPlace,
    list: async ({ db }, page) => pageOfAll(await readWebhooks(db), page),
    read: webhookAnswer,
    columns: fields(
      'id',
      'name',
      'url',
      'format',
      'events',
      'delivered_at',
      'failing_since',
      'error',
      'off_at',
    ),
  }),
  act({
    path: '/webhooks',
    summary: 'Adds a webhook. It is told of what happens from now on; its secret is shown this once.',
    role: 'admin',
    body: WebhookRequest,
    status: 201,
    answer: answers.WebhookMade,
    run: async ({ host, ledger, db, unit, body }) => {
      const { id, secret } = await addWebhook(ledger, unit, body, host.settings.webhooks_anywhere === true)
      const webhook = webhookAnswer(found(await findTarget(db, id), 'webhook', id))
      return { body: { webhook, secret }, headers: { Location: paths.api.webhooks() } }
    },
  }),
  act({
    method: 'DELETE',
    path: '/webhooks/:id',
    summary: 'Removes a webhook, with what waits for it.',
    role: 'admin',
    answer: answers.WebhookId,
    run: async ({ ledger, unit, id }) => {
      await removeWebhook(ledger, unit, id)
      return { body: { id } }
    },
  }),
  act({
    path: '/webhooks/:id/test',
    summary: 'Sends a message that says that it is a test.',
    role: 'admin',
    answer: answers.WebhookTested,
    run: async ({ host, ledger, unit, id }) => {
      const message = await testWebhook(ledger, unit, id)
      host.sendSoon?.()
      return { body: { id, message } }
    },
  }),
  act({
    path: '/webhooks/:id/secret',
    summary: 'Gives a webhook a new secret. For a day messages are signed with the old one as well.',
    role: 'admin',
    answer: answers.WebhookSecret,
    run: async ({ ledger, unit, id }) => ({ body: { id, secret: await rotateWebhook(ledger, unit, id) } }),
  }),
  act({
    path: '/webhooks/:id/resumption',
    summary: 'Switches a webhook on again that failed for too long.',
    role: 'admin',
    answer: answers.WebhookId,
    run: async ({ ledger, unit, id }) => {
      await resumeWebhook(ledger, unit, id)
      return { body: { id } }
    },
  }),
]
