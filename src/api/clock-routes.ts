import type * as z from 'zod'
import { payloads } from '../core/entry.ts'
import * as paths from '../http/paths.ts'
import { acceptClock, correctable, correctClock } from '../ledger/clock/settle-clock.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { clockWords, decidedAhead } from '../store/clock.ts'
import * as answers from './answers.ts'
import { type Route, read, write } from './route.ts'

async function clockAnswer(ledger: Ledger): Promise<z.infer<typeof answers.ClockAnswer>> {
  const { clock, db } = ledger
  const doubt = await clock.doubt()
  const ahead = await correctable(ledger)
  return {
    shows_at: clock.wall().toISOString(),
    reads_as_of: clock.now().toISOString(),
    doubt: doubt === null ? null : { why: doubt.why, detail: doubt.message },
    ahead: ahead === null ? null : { ...ahead, decided_ahead: await decidedAhead(db, clock.wall()) },
    said: await clockWords(db),
  }
}

export const clockRoutes: Route[] = [
  read({
    path: '/clock',
    summary: 'What the clock of the server shows, whether it is in doubt, and what was stamped ahead of it.',
    role: 'admin',
    fresh: true,
    answer: answers.ClockAnswer,
    run: async ({ ledger }) => ({ body: await clockAnswer(ledger) }),
  }),
  write({
    path: '/clock/acceptance',
    summary: 'Says that the clock is right as it stands now, after it has jumped: writing goes on.',
    role: 'admin',
    body: payloads['clock.accepted'],
    bodyOptional: true,
    record: answers.ClockAccepted,
    location: () => paths.api.clock(),
    run: ({ ledger, unit, body: { because } }) =>
      acceptClock(ledger, unit, because === undefined ? {} : { because }),
  }),
  write({
    path: '/clock/corrections',
    summary:
      'Says that the clock is right now, and that the entries from `from` on were stamped ahead: they count as recorded now.',
    role: 'admin',
    body: payloads['clock.corrected'],
    record: answers.ClockCorrected,
    location: () => paths.api.clock(),
    run: ({ ledger, unit, body }) => correctClock(ledger, unit, body),
  }),
]
