import type { Role } from '../core/member.ts'
import { type EventName, periodAt, type ReminderChoices, type webhookFormats } from '../core/reminder.ts'
import type { Database, Statement } from './database.ts'
import { beginNoting, LAST_NOTICE } from './notices.ts'
import { ask, type Query, query } from './query.ts'
import { refuseWhere } from './refusal.ts'
import { flag, json, number, orNull, rowOf, text, word } from './row.ts'

export type WebhookChoices = { name: string; format: (typeof webhookFormats)[number]; events: EventName[] }

const toTarget = rowOf({
  id: text,
  kind: word<'mail' | 'webhook'>(),
  member: text,
  member_name: text,
  role: word<Role>(),
  suspended: flag,
  address: text,
  choices: json<ReminderChoices | WebhookChoices>(),
  secret: text,
  old_secret: orNull(text),
  old_secret_until: orNull(text),
  made_at: text,
  confirmed_at: orNull(text),
  told: number,
  period: text,
  delivered_at: orNull(text),
  failing_since: orNull(text),
  error: orNull(text),
  off_at: orNull(text),
  waiting: number,
})
type Row = ReturnType<typeof toTarget>
/** Where messages go: the confirmed address of a member, or a webhook (whose member is who made it). */
export type Target = Omit<Row, 'kind' | 'choices'> &
  ({ kind: 'mail'; choices: ReminderChoices } | { kind: 'webhook'; choices: WebhookChoices })

const targetsWhere = (where: string, args: Record<string, string> = {}): Query<Target[]> =>
  query(
    {
      sql: `SELECT target.*, member.name AS member_name, member.role, member.suspended,
          (SELECT count(*) FROM delivery WHERE delivery.target = target.id AND next_at IS NOT NULL) AS waiting
        FROM target JOIN member ON member.id = target.member WHERE ${where} ORDER BY made_at, target.id`,
      args,
    },
    (rows) => rows.map((row) => toTarget(row) as Target),
  )

export const everyTarget = targetsWhere('true')
export const webhooks = targetsWhere("kind = 'webhook'")
export const mailOf = (member: string): Query<Target | null> => {
  const { statements, read } = targetsWhere("kind = 'mail' AND member = :member", { member })
  return { statements, read: (results) => read(results)[0] ?? null }
}
export async function findTarget(db: Database, id: string): Promise<Target | null> {
  return (await ask(db, targetsWhere('target.id = :id', { id })))[0] ?? null
}

type New = Pick<Row, 'id' | 'kind' | 'member' | 'address' | 'secret'> & { choices: object; period: string }

/** A new target: it is told of what happens from now on. A webhook needs no confirming. */
export const keepTarget = ({ choices, ...target }: New, now: Date, most: number): Statement[] => [
  refuseWhere(`SELECT 1 WHERE (SELECT count(*) FROM target WHERE kind = :kind) >= :most`, {
    kind: target.kind,
    most: BigInt(most),
  }),
  beginNoting,
  {
    sql: `INSERT INTO target (id, kind, member, address, choices, secret, made_at, confirmed_at, told, period)
      SELECT :id, :kind, :member, :address, :choices, :secret, :now, CASE :kind WHEN 'webhook' THEN :now END,
        ${LAST_NOTICE}, :period`,
    args: { ...target, choices: JSON.stringify(choices), now: now.toISOString() },
  },
]

/** Other choices for the same address. A digest that came already does not come again under another hour. */
export const changeChoices = (target: Target, choices: ReminderChoices, now: Date): Statement => {
  const period = periodAt(now, choices)
  // Who had none, or was switched off, begins now: nothing that piled up is sent at once.
  const begins = target.off_at !== null || (target.choices as ReminderChoices).when === 'off'
  return {
    sql: `UPDATE target SET choices = :choices, period = max(period, :period), off_at = NULL, failing_since = NULL,
        error = NULL, told = ${begins ? LAST_NOTICE : 'told'} WHERE id = :id`,
    args: { id: target.id, choices: JSON.stringify(choices), period },
  }
}

/** Another address, unconfirmed, with another secret: links to the old one no longer work. */
export const changeAddress = (id: string, address: string, secret: string): Statement => ({
  sql: 'UPDATE target SET address = :address, secret = :secret, confirmed_at = NULL, failing_since = NULL, error = NULL WHERE id = :id',
  args: { id, address, secret },
})

/** Refuses the batch where the address is another by now, or confirmed. */
export const confirmTarget = (id: string, secret: string, now: Date): Statement[] => [
  refuseWhere(
    'SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM target WHERE id = :id AND secret = :secret AND confirmed_at IS NULL)',
    { id, secret },
  ),
  {
    sql: `UPDATE target SET confirmed_at = :now, told = ${LAST_NOTICE} WHERE id = :id`,
    args: { id, now: now.toISOString() },
  },
]

/** Off by the link in a message: the choices stay, for whoever comes back. */
export const silence = (id: string): Statement[] => [
  { sql: "UPDATE target SET choices = json_set(choices, '$.when', 'off') WHERE id = :id", args: { id } },
  {
    sql: "UPDATE delivery SET next_at = NULL WHERE target = :id AND kind = 'notices' AND next_at IS NOT NULL",
    args: { id },
  },
]

/** On again after it was switched off; what was not delivered until then is not made up for. */
export const resumeTarget = (id: string): Statement => ({
  sql: `UPDATE target SET off_at = NULL, failing_since = NULL, error = NULL, told = ${LAST_NOTICE} WHERE id = :id`,
  args: { id },
})

/** For a day both secrets sign, so that a receiver can change over. */
export const rotate = (id: string, secret: string, until: string): Statement => ({
  sql: 'UPDATE target SET old_secret = secret, old_secret_until = :until, secret = :secret WHERE id = :id',
  args: { id, secret, until },
})

export const dropTarget = (id: string): Statement[] => [
  { sql: 'DELETE FROM delivery WHERE target = :id', args: { id } },
  { sql: 'DELETE FROM target WHERE id = :id RETURNING id', args: { id } },
]
