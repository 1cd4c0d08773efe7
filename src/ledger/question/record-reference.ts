import { LedgerError, notFound } from '../../core/error.ts'
import {
  declaredOf,
  hindsightFrom,
  type ReferenceRequest,
  type ReferenceWithdrawal,
} from '../../core/reference.ts'
import type { QuestionRow } from '../../store/lookups.ts'
import { fourEyesHold } from '../../store/members.ts'
import { ask } from '../../store/query.ts'
import { type ReferenceRow, referencesOn } from '../../store/question-references.ts'
import { decideRequest } from '../decide/decide-request.ts'
import { referenceWanted } from '../decide/reference.ts'
import { draft, nextOn } from '../draft.ts'
import { type Answer, type Decision, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { mayAmend } from './amend-question.ts'
import { claimOn, questionToChange } from './question.ts'

/** Records what forecasts on a question are compared with. What comes when the outcome can be known is marked, and in no figure. */
export function recordReference(
  ledger: Ledger,
  unit: Unit,
  id: string,
  request: ReferenceRequest,
): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async () => {
    await questionToChange(ledger, id, undefined)
    const decided = await decideRequest(ledger, unit, {
      references: [referenceWanted(id, request, 'refused')],
    })
    return { ...decided, answer: 0 }
  })
}

type Work = (row: ReferenceRow, question: QuestionRow, all: readonly ReferenceRow[]) => Promise<Decision>

/** Does something with a reference that nobody withdrew. */
function withReference(
  ledger: Ledger,
  unit: Unit,
  id: string,
  reference: string,
  work: Work,
): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async () => {
    const question = await questionToChange(ledger, id, undefined)
    const all = await ask(ledger.db, referencesOn({ question: id }))
    const row = all.find((one) => one.id === reference)
    if (row === undefined) throw notFound('reference', reference)
    if (row.withdrawn_at !== null)
      throw new LedgerError('already_decided', `${reference} was withdrawn already.`)
    return work(row, question, all)
  })
}

/** Declares which reference counts. After the outcome could be known that is hindsight, and changes nothing. */
export function chooseReference(ledger: Ledger, unit: Unit, id: string, reference: string): Promise<Answer> {
  return withReference(ledger, unit, id, reference, async (row, question, all) => {
    if (declaredOf(all, hindsightFrom(question))?.id === row.id)
      throw new LedgerError('already_decided', `${row.id} was declared the primary already.`)
    const entry = draft(unit, 'reference.chosen', nextOn(question), { question: id, id: row.id })
    return { entries: [entry], claims: [claimOn(question)], answer: 0 }
  })
}

/** Takes a reference back, with a reason: it stays, struck through, and where that is hindsight it still counts. */
export function withdrawReference(
  ledger: Ledger,
  unit: Unit,
  id: string,
  reference: string,
  { because }: ReferenceWithdrawal,
): Promise<Answer> {
  return withReference(ledger, unit, id, reference, async (row, question) => {
    if (!mayAmend(unit.by, row, await fourEyesHold(ledger.db)))
      throw new LedgerError(
        'four_eyes',
        'Somebody else recorded this reference: with four eyes in force, a member who may resolve withdraws it.',
      )
    const payload = { question: id, id: row.id, because }
    const entry = draft(unit, 'reference.withdrawn', nextOn(question), payload)
    return { entries: [entry], claims: [claimOn(question)], answer: 0 }
  })
}
