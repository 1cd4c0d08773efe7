import type { Draft, EntryType } from '../../core/entry.ts'
import type { Named } from '../../core/error.ts'
import type { LedgerRecords } from '../../core/folder.ts'
import type { Finding } from '../../interchange/finding.ts'
import type { Statement } from '../../store/database.ts'
import { type Holdings, readHoldings } from '../../store/holdings.ts'
import { memoryScratch, type Pile, type Scratch } from '../../store/scratch.ts'
import { decideRecords, type Refused, type Wanted } from '../decide/decide-records.ts'
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
export const aboutOf = ({
  analysts,
  sources,
}: Pick<LedgerRecords, 'analysts' | 'sources'>): NonNullable<ImportResult['about']> => ({
  analysts: analysts.slice(0, MOST_ABOUT).map(({ record: { id, name } }) => ({ id, name })),
  sources: sources.slice(0, MOST_ABOUT).map(({ record: { id, title } }) => ({ id, name: title })),
})

export type Writing = {
  /** A dry run decides everything, and answers what would be written. */
  dry_run?: boolean | undefined
  /** Where to keep what need not be in memory. */
  scratch?: (() => Scratch) | undefined
  /** What shows how far each step is. */
  progress?: ((what: string) => (done: number, of: number) => void) | undefined
}

/** Records in parts, each of which refers to none but itself, those before it, and the ledger. */
export type Parts = {
  parts: Iterable<Wanted>
  /** How many statements they hold together. */
  count: number
  isWanted?: (id: string) => boolean
}

/**
 * Brings the ledger up to what the files say. What is in the ledger is frozen: a record that differs is refused
 * unless its file says `amends: <reason>`; a resolution may be added. Importing again changes nothing.
 * Everything is decided before anything is written, and up to 5,000 entries are one batch; more are several.
 */
export const importFolder = (
  ledger: Ledger,
  unit: Unit,
  records: LedgerRecords,
  writing: Writing = {},
): Promise<Imported> => importParts(ledger, unit, { parts: [records], count: 0 }, writing)

/** The same of records in parts, of which only one is in memory at a time where `scratch` is on a disk. */
export async function importParts(
  ledger: Ledger,
  unit: Unit,
  wanted: Parts,
  { dry_run = false, scratch = memoryScratch, progress }: Writing = {},
): Promise<Imported> {
  requireRole(unit, 'recorder')
  const room = scratch()
  const drafts = room.pile<Draft>()
  try {
    return await ledger.writes.run<Imported>(unit.now, async () => {
      drafts.clear()
      const { result, types, weight, beside, until } = await decideParts(
        ledger,
        unit,
        wanted,
        drafts,
        progress,
      )
      if (result.refused.length > 0) return { done: { ...result, entries: 0 } }
      if (result.entries === 0) return { done: result }
      await requireMayImport(ledger, unit, types)
      const spent = await spend(ledger.db, unit, weight)
      if (dry_run) return { done: result }
      if (result.entries <= BATCH)
        return {
          command: { entries: [...drafts], beside: [...beside, ...spent], claims: ['import'], until },
          answer: () => result,
        }
      const show = progress?.('Writing entries')
      await writeInBatches(ledger, unit, drafts, result.entries, { until, spent, progress: show })
      return { done: result }
    })
  } finally {
    room.close()
  }
}

/** Nobody mends more at once. */
const MAX_REFUSED = 100

async function decideParts(
  ledger: Ledger,
  unit: Unit,
  { parts, count, isWanted }: Parts,
  drafts: Pile<Draft>,
  progress: Writing['progress'],
) {
  const result: Imported = { entries: 0, recorded: {}, unchanged: 0, refused: [] }
  const types = new Set<EntryType>()
  const weight = { entries: 0, bytes: 0 }
  const made: Draft[] = []
  const show = progress?.('Deciding on forecasts')
  let [n, done] = [0, 0]
  let guards: Statement[] = []
  let until: Date | undefined
  for (const wanted of parts) {
    const asked = isWanted === undefined ? wanted : { ...wanted, isWanted }
    const held = made.length === 0 ? undefined : withMade(await readHoldings(ledger.db, wanted), made)
    const decided = await decideRecords(ledger, unit, asked, held)
    for (const draft of decided.drafts) {
      drafts.add(draft)
      types.add(draft.type)
      if (draft.type === 'analyst.recorded' || draft.type === 'source.recorded') made.push(draft)
    }
    result.entries += decided.drafts.length
    for (const [noun, more] of Object.entries(decided.recorded))
      result.recorded[noun] = (result.recorded[noun] ?? 0) + more
    result.unchanged += decided.unchanged
    result.refused.push(...decided.refused.map(asRefusal))
    if (result.refused.length >= MAX_REFUSED) break
    // What is counted is the length of every entry, of which a command has very many, and no limit.
    if (unit.quotas !== undefined) {
      const more = weightOf(decided.drafts, decided.beside)
      weight.entries += more.entries
      weight.bytes += more.bytes
    }
    // Each knows the ids of its part alone: only where all statements are in one does what it guards hold.
    guards = ++n > 2 ? [] : [...guards, ...decided.beside]
    if (decided.until !== undefined && (until === undefined || decided.until < until)) until = decided.until
    done += wanted.statements.length
    show?.(done, count)
  }
  return { result, types, weight, beside: guards, until }
}

/** What the ledger holds, and what an earlier part of the same import makes. */
function withMade(held: Holdings, made: readonly Draft[]): Holdings {
  for (const draft of made) {
    if (draft.type !== 'analyst.recorded' && draft.type !== 'source.recorded') continue
    const { record } = draft.payload
    const { stream, rev } = draft
    const noun = draft.type === 'analyst.recorded' ? 'analyst' : 'source'
    held[noun].set(record.id, { record: record as never, stream, rev, seq: 0, at: '', by: '' })
    held.streams.set(`${noun}:${record.id}`, stream)
  }
  return held
}

function asRefusal({ noun, id, error }: Refused): Refusal {
  const detail = error.problems.map(({ pointer, message }) => `${pointer} ${message}`).join('; ')
  return { noun, id, code: error.code, message: detail === '' ? error.message : detail }
}
