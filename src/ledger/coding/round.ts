import type { CodebookRequest, RoundClosureRequest, RoundRequest, RoundState } from '../../core/coding.ts'
import { codebookInForce, requireState } from '../../core/coding-round.ts'
import { invalid, LedgerError, notFound } from '../../core/error.ts'
import {
  countRounds,
  dropCodings,
  everyCodebook,
  findRound,
  type RoundRow,
  roundsOf,
} from '../../store/coding.ts'
import { lastRev } from '../../store/forecasts.ts'
import { findSource, findSourceText } from '../../store/lookups.ts'
import { ask, together } from '../../store/query.ts'
import { draft } from '../draft.ts'
import { type Answer, type Decision, type Ledger, newId, perform, requireRole, type Unit } from '../ledger.ts'

/** Puts a source up for coding by two: its text has to be kept here, because nothing else is shown to them. */
export function openRound(ledger: Ledger, unit: Unit, request: RoundRequest): Promise<Answer> {
  requireRole(unit, 'recorder')
  const { db } = ledger
  return perform(ledger, unit, async () => {
    const source = await findSource(db, request.source)
    if (source === null) throw notFound('source', request.source)
    if ((await findSourceText(db, request.source)) === null)
      throw invalid('/source', 'has no text here: record its text, which two can then code', 'conflict')
    const { rounds, count, codebooks } = await ask(
      db,
      together({
        rounds: roundsOf(request.source),
        count: countRounds(request.source),
        codebooks: everyCodebook,
      }),
    )
    const open = rounds.find(({ state }) => state === 'open' || state === 'coded')
    if (open !== undefined)
      throw new LedgerError('conflict', `The round ${open.record.id} of this source is not finished.`)
    const round = {
      ...request,
      id: `${request.source}-coding-${count + 1}`,
      codebook: codebookInForce(codebooks).version,
    }
    const at = { stream: newId(ledger), rev: 0, refs: [source.stream] }
    return {
      entries: [draft(unit, 'coding.opened', at, round)],
      claims: [`coding:${request.source}`],
      answer: 0,
    }
  })
}

/** Ends a round that nobody finishes, with a reason. What was not shown goes, and the log shows that it went. */
export const closeRound = (
  ledger: Ledger,
  unit: Unit,
  id: string,
  { because }: RoundClosureRequest,
): Promise<Answer> =>
  onRound(ledger, unit, id, ['open'], async (round, at) => {
    const mayClose = round.by === unit.by.member || unit.by.role === 'admin'
    if (!mayClose)
      throw new LedgerError('forbidden', 'Somebody else opened this round: they, or an admin, can close it.')
    return {
      entries: [draft(unit, 'coding.closed', at, { round: id, because })],
      beside: [dropCodings(id)],
    }
  })

type Work = (
  round: RoundRow,
  at: { stream: string; rev: number },
) => Promise<Pick<Decision, 'entries' | 'beside'>>

/** Writes on the stream of a round that is in one of these states. */
export function onRound(
  ledger: Ledger,
  unit: Unit,
  id: string,
  states: readonly RoundState[],
  work: Work,
): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async () => {
    const round = await roundToWork(ledger, id, states)
    const at = { stream: round.stream, rev: (await lastRev(ledger.db, round.stream)) + 1 }
    return { ...(await work(round, at)), claims: [`stream:${round.stream}`], answer: 0 }
  })
}

/** A round that is in one of these states. */
export async function roundToWork(
  { db }: Ledger,
  id: string,
  states: readonly RoundState[],
): Promise<RoundRow> {
  const round = await findRound(db, id)
  if (round === null) throw notFound('round', id)
  requireState(round.state, states)
  return round
}

/** Publishes a codebook: rounds that are opened from then on name it; those before keep theirs. */
export function publishCodebook(ledger: Ledger, unit: Unit, request: CodebookRequest): Promise<Answer> {
  requireRole(unit, 'admin')
  return perform(ledger, unit, async () => {
    const held = await ask(ledger.db, everyCodebook)
    const [before] = held
    if (before?.record.text === request.text)
      throw new LedgerError('duplicate', `This is the text of ${before.record.version}, which is in force.`)
    const at =
      before === undefined
        ? { stream: newId(ledger), rev: 0 }
        : { stream: before.stream, rev: (await lastRev(ledger.db, before.stream)) + 1 }
    const version = `own-${at.rev + 1}`
    return {
      entries: [draft(unit, 'codebook.published', at, { ...request, version })],
      claims: ['codebook'],
      answer: 0,
    }
  })
}
