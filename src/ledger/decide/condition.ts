import { latestDate } from '../../core/calendar.ts'
import type { Draft } from '../../core/entry.ts'
import { invalid, LedgerError } from '../../core/error.ts'
import type { ConditionRequest } from '../../core/resolution.ts'
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
  const today = latestDate(unit.now)
  if (request.met_on > today) throw invalid('/met_on', 'lies in the future')
  if (request.met_on > condition.deadline.date)
    throw invalid('/met_on', `lies after the deadline of the condition, ${condition.deadline.date}`)
  request.evidence.forEach(({ accessed }, i) => {
    if (accessed > today) throw invalid(`/evidence/${i}/accessed`, 'lies in the future')
  })
  return draft(unit, 'condition.met', nextOn(question), { question: id, ...request })
}
