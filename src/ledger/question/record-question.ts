import type { Question, QuestionRequest } from '../../core/question.ts'
import { draft } from '../draft.ts'
import { type Answer, type Ledger, newId, perform, requireRole, type Unit } from '../ledger.ts'
import { freeId, idClaim } from '../naming.ts'
import { requireSingleQuestion } from '../twin.ts'
import { keepingLadders, requireLadder } from './ladder.ts'

/** Records a question that no statement has asked yet. */
export function recordQuestion(ledger: Ledger, unit: Unit, request: QuestionRequest): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async (isClaimed) => {
    const id = await freeId(ledger, 'question', request.title, isClaimed)
    const question: Question = { id, ...request }
    await requireLadder(ledger, question)
    const single = await requireSingleQuestion(ledger, question)
    return {
      entries: [draft(unit, 'question.recorded', { stream: newId(ledger), rev: 0 }, question)],
      beside: [...keepingLadders([question]), ...single.beside],
      claims: [idClaim('question', id), ...single.claims],
      answer: 0,
    }
  })
}
