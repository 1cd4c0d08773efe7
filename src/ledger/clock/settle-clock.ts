import { LAG_MS } from '../../core/clock.ts'
import { LedgerError } from '../../core/error.ts'
import { type Ahead, calmed, stampedAhead } from '../../store/clock.ts'
import { draft } from '../draft.ts'
import { type Answer, type Ledger, newId, perform, requireRole, type Unit } from '../ledger.ts'
import { SESSION_MS } from '../members/membership.ts'

/** An administrator says that the clock is right as it stands now. Servers that doubt the same clock go on. */
export function acceptClock(ledger: Ledger, unit: Unit, request: { because?: string }): Promise<Answer> {
  requireRole(unit, 'admin')
  const present = { ...unit, now: ledger.clock.wall() }
  return perform(
    ledger,
    present,
    async () => ({
      entries: [draft(present, 'clock.accepted', { stream: newId(ledger), rev: 0 }, request)],
      claims: ['clock'],
      answer: 0,
    }),
    'clock.accepted',
  )
}

/** What a correction would put back now, or null where it would be refused: less than five minutes need none. */
export async function correctable(ledger: Ledger): Promise<Ahead | null> {
  const now = ledger.clock.wall()
  const ahead = await stampedAhead(ledger.db, now)
  return ahead !== null && Date.parse(ahead.latest_at) - now.getTime() > LAG_MS ? ahead : null
}

/**
 * An administrator says that the clock is right now, and that the entries from `from` on were stamped ahead by a wrong
 * one: they count as recorded now. `from` must be the first of them, so that nobody corrects what they have not seen.
 */
export function correctClock(
  ledger: Ledger,
  unit: Unit,
  request: { from: number; because: string },
): Promise<Answer> {
  requireRole(unit, 'admin')
  const now = ledger.clock.wall()
  const present = { ...unit, now }
  return perform(
    ledger,
    present,
    async () => {
      const ahead = await correctable(ledger)
      if (ahead === null)
        throw new LedgerError(
          'conflict',
          'No entry is stamped more than five minutes after the present: there is nothing to correct.',
        )
      if (ahead.from !== request.from)
        throw new LedgerError(
          'conflict',
          `Entries ${ahead.from} to ${ahead.to} are stamped after the present: a correction begins with ${ahead.from}.`,
        )
      return {
        entries: [draft(present, 'clock.corrected', { stream: newId(ledger), rev: 0 }, request)],
        beside: calmed(now, new Date(now.getTime() + SESSION_MS)),
        claims: ['clock'],
        answer: 0,
      }
    },
    'clock.corrected',
  )
}
