import type { StatementRequest } from '../core/forecast.ts'
import { invalid } from '../core/error.ts'
import type { Statement } from '../core/statement.ts'
import { findStatement } from '../store/lookups.ts'
import { referToAnalyst } from './analyst.ts'
import { draft } from './draft.ts'
import { newId, perform, requireRole, type Answer, type Ledger, type Unit } from './ledger.ts'
import { freeId, idClaim } from './naming.ts'
import { checkQuote } from './quote.ts'
import { referToSource } from './source.ts'

/** Logs a remark that is no forecast: it is untestable, or says again what another statement of the source says. */
export function recordStatement(ledger: Ledger, unit: Unit, request: StatementRequest): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async (isClaimed) => {
    const analyst = await referToAnalyst(ledger, unit, request.analyst, isClaimed)
    const source = await referToSource(ledger, unit, request.source, isClaimed)
    const { quote, checked } = checkQuote(request.quote, source.text)
    if (request.duplicate_of !== undefined) {
      const original = await findStatement(ledger.db, request.duplicate_of)
      if (original === null) throw invalid('/duplicate_of', 'there is no such statement')
      if (original.record.source !== source.record.id)
        throw invalid('/duplicate_of', 'is in another source: the same claim in a later source is a forecast again')
      if (original.record.kind !== 'forecast') throw invalid('/duplicate_of', 'is not a forecast')
    }
    const id = await freeId(ledger, 'statement', quote.exact, isClaimed, source.record.id)
    const stream = newId(ledger)
    const statement: Statement = {
      id,
      source: source.record.id,
      analyst: analyst.record.id,
      quote,
      ...(request.timecode === undefined ? {} : { timecode: request.timecode }),
      voice: request.voice ?? 'quote',
      kind: request.kind,
      ...(request.reason === undefined ? {} : { reason: request.reason }),
      ...(request.because === undefined ? {} : { because: request.because }),
      ...(request.duplicate_of === undefined ? {} : { duplicate_of: request.duplicate_of }),
      checked,
    }
    const entries = [
      ...analyst.entries,
      ...source.entries,
      draft(unit, 'statement.recorded', { stream, rev: 0, refs: [source.stream, analyst.stream] }, statement),
    ]
    return {
      entries,
      beside: source.beside,
      claims: [...analyst.claims, ...source.claims, idClaim('statement', id)],
      answer: entries.length - 1,
    }
  })
}
