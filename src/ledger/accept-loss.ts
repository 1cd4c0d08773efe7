import { LedgerError } from '../core/error.ts'
import { seal } from '../log/entry.ts'
import { readHead } from '../store/append.ts'
import { ends } from '../store/damage.ts'
import { giveUpEnd } from '../store/loss.ts'
import { draft } from './draft.ts'
import { type Ledger, newId, requireRole, type Unit } from './ledger.ts'

const SALT_BYTES = 16

/**
 * Gives up the entries that are gone from the end of the log, where no backup holds them: an entry in their place says
 * which they were and why. The projections must be rebuilt afterwards. Refused where nothing is gone.
 */
export async function acceptLoss(
  ledger: Ledger,
  unit: Unit,
  because: string,
): Promise<{ from: number; to: number }> {
  requireRole(unit, 'admin')
  const { head, furthest } = await ends(ledger.db)
  if (furthest <= head)
    throw new LedgerError(
      'conflict',
      'No entry is missing at the end of the log: there is no loss to accept.',
    )
  const lost = { from: head + 1, to: furthest }
  const { at } = await readHead(ledger.db)
  const now = unit.now.toISOString()
  const entry = draft(unit, 'log.restored', { stream: newId(ledger), rev: 0 }, { lost, because })
  const sealed = seal(entry, at !== null && at > now ? at : now, ledger.random(SALT_BYTES))
  await ledger.db.write(giveUpEnd(head, sealed))
  return lost
}
