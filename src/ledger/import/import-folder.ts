import type { Named } from '../../core/error.ts'
import type { LedgerRecords } from '../../core/folder.ts'
import type { Finding } from '../../interchange/finding.ts'
import { decideRecords, type Refused } from '../decide/decide-records.ts'
import { type Ledger, requireRole, type Unit } from '../ledger.ts'
import { spend, weightOf } from '../quota.ts'
import { BATCH, writeInBatches } from './batches.ts'
import { requireMayImport } from './may-import.ts'

/** What a file says and the ledger will not take: nothing of the import is written while one of these stands. */
export type Refusal = { noun: string; id: string; code: string; message: string }
export type Imported = {
  entries: number
  recorded: Record<string, number>
  unchanged: number
  refused: Refusal[]
}

/** What reading files and bringing the ledger up to them comes to; null where a finding is an error. */
export type ImportResult = {
  findings: Finding[]
  imported: Imported | null
  /** What whoever imports should know although all went well. */
  notes?: string[]
  /** Whose the records are, and of what: the first hundred of each. */
  about?: { analysts: Named[]; sources: Named[] }
}

const MOST_ABOUT = 100
export const aboutOf = ({ analysts, sources }: LedgerRecords): NonNullable<ImportResult['about']> => ({
  analysts: analysts.slice(0, MOST_ABOUT).map(({ record: { id, name } }) => ({ id, name })),
  sources: sources.slice(0, MOST_ABOUT).map(({ record: { id, title } }) => ({ id, name: title })),
})

/** A dry run decides everything, and answers what would be written. */
export type Writing = { dry_run?: boolean | undefined }

/**
 * Brings the ledger up to what the files say. What is in the ledger is frozen: a record that differs is refused
 * unless its file says `amends: <reason>`; a resolution may be added. Importing again changes nothing.
 * Everything is decided before anything is written, and up to 5,000 entries are one batch; more are several.
 */
export async function importFolder(
  ledger: Ledger,
  unit: Unit,
  records: LedgerRecords,
  { dry_run = false }: Writing = {},
): Promise<Imported> {
  requireRole(unit, 'recorder')
  return ledger.writes.run(unit.now, async () => {
    const { drafts, beside, until, recorded, unchanged, refused } = await decideRecords(ledger, unit, records)
    const result = { recorded, unchanged, refused: refused.map(asRefusal) }
    if (refused.length > 0 || drafts.length === 0) return { done: { ...result, entries: 0 } }
    const answer: Imported = { ...result, entries: drafts.length }
    await requireMayImport(ledger, unit, drafts)
    const spent = await spend(ledger.db, unit, weightOf(drafts, beside))
    if (dry_run) return { done: answer }
    if (drafts.length <= BATCH)
      return {
        command: { entries: drafts, beside: [...beside, ...spent], claims: ['import'], until },
        answer: () => answer,
      }
    await writeInBatches(ledger, unit, drafts, until, spent)
    return { done: answer }
  })
}

function asRefusal({ noun, id, error }: Refused): Refusal {
  const detail = error.problems.map(({ pointer, message }) => `${pointer} ${message}`).join('; ')
  return { noun, id, code: error.code, message: detail === '' ? error.message : detail }
}
