import { dueAt } from '../../core/calendar.ts'
import { type Amends, amending } from '../../core/correction.ts'
import type { Question } from '../../core/question.ts'
import { canonicalJson } from '../../log/canonical-json.ts'
import type { QuestionRow } from '../../store/lookups.ts'
import { draft } from '../draft.ts'
import { amendmentEntry } from './amendment.ts'
import { begun, type Deciding, decide, frozen, put, type WantedQuestion } from './deciding.ts'
import { type Rung, requireConsistent, requireLadder } from './ladder.ts'

/** A new question, or an amendment of one. */
export function decideQuestion(d: Deciding, { record, amends }: WantedQuestion): void {
  const { id } = record
  const known = d.held.question.get(id)
  if (known === undefined) {
    const stream = begun(d, 'question', id)
    d.questions.set(id, newRow(record, stream))
    decide(d, 'question', record, [], () =>
      put(d, 'question', draft(d.unit, 'question.recorded', { stream, rev: 0 }, record)),
    )
    return
  }
  d.questions.set(id, known)
  if (canonicalJson(record) === canonicalJson(known.record)) d.unchanged++
  else if (amends === undefined) frozen(d, 'question', id, 'say why with `amends: <reason>` in the question')
  else decide(d, 'question', record, [], () => amend(d, known, record, amends))
}

function amend(d: Deciding, known: QuestionRow, record: Question, amends: Amends): void {
  const forecasts = d.forecasts.filter(({ question }) => question === record.id)
  put(d, 'amendment', amendmentEntry(d.unit, known, record, amending(amends), forecasts))
  if (d.until === undefined || known.due_at < d.until) d.until = known.due_at
  d.questions.set(record.id, {
    ...newRow(record, known.stream),
    rev: known.rev + 1,
    condition_met: known.condition_met,
  })
}

/** A ladder is checked as a whole, with the rungs that the ledger holds. */
export function decideRung(d: Deciding, { record }: WantedQuestion): void {
  const { id, family, implies } = record
  if (!d.rungs.has(id) || (implies !== undefined && d.wanted.unread?.has(`question:${implies}`) === true))
    return
  const families = [family, d.held.question.get(id)?.record.family]
  const rungs = [...d.rungs.values()].filter((rung) => families.includes(rung.family))
  const implied = (d.questions.get(implies ?? '') ?? d.held.question.get(implies ?? ''))?.record
  decide(
    d,
    'question',
    record,
    [
      () => requireLadder(record, { rungs, implied }),
      () => {
        const outcome = d.outcomes.get(id)
        if (outcome !== undefined) requireConsistent(record, outcome, asDecided(d, rungs))
      },
    ],
    () => undefined,
  )
}

/** Rungs as they are decided afterwards: what is only proposed decides nothing. */
const asDecided = (d: Deciding, rungs: readonly Rung[]): Rung[] =>
  rungs.map((rung) => ({ ...rung, outcome: d.outcomes.get(rung.id) ?? rung.outcome }))

/** A question that is recorded in the same batch: nothing has happened on its stream yet. */
const newRow = (record: Question, stream: string): QuestionRow => ({
  record,
  stream,
  seq: -1,
  at: '',
  by: '',
  rev: 0,
  due_at: dueAt(record.deadline),
  deadline_rev: 0,
  condition_due_at: record.condition === undefined ? null : dueAt(record.condition.deadline),
  condition_met: null,
  outcome: null,
  annulled_because: null,
  known_on: null,
  known_from: null,
  pending: null,
  disputed: false,
  sealed: 0,
  final_at: null,
})
