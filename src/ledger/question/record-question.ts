import type { QuestionRequest } from '../../core/question.ts'
import { decideRequest } from '../decide/decide-request.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { freeId } from '../naming.ts'

/** Records a question that no statement has asked yet. */
export function recordQuestion(ledger: Ledger, unit: Unit, request: QuestionRequest): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async (isClaimed) => {
    const record = { id: await freeId(ledger, 'question', request.title, isClaimed), ...request }
    return decideRequest(ledger, unit, { questions: [{ record, resolution: null, condition_met: null }] })
  })
}
