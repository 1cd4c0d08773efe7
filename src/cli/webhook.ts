import {
  type WebhookRequest as Asked,
  type EventName,
  WebhookRequest,
  webhookEvents,
  webhookFormats,
} from '../core/reminder.ts'
import {
  addWebhook,
  removeWebhook,
  resumeWebhook,
  rotateWebhook,
  testWebhook,
} from '../ledger/reminders/webhook.ts'
import { readWebhooks } from '../store/documents/settings.ts'
import type { Target } from '../store/targets.ts'
import { fitting } from './arguments.ts'
import type { Command } from './command.ts'
import { unitOf, withLedger } from './open-ledger.ts'
import { table } from './table.ts'

const ID = { shown: 'ID', least: 1, most: 1 }
const SENT = 'A running server sends it within a minute; `reckon reminders send` at once.'

/** The same sentence as a note, where the settings have nothing sent. */
const UNSENT = 'Nothing is sent while RECKONING_ORIGIN is not set.'

export const webhookAdd: Command = {
  name: 'webhook add',
  summary: 'post what happens to an address',
  about:
    'The ledger posts to the address whatever happens from now on: signed JSON (standardwebhooks.com), or what Slack or Discord take. The secret is shown this once. Addresses of private networks need RECKONING_WEBHOOKS_ANYWHERE.',
  options: {
    name: { value: 'LABEL', about: 'what it is for', required: true },
    url: { value: 'ADDRESS', about: 'where to post', required: true },
    format: { value: 'FORMAT', about: 'standard where none is given', choices: webhookFormats },
    event: {
      value: 'EVENT',
      about: 'of what; may be given several times',
      repeats: true,
      required: true,
      choices: webhookEvents,
    },
  },
  examples: [
    [
      'reckon webhook add --name desk --url https://example.com/hook --event question.due',
      'Tells a program what is due.',
    ],
    [
      'reckon webhook add --name chat --format slack --url https://hooks.slack.com/services/T0/B0/x --event question.due --event resolution.proposed',
      'Tells a channel.',
    ],
  ],
  run: (context, given) =>
    withLedger(context, async ({ ledger, administrator }) => {
      const { shape } = WebhookRequest
      const request: Asked = {
        name: fitting(shape.name, '--name', given.text('name')),
        url: fitting(shape.url, '--url', given.text('url')),
        format: (given.text('format') ?? 'standard') as Asked['format'],
        events: fitting(shape.events, '--event', given.all('event') as EventName[]),
      }
      const config = context.config()
      const unit = unitOf(context, administrator)
      const made = await addWebhook(ledger, unit, request, config.RECKONING_WEBHOOKS_ANYWHERE)
      if (config.RECKONING_ORIGIN === undefined) context.note(UNSENT)
      return { text: `Webhook ${made.id}. Its secret:\n${made.secret}`, json: made }
    }),
}

const stateOf = ({ off_at, failing_since, error, delivered_at }: Target): string => {
  if (off_at !== null) return `off since ${off_at.slice(0, 10)}: ${error}`
  if (failing_since !== null) return `fails: ${error}`
  return delivered_at === null ? 'nothing sent yet' : `delivered ${delivered_at.slice(0, 10)}`
}

export const webhookList: Command = {
  name: 'webhook list',
  summary: 'list the webhooks, and whether they arrive',
  about: 'Secrets are not shown.',
  examples: [['reckon webhook list', 'All of them, the oldest first.']],
  run: (context) =>
    withLedger(context, async ({ ledger }) => {
      const held = (await readWebhooks(ledger.db)).flatMap((target) =>
        target.kind === 'webhook' ? [{ ...target, ...target.choices }] : [],
      )
      const json = held.map(
        ({ id, name, address, format, events, delivered_at, error, off_at, waiting }) => ({
          ...{ id, name, url: address, format, events, delivered_at, error, off_at, waiting },
        }),
      )
      if (held.length === 0) return { text: 'No webhooks.', json }
      const text = table(
        context.terminal,
        [
          { title: 'ID', of: ({ id }) => id },
          { title: 'NAME', of: ({ name }) => name, gives: true },
          { title: 'FORMAT', of: ({ format }) => format },
          { title: 'EVENTS', of: ({ events }) => events.join(' '), gives: true },
          { title: 'STATE', of: stateOf, gives: true },
        ],
        held,
      )
      return { text, json }
    }),
}

export const webhookRemove: Command = {
  name: 'webhook remove',
  summary: 'post nothing to an address any more',
  operands: ID,
  about: 'What waits for it is dropped. The id is what `reckon webhook list` shows.',
  examples: [['reckon webhook remove 8fJq0Zt4KxLm', 'Removes the one with this id.']],
  run: (context, given) =>
    withLedger(context, async ({ ledger, administrator }) => {
      const id = given.positionals[0] as string
      await removeWebhook(ledger, unitOf(context, administrator), id)
      return { text: `Webhook ${id} is removed.`, json: { id, removed: true } }
    }),
}

export const webhookTest: Command = {
  name: 'webhook test',
  summary: 'send a message that says that it is a test',
  operands: ID,
  about: SENT,
  examples: [['reckon webhook test 8fJq0Zt4KxLm', 'To the one with this id.']],
  run: (context, given) =>
    withLedger(context, async ({ ledger, administrator }) => {
      const id = given.positionals[0] as string
      const message = await testWebhook(ledger, unitOf(context, administrator), id)
      if (context.config().RECKONING_ORIGIN === undefined) context.note(UNSENT)
      return { text: `The test ${message} waits to be sent. ${SENT}`, json: { id, message } }
    }),
}

export const webhookRotate: Command = {
  name: 'webhook rotate',
  summary: 'give a webhook a new secret',
  operands: ID,
  about: 'The new secret is shown this once. For a day every message is signed with the old one as well.',
  examples: [['reckon webhook rotate 8fJq0Zt4KxLm', 'After a secret was seen by others.']],
  run: (context, given) =>
    withLedger(context, async ({ ledger, administrator }) => {
      const id = given.positionals[0] as string
      const secret = await rotateWebhook(ledger, unitOf(context, administrator), id)
      return { text: secret, json: { id, secret } }
    }),
}

export const webhookResume: Command = {
  name: 'webhook resume',
  summary: 'switch a webhook on again that failed too long',
  operands: ID,
  about: 'It is told of what happens from now on; what was not delivered until then is not made up for.',
  examples: [['reckon webhook resume 8fJq0Zt4KxLm', 'Once its receiver works again.']],
  run: (context, given) =>
    withLedger(context, async ({ ledger, administrator }) => {
      const id = given.positionals[0] as string
      await resumeWebhook(ledger, unitOf(context, administrator), id)
      return { text: `Webhook ${id} is switched on.`, json: { id, resumed: true } }
    }),
}
