import * as z from 'zod'
import { daysSince, dayText, QUARTER_HOUR_MS } from './calendar.ts'
import { jsonSchema } from './json-schema.ts'
import { counted } from './text.ts'

/** How long an outcome is open to objection once it is confirmed, unless the policy says otherwise. */
export const OBJECTION_HOURS = 48
/** How long a dispute, or a reply that waits for a second member, may take to be answered. */
export const ANSWER_DAYS = 14

export const ObjectionHours = z.int().min(0).max(720)
export const AnswerDays = z.int().min(1).max(90)

/** What a policy says of time; what it does not name stays as it is. */
export const DecisionTimes = z
  .strictObject({ objection_hours: ObjectionHours.optional(), answer_days: AnswerDays.optional() })
  .refine(({ objection_hours, answer_days }) => objection_hours !== undefined || answer_days !== undefined, {
    message: 'names objection_hours, answer_days or both',
  })
  .register(jsonSchema, { minProperties: 1 })
export type DecisionTimes = z.infer<typeof DecisionTimes>

/** The outcome in force of a question: `final_at` is null where there is none. */
export type Objectionable = { disputed: boolean; final_at: Date | null }

/**
 * When the time for objections ends: the first quarter of an hour after these hours, since pages are told the time in
 * quarters; at once without hours. An outcome of before there was such a time has none.
 */
export function finalAt(confirmed_at: Date, hours: number): Date {
  if (hours === 0) return confirmed_at
  const ends = confirmed_at.getTime() + hours * 3_600_000
  return new Date((Math.floor(ends / QUARTER_HOUR_MS) + 1) * QUARTER_HOUR_MS)
}

/** Nobody has objected, and the time for it is over. A later dispute or correction takes it back. */
export const isFinal = ({ disputed, final_at }: Objectionable, now: Date): boolean =>
  final_at !== null && !disputed && final_at <= now

export const isOpenToObjection = ({ disputed, final_at }: Objectionable, now: Date): boolean =>
  final_at !== null && !disputed && final_at > now

/** An instant as people read it: "3 Mar 2027, 10:00 UTC". */
export function instantText(at: Date | string): string {
  const iso = new Date(at).toISOString()
  return `${dayText(iso.slice(0, 10))}, ${iso.slice(11, 16)} UTC`
}

const DISPUTED = 'disputed'
/** Whether a reserve is that objections are still taken. */
export const isOpenReserve = (reserve: string): boolean => reserve !== DISPUTED
/** A reserve in a word or two, where until when stands elsewhere on the page. */
export const reserveWord = (reserve: string): string => (isOpenReserve(reserve) ? 'not final' : reserve)

/** With what reserve an outcome in force is told, or null where it has none. */
export function reserveText(outcome: Objectionable, now: Date): string | null {
  if (outcome.disputed) return DISPUTED
  return isOpenToObjection(outcome, now)
    ? `open to objection until ${instantText(outcome.final_at as Date)}`
    : null
}

/** Until when something of this instant is to be answered. */
export const answerBy = (at: string, days: number): string =>
  new Date(Date.parse(at) + days * 86_400_000).toISOString()

/** The same in words; what was to be answered before says for how many whole days it has waited longer. */
export function answerText(by: string, now: Date): string {
  if (new Date(by) > now) return `answer by ${instantText(by)}`
  const days = daysSince(new Date(by), now)
  return `to be answered by ${instantText(by)}, ${days === 0 ? 'now overdue' : `${counted(days, 'day')} overdue`}`
}
