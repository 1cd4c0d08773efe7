import { LedgerError } from '../core/error.ts'
import { prose } from '../core/text.ts'
import { acceptClock, correctable, correctClock } from '../ledger/clock/settle-clock.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { type Ahead, clockWords, decidedAhead } from '../store/clock.ts'
import { fitting } from './arguments.ts'
import type { Command } from './command.ts'
import { unitOf, withLedger } from './open-ledger.ts'
import { plural } from './table.ts'

const aheadText = ({ from, to, entries, latest_at }: Ahead, now: Date): string =>
  `${entries === 1 ? `Entry ${from} is` : `Entries ${from} to ${to} are`} stamped after the present (${now.toISOString()}), up to ${latest_at}.`

async function decidedText(ledger: Ledger): Promise<string[]> {
  const decided = await decidedAhead(ledger.db, ledger.clock.wall())
  return decided.length === 0
    ? []
    : [
        `${plural(decided.length, 'question')} with an outcome that is said to be known after the present; dispute or correct what is wrong: ${decided.join(', ')}.`,
      ]
}

export const clockStatus: Command = {
  name: 'clock status',
  summary: 'show whether the clock of this machine is in doubt, and what was stamped ahead of it',
  about:
    'Compares the clock of this machine with the last entry and with the day on which the program was built, and lists what administrators said of it. Only a running server knows whether its clock has jumped: `/api/ready` tells.',
  examples: [['reckon clock status', 'Before and after the clock was set.']],
  problems: 'the clock is in doubt, so that nothing is written',
  run: (context) =>
    withLedger(context, async ({ ledger }) => {
      const now = ledger.clock.wall()
      const doubt = await ledger.clock.doubt()
      const ahead = await correctable(ledger)
      const said = await clockWords(ledger.db)
      const lines = [
        doubt?.message ?? `The clock of this machine shows ${now.toISOString()}: nothing contradicts it.`,
        ...(ahead === null ? [] : [aheadText(ahead, now), ...(await decidedText(ledger))]),
        ...said.map(({ seq, at, from, because }) => {
          const what = from === null ? 'the clock was accepted' : `entries from ${from} on were put back`
          return `Entry ${seq}, ${at}: ${what}${because === null ? '' : `: ${because}`}`
        }),
      ]
      return {
        text: lines.join('\n'),
        json: { shows_at: now.toISOString(), doubt, ahead, said },
        exit: doubt === null ? 0 : 1,
      }
    }),
}

const because = { value: 'WHY', about: 'what happened to the clock' }

export const clockAccept: Command = {
  name: 'clock accept',
  summary: 'say that the clock is right as it stands now, after it has jumped',
  about:
    'A server whose clock was set by more than an hour, or whose machine stood still, writes nothing until this is said on a machine with the same time, or the clock is set back. It is an entry of the log.',
  options: { because },
  examples: [['reckon clock accept --because "The machine was moved."', 'A running server goes on.']],
  problems: 'the clock is behind the last entry, or older than the program',
  run: (context, given) =>
    withLedger(context, async ({ ledger, administrator }) => {
      const why = given.text('because')
      const request = why === undefined ? {} : { because: fitting(prose(5000), '--because', why) }
      const { event } = await acceptClock(ledger, unitOf(context, administrator), request)
      return {
        text: `Entry ${event.seq} says that the clock is right which shows ${event.at}.`,
        json: { seq: event.seq, at: event.at },
      }
    }),
}

export const clockCorrect: Command = {
  name: 'clock correct',
  summary: 'put back what was stamped ahead by a wrong clock',
  about: [
    'For a ledger whose last entries are stamped after the present. First set the clock right, and end every program whose clock is not. Then this says which entries it is about, and with --yes writes an entry by which all of them count as recorded now: whether a forecast is live or late, what is frozen and what is due goes by that from then on. No stamp is changed, and `reckon verify` knows the entry.',
    'Flags that were raised ahead fall; sign-in sessions of the wrong time end. Outcomes stay as they were decided, and those said to be known after the present are named.',
  ].join('\n'),
  options: {
    because: { ...because, required: true },
    yes: { about: 'do it; without it nothing is written' },
  },
  examples: [
    ['reckon clock correct --because "The clock stood in 2031."', 'Says what it would do.'],
    ['reckon clock correct --because "The clock stood in 2031." --yes', 'Does it.'],
  ],
  problems: 'nothing is stamped ahead, the clock is in doubt otherwise, or --yes is missing',
  run: (context, given) =>
    withLedger(context, async ({ ledger, administrator }) => {
      const why = fitting(prose(5000), '--because', given.text('because'))
      const ahead = await correctable(ledger)
      if (ahead === null)
        throw new LedgerError(
          'conflict',
          'No entry is stamped more than five minutes after the present: there is nothing to correct.',
        )
      const told = [aheadText(ahead, ledger.clock.wall()), ...(await decidedText(ledger))]
      if (!given.flag('yes'))
        return {
          text: [...told, 'Nothing was written. With --yes they count as recorded at the present.'].join(
            '\n',
          ),
          json: { ahead, written: false },
          exit: 1,
        }
      const unit = unitOf(context, administrator)
      const { event } = await correctClock(ledger, unit, { from: ahead.from, because: why })
      return {
        text: [...told, `By entry ${event.seq} they count as recorded at ${event.at}.`].join('\n'),
        json: { ahead, written: true, seq: event.seq, at: event.at },
      }
    }),
}
