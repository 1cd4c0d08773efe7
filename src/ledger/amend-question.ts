import { invalid, LedgerError, pointer } from '../core/error.ts'
import { Question, type AmendmentRequest } from '../core/question.ts'
import { earliestSaid } from '../store/forecasts.ts'
import { draft } from './draft.ts'
import { perform, requireRole, type Answer, type Ledger, type Unit } from './ledger.ts'
import { claimOn, nextOn, questionToChange } from './question.ts'

/**
 * Changes what a question says, with a reason that stays visible. Refused once the deadline has passed or an outcome
 * was proposed: criteria never move after the fact.
 */
export function amendQuestion(ledger: Ledger, unit: Unit, id: string, request: AmendmentRequest, expectedRev?: number): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async () => {
    const question = await questionToChange(ledger, id, expectedRev)
    if (question.due_at <= unit.now) throw new LedgerError('frozen', 'The deadline has passed: the criteria no longer move.')
    if (question.outcome !== null || question.pending !== null)
      throw new LedgerError('frozen', 'An outcome was proposed: the criteria no longer move.')
    const { because, ...changes } = request
    const read = Question.safeParse({ ...question.record, ...changes })
    if (!read.success)
      throw new LedgerError(
        'invalid',
        'The amended question would not be valid.',
        read.error.issues.map((issue) => ({ pointer: pointer(issue.path), message: issue.message })),
      )
    const said = await earliestSaid(ledger.db, id)
    if (said !== null && read.data.deadline.date < said)
      throw invalid('/deadline/date', `lies before the statement of ${said}`)
    return {
      entries: [draft(unit, 'question.amended', nextOn(question), { record: read.data, because })],
      claims: [claimOn(question)],
      answer: 0,
    }
  })
}
