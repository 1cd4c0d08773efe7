import { LedgerError } from '../../core/error.ts'
import { NOTHING, TAKE_BACK_MS } from '../../core/resolution.ts'
import { draft, nextOn } from '../draft.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { claimOn, questionToChange, resolutionToChange } from '../question/question.ts'

/**
 * Takes back what was proposed or confirmed by mistake: by the same member, within a minute, and by an entry that says
 * so. Nothing takes its place, so the question needs a decision again. Without the yes of its second person no outcome
 * stands; but one that has already taken the place of another is disputed or corrected instead.
 */
export function takeBackResolution(
  ledger: Ledger,
  unit: Unit,
  id: string,
  resolution: string,
): Promise<Answer> {
  requireRole(unit, 'resolver')
  return perform(ledger, unit, async () => {
    const question = await questionToChange(ledger, id, undefined)
    const { resolutions, row } = await resolutionToChange(ledger, id, resolution)
    if (row.superseded_by !== null || row.disputed_at !== null)
      throw new LedgerError('already_decided', 'This resolution was superseded or disputed already.')
    if (unit.by.member !== (row.confirmed_by ?? row.proposed_by))
      throw new LedgerError('forbidden', 'Only who proposed or confirmed it last can take it back.')
    const until = new Date(Date.parse(row.confirmed_at ?? row.proposed_at) + TAKE_BACK_MS)
    if (unit.now > until)
      throw new LedgerError(
        'frozen',
        'More than a minute has passed: dispute it, or propose a correction, with the reason.',
      )
    if (row.confirmed_at !== null && resolutions.some((other) => other.superseded_by === resolution))
      throw new LedgerError(
        'conflict',
        'It has taken the place of another resolution: dispute it, or propose a correction.',
      )
    const payload = { question: id, id: resolution, superseded_by: NOTHING }
    return {
      entries: [draft(unit, 'resolution.superseded', nextOn(question), payload)],
      claims: [claimOn(question)],
      until: new Date(until.getTime() + 1),
      answer: 0,
    }
  })
}
