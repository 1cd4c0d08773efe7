import { futureProblem, latestDate } from '../../core/calendar.ts'
import { type CorrectionClass, UNSAID } from '../../core/correction.ts'
import type { Draft } from '../../core/entry.ts'
import { invalid, LedgerError, refuseIf } from '../../core/error.ts'
import { earlyOutcomes } from '../../core/question.ts'
import {
  annulmentProblem,
  knownProblem,
  needsCondition,
  outcomeProblem,
  type Resolution,
  type ResolutionRequest,
} from '../../core/resolution.ts'
import { clip } from '../../reading/quote-problem.ts'
import type { QuestionRow, ResolutionRow } from '../../store/lookups.ts'
import { draft, nextOn } from '../draft.ts'
import type { Unit } from '../ledger.ts'

/** What is proposed for one question. */
export type Proposal = Omit<ResolutionRequest, 'also'> & Pick<Resolution, 'claimed'>

/** The entries of a proposal, after every rule about outcomes, time and order. */
export function proposalEntries(
  unit: Unit,
  question: QuestionRow,
  resolutions: readonly ResolutionRow[],
  request: Proposal,
): Draft[] {
  requireAnswer(unit, question, request)
  requireOrder(resolutions, request.supersedes)
  const { class: _, ...proposed } = request
  const of = classOfProposal(resolutions, request)
  requireTime(unit, question, request)

  const record: Resolution = {
    id: `r${resolutions.length + 1}`,
    question: question.record.id,
    time_zone: question.record.deadline.time_zone,
    ...proposed,
    ...(of === undefined ? {} : { class: of }),
  }
  const entries: Draft[] = [draft(unit, 'resolution.proposed', nextOn(question), record)]
  const waiting = resolutions.find((row) => row.record.id === question.pending)
  // A proposal that never was in force gives way at once; one in force stands until the new one is confirmed.
  if (waiting !== undefined && waiting.record.id === request.supersedes)
    entries.push(
      draft(unit, 'resolution.superseded', nextOn(question, 1), {
        question: record.question,
        id: waiting.record.id,
        superseded_by: record.id,
      }),
    )
  return entries
}

/** An outcome answers its question, and nothing of it lies in the future. */
export function requireAnswer(
  unit: Unit,
  question: QuestionRow,
  request: Pick<Proposal, 'outcome' | 'annulled_because' | 'known_on' | 'evidence'>,
): void {
  refuseIf('/outcome', outcomeProblem(question.record, request.outcome))
  requireCondition(question, request)
  const latest = latestDate(unit.now)
  refuseIf('/known_on', futureProblem(request.known_on, latest))
  for (const [i, { accessed }] of request.evidence.entries())
    refuseIf(`/evidence/${i}/accessed`, futureProblem(accessed, latest))
}

/** What corrects an outcome that was in force says of which class that is; nothing else corrects anything. */
function classOfProposal(
  resolutions: readonly ResolutionRow[],
  { class: said }: Pick<Proposal, 'class'>,
): CorrectionClass | undefined {
  const corrects = resolutions.some((row) => row.confirmed_at !== null && row.superseded_by === null)
  if (corrects) return said ?? UNSAID
  refuseIf(
    '/class',
    said === undefined ? null : 'is said only where an outcome is in force that this corrects',
  )
  return undefined
}

/** Before a conditional question is answered it is on record that its condition was met; then it has not failed. */
export function requireCondition(
  { record, condition_met }: QuestionRow,
  resolution: Pick<Resolution, 'outcome' | 'annulled_because'>,
): void {
  refuseIf('/annulled_because', annulmentProblem(record, resolution, condition_met !== null))
  if (condition_met !== null || !needsCondition(record, resolution.outcome)) return
  throw invalid(
    '/outcome',
    `waits for the condition of the question (“${clip(record.condition?.text ?? '')}”): record first, with evidence, that it was met; if it was not, the outcome is annulled because of condition_not_met`,
    'not_decidable_yet',
  )
}

/** Nothing is decided twice: the standing proposal, or else the resolution in force, must be named. */
function requireOrder(resolutions: readonly ResolutionRow[], supersedes: string | undefined): void {
  const standing =
    resolutions.find((row) => row.superseded_by === null && row.confirmed_at === null) ??
    resolutions.find((row) => row.superseded_by === null)
  if (standing === undefined) {
    if (supersedes !== undefined) throw invalid('/supersedes', 'there is nothing to correct')
    return
  }
  const { id } = standing.record
  if (supersedes === undefined) {
    const what =
      standing.confirmed_at === null ? 'An outcome is proposed already' : 'The question is decided already'
    throw decided(`${what} (${id}). A correction names it: "supersedes": "${id}".`, standing)
  }
  if (supersedes === standing.record.supersedes)
    throw decided(`Another outcome was proposed in its place already (${id}).`, standing)
  if (supersedes !== id) throw invalid('/supersedes', `the standing resolution is ${id}`)
}

const decided = (message: string, { record }: ResolutionRow) =>
  new LedgerError('already_decided', message, [], {
    existing: { question: record.question, resolution: record.id },
  })

/** It could be known when it is said to have been. */
export function requireTime(
  unit: Unit,
  question: QuestionRow,
  request: Pick<Proposal, 'outcome' | 'annulled_because' | 'known_on' | 'because_early'>,
): void {
  if (request.because_early !== undefined) return
  const { outcome } = request
  const conditionFailed =
    outcome === 'annulled' &&
    request.annulled_because === 'condition_not_met' &&
    question.condition_due_at !== null &&
    question.condition_due_at <= unit.now
  const isEarlyOne = conditionFailed || (earlyOutcomes(question.record) as unknown[]).includes(outcome)
  if (!isEarlyOne && unit.now < question.due_at)
    throw invalid(
      '/outcome',
      `cannot be decided before the deadline of ${question.record.deadline.date} has passed; if it can, say why in because_early`,
      'not_decidable_yet',
    )
  refuseIf('/known_on', knownProblem(question.record, request), 'not_decidable_yet')
}
