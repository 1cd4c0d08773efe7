import { invalid, LedgerError } from '../../core/error.ts'
import type { ResolutionRequest } from '../../core/resolution.ts'
import { resolutionsOf } from '../../store/lookups.ts'
import { ladderOf, requireConsistent } from '../decide/ladder.ts'
import { proposalEntries } from '../decide/proposal.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { claimOn, questionToChange } from '../question/question.ts'

/**
 * Proposes what happened, with evidence. A correction names the resolution that it `supersedes`; `also` are others of
 * the family that the same evidence decides: an entry each, all or none, and only the first can correct what stands.
 */
export function proposeResolution(
  ledger: Ledger,
  unit: Unit,
  id: string,
  { also = [], ...request }: ResolutionRequest,
  expectedRev?: number,
): Promise<Answer> {
  requireRole(unit, 'resolver')
  return perform(ledger, unit, async () => {
    const first = await questionToChange(ledger, id, expectedRev)
    const { supersedes: _, class: __, ...plain } = request
    const { outcome } = request
    requireConsistent(first.record, outcome, await ladderOf(ledger.db, first.record))
    const entries = proposalEntries(unit, first, await resolutionsOf(ledger.db, id), request)
    const claims = [claimOn(first)]
    const decided = [{ ...first.record, outcome }]
    for (const other of new Set(also)) {
      const question = await questionToChange(ledger, other, undefined)
      const { family, title } = question.record
      if (other === id || family === undefined || family !== first.record.family)
        throw invalid('/also', `must name other questions of the family, not ${JSON.stringify(title)}`)
      const held = await resolutionsOf(ledger.db, other)
      try {
        requireConsistent(question.record, outcome, await ladderOf(ledger.db, question.record, decided))
        entries.push(...proposalEntries(unit, question, held, plain))
      } catch (error) {
        throw ofSibling(title, error)
      }
      decided.push({ ...question.record, outcome })
      claims.push(claimOn(question))
    }
    return { entries, claims, answer: 0 }
  })
}

/** A refusal of one of the others names it: the form has one field for all of them. */
function ofSibling(title: string, error: unknown): unknown {
  if (!(error instanceof LedgerError)) return error
  const message = `${JSON.stringify(title)}: ${error.problems[0]?.message ?? error.message}`
  return new LedgerError(error.code, 'Nothing was proposed: another of the family does not take it.', [
    { pointer: '/also', message },
  ])
}
