import { type ClosingRequest, MOST_OPEN_REPORTS, type ReportRequest } from '../../core/correction.ts'
import { LedgerError, notFound, refuseIf } from '../../core/error.ts'
import { correctionAt } from '../../store/corrections.ts'
import { Refused } from '../../store/database.ts'
import { noteReport } from '../../store/notices.ts'
import { ask } from '../../store/query.ts'
import { dropReport, keepReport, reportById, subjectTitle } from '../../store/reports.ts'
import { draft } from '../draft.ts'
import { type Answer, type Ledger, newId, perform, requireRole, type Unit } from '../ledger.ts'

/** Takes in what a reader, who need be nobody, says is wrong. It waits privately until a member closes it. */
export async function receiveReport(
  ledger: Ledger,
  now: Date,
  { about, text, answer_to }: ReportRequest,
): Promise<{ id: string; received_at: string }> {
  if ((await ask(ledger.db, subjectTitle(about))) === null)
    throw new LedgerError('not_found', 'There is nothing of that name in the ledger.', [
      { pointer: '/about', message: 'names nothing that is recorded' },
    ])
  const kept = { id: newId(ledger), received_at: now.toISOString() }
  try {
    await ledger.db.write([
      ...keepReport({ ...kept, subject: about, text, answer_to: answer_to ?? null }, MOST_OPEN_REPORTS),
      noteReport(kept.id, kept.received_at),
    ])
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new LedgerError(
      'rate_limited',
      `${MOST_OPEN_REPORTS} reports wait already: no more are taken until some are read. Nothing was kept of this one; please try again tomorrow.`,
      [],
      { retryAfterS: 86_400 },
    )
  }
  return kept
}

/**
 * Closes a report: names the entry that mends it, or says why nothing was changed. What the reader wrote, and whom to
 * answer, is deleted with it; what is recorded is what it was about, when it came and what became of it.
 */
export function closeReport(
  ledger: Ledger,
  unit: Unit,
  id: string,
  request: ClosingRequest,
): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async () => {
    const report = await ask(ledger.db, reportById(id))
    if (report === null) throw notFound('open report', id)
    const { subject } = report
    // What a clock that ran ahead stamped came by now at the latest.
    const received_at = new Date(Math.min(Date.parse(report.received_at), unit.now.getTime())).toISOString()
    if (request.mended_by !== undefined) {
      const mended = await ask(ledger.db, correctionAt(request.mended_by))
      refuseIf('/mended_by', mended === null ? 'is no entry that amends the record' : null)
      refuseIf(
        '/mended_by',
        mended !== null && mended.at < received_at ? 'was recorded before the report came' : null,
      )
    }
    const closed = { ...request, about: subject, received_at }
    return {
      entries: [draft(unit, 'report.closed', { stream: id, rev: 0 }, closed)],
      beside: dropReport(id),
      claims: [`report:${id}`],
      answer: 0,
    }
  })
}

/** Drops what is no report at all, such as advertising. Nothing of it is recorded. */
export async function discardReport(ledger: Ledger, unit: Unit, id: string): Promise<void> {
  requireRole(unit, 'recorder')
  try {
    await ledger.db.write(dropReport(id))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw notFound('open report', id)
  }
}
