import { comparison } from '../log/held.ts'
import {
  type Head,
  type PublishedEntry,
  publishedEntries,
  publishedHead,
  type ReadPublished,
} from '../log/published.ts'
import type { Database } from '../store/database.ts'
import { checkEntry } from '../store/entry-check.ts'
import type { StoredEntry } from '../store/events.ts'
import { prepareScratch } from '../store/migrate.ts'
import type { Revocations } from '../store/verify/anchors.ts'
import { findings as collection, type Findings } from '../store/verify/finding.ts'
import { keepPublished, verifyPublished } from '../store/verify/verify.ts'
import type { Context } from './command.ts'
import { heldBy, type Older, olderOf, signedOf, type Verified } from './older.ts'
import { comparedRecords } from './published-records.ts'

/** Where the log is read, and the records beside it, where there are any. */
type Published = { log: ReadPublished; records: ReadPublished | null; hasTiles: boolean }

/**
 * Whether a published log is signed by the key that is trusted, agrees with itself and still holds
 * what the older checkpoint holds; its records are made anew in `scratch`.
 */
export async function verifiedLog(
  { log, records, hasTiles }: Published,
  scratch: Database,
  older: Older | null,
  { progress }: Pick<Context, 'progress'>,
  revocations: Revocations | null = null,
): Promise<{ verified: Verified; head: Head | null }> {
  const findings = collection()
  const nothing = { entries: 0, same_person: 0, redactions: 0, withheld: 0, notes: [] as string[] }
  const head = await publishedHead(log, older?.key ?? null, findings.add)
  const answer = (rest: typeof nothing) => {
    const told = { findings: findings.kept, more: findings.more(), engine: null, kept: null }
    return { verified: { ...rest, ...told, signed: signedOf(head), older: olderOf(older) }, head }
  }
  if (head === null) return answer(nothing)
  const { checkpoint, key } = head
  const held = await heldBy(older, key, findings)
  const against = comparison(held)
  const show = progress('Reading entries')
  await prepareScratch(scratch)
  let isKept = true
  let entries = 0
  for await (const bundle of publishedEntries(log, checkpoint, against, findings.add, hasTiles)) {
    if (isKept) isKept = await kept(scratch, bundle.map(stored), findings)
    entries += bundle.length
    show(entries, checkpoint.size)
  }
  for (const { seq, code, message } of against.ended(entries)) findings.add(seq, code, message)
  const result = await verifyPublished(scratch, findings, {
    progress: progress('Verifying entries'),
    revocations,
  })
  const notes = [...result.notes]
  if (findings.kept.length === 0 && records !== null)
    notes.push(await comparedRecords(records, scratch, checkpoint.size, findings))
  return answer({ ...result, entries, notes })
}

/** What was taken out is told by the log itself, later on. */
const stored = (entry: PublishedEntry): StoredEntry => ({ ...entry, redaction: null })

/** Whether the entries can stand in a ledger at all; the first that cannot is told, with what is wrong with it. */
async function kept(scratch: Database, entries: StoredEntry[], findings: Findings): Promise<boolean> {
  try {
    await keepPublished(scratch, entries)
    return true
  } catch {
    for (const entry of entries)
      try {
        await keepPublished(scratch, [entry])
      } catch (error) {
        const [problem] = checkEntry(entry).problems
        findings.add(
          entry.seq,
          problem?.code ?? 'entry',
          problem?.message ?? `It cannot stand in a ledger: ${(error as Error).message}.`,
        )
        break
      }
    return false
  }
}
