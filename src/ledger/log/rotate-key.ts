import { LedgerError } from '../../core/error.ts'
import { type Signer, verifierKey } from '../../log/note.ts'
import { readEvent } from '../../store/events.ts'
import { readVerifiers } from '../../store/proofs.ts'
import { readTree } from '../../store/tree.ts'
import { draft } from '../draft.ts'
import { type Ledger, newId, perform, requireRole, type Unit } from '../ledger.ts'
import { originOf, signingAs } from '../log-keeper.ts'

/** Verifier keys: of before, and from here on. */
export type Rotation = { from: string; to: string }

/**
 * Says in the log that another key signs from here on. The next checkpoint holds that entry and is signed by both,
 * unless the old key is lost. Said once, however often it is asked for.
 */
export async function rotateKey(
  ledger: Ledger,
  unit: Unit,
  next: Signer,
  { because, isLost }: { because: string; isLost: boolean },
): Promise<Rotation> {
  requireRole(unit, 'admin')
  const tree = await readTree(ledger.db)
  const [from] = await readVerifiers(ledger.db)
  if (from === undefined)
    throw new LedgerError('conflict', 'The log was never signed: there is no key to be changed.')
  const to = verifierKey(signingAs(next, originOf(next.key.name, tree)).key)
  if (from === to) throw new LedgerError('conflict', 'This is the key that signs the log already.')
  const said = tree.rotated < 0 ? null : await readEvent(ledger.db, tree.rotated)
  if (said?.type === 'key.rotated' && said.payload.to === to) return { from: said.payload.from, to }
  await perform(ledger, unit, async () => ({
    entries: [
      draft(
        unit,
        'key.rotated',
        { stream: newId(ledger), rev: 0 },
        { from, to, because, ...(isLost ? { is_lost: true as const } : {}) },
      ),
    ],
    claims: ['log-key'],
    answer: 0,
  }))
  return { from, to }
}
