import { dueAt } from '../../core/calendar.ts'
import type { CorrectionClass } from '../../core/correction.ts'
import type { Draft } from '../../core/entry.ts'
import { invalid, LedgerError, pointer } from '../../core/error.ts'
import { probabilityProblem } from '../../core/fit.ts'
import { deadlineProblem, type Forecast } from '../../core/forecast.ts'
import { Question, typeOf } from '../../core/question.ts'
import { canonicalJson } from '../../log/canonical-json.ts'
import type { QuestionRow } from '../../store/lookups.ts'
import { draft, nextOn } from '../draft.ts'
import type { Unit } from '../ledger.ts'

/** The entry of an amendment, after every rule about what may still change. */
export function amendmentEntry(
  unit: Unit,
  question: QuestionRow,
  amended: Question,
  why: { because: string; class: CorrectionClass },
  forecasts: readonly Forecast[],
): Draft {
  const held = question.record
  if (question.due_at <= unit.now)
    throw new LedgerError('frozen', 'The deadline has passed: the criteria no longer move.')
  if (question.outcome !== null || question.pending !== null)
    throw new LedgerError('frozen', 'An outcome was proposed: the criteria no longer move.')
  if (question.sealed > 0)
    throw new LedgerError('frozen', 'A member has sealed an outcome of it: the criteria no longer move.')
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
  return draft(unit, 'question.amended', nextOn(question), { record, ...why })
}
