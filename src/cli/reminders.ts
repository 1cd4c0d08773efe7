import { Misuse, mailOf } from '../config.ts'
import {
  DEFAULT_CHOICES,
  type EventName,
  ReminderRequest,
  reminderEvents,
  reminderTimes,
} from '../core/reminder.ts'
import { chooseReminders, readReminders } from '../ledger/reminders/reminders.ts'
import type { Target } from '../store/targets.ts'
import { fitting } from './arguments.ts'
import type { Command } from './command.ts'
import { actingMember, unitOf, withLedger } from './open-ledger.ts'
import { plural } from './table.ts'

const MEMBER = { value: 'ID', about: 'the id or the name of the member; else the first administrator' }

const choicesOf = (held: Target | null) => (held?.kind === 'mail' ? held.choices : DEFAULT_CHOICES)

const shown = (name: string, held: Target | null) => {
  const { when, hour, time_zone, events } = choicesOf(held)
  const json = {
    ...{ email: held?.address ?? null, confirmed_at: held?.confirmed_at ?? null },
    ...{ when, hour, time_zone, events },
    ...{ delivered_at: held?.delivered_at ?? null, error: held?.error ?? null, off_at: held?.off_at ?? null },
  }
  if (held === null) return { text: `${name} has no address, and no reminders.`, json }
  const at = when === 'daily' || when === 'weekly' ? ` at ${hour}:00 (${time_zone})` : ''
  const lines = [
    `${name}: ${held.address} (${held.confirmed_at === null ? 'not confirmed yet' : 'confirmed'})`,
    `${when}${at}: ${events.join(', ') || 'nothing'}`,
    ...(held.error === null ? [] : [`The last message was not taken: ${held.error}`]),
  ]
  return { text: lines.join('\n'), json }
}

export const remindersShow: Command = {
  name: 'reminders show',
  summary: 'say of what and when a member is reminded',
  about: 'Members choose it under Settings.',
  options: { member: MEMBER },
  examples: [['reckon reminders show --member "Ada Lovelace"', 'What she chose.']],
  run: (context, given) =>
    withLedger(context, async (opened) => {
      const { id, name } = await actingMember(opened, given.text('member'))
      return shown(name, await readReminders(opened.ledger, id))
    }),
}

export const remindersSet: Command = {
  name: 'reminders set',
  summary: 'set of what and when a member is reminded',
  about:
    'What is not given stays. Another address gets a letter with a link first, and nothing else before it was used. --no-email takes the address back, and every choice with it.',
  options: {
    member: MEMBER,
    email: { value: 'ADDRESS', about: 'where letters go' },
    'no-email': { about: 'no address, and no reminders' },
    when: { value: 'WHEN', about: 'how often', choices: reminderTimes },
    hour: { value: 'HOUR', about: '0 to 23, of a daily or weekly letter' },
    'time-zone': { value: 'ZONE', about: 'by the clocks of, such as Europe/Berlin' },
    event: {
      value: 'EVENT',
      about: 'of what; may be given several times',
      repeats: true,
      choices: reminderEvents,
    },
  },
  examples: [
    [
      'reckon reminders set --email ada@example.com --when daily --hour 8 --time-zone Europe/Berlin',
      'A letter each morning.',
    ],
    ['reckon reminders set --when off', 'None any more.'],
  ],
  run: (context, given) =>
    withLedger(context, async (opened) => {
      const member = await actingMember(opened, given.text('member'))
      const held = await readReminders(opened.ledger, member.id)
      const before = choicesOf(held)
      const { shape } = ReminderRequest
      const email = given.flag('no-email') ? null : (given.text('email') ?? held?.address ?? null)
      if (email === null && !given.flag('no-email'))
        throw new Misuse('There is no address yet.', 'Give one with --email.')
      const hour = given.text('hour')
      const events = given.all('event') as EventName[]
      const request: ReminderRequest = {
        email: fitting(shape.email, '--email', email),
        when: (given.text('when') ?? before.when) as ReminderRequest['when'],
        hour: hour === undefined ? before.hour : fitting(shape.hour, '--hour', Number(hour)),
        time_zone: fitting(shape.time_zone, '--time-zone', given.text('time-zone') ?? before.time_zone),
        events: events.length === 0 ? before.events : fitting(shape.events, '--event', events),
      }
      const kept = await chooseReminders(opened.ledger, unitOf(context, member), request)
      if (mailOf(context.config()) === null)
        context.note('No letters are sent: RECKONING_MAIL_URL is not set.')
      return shown(member.name, kept)
    }),
}

export const remindersSend: Command = {
  name: 'reminders send',
  summary: 'send what is to be sent now',
  about:
    'One run of the job that tells members and webhooks what happened; a server does it every minute. Both at once send nothing twice. It needs RECKONING_ORIGIN, and for letters RECKONING_MAIL_URL.',
  examples: [['reckon reminders send', 'Where no server runs.']],
  run: (context) =>
    withLedger(context, async ({ ledger }) => {
      const { outletsOf } = await import('../node/outlets.ts')
      const { runNotify } = await import('../jobs/notify/notify.ts')
      const outlets = outletsOf(context.config())
      if (outlets.origin === null) context.note('Nothing is sent while RECKONING_ORIGIN is not set.')
      const done = await runNotify(ledger, { ...outlets, now: context.now })
      const { sent, failed, switched_off } = done ?? { sent: 0, failed: 0, switched_off: 0 }
      return {
        text: `${plural(sent, 'message')} sent, ${failed} failed.`,
        json: { sent, failed, switched_off },
      }
    }),
}
