import type { SourceRequest } from '../../core/source.ts'
import { decideRequest } from '../decide/decide-request.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { newSource, textBeside } from './source.ts'

/** Records a source on its own, with or without its text. */
export function recordSource(ledger: Ledger, unit: Unit, request: SourceRequest): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async (isClaimed) => {
    const record = await newSource(ledger, request, isClaimed)
    return decideRequest(
      ledger,
      unit,
      { sources: [{ record }] },
      { beside: textBeside(record.id, request.text) },
    )
  })
}
