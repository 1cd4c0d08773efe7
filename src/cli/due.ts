import { ANSWER_DAYS, answerBy, answerText, instantText } from '../core/objection.ts'
import { DUE_SOON_DAYS } from '../core/state.ts'
import { runFlagDue } from '../jobs/flag-due.ts'
import { type DueInbox, type DueItem, readDue } from '../store/due.ts'
import { readPolicy } from '../store/members.ts'
import { ask } from '../store/query.ts'
import { type WaitingReply, waitingReplies } from '../store/reply-links.ts'
import type { Command } from './command.ts'
import { withLedger } from './open-ledger.ts'
import { plural } from './table.ts'
import { harmless, styled, type Terminal, wrapped } from './terminal.ts'

export const due: Command = {
  name: 'due',
  summary: 'list what needs a decision, or flag what became due',
  about: [
    `Lists the questions whose deadline has passed, what is due within ${DUE_SOON_DAYS} days, what waits for a second person, what is disputed with the day by which to answer, and what is open to objection.`,
    'With --run it does one run of the scheduled job instead: it flags, once, what became due, and queues one reminder a week for what stays undecided, which `reckon reminders send` or a server sends. It never decides an outcome; people do.',
  ].join('\n'),
  options: { run: { about: 'do one run of the job instead of listing' } },
  examples: [
    ['reckon due', 'What waits for us.'],
    ['reckon due --run', 'What the server does every five minutes.'],
    ['reckon due --json', 'For a script.'],
  ],
  run: (context, given) =>
    withLedger(context, async ({ ledger }) => {
      if (given.flag('run')) {
        const { flagged, reminders } = await runFlagDue(ledger, context.now())
        const lines = [
          ...flagged.map(({ id, what }) => `due: ${id}${what === 'condition' ? ' (its condition)' : ''}`),
          `${plural(flagged.length, 'question')} flagged, ${plural(reminders, 'reminder')} queued.`,
        ]
        return { text: lines.join('\n'), json: { flagged, reminders } }
      }
      const now = context.now()
      const { next, ...inbox } = await readDue(ledger.db, now)
      const replies = await ask(ledger.db, waitingReplies)
      const days = (await readPolicy(ledger.db))?.answer_days ?? ANSWER_DAYS
      const waiting = replies.map((reply) => ({ ...reply, answer_by: answerBy(reply.at, days) }))
      const json = Object.fromEntries(
        Object.entries(inbox).map(([name, items]) => [name, items.map(({ row: _, ...item }) => item)]),
      )
      const text = [
        textOf(context.terminal, now, { ...inbox, next }),
        ...repliesText(context.terminal, now, waiting),
      ]
      return { text: text.join('\n\n'), json: { ...json, replies: waiting } }
    }),
}

type Waiting = WaitingReply & { answer_by: string }

const repliesText = (terminal: Terminal, now: Date, waiting: readonly Waiting[]): string[] =>
  waiting.length === 0
    ? []
    : [
        [
          `${styled(terminal, 'bold', 'Replies that wait')} (${waiting.length})`,
          ...waiting.map(
            ({ forecast, title, answer_by }) =>
              `${harmless(title)} (${forecast}): ${answerText(answer_by, now)}`,
          ),
        ].join('\n'),
      ]

const titles = [
  ['due', 'Need a decision'],
  ['due_soon', `Due within ${DUE_SOON_DAYS} days`],
  ['proposed', 'Wait for a second person'],
  ['disputed', 'Disputed'],
  ['objection', 'Open to objection'],
] as const

function textOf(terminal: Terminal, now: Date, inbox: DueInbox): string {
  const parts = titles.flatMap(([name, title]) => {
    const items = inbox[name]
    return items.length === 0
      ? []
      : [`${styled(terminal, 'bold', title)} (${items.length})\n${listOf(terminal, now, items)}`]
  })
  // What is open to objection needs no decision.
  const { next, objection } = inbox
  if (parts.length > Math.sign(objection.length)) return parts.join('\n\n')
  const nothing =
    next === null
      ? 'Nothing to decide.'
      : `Nothing to decide. Next: ${next.deadline.date}, ${harmless(next.title)} (${next.question}).`
  return [nothing, ...parts].join('\n\n')
}

const namesOf = ({ analysts }: DueItem) => analysts.map(({ name }) => name).join(', ')

/** Until when somebody may still answer or object; else the deadline, and how long it has passed. */
function whenOf(
  { answer_by, open_until, deadline, what, row, days_overdue: days }: DueItem,
  now: Date,
): string {
  if (answer_by !== null) return answerText(answer_by, now)
  if (open_until !== null) return `until ${instantText(open_until)}`
  const day = what === 'condition' ? (row.record.condition?.deadline.date ?? deadline.date) : deadline.date
  return days > 0 ? `${day}, ${plural(days, 'day')} late` : day
}

/** Each with its whole id, which `reckon resolve` is given. */
const listOf = (terminal: Terminal, now: Date, items: readonly DueItem[]): string =>
  items
    .map((item) =>
      [
        [whenOf(item, now), namesOf(item)].filter((part) => part !== '').join(' · '),
        ...wrapped(
          harmless(item.what === 'condition' ? `Condition met? ${item.title}` : item.title),
          terminal.width,
          '  ',
        ),
        `  ${styled(terminal, 'dim', item.question)}`,
      ].join('\n'),
    )
    .join('\n')
