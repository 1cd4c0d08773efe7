import * as z from 'zod'
import { addDays, clockTime, TimeZone } from './calendar.ts'
import { Email } from './email.ts'
import { jsonSchema } from './json-schema.ts'
import { type Role, SecretId } from './member.ts'
import { line, webAddress } from './text.ts'

/** What happens in a ledger of which somebody can be told: to which role, and in what words. */
export const events = {
  'question.due': { role: 'resolver', words: 'A question is due' },
  'question.due_soon': { role: 'resolver', words: 'A question is due soon' },
  'resolution.proposed': { role: 'resolver', words: 'An outcome waits for you' },
  'resolution.disputed': { role: 'resolver', words: 'An outcome is disputed' },
  'quote.changed': { role: 'recorder', words: 'A page no longer holds a quote' },
  'report.received': { role: 'recorder', words: 'A reader reports something' },
  'forecast.recorded': { role: null, words: 'A forecast was logged' },
  'resolution.confirmed': { role: null, words: 'An outcome was confirmed' },
  'checkpoint.signed': { role: null, words: 'A checkpoint of the log was signed' },
} as const satisfies Record<string, { role: Role | null; words: string }>
export type EventName = keyof typeof events

/** The same words where nobody in particular is spoken to. */
export const wordsToAll = (name: EventName): string =>
  name === 'resolution.proposed' ? 'An outcome was proposed' : events[name].words

export const webhookEvents = Object.keys(events) as EventName[]
/** Those of which members are reminded. */
export const reminderEvents = webhookEvents.filter((name) => events[name].role !== null)

const some = (names: readonly EventName[]) =>
  z
    .array(z.enum(names))
    .max(names.length)
    .refine((named) => new Set(named).size === named.length, 'names an event twice')
    .register(jsonSchema, { uniqueItems: true })

export const reminderTimes = ['off', 'instantly', 'daily', 'weekly'] as const

/** When a member is reminded, and of what. A weekly digest comes on Mondays; `hour` is that of their own clocks. */
export const ReminderChoices = z.strictObject({
  when: z.enum(reminderTimes),
  hour: z.int().min(0).max(23),
  time_zone: TimeZone,
  events: some(reminderEvents),
})
export type ReminderChoices = z.infer<typeof ReminderChoices>
export const DEFAULT_CHOICES: ReminderChoices = {
  when: 'off',
  hour: 8,
  time_zone: 'UTC',
  events: reminderEvents,
}

/** An empty address takes it and every choice back. */
export const ReminderRequest = ReminderChoices.extend({ email: Email.nullable() })
export type ReminderRequest = z.infer<typeof ReminderRequest>

export const webhookFormats = ['standard', 'slack', 'discord'] as const
export const WebhookRequest = z.strictObject({
  name: line(100),
  url: webAddress(),
  format: z.enum(webhookFormats),
  events: some(webhookEvents).min(1, 'must name an event'),
})
export type WebhookRequest = z.infer<typeof WebhookRequest>
export const TargetId = SecretId

/** Why a target was switched off. */
export const FAILING_DAYS = 5

const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

/**
 * The digest that is the latest at an instant: the day on whose clocks its hour began, or of a weekly one its Monday.
 * It never goes back, also where clocks do.
 */
export function periodAt(now: Date, { when, hour, time_zone }: ReminderChoices): string {
  const clocks = clockTime(now.getTime(), time_zone)
  const today = clocks.slice(0, 10)
  const day = Number(clocks.slice(11, 13)) >= hour ? today : addDays(today, -1)
  return when === 'weekly' ? mondayOf(day) : day
}
