import { LedgerError } from '../../core/error.ts'
import { OBJECTION_HOURS } from '../../core/objection.ts'
import { readPolicy } from '../../store/members.ts'
import { summariesBeside } from '../../store/summaries.ts'
import { keepingLadders, ladderOf, requireConsistent } from '../decide/ladder.ts'
import { requireCondition } from '../decide/proposal.ts'
import { draft, nextOn } from '../draft.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { claimOn, questionToChange, resolutionToChange } from '../question/question.ts'

/**
 * Confirms a proposed outcome: from this entry on it scores. With four eyes in force somebody else than the proposer
 * must do it; otherwise it is accepted and marked "confirmed by the same person".
 */
export function confirmResolution(
  ledger: Ledger,
  unit: Unit,
  id: string,
  resolution: string,
  expectedRev?: number,
): Promise<Answer> {
  requireRole(unit, 'resolver')
  return perform(ledger, unit, async () => {
    const question = await questionToChange(ledger, id, expectedRev)
    const { resolutions, row: proposal } = await resolutionToChange(ledger, id, resolution)
    if (proposal.confirmed_at !== null)
      throw new LedgerError('already_decided', 'This resolution is confirmed already.', [], {
        existing: { question: id, resolution },
      })
    if (proposal.superseded_by !== null)
      throw new LedgerError('already_decided', `This proposal was superseded by ${proposal.superseded_by}.`)
    if (proposal.disputed_at !== null)
      throw new LedgerError('conflict', 'This proposal is disputed: make a new one that supersedes it.')
    requireCondition(question, proposal.record)
    const policy = await readPolicy(ledger.db)
    if (policy?.four_eyes_in_force === true && proposal.proposed_by === unit.by.member)
      throw new LedgerError('four_eyes', 'Somebody else than the proposer must confirm an outcome.')
    const { record } = question
    requireConsistent(record, proposal.record.outcome, await ladderOf(ledger.db, record))

    const objection_hours = policy?.objection_hours ?? OBJECTION_HOURS
    const payload = { question: id, id: resolution, objection_hours }
    const entries = [draft(unit, 'resolution.confirmed', nextOn(question), payload)]
    const inForce = resolutions.find((row) => row.confirmed_at !== null && row.superseded_by === null)
    if (inForce !== undefined)
      entries.push(
        draft(unit, 'resolution.superseded', nextOn(question, 1), {
          question: id,
          id: inForce.record.id,
          superseded_by: resolution,
          ...(proposal.record.class === undefined ? {} : { class: proposal.record.class }),
        }),
      )
    // Resolving and the figures of the analysts are one step: both are in this batch.
    const beside =
      unit.summaries_later === true
        ? []
        : await summariesBeside(ledger.db, proposal.record, `:seq0 + ${entries.length - 1}`, unit.now)
    return {
      entries,
      beside: [...beside, ...keepingLadders([record])],
      claims: [claimOn(question)],
      answer: 0,
    }
  })
}
