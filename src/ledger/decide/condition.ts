import { futureProblem, latestDate } from '../../core/calendar.ts'
import type { Draft } from '../../core/entry.ts'
import { LedgerError, refuseIf } from '../../core/error.ts'
import { type ConditionRequest, metProblem } from '../../core/resolution.ts'
import type { QuestionRow } from '../../store/lookups.ts'
import { draft, nextOn } from '../draft.ts'
import type { Unit } from '../ledger.ts'

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
