import { LedgerError } from '../core/error.ts'
import type { SourceRequest } from '../core/source.ts'
import { addressKey } from '../core/text.ts'
import { findSourceByAddress } from '../store/lookups.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from './ledger.ts'
import { newSource } from './source.ts'

/** Records a source on its own, with or without its text. */
export function recordSource(ledger: Ledger, unit: Unit, request: SourceRequest): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async (isClaimed) => {
    const held =
      request.url === undefined ? null : await findSourceByAddress(ledger.db, addressKey(request.url))
    if (held !== null)
      throw new LedgerError('duplicate', `The source at this address is ${held.record.id}.`, [
        { pointer: '/url', message: `belongs to ${held.record.id}` },
      ])
    const { entries, claims, beside } = await newSource(ledger, unit, request, isClaimed, '')
    return { entries, claims, beside, answer: 0 }
  })
}
