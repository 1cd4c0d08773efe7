import { LedgerError } from '../core/error.ts'
import { parseCheckpoint } from '../log/checkpoint.ts'
import { seal } from '../log/entry.ts'
import { readHead } from '../store/append.ts'
import { ends } from '../store/damage.ts'
import { giveUpEnd } from '../store/loss.ts'
import { ask } from '../store/query.ts'
import { latestCheckpoint } from '../store/tree.ts'
import { draft } from './draft.ts'
import { type Ledger, newId, requireRole, type Unit } from './ledger.ts'
import { requirePublished } from './log-keeper.ts'

const SALT_BYTES = 16

/** Which entries were given up, and which entry says so. */
export type Loss = { from: number; to: number; entry: number }

/**
 * Gives up the entries that are gone from the end of the log, or that were published and stand in no copy that is left:
 * an entry says which they were and why, and the log goes on under another name. The projections must be rebuilt
 * afterwards. Refused where nothing is gone.
 */
export async function acceptLoss(ledger: Ledger, unit: Unit, because: string): Promise<Loss> {
  requireRole(unit, 'admin')
  const { db, log } = ledger
  const { head, furthest } = await ends(db)
  const published = await notHeld(log)
  const size = published === null ? 0 : (parseCheckpoint(published)?.size ?? 0)
  const to = Math.max(furthest, size - 1)
  if (furthest <= head && published === null)
    throw new LedgerError(
      'conflict',
      'No entry is missing at the end of the log: there is no loss to accept.',
    )
  // Where other entries stand in the place of those that were published, all since the last common checkpoint are.
  const from = to > head ? head + 1 : ((await ask(db, latestCheckpoint))?.size ?? 0)
  const lost = { from: Math.min(from, to), to }
  const { at } = await readHead(db)
  const now = unit.now.toISOString()
  const payload = { lost, because, ...(published === null ? {} : { published }) }
  const entry = draft(unit, 'log.restored', { stream: newId(ledger), rev: 0 }, payload)
  const sealed = seal(entry, at !== null && at > now ? at : now, ledger.random(SALT_BYTES))
  await (log?.db ?? db).write(giveUpEnd(head, sealed))
  await log?.guard?.keep(null)
  return { ...lost, entry: head + 1 }
}

/** The checkpoint that was published of entries which this database does not hold, or null. */
async function notHeld(log: Ledger['log']): Promise<string | null> {
  if (log === undefined) return null
  try {
    await requirePublished(log)
    return null
  } catch (error) {
    if (!(error instanceof LedgerError) || error.code !== 'log_rolled_back') throw error
    return (await log.guard?.read()) ?? ''
  }
}
