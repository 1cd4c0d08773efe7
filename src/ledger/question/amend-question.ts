import { dueAt } from '../../core/calendar.ts'
import type { Draft } from '../../core/entry.ts'
import { invalid, LedgerError, pointer } from '../../core/error.ts'
import { probabilityProblem } from '../../core/fit.ts'
import { deadlineProblem, type Forecast } from '../../core/forecast.ts'
import { may } from '../../core/member.ts'
import { type AmendmentRequest, Question, typeOf } from '../../core/question.ts'
import { canonicalJson } from '../../log/canonical-json.ts'
import { forecastRecordsOn } from '../../store/forecasts.ts'
import type { QuestionRow } from '../../store/lookups.ts'
import { fourEyesHold } from '../../store/members.ts'
import { draft } from '../draft.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { keepingLadders, requireLadder } from './ladder.ts'
import { claimOn, nextOn, questionToChange } from './question.ts'

/**
 * Changes what a question says, with a reason that stays visible. Refused once the deadline has passed or an outcome
 * was proposed: criteria never move after the fact.
 */
export function amendQuestion(
  ledger: Ledger,
  unit: Unit,
  id: string,
  request: AmendmentRequest,
  expectedRev?: number,
): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async () => {
    const question = await questionToChange(ledger, id, expectedRev)
    await requireAuthor(ledger, unit.by, question)
    const { because, ...changes } = request
    const amended = Object.fromEntries(
      Object.entries({ ...question.record, ...changes }).filter(([, value]) => value !== null),
    ) as Question
    const entry = amendmentEntry(unit, question, amended, because, await forecastRecordsOn(ledger.db, id))
    await requireLadder(ledger, amended, { held: question.record })
    return {
      entries: [entry],
      beside: keepingLadders([question.record, amended]),
      claims: [claimOn(question)],
      until: question.due_at,
      answer: 0,
    }
  })
}

/** Whether a question may be amended with this: with four eyes in force, by who wrote it or may resolve. */
export const mayAmend = ({ member, role }: Unit['by'], { by }: Pick<QuestionRow, 'by'>, fourEyes: boolean) =>
  may(role, 'resolver') || (may(role, 'recorder') && (!fourEyes || member === by))

/** Throws `four_eyes` for whoever may not amend a question of somebody else. */
export async function requireAuthor(
  ledger: Ledger,
  by: Unit['by'],
  question: Pick<QuestionRow, 'by'>,
): Promise<void> {
  if (mayAmend(by, question, await fourEyesHold(ledger.db))) return
  throw new LedgerError(
    'four_eyes',
    'Somebody else wrote this question: with four eyes in force, a member who may resolve amends it.',
  )
}

/** The entry of an amendment, after every rule about what may still change. */
export function amendmentEntry(
  unit: Unit,
  question: QuestionRow,
  amended: Question,
  because: string,
  forecasts: readonly Forecast[],
): Draft {
  const held = question.record
  if (question.due_at <= unit.now)
    throw new LedgerError('frozen', 'The deadline has passed: the criteria no longer move.')
  if (question.outcome !== null || question.pending !== null)
    throw new LedgerError('frozen', 'An outcome was proposed: the criteria no longer move.')
  const read = Question.safeParse(amended)
  if (!read.success)
    throw new LedgerError(
      'invalid',
      'The amended question would not be valid.',
      read.error.issues.map((issue) => ({ pointer: pointer(issue.path), message: issue.message })),
    )
  const record = read.data
  if (canonicalJson(record) === canonicalJson(held))
    throw new LedgerError('invalid', 'The amendment changes nothing.')
  if (typeOf(record) !== typeOf(held)) throw invalid('/type', 'never changes: ask another question', 'frozen')
  if (dueAt(record.deadline) <= unit.now)
    throw invalid('/deadline/date', 'has passed already: a deadline moves ahead')
  const conditionIsDue = question.condition_due_at !== null && question.condition_due_at <= unit.now
  const conditionIsDecided = question.condition_met !== null || conditionIsDue
  const { condition } = record
  if (canonicalJson(condition ?? null) !== canonicalJson(held.condition ?? null)) {
    if (conditionIsDecided)
      throw invalid('/condition', 'was met or its deadline has passed: it no longer moves', 'frozen')
    if (condition !== undefined && dueAt(condition.deadline) <= unit.now)
      throw invalid('/condition/deadline/date', 'has passed already: a deadline moves ahead')
  }
  for (const { said_on, probability } of forecasts) {
    const backward = deadlineProblem(record, said_on, false)
    if (backward !== null) throw invalid('/deadline/date', backward.message)
    const problem = probabilityProblem(record, probability)
    if (problem !== null)
      throw invalid('/options', `no longer answer a forecast on the question, which ${problem}`)
  }
  return draft(unit, 'question.amended', nextOn(question), { record, because })
}
