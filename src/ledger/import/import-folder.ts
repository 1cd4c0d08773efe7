import type { LedgerRecords } from '../../core/folder.ts'
import { decideRecords, type Refused } from '../decide/decide-records.ts'
import { type Ledger, requireRole, type Unit } from '../ledger.ts'
import { BATCH, writeInBatches } from './batches.ts'

/** What a file says and the ledger will not take: nothing of the import is written while one of these stands. */
export type Refusal = { noun: string; id: string; code: string; message: string }
export type Imported = {
  entries: number
  recorded: Record<string, number>
  unchanged: number
  refused: Refusal[]
}

/**
 * Brings the ledger up to what the files say. What is in the ledger is frozen: a record that differs is refused
 * unless its file says `amends: <reason>`; a resolution may be added. Importing again changes nothing.
 * Everything is decided before anything is written, and up to 5,000 entries are one batch; more are several.
 */
export async function importFolder(ledger: Ledger, unit: Unit, records: LedgerRecords): Promise<Imported> {
  requireRole(unit, 'recorder')
  return ledger.writes.run(unit.now, async () => {
    const { drafts, beside, until, recorded, unchanged, refused } = await decideRecords(ledger, unit, records)
    const result = { recorded, unchanged, refused: refused.map(asRefusal) }
    if (refused.length > 0 || drafts.length === 0) return { done: { ...result, entries: 0 } }
    const answer: Imported = { ...result, entries: drafts.length }
    if (drafts.length <= BATCH)
      return { command: { entries: drafts, beside, claims: ['import'], until }, answer: () => answer }
    await writeInBatches(ledger, unit, drafts, until)
    return { done: answer }
  })
}

function asRefusal({ noun, id, error }: Refused): Refusal {
  const detail = error.problems.map(({ pointer, message }) => `${pointer} ${message}`).join('; ')
  return { noun, id, code: error.code, message: detail === '' ? error.message : detail }
}
