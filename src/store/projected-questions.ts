import { dueAt, startOfDay } from '../core/calendar.ts'
import type { Payload } from '../core/entry.ts'
import { bandOf, isTooVague, sideOf } from '../core/probability.ts'
import type { Question } from '../core/question.ts'
import { type Reference, unstated } from '../core/reference.ts'
import { sourceOf } from '../core/slug.ts'
import { canonicalJson } from '../log/canonical-json.ts'
import {
  type Cells,
  cell,
  change,
  common,
  insert,
  type Placed,
  type Projector,
  RECORD,
  ROWS,
  SEARCH_COLUMNS,
  searchable,
  searchChange,
  touches,
  update,
} from './projection-sql.ts'
import { questionSame } from './twins.ts'

/** `finalAt` of core/objection in SQL, of a resolution `r`; a test holds the two against each other. */
export const FINAL_AT = `iif(coalesce(r.objection_hours, 0) = 0, r.confirmed_at, strftime('%Y-%m-%dT%H:%M:%fZ',
      ((unixepoch(r.confirmed_at) + r.objection_hours * 3600) / 900 + 1) * 900, 'unixepoch'))`

/** What a question owes its state to, taken from its resolutions: the order of the events does not matter. */
const DECIDE = `UPDATE question SET
  (outcome, known_on, known_from, disputed, final_at) = (
    SELECT max(r.outcome), max(r.known_on), max(r.known_from), count(r.disputed_at), max(${FINAL_AT}) FROM resolution AS r
    WHERE r.question = question.id AND r.confirmed_at IS NOT NULL AND r.superseded_by IS NULL),
  pending = (
    SELECT max(r.id) FROM resolution AS r
    WHERE r.question = question.id AND r.confirmed_at IS NULL AND r.superseded_by IS NULL)
WHERE id IN (SELECT ${cell('question')} FROM ${ROWS})`

const decides = <
  T extends 'resolution.proposed' | 'resolution.confirmed' | 'resolution.disputed' | 'resolution.superseded',
>(
  on: T,
) => change(on, DECIDE, (event) => [{ question: event.payload.question }])

type Act = 'condition.met' | 'forecast.withdrawn' | 'retracted'

/** What was done to a record, kept beside it with when and by whom. */
const acted = <T extends Act>(on: T, table: string, column: string, idOf: (payload: Payload<T>) => string) =>
  update(on, table, [column], ({ at, by, payload }) => [
    { id: idOf(payload), [column]: canonicalJson({ ...payload, at, by }) },
  ])

type Decision = 'resolution.confirmed' | 'resolution.disputed' | 'resolution.superseded'

/** What became of a resolution. */
const decided = <T extends Decision>(on: T, columns: string[], cells: (event: Placed<T>) => Cells) =>
  update(
    on,
    'resolution',
    columns,
    (event) => [{ question: event.payload.question, id: event.payload.id, ...cells(event) }],
    ['question', 'id'],
  )

const questionCells = (question: Question) => ({
  id: question.id,
  due_at: dueAt(question.deadline).toISOString(),
  condition_due_at: question.condition ? dueAt(question.condition.deadline).toISOString() : null,
  same_key: questionSame(question),
  record: canonicalJson(question),
})
const tagCells = (n: number, { id, tags = [] }: Question) => tags.map((tag) => ({ n, tag, question: id }))
const searchableQuestion = ({ id, title, criteria, fine_print }: Question) =>
  searchable('question', id, title, [criteria, fine_print])

const BY_QUESTION = `forecast AS said ON said.question = ${cell('question')}`
const BY_FORECAST = `forecast AS said ON said.id = ${cell('forecast')}`

const REFERENCE = ['question', 'id', 'seq', 'at', 'by', 'record']
const referenceCells = ({ n, at, by }: { n: number; at: string; by: string }, record: Reference): Cells => {
  const { question, id } = record
  return { n, at, by, question, id, record: canonicalJson(record) }
}

/** What forecasts on a question are compared with. */
const referenceProjectors: readonly Projector[] = [
  insert('reference.recorded', 'reference', REFERENCE, (event) => [referenceCells(event, event.payload)]),
  // Before references had entries of their own they came inside those of forecasts.
  insert('forecast.recorded', 'reference', REFERENCE, (event) => {
    const { id, question, reference } = event.payload
    return reference === undefined ? [] : [referenceCells(event, { id, question, ...unstated(reference) })]
  }),
  insert(
    'reference.chosen',
    'reference_choice',
    ['seq', 'at', 'by', 'question', 'id'],
    ({ n, at, by, payload }) => [{ n, at, by, ...payload }],
  ),
  update(
    'reference.withdrawn',
    'reference',
    ['withdrawn_at', 'withdrawn_by', 'withdrawn_because'],
    ({ at, by, payload: { question, id, because } }) => [
      { question, id, withdrawn_at: at, withdrawn_by: by, withdrawn_because: because },
    ],
    ['question', 'id'],
  ),
]

/** What was asked and forecast, and what became of it. */
export const questionProjectors: readonly Projector[] = [
  insert(
    'question.recorded',
    'question',
    [...RECORD, 'due_at', 'deadline_rev', 'condition_due_at', 'same_key', 'record'],
    (event) => [{ ...common(event), ...questionCells(event.payload), deadline_rev: 0 }],
  ),
  insert('question.recorded', 'question_tag', ['tag', 'question'], ({ n, payload }) => tagCells(n, payload)),
  insert('question.recorded', 'search', SEARCH_COLUMNS, ({ n, payload }) => [
    { n, ...searchableQuestion(payload) },
  ]),
  change(
    'question.amended',
    `UPDATE question SET due_at = ${cell('due_at')}, condition_due_at = ${cell('condition_due_at')}, same_key = ${cell('same_key')}, record = ${cell('record')},
       deadline_rev = CASE WHEN due_at = ${cell('due_at')} AND condition_due_at IS ${cell('condition_due_at')}
         THEN deadline_rev ELSE ${cell('rev')} END
     FROM ${ROWS} WHERE question.id = ${cell('id')}`,
    ({ rev, payload: { record } }) => [{ ...questionCells(record), rev }],
  ),
  change(
    'question.amended',
    `DELETE FROM question_tag WHERE question IN (SELECT ${cell('id')} FROM ${ROWS})`,
    (event) => [{ id: event.payload.record.id }],
  ),
  insert('question.amended', 'question_tag', ['tag', 'question'], ({ n, payload }) =>
    tagCells(n, payload.record),
  ),
  change('question.amended', searchChange('question'), ({ payload }) => [searchableQuestion(payload.record)]),
  acted('condition.met', 'question', 'condition_met', ({ question }) => question),
  insert(
    'forecast.recorded',
    'forecast',
    [...RECORD, 'question', 'analyst', 'source', 'said_to', 'lean', 'mid', 'record'],
    (event) => {
      const { reference: _, ...forecast } = event.payload
      const { id, question, analyst, statement, said_on, probability } = forecast
      const lean = isTooVague(probability) ? 'vague' : sideOf(probability)
      const source = sourceOf(statement)
      const record = canonicalJson(forecast)
      const mid = bandOf(probability)?.mid ?? null
      return [{ ...common(event), id, question, analyst, source, said_to: said_on.to, lean, mid, record }]
    },
  ),
  acted('forecast.withdrawn', 'forecast', 'withdrawal', ({ forecast }) => forecast),
  acted('retracted', 'forecast', 'retraction', ({ forecast }) => forecast),
  insert('reply.published', 'reply', ['seq', 'at', 'by', 'forecast', 'record'], ({ n, at, by, payload }) => [
    { n, at, by, forecast: payload.forecast, record: canonicalJson(payload) },
  ]),
  insert(
    'resolution.proposed',
    'resolution',
    ['question', 'id', 'seq', 'proposed_at', 'proposed_by', 'outcome', 'known_on', 'known_from', 'record'],
    (event) => [
      {
        n: event.n,
        question: event.payload.question,
        id: event.payload.id,
        proposed_at: event.at,
        proposed_by: event.by,
        outcome: canonicalJson(event.payload.outcome),
        known_on: event.payload.known_on,
        known_from: startOfDay(event.payload.known_on, event.payload.time_zone).toISOString(),
        record: canonicalJson(event.payload),
      },
    ],
  ),
  insert(
    'outcome.sealed',
    'blind_outcome',
    ['question', 'by', 'seq', 'at', 'commitment'],
    ({ n, at, by, payload }) => [{ n, at, by, ...payload }],
  ),
  update(
    'outcome.revealed',
    'blind_outcome',
    ['outcome'],
    ({ payload: { question, member, outcome } }) => [
      { question, by: member, outcome: canonicalJson(outcome) },
    ],
    ['question', 'by'],
  ),
  decided(
    'resolution.confirmed',
    ['confirmed_at', 'confirmed_by', 'objection_hours'],
    ({ at, by, payload }) => ({
      confirmed_at: at,
      confirmed_by: by,
      objection_hours: payload.objection_hours ?? null,
    }),
  ),
  decided(
    'resolution.disputed',
    ['disputed_at', 'disputed_by', 'disputed_because'],
    ({ at, by, payload }) => ({ disputed_at: at, disputed_by: by, disputed_because: payload.because }),
  ),
  decided('resolution.superseded', ['superseded_by'], ({ payload: { superseded_by } }) => ({
    superseded_by,
  })),
  decides('resolution.proposed'),
  decides('resolution.confirmed'),
  decides('resolution.disputed'),
  decides('resolution.superseded'),
  ...referenceProjectors,
  touches('reference.recorded', BY_QUESTION, ({ payload }) => [{ question: payload.question }]),
  touches('reference.chosen', BY_QUESTION, ({ payload }) => [{ question: payload.question }]),
  touches('reference.withdrawn', BY_QUESTION, ({ payload }) => [{ question: payload.question }]),
  touches('forecast.recorded', BY_FORECAST, ({ payload }) => [{ forecast: payload.id }]),
  touches('forecast.withdrawn', BY_FORECAST, ({ payload }) => [{ forecast: payload.forecast }]),
  touches('retracted', BY_FORECAST, ({ payload }) => [{ forecast: payload.forecast }]),
  touches('question.amended', BY_QUESTION, ({ payload }) => [{ question: payload.record.id }]),
  touches('resolution.confirmed', BY_QUESTION, ({ payload }) => [{ question: payload.question }]),
  touches('resolution.superseded', BY_QUESTION, ({ payload }) => [{ question: payload.question }]),
  insert('questions.flagged', 'flag', ['question', 'deadline_rev', 'what', 'flagged_at', 'seq'], (event) =>
    event.payload.questions.map(({ id, deadline_rev, what }) => ({
      n: event.n,
      question: id,
      deadline_rev,
      what,
      flagged_at: event.at,
    })),
  ),
]
