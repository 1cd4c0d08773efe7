import { UNSAID } from '../../core/correction.ts'
import { LedgerError } from '../../core/error.ts'
import { may } from '../../core/member.ts'
import type { AmendmentRequest, Question } from '../../core/question.ts'
import { forecastRecordsOn } from '../../store/forecasts.ts'
import { findQuestion, type QuestionRow } from '../../store/lookups.ts'
import { fourEyesHold } from '../../store/members.ts'
import { amendmentEntry } from '../decide/amendment.ts'
import { keepingLadders, readLadders, requireLadder } from '../decide/ladder.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { claimOn, questionToChange } from './question.ts'

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
    const { because, class: of = UNSAID, ...changes } = request
    const amended = Object.fromEntries(
      Object.entries({ ...question.record, ...changes }).filter(([, value]) => value !== null),
    ) as Question
    const entry = amendmentEntry(
      unit,
      question,
      amended,
      { because, class: of },
      await forecastRecordsOn(ledger.db, [id]),
    )
    await requireWholeLadder(ledger, amended, question.record)
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

/** Refuses an amendment that leaves the ladder of the question, or the one it leaves, less than whole. */
async function requireWholeLadder({ db }: Ledger, amended: Question, held: Question): Promise<void> {
  const rungs = await readLadders(db, [amended], [held])
  const { implies } = amended
  const implied =
    implies === undefined ? undefined : (rungs.get(implies) ?? (await findQuestion(db, implies))?.record)
  requireLadder(amended, { rungs: [...rungs.values()], implied })
}
