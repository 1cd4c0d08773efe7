import type { SourceRequest } from '../../core/source.ts'
import { decideRequest } from '../decide/decide-request.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { freeId } from '../naming.ts'
import { readableSource, sourceAs, sourceTitle, textBeside } from './source.ts'

/** Records a source on its own, with or without its text. */
export function recordSource(ledger: Ledger, unit: Unit, sent: SourceRequest): Promise<Answer> {
  requireRole(unit, 'recorder')
  const { source: request } = readableSource(sent)
  return perform(ledger, unit, async (isClaimed) => {
    const record = sourceAs(await freeId(ledger, 'source', sourceTitle(request), isClaimed), request)
    return decideRequest(
      ledger,
      unit,
      { sources: [{ record }] },
      { beside: textBeside(record.id, request.text) },
    )
  })
}
