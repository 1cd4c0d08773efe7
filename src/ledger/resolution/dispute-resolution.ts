import { LedgerError } from '../../core/error.ts'
import type { DisputeRequest } from '../../core/resolution.ts'
import { draft, nextOn } from '../draft.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { claimOn, questionToChange, resolutionToChange } from '../question/question.ts'

/** Disputes a resolution. One in force stays scored, marked as disputed, until it is superseded. */
export function disputeResolution(
  ledger: Ledger,
  unit: Unit,
  id: string,
  resolution: string,
  request: DisputeRequest,
  expectedRev?: number,
): Promise<Answer> {
  requireRole(unit, 'resolver')
  return perform(ledger, unit, async () => {
    const question = await questionToChange(ledger, id, expectedRev)
    const { row: disputed } = await resolutionToChange(ledger, id, resolution)
    if (disputed.superseded_by !== null)
      throw new LedgerError('already_decided', `This resolution was superseded by ${disputed.superseded_by}.`)
    if (disputed.disputed_at !== null)
      throw new LedgerError('already_decided', 'This resolution is disputed already.', [], {
        existing: { question: id, resolution },
      })
    const payload = { question: id, id: resolution, because: request.because }
    const entry = draft(unit, 'resolution.disputed', nextOn(question), payload)
    return { entries: [entry], claims: [claimOn(question)], answer: 0 }
  })
}
