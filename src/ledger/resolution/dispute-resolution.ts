import { LedgerError, notFound } from '../../core/error.ts'
import type { DisputeRequest } from '../../core/resolution.ts'
import { resolutionsOf } from '../../store/lookups.ts'
import { draft, nextOn } from '../draft.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { claimOn, questionToChange } from '../question/question.ts'

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
    const disputed = (await resolutionsOf(ledger.db, id)).find((row) => row.record.id === resolution)
    if (disputed === undefined) throw notFound('resolution', resolution)
    if (disputed.superseded_by !== null)
      throw new LedgerError('already_decided', `This resolution was superseded by ${disputed.superseded_by}.`)
    if (disputed.disputed_at !== null)
      throw new LedgerError('already_decided', 'This resolution is disputed already.', [], {
        existing: { question: id, resolution },
      })
    return {
      entries: [
        draft(unit, 'resolution.disputed', nextOn(question), {
          question: id,
          id: resolution,
          because: request.because,
        }),
      ],
      claims: [claimOn(question)],
      answer: 0,
    }
  })
}
