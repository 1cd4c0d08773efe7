import type { StatementRequest } from '../../core/forecast.ts'
import { decideRequest } from '../decide/decide-request.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { placeIn, saying } from './saying.ts'

/** Logs a remark that is no forecast: it is untestable, or says again what another statement of the source says. */
export function recordStatement(ledger: Ledger, unit: Unit, request: StatementRequest): Promise<Answer> {
  requireRole(unit, 'recorder')
  const { kind, reason, because, duplicate_of } = request
  const fields = {
    kind,
    ...(reason === undefined ? {} : { reason }),
    ...(because === undefined ? {} : { because }),
    ...(duplicate_of === undefined ? {} : { duplicate_of }),
  }
  const title = typeof request.quote === 'string' ? request.quote : request.quote.exact
  return perform(ledger, unit, async (isClaimed) => {
    const { wanted, held, beside } = await saying(ledger, request, { title, fields }, isClaimed)
    // What a duplicate repeats is not among the references.
    const known = duplicate_of === undefined ? held : undefined
    return decideRequest(ledger, unit, wanted, { at: placeIn, held: known, beside })
  })
}
