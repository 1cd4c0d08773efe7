import { LedgerError, notFound } from '../../core/error.ts'
import type { VerificationRequest } from '../../core/forecast.ts'
import { lastRev } from '../../store/forecasts.ts'
import { findStatement } from '../../store/lookups.ts'
import { draft } from '../draft.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'

/** Records that a member listened to the recording, and that a statement holds the words that are heard there. */
export function verifyStatement(
  ledger: Ledger,
  unit: Unit,
  id: string,
  request: VerificationRequest,
): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async () => {
    const held = await findStatement(ledger.db, id)
    if (held === null) throw notFound('statement', id)
    if (held.record.verified_by_ear !== undefined)
      throw new LedgerError('already_decided', `The words of ${id} were verified by ear already.`)
    const at = { stream: held.stream, rev: (await lastRev(ledger.db, held.stream)) + 1 }
    return {
      entries: [draft(unit, 'statement.verified', at, { statement: id, ...request })],
      claims: [`stream:${held.stream}`],
      answer: 0,
    }
  })
}
