import { invalid, LedgerError } from '../core/error.ts'
import type { ResolutionRequest } from '../core/resolution.ts'
import { resolutionsOf } from '../store/lookups.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from './ledger.ts'
import { proposalEntries } from './propose-resolution.ts'
import { claimOn, questionToChange } from './question.ts'

/**
 * Proposes one outcome, with the same evidence and rationale, for a question and for others of its family: an entry
 * each, all or none. Only the first can correct what stands.
 */
export function proposeResolutions(
  ledger: Ledger,
  unit: Unit,
  id: string,
  also: readonly string[],
  request: ResolutionRequest,
): Promise<Answer> {
  requireRole(unit, 'resolver')
  return perform(ledger, unit, async () => {
    const first = await questionToChange(ledger, id, undefined)
    const { supersedes: _, ...plain } = request
    const entries = proposalEntries(unit, first, await resolutionsOf(ledger.db, id), request)
    const claims = [claimOn(first)]
    for (const other of new Set(also)) {
      const question = await questionToChange(ledger, other, undefined)
      const { family, title } = question.record
      if (other === id || family === undefined || family !== first.record.family)
        throw invalid('/also', `must name other questions of the family, not ${JSON.stringify(title)}`)
      const held = await resolutionsOf(ledger.db, other)
      try {
        entries.push(...proposalEntries(unit, question, held, plain))
      } catch (error) {
        throw ofSibling(title, error)
      }
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
