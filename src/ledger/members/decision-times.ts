import { LedgerError } from '../../core/error.ts'
import type { DecisionTimes } from '../../core/objection.ts'
import { keepingOrder, readPolicy } from '../../store/members.ts'
import { draft, nextIn } from '../draft.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'

/**
 * Sets how long an outcome is open to objection and how soon a dispute is to be answered. What is confirmed already
 * keeps the time that it was confirmed with.
 */
export function changeDecisionTimes(ledger: Ledger, unit: Unit, times: DecisionTimes): Promise<Answer> {
  requireRole(unit, 'admin')
  return perform(ledger, unit, async () => {
    const policy = await readPolicy(ledger.db)
    if (policy === null) throw new LedgerError('behind', 'The ledger has no members yet.')
    const { stream, four_eyes, four_eyes_in_force } = policy
    const at = await nextIn(ledger.db, stream)
    return {
      entries: [draft(unit, 'policy.changed', at, { four_eyes, four_eyes_in_force, ...times })],
      beside: [keepingOrder()],
      claims: ['policy'],
      answer: 0,
    }
  })
}
