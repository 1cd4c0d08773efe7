import { LedgerError } from '../../core/error.ts'
import type { SourceRequest } from '../../core/source.ts'
import { readReferences } from '../../store/references.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { newSource, sourceSought } from './source.ts'

/** Records a source on its own, with or without its text. */
export function recordSource(ledger: Ledger, unit: Unit, request: SourceRequest): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async (isClaimed) => {
    const { source: held } = await readReferences(ledger.db, sourceSought(request))
    if (held !== null) throw recordedAlready(request, held.record.id)
    const { entries, claims, beside } = await newSource(ledger, unit, request, isClaimed, '')
    return { entries, claims, beside, answer: 0 }
  })
}

const recordedAlready = ({ url }: SourceRequest, source: string) =>
  url === undefined
    ? new LedgerError(
        'duplicate',
        `The source with this title, publisher and date is recorded already, as ${source}. Another one has another title, an address, or another text.`,
        [{ pointer: '/title', message: `is recorded already, as ${source}` }],
        { existing: { source } },
      )
    : new LedgerError(
        'duplicate',
        `The source at this address is ${source}.`,
        [{ pointer: '/url', message: `belongs to ${source}` }],
        { existing: { source } },
      )
