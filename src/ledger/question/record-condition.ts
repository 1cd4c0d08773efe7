import type { ConditionRequest } from '../../core/resolution.ts'
import { conditionEntry } from '../decide/condition.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { claimOn, questionToChange } from './question.ts'

/** Records with evidence that the condition of a question was met. */
export function recordCondition(
  ledger: Ledger,
  unit: Unit,
  id: string,
  request: ConditionRequest,
  expectedRev?: number,
): Promise<Answer> {
  requireRole(unit, 'resolver')
  return perform(ledger, unit, async () => {
    const question = await questionToChange(ledger, id, expectedRev)
    return { entries: [conditionEntry(unit, question, request)], claims: [claimOn(question)], answer: 0 }
  })
}
