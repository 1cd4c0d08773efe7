import type { AnalystRequest } from '../../core/analyst.ts'
import { decideRequest } from '../decide/decide-request.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { newAnalyst } from './analyst.ts'

/** Records an analyst on their own. */
export function recordAnalyst(ledger: Ledger, unit: Unit, request: AnalystRequest): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async (isClaimed) =>
    decideRequest(ledger, unit, { analysts: [{ record: await newAnalyst(ledger, request, isClaimed) }] }),
  )
}
