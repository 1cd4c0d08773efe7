import type { ReminderChoices } from '../../src/core/reminder.ts'
import { type Notified, runNotify } from '../../src/jobs/notify/notify.ts'
import type { Mail, Outlets } from '../../src/jobs/notify/outlets.ts'
import type { Ledger, Unit } from '../../src/ledger/ledger.ts'
import { chooseReminders, confirmAddress } from '../../src/ledger/reminders/reminders.ts'
import type { TestLedger } from './ledger.ts'

export const ORIGIN = 'https://reckoning.test'
export const CHOICES: ReminderChoices = {
  when: 'instantly',
  hour: 8,
  time_zone: 'UTC',
  events: [
    'question.due',
    'question.due_soon',
    'resolution.proposed',
    'resolution.disputed',
    'quote.changed',
    'report.received',
  ],
}

export type Posted = { url: string; headers: Record<string, string>; body: string; at: Date }
export type Out = Outlets & {
  letters: Mail[]
  posts: Posted[]
  /** What a letter or a post meets with; by default it is taken. */
  meets: { mail: (mail: Mail) => void; post: (post: Posted) => number }
  run: (ledger?: Ledger) => Promise<Notified | null>
}

/** Ways out that keep what goes through them, at the present of a ledger. */
export function outlets(test: TestLedger): Out {
  const out: Out = {
    origin: ORIGIN,
    letters: [],
    posts: [],
    meets: { mail: () => {}, post: () => 204 },
    now: () => test.unit.now,
    mail: async (mail) => {
      out.meets.mail(mail)
      out.letters.push(mail)
    },
    post: async (url, headers, body) => {
      const post = { url, headers, body, at: test.unit.now }
      const status = out.meets.post(post)
      if (status < 300) out.posts.push(post)
      return status
    },
    run: (ledger = test.ledger) => runNotify(ledger, out),
  }
  return out
}

/** The address in a letter that contains these words. */
export const linkIn = ({ text }: Pick<Mail, 'text'>, words: string): URL =>
  new URL((text.split('\n').find((line) => line.startsWith('http') && line.includes(words)) ?? '').trim())

export const linkOf = ({ searchParams }: URL) => ({
  target: searchParams.get('target') ?? '',
  key: searchParams.get('key') ?? '',
  until: searchParams.get('until') ?? undefined,
})

/** A member who has confirmed an address, with these choices; the letter for that is gone. */
export async function reminded(
  test: TestLedger,
  out: Out,
  choices: Partial<ReminderChoices> = {},
  unit: Unit = test.unit,
  email = 'ada@example.com',
): Promise<void> {
  await chooseReminders(test.ledger, unit, { ...CHOICES, ...choices, email })
  await out.run()
  const letter = out.letters.pop()
  if (letter === undefined) throw new Error('no letter came')
  await confirmAddress(test.ledger, linkOf(linkIn(letter, 'confirmation')), test.unit.now)
}
