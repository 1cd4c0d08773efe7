import type { AnalystRequest } from '../../core/analyst.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { newAnalyst, refuseKnownName } from './analyst.ts'

/** Records an analyst on their own. */
export function recordAnalyst(ledger: Ledger, unit: Unit, request: AnalystRequest): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async (isClaimed) => {
    await refuseKnownName(ledger, request)
    const { entries, claims } = await newAnalyst(ledger, unit, request, isClaimed)
    return { entries, claims, answer: 0 }
  })
}
