import { type EventName, events, type ReminderChoices, reminderEvents } from '../../core/reminder.ts'
import { capitalised } from '../../core/text.ts'
import * as paths from '../../http/paths.ts'
import { type ReminderLink, reminderLink } from '../../ledger/reminders/reminders.ts'
import type { Target } from '../../store/targets.ts'
import type { Item } from './item.ts'
import type { Mail } from './outlets.ts'

const MOST_LISTED = 30
const LONGEST_SUBJECT = 140

/** One is said by its title; of several how many, such as "2 due, 1 disputed". */
const COUNTED: Record<string, string> = {
  'question.due': 'due',
  'question.due_soon': 'due soon',
  'resolution.proposed': 'to confirm',
  'resolution.disputed': 'disputed',
  'quote.changed': 'with a changed quote',
  'report.received': 'reported by readers',
} satisfies Partial<Record<EventName, string>>

const HTML: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replaceAll(/[&<>"']/gu, (letter) => HTML[letter] as string)

export const cut = (text: string, most: number): string => {
  const letters = [...text.replaceAll(/\s+/gu, ' ')]
  return letters.length <= most ? letters.join('') : `${letters.slice(0, most - 1).join('')}…`
}

/** A part of a letter: a line of text, a link with its words, or a list under a heading. */
type Part =
  | string
  | { words: string; href: string }
  | { heading: string; items: readonly { title: string; detail: string; href: string }[] }

function asText(part: Part): string {
  if (typeof part === 'string') return part
  if ('href' in part) return `${part.words}:\n${part.href}`
  const lines = part.items.map(({ title, detail, href }) =>
    [`- ${title}`, ...(detail === '' ? [] : [`  ${detail}`]), `  ${href}`].join('\n'),
  )
  return [part.heading, ...lines].join('\n')
}

function asHtml(part: Part): string {
  if (typeof part === 'string') return `<p>${escaped(part)}</p>`
  if ('href' in part) return `<p><a href="${escaped(part.href)}">${escaped(part.words)}</a></p>`
  const lines = part.items.map(
    ({ title, detail, href }) =>
      `<li><a href="${escaped(href)}"><bdi>${escaped(title)}</bdi></a>${detail === '' ? '' : `<br><bdi>${escaped(detail)}</bdi>`}</li>`,
  )
  return `<h2>${escaped(part.heading)}</h2><ul>${lines.join('')}</ul>`
}

type Letter = Pick<Mail, 'id' | 'to' | 'subject'> & { parts: readonly Part[]; headers?: Mail['headers'] }

const letter = ({ parts, headers = {}, ...mail }: Letter): Mail => ({
  ...mail,
  subject: cut(mail.subject, LONGEST_SUBJECT),
  text: `${parts.map(asText).join('\n\n')}\n`,
  html: `<!doctype html><html lang="en"><meta charset="utf-8"><body>${parts.map(asHtml).join('')}</body></html>`,
  headers: { 'Auto-Submitted': 'auto-generated', ...headers },
})

export type Addressed = { id: string; target: Target; origin: string; now: Date }

const search = ({ target, key, until }: ReminderLink) => ({ target, until, key })

export const rhythm = ({ when, hour, time_zone }: ReminderChoices): string =>
  when === 'instantly' || when === 'off'
    ? 'at once'
    : `${when}${when === 'weekly' ? ' on Mondays' : ''} at ${hour}:00 (${time_zone})`

/** What waits for a member, by kind. */
export async function reminderLetter(
  { id, target, origin, now }: Addressed,
  items: readonly Item[],
): Promise<Mail> {
  const lists = reminderEvents
    .map((event) => ({ event, all: items.filter((item) => item.event === event) }))
    .filter(({ all }) => all.length > 0)
  const [only] = items
  const subject =
    items.length === 1 && only !== undefined
      ? `${events[only.event].words}: ${only.title}`
      : capitalised(lists.map(({ event, all }) => `${all.length} ${COUNTED[event]}`).join(', '))
  const off = origin + paths.remindersOff(search(await reminderLink(target, 'off', now)))
  const parts: Part[] = lists.map(({ event, all }) => ({
    heading: `${events[event].words} (${all.length})`,
    items: all.slice(0, MOST_LISTED).map(({ title, detail, path }) => ({
      title: cut(title, 300),
      detail: cut(detail, 400),
      href: origin + path,
    })),
  }))
  const more = lists.reduce((sum, { all }) => sum + Math.max(0, all.length - MOST_LISTED), 0)
  if (more > 0) parts.push(`And ${more} more.`)
  parts.push({ words: 'Everything that waits', href: origin + paths.due() })
  parts.push({
    words: `You are reminded ${rhythm(target.choices as ReminderChoices)}; change that`,
    href: origin + paths.reminders(),
  })
  parts.push({ words: 'No more reminders', href: off })
  return letter({
    id,
    to: target.address,
    subject,
    parts,
    headers: { 'List-Unsubscribe': `<${off}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  })
}

/** Asks whether the address is theirs; nothing else is sent there before. */
export async function confirmationLetter({ id, target, origin, now }: Addressed): Promise<Mail> {
  const link = search(await reminderLink(target, 'confirm', now))
  return letter({
    id,
    to: target.address,
    subject: 'Confirm your address for reminders',
    parts: [
      `${target.member_name} gave this address for reminders of the ledger at ${origin}, and for links to sign in there.`,
      { words: 'Confirm it within 24 hours', href: origin + paths.remindersConfirmation(link) },
      'If that was not you, do nothing: nothing more is sent.',
    ],
  })
}

/** A link by which a member signs in, whose confirmed address this is. */
export const signInLetter = ({ id, target, origin }: Addressed, token: string): Mail =>
  letter({
    id,
    to: target.address,
    subject: 'Your link to sign in',
    parts: [
      { words: `Sign in as ${target.member_name}`, href: origin + paths.signIn({ token }) },
      'It works once, for 15 minutes. Somebody asked for it on the sign-in page; if that was not you, do nothing.',
    ],
  })
