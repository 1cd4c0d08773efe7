import { LedgerError } from '../../core/error.ts'
import type { ReplyRequest, WithdrawalRequest } from '../../core/forecast.ts'
import { canonicalJson } from '../../log/canonical-json.ts'
import type { Statement } from '../../store/database.ts'
import { fourEyesHold } from '../../store/members.ts'
import { dropPrivately, type Heard, heardIsStill, readHeard } from '../../store/newsroom.ts'
import { FOUR_EYES_SAID } from '../decide/withdrawal.ts'
import type { Ledger, Unit } from '../ledger.ts'

/** What is recorded in the name of an analyst. */
export type Said = { reply: ReplyRequest; withdrawal: WithdrawalRequest }

/** The member who heard the same, if another did; with four eyes in force that, or a link, is needed. */
export async function requireHeard<K extends keyof Said>(
  ledger: Ledger,
  unit: Unit,
  forecast: string,
  what: K,
  request: Said[K],
): Promise<{ heard: { heard_by?: string }; beside: Statement[] }> {
  const kept = (await readHeard(ledger.db, forecast))[what] as Heard[K]
  const second = kept !== null && isSame(kept, request) && kept.by !== unit.by.member ? kept : null
  if (second === null && request.url === undefined && (await fourEyesHold(ledger.db)))
    throw new LedgerError('four_eyes', FOUR_EYES_SAID)
  if (second === null) return { heard: {}, beside: [] }
  return {
    heard: { heard_by: second.by },
    beside: [heardIsStill(forecast, what, second), dropPrivately(forecast, what)],
  }
}

function isSame({ by: _, at: __, ...kept }: { by: string; at: string }, request: object): boolean {
  return canonicalJson(kept) === canonicalJson(request)
}
