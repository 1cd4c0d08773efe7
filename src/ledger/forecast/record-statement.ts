import { invalid, refuseIf } from '../../core/error.ts'
import type { StatementRequest } from '../../core/forecast.ts'
import { originalProblem } from '../../core/statement.ts'
import { findStatement } from '../../store/lookups.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { requireSingleStatement } from '../twin.ts'
import { saying } from './saying.ts'

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
    const made = await saying(ledger, unit, request, { title, fields }, isClaimed)
    if (duplicate_of !== undefined) {
      const original = await findStatement(ledger.db, duplicate_of)
      if (original === null)
        throw invalid('/duplicate_of', `there is no statement ${JSON.stringify(duplicate_of)}`)
      refuseIf('/duplicate_of', originalProblem(original.record, made.source.id))
    }
    const single = await requireSingleStatement(ledger, made, null)
    return {
      entries: made.entries,
      beside: [...made.beside, ...single.beside],
      claims: [...made.claims, ...single.claims],
      answer: made.entries.length - 1,
    }
  })
}
