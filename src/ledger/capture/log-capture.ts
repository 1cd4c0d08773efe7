import { undecidedSteps } from '../../capture/undecided.ts'
import type { CaptureDraft, LoggedCapture } from '../../core/capture.ts'
import { LedgerError, notFound, type Problem } from '../../core/error.ts'
import { inTurns } from '../../core/steps.ts'
import { findCapture, finishCapture } from '../../store/captures.ts'
import { keepText } from '../../store/source-text.ts'
import { decideRecords } from '../decide/decide-records.ts'
import { mendFirst } from '../decide/decide-request.ts'
import { type Ledger, requireRole, type Unit } from '../ledger.ts'
import { claimsOf } from '../naming.ts'
import { spend, weightOf } from '../quota.ts'
import { problemsIn } from './problems.ts'
import { type Reading, readCapture } from './records.ts'
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
    const reading = await readCapture(ledger, capture.draft, isClaimed)
    const { drafts, beside, refused, until } = await decideRecords(ledger, unit, reading.wanted)
    const undecided = await inTurns(undecidedSteps(capture.draft, reading.within), ledger.pause)
    requireNothingWrong([...reading.problems, ...undecided, ...problemsIn(reading, refused)])
    const logged = loggedOf(id, reading)
    const kept = textOf(reading, capture.draft)
    return {
      command: {
        entries: drafts,
        beside: [
          ...beside,
          ...kept,
          ...(await spend(ledger.db, unit, weightOf(drafts, kept))),
          ...finishCapture(id, capture.rev, logged, drafts.length - 1),
        ],
        claims: [`capture:${id}`, ...claimsOf(drafts)],
        until,
      },
      answer: ({ seqs }) => ({ logged, seq: seqs.at(-1) as number, replayed: false }),
    }
  })
}

/** Each thing is told once, however many marks share it. */
function requireNothingWrong(problems: readonly Problem[]): void {
  const found = new Map(problems.map((problem) => [`${problem.pointer} ${problem.message}`, problem]))
  if (found.size > 0) throw new LedgerError('invalid', mendFirst('logged', found.size), [...found.values()])
}

function loggedOf(id: string, { home, wanted: { statements } }: Reading): LoggedCapture {
  const ofKind = (kind: string) => statements.filter((statement) => statement.kind === kind).length
  return {
    id,
    source: home?.id ?? '',
    statements: statements.map((statement) => statement.id),
    forecasts: ofKind('forecast'),
    duplicates: ofKind('duplicate'),
    untestable: ofKind('untestable'),
  }
}

const textOf = ({ home }: Reading, { text }: CaptureDraft) =>
  home?.keeps === true ? [keepText(home.id, text)] : []
