import type { QuestionAlone } from '../../core/reference.ts'
import { decideRequest } from '../decide/decide-request.ts'
import { referenceWanted } from '../decide/reference.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { freeId } from '../naming.ts'

/** Records a question that no statement has asked yet, with whatever it is compared with: all of it, or nothing. */
export function recordQuestion(
  ledger: Ledger,
  unit: Unit,
  { references = [], ...request }: QuestionAlone,
): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async (isClaimed) => {
    const record = { id: await freeId(ledger, 'question', request.title, isClaimed), ...request }
    const wanted = {
      questions: [{ record, resolution: null, condition_met: null }],
      references: references.map((reference, i) => ({
        ...referenceWanted(record.id, reference, 'refused' as const),
        beside: `/references/${i}`,
      })),
    }
    const at = (noun: string, pointer: string, beside: string) =>
      noun === 'reference' ? beside + pointer : pointer
    return { ...(await decideRequest(ledger, unit, wanted, { at })), answer: 0 }
  })
}
