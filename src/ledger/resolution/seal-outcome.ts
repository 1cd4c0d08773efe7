import { LedgerError } from '../../core/error.ts'
import { type BlindOutcome, isDecidedTwice, sealProblem } from '../../core/resolution.ts'
import { commitmentTo } from '../../log/commitment.ts'
import { dropOutcomes, findOutcome, keepOutcome, sealedOn } from '../../store/blind-outcomes.ts'
import { resolutionsOn } from '../../store/lookups.ts'
import { ask, together } from '../../store/query.ts'
import { requireAnswer, requireTime } from '../decide/proposal.ts'
import { draft, nextOn } from '../draft.ts'
import { type Answer, type Ledger, newId, perform, requireRole, type Unit } from '../ledger.ts'
import { claimOn, questionToChange } from '../question/question.ts'

/**
 * Decides a question for oneself, sealed until a second member has: the log learns no more than a hash of the first, and
 * with the second both are shown in one batch. Neither is in force: an outcome is proposed and confirmed as ever. What
 * the rungs of a ladder owe each other is asked of that proposal and not here, so that each member decides freely.
 */
export function sealOutcome(
  ledger: Ledger,
  unit: Unit,
  id: string,
  outcome: BlindOutcome,
  expectedRev?: number,
): Promise<Answer> {
  requireRole(unit, 'resolver')
  const { db } = ledger
  const { member } = unit.by
  return perform(ledger, unit, async () => {
    const question = await questionToChange(ledger, id, expectedRev)
    const { sealed, proposed } = await ask(
      db,
      together({ sealed: sealedOn(id), proposed: resolutionsOn({ question: id }) }),
    )
    if (!isDecidedTwice(question.record))
      throw new LedgerError('invalid', 'Only what is answered by yes or no is decided twice.')
    const problem = sealProblem(sealed, proposed.length, member)
    if (problem !== null) throw new LedgerError('already_decided', problem)
    requireAnswer(unit, question, outcome)
    requireTime(unit, question, outcome)
    const nonce = newId(ledger)
    const commitment = commitmentTo(nonce, outcome)
    const first = draft(unit, 'outcome.sealed', nextOn(question), { question: id, commitment })
    const common = { claims: [claimOn(question)], answer: 0 }
    const [other] = sealed
    if (other === undefined)
      return { ...common, entries: [first], beside: [keepOutcome({ question: id, member }, nonce, outcome)] }
    const theirs = await findOutcome(db, { question: id, member: other.by })
    if (theirs === null)
      throw new LedgerError(
        'damaged',
        'The outcome that was sealed first is not kept here any more: propose one openly.',
      )
    const shown = [
      { member, nonce, outcome },
      { member: other.by, ...theirs },
    ].sort((a, b) => (a.nonce < b.nonce ? -1 : 1))
    return {
      ...common,
      entries: [
        first,
        ...shown.map((one, i) =>
          draft(unit, 'outcome.revealed', nextOn(question, 1 + i), { question: id, ...one }),
        ),
      ],
      beside: [dropOutcomes(id)],
    }
  })
}
