import { fatesOf } from '../../capture/second.ts'
import { undecidedSteps } from '../../capture/undecided.ts'
import type { CaptureDraft, LoggedCapture } from '../../core/capture.ts'
import type { Draft } from '../../core/entry.ts'
import { LedgerError, notFound, type Problem } from '../../core/error.ts'
import { normalise } from '../../core/normalised-text.ts'
import { inTurns } from '../../core/steps.ts'
import { type CaptureRow, findCapture, finishCapture } from '../../store/captures.ts'
import { ask } from '../../store/query.ts'
import { endSecondReading, secondReadings } from '../../store/second-readings.ts'
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
    const { draft } = capture
    const within = normalise(draft.text)
    const undecided = await inTurns(undecidedSteps(draft, within), ledger.pause)
    const second = await ask(ledger.db, secondReadings(id))
    const { reading, drafts, beside, until } = await decided(ledger, unit, draft, isClaimed, undecided)
    const logged = loggedOf(id, reading)
    const kept = textOf(reading, capture.draft)
    return {
      command: {
        entries: drafts,
        beside: [
          ...beside,
          ...kept,
          ...(await spend(ledger.db, unit, weightOf(drafts, kept))),
          ...second.map((of) => endSecondReading(id, of.n, fatesOf(draft, of, within))),
          ...finishCapture(id, capture.rev, logged, drafts.length - 1),
        ],
        claims: [`capture:${id}`, ...claimsOf(drafts)],
        until,
      },
      answer: ({ seqs }) => ({ logged, seq: seqs.at(-1) as number, replayed: false }),
    }
  })
}

/** What a capture would become if it were logged now, and by its statements the marks that they come from. */
export type CaptureAsLogged = { capture: CaptureRow; entries: Draft[]; marks: ReadonlyMap<string, string> }

/**
 * The entries that logging would write, which writes nothing; refused as logging would be, but for passages that nobody
 * decided on: whoever looks at these entries sees those, too.
 */
export async function captureAsLogged(
  ledger: Ledger,
  unit: Unit,
  capture: CaptureRow,
): Promise<CaptureAsLogged> {
  requireRole(unit, 'recorder')
  return ledger.writes.run<CaptureAsLogged>(unit.now, async (isClaimed) => {
    const { reading, drafts } = await decided(ledger, unit, capture.draft, isClaimed, [])
    const marks = new Map(reading.marks.map(({ id, mark }) => [id, mark.id]))
    return { done: { capture, entries: drafts, marks } }
  })
}

/** What a draft decides on; all that is wrong with it is told at once. */
async function decided(
  ledger: Ledger,
  unit: Unit,
  draft: CaptureDraft,
  isClaimed: (claim: string) => boolean,
  undecided: readonly Problem[],
) {
  const reading = await readCapture(ledger, draft, isClaimed)
  const { drafts, beside, refused, until } = await decideRecords(ledger, unit, reading.wanted)
  requireNothingWrong([...reading.problems, ...undecided, ...problemsIn(reading, refused)])
  return { reading, drafts, beside, until }
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
