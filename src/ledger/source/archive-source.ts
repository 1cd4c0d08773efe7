import type { Archived, ArchiveLinkRequest } from '../../core/archive.ts'
import { invalid, notFound } from '../../core/error.ts'
import { findSource } from '../../store/lookups.ts'
import { draft, nextIn } from '../draft.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'

/** Records where an archive keeps a source, and which of its quotes stand there. Answers the entry. */
export function recordArchived(
  ledger: Ledger,
  unit: Unit,
  stream: string,
  archived: Archived,
): Promise<number | null> {
  return ledger.writes.run<number | null>(unit.now, async () => {
    const at = await nextIn(ledger.db, stream)
    return {
      command: {
        entries: [draft(unit, 'source.archived', at, archived)],
        claims: [`stream:${stream}`],
      },
      answer: ({ seqs }) => seqs[0] ?? null,
    }
  })
}

/** Somebody found an archived copy: the source says so from here on, and the job looks for its quotes there. */
export function addArchiveLink(
  ledger: Ledger,
  unit: Unit,
  id: string,
  { archive_url, because }: ArchiveLinkRequest,
): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async () => {
    const source = await findSource(ledger.db, id)
    if (source === null) throw notFound('source', id)
    if (source.record.archive_url === archive_url)
      throw invalid('/archive_url', 'is the archived copy that the source names already')
    const at = await nextIn(ledger.db, source.stream)
    const record = { ...source.record, archive_url }
    const entry = draft(unit, 'source.recorded', at, {
      record,
      because: because ?? 'An archived copy was found.',
      class: 'update',
    })
    return { entries: [entry], claims: [`stream:${source.stream}`], answer: 0 }
  })
}
