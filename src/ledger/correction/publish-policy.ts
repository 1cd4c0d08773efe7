import type { CorrectionPolicy } from '../../core/correction.ts'
import { LedgerError } from '../../core/error.ts'
import { correctionPolicies } from '../../store/corrections.ts'
import { ask } from '../../store/query.ts'
import { draft, nextIn } from '../draft.ts'
import { type Answer, type Ledger, newId, perform, requireRole, type Unit } from '../ledger.ts'

/** Says anew how the ledger corrects itself. The versions before stay where they can be read. */
export function publishCorrectionPolicy(
  ledger: Ledger,
  unit: Unit,
  policy: CorrectionPolicy,
): Promise<Answer> {
  requireRole(unit, 'admin')
  return perform(ledger, unit, async () => {
    const [held] = await ask(ledger.db, correctionPolicies)
    if (held?.record.text === policy.text && held.record.notice_days === policy.notice_days)
      throw new LedgerError('invalid', 'It says the same as the version that holds.')
    const at = held === undefined ? { stream: newId(ledger), rev: 0 } : await nextIn(ledger.db, held.stream)
    return {
      entries: [draft(unit, 'correction_policy.published', at, policy)],
      claims: ['correction-policy'],
      answer: 0,
    }
  })
}
