import * as z from 'zod'
import { Instant } from '../core/calendar.ts'
import { ReminderChoices, TargetId, WebhookRequest } from '../core/reminder.ts'
import { Count } from './recorded.ts'

const Delivered = {
  delivered_at: Instant.nullable().describe('When something was last delivered there.'),
  failing_since: Instant.nullable(),
  error: z.string().nullable().describe('Why the last message was not taken, while it fails.'),
  off_at: Instant.nullable().describe('When it was switched off, because it failed for too long.'),
  waiting: Count.describe('Messages that are to be sent or tried again.'),
}

export const RemindersAnswer = z.strictObject({
  email: z.string().nullable(),
  confirmed_at: Instant.nullable(),
  ...ReminderChoices.shape,
  ...Delivered,
  unsent_because: z.string().nullable().describe('Why this server sends no letters; null where it does.'),
})

export const WebhookAnswer = z.strictObject({
  id: TargetId,
  name: z.string(),
  url: z.string(),
  format: WebhookRequest.shape.format,
  events: WebhookRequest.shape.events,
  made_by: z.string(),
  made_at: Instant,
  ...Delivered,
})
export const WebhookSecret = z.strictObject({
  id: TargetId,
  secret: z.string().describe('Shown this once. Messages are signed with it (standardwebhooks.com).'),
})
export const WebhookMade = z.strictObject({ webhook: WebhookAnswer, secret: WebhookSecret.shape.secret })
export const WebhookId = z.strictObject({ id: TargetId })
export const WebhookTested = z.strictObject({
  id: TargetId,
  message: z.string().describe('Its `webhook-id`. It goes out with the next run, within a minute.'),
})
