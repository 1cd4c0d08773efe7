import { futureProblem, latestDate } from '../../core/calendar.ts'
import type { Draft } from '../../core/entry.ts'
import { LedgerError, refuseIf } from '../../core/error.ts'
import { type ConditionRequest, metProblem } from '../../core/resolution.ts'
import type { QuestionRow } from '../../store/lookups.ts'
import { draft } from '../draft.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { claimOn, nextOn, questionToChange } from './question.ts'

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

/** The entry of a met condition, after every rule about it; also of an annulled question, which can be corrected then. */
export function conditionEntry(unit: Unit, question: QuestionRow, request: ConditionRequest): Draft {
  const { condition, id } = question.record
  if (condition === undefined) throw new LedgerError('conflict', 'This question has no condition.')
  if (question.condition_met !== null)
    throw new LedgerError('already_decided', 'The condition was recorded as met already.', [], {
      existing: { question: id },
    })
  const latest = latestDate(unit.now)
  refuseIf('/met_on', futureProblem(request.met_on, latest) ?? metProblem(question.record, request.met_on))
  for (const [i, { accessed }] of request.evidence.entries())
    refuseIf(`/evidence/${i}/accessed`, futureProblem(accessed, latest))
  return draft(unit, 'condition.met', nextOn(question), { question: id, ...request })
}
