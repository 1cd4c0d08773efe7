import { undecidedSteps } from '../../capture/undecided.ts'
import type { LoggedCapture } from '../../core/capture.ts'
import { LedgerError, notFound } from '../../core/error.ts'
import { inTurns } from '../../core/steps.ts'
import { findCapture, finishCapture } from '../../store/captures.ts'
import { keepText } from '../../store/source-text.ts'
import { decideRecords, type Refusal } from '../import/import-folder.ts'
import { type Ledger, requireRole, type Unit } from '../ledger.ts'
import { spend, weightOf } from '../quota.ts'
import { recordsOfCapture } from './records.ts'
import { staleCapture } from './save-capture.ts'

/** What a capture became; `replayed` when it had been logged before. */
export type CaptureAnswer = { logged: LoggedCapture; seq: number; replayed: boolean }

/**
 * Logs a capture: its source with the text, its analysts, statements, questions and forecasts are one batch, with
 * which the draft goes. Nothing is written while anything is wrong with it; logging it again answers the same.
 */
export async function logCapture(
  ledger: Ledger,
  unit: Unit,
  id: string,
  rev?: number,
): Promise<CaptureAnswer> {
  requireRole(unit, 'recorder')
  return ledger.writes.run<CaptureAnswer>(unit.now, async (isClaimed) => {
    const found = await findCapture(ledger.db, id)
    if (found === null) throw notFound('capture', id)
    if ('logged' in found) return { done: { logged: found.logged, seq: found.seq, replayed: true } }
    const { capture } = found
    if (rev !== undefined && rev !== capture.rev) throw await staleCapture(ledger, capture)
    const undecided = await inTurns(undecidedSteps(capture.draft), ledger.pause)
    if (undecided !== null)
      throw new LedgerError('invalid', 'Nothing was logged: one thing is to be mended first.', [undecided])
    const { records, source, within, text, claims, places } = await recordsOfCapture(
      ledger,
      unit,
      capture.draft,
      isClaimed,
    )
    const { drafts, beside, refused, until } = await decideRecords(
      ledger,
      unit,
      records,
      new Map([[source, within]]),
    )
    if (refused.length > 0) throw refusal(refused, places)
    const ofKind = (kind: string) => records.statements.filter((statement) => statement.kind === kind).length
    const logged: LoggedCapture = {
      id,
      source,
      statements: records.statements.map((statement) => statement.id),
      forecasts: ofKind('forecast'),
      duplicates: ofKind('duplicate'),
      untestable: ofKind('untestable'),
    }
    const kept = text === null ? [] : [keepText(source, text)]
    return {
      command: {
        entries: drafts,
        beside: [
          ...beside,
          ...kept,
          ...(await spend(ledger.db, unit, weightOf(drafts, kept))),
          ...finishCapture(id, capture.rev, logged, drafts.length - 1),
        ],
        claims: [`capture:${id}`, ...claims],
        until,
      },
      answer: ({ seqs }) => ({ logged, seq: seqs.at(-1) as number, replayed: false }),
    }
  })
}

/** What the ledger would not take, at the mark that it comes from. */
function refusal(refused: readonly Refusal[], places: ReadonlyMap<string, number>): LedgerError {
  const problems = refused.map(({ noun, id, message }) => {
    const place = places.get(id)
    const pointer = place === undefined ? (noun === 'source' ? '/source' : '') : `/marks/${place}`
    return { pointer, message }
  })
  return new LedgerError(
    'invalid',
    'Nothing was logged: the ledger does not take this capture as it is.',
    problems,
  )
}
