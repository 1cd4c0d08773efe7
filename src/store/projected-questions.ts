import { dueAt, startOfDay } from '../core/calendar.ts'
import type { EntryType } from '../core/entry.ts'
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
  SEQ,
  searchable,
  searchChange,
} from './projector.ts'
import { questionSame } from './twins.ts'

/** What a question owes its state to, taken from its resolutions: the order of the events does not matter. */
const DECIDE = `UPDATE question SET
  (outcome, known_on, known_from, disputed) = (
    SELECT max(r.outcome), max(r.known_on), max(r.known_from), count(r.disputed_at) FROM resolution AS r
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

const resolutionChange = (set: string) =>
  `UPDATE resolution SET ${set} FROM ${ROWS} WHERE resolution.question = ${cell('question')} AND resolution.id = ${cell('id')}`

/** The last entry that can have changed an analyst's record: what was summarised before it is out of date. */
const touches = <T extends EntryType>(on: T, join: string, rows: (event: Placed<T>) => Cells) =>
  change(
    on,
    `UPDATE analyst SET changed = max(changed, (
       SELECT max(${SEQ}) FROM ${ROWS} JOIN forecast ON ${join} WHERE forecast.analyst = analyst.id))
     WHERE id IN (SELECT forecast.analyst FROM ${ROWS} JOIN forecast ON ${join})`,
    (event) => [{ n: event.n, ...rows(event) }],
  )
const BY_QUESTION = `forecast.question = ${cell('question')}`
const BY_FORECAST = `forecast.id = ${cell('forecast')}`

/** What was asked and forecast, and what became of it. */
export const questionProjectors: readonly Projector[] = [
  insert(
    'question.recorded',
    'question',
    [...RECORD, 'due_at', 'deadline_rev', 'condition_due_at', 'same_key', 'record'],
    (event) => [
      {
        ...common(event),
        id: event.payload.id,
        due_at: dueAt(event.payload.deadline).toISOString(),
        deadline_rev: 0,
        condition_due_at: event.payload.condition
          ? dueAt(event.payload.condition.deadline).toISOString()
          : null,
        same_key: questionSame(event.payload),
        record: canonicalJson(event.payload),
      },
    ],
  ),
  insert('question.recorded', 'question_tag', ['tag', 'question'], (event) =>
    (event.payload.tags ?? []).map((tag) => ({ n: event.n, tag, question: event.payload.id })),
  ),
  insert('question.recorded', 'search', SEARCH_COLUMNS, (event) => [
    {
      n: event.n,
      ...searchable('question', event.payload.id, event.payload.title, [
        event.payload.criteria,
        event.payload.fine_print,
      ]),
    },
  ]),
  change(
    'question.amended',
    `UPDATE question SET due_at = ${cell('due_at')}, condition_due_at = ${cell('condition_due_at')}, same_key = ${cell('same_key')}, record = ${cell('record')},
       deadline_rev = CASE WHEN due_at = ${cell('due_at')} AND condition_due_at IS ${cell('condition_due_at')}
         THEN deadline_rev ELSE ${cell('rev')} END
     FROM ${ROWS} WHERE question.id = ${cell('id')}`,
    (event) => [
      {
        id: event.payload.record.id,
        rev: event.rev,
        due_at: dueAt(event.payload.record.deadline).toISOString(),
        condition_due_at: event.payload.record.condition
          ? dueAt(event.payload.record.condition.deadline).toISOString()
          : null,
        same_key: questionSame(event.payload.record),
        record: canonicalJson(event.payload.record),
      },
    ],
  ),
  change(
    'question.amended',
    `DELETE FROM question_tag WHERE question IN (SELECT ${cell('id')} FROM ${ROWS})`,
    (event) => [{ id: event.payload.record.id }],
  ),
  insert('question.amended', 'question_tag', ['tag', 'question'], (event) =>
    (event.payload.record.tags ?? []).map((tag) => ({ n: event.n, tag, question: event.payload.record.id })),
  ),
  change('question.amended', searchChange('question'), ({ payload: { record } }) => [
    searchable('question', record.id, record.title, [record.criteria, record.fine_print]),
  ]),
  change(
    'condition.met',
    `UPDATE question SET condition_met = ${cell('record')} FROM ${ROWS} WHERE question.id = ${cell('question')}`,
    (event) => [
      {
        question: event.payload.question,
        record: canonicalJson({ ...event.payload, at: event.at, by: event.by }),
      },
    ],
  ),
  insert(
    'forecast.recorded',
    'forecast',
    [...RECORD, 'question', 'analyst', 'source', 'said_to', 'record'],
    (event) => {
      const { id, question, analyst, statement, said_on } = event.payload
      const source = sourceOf(statement)
      return [
        {
          ...common(event),
          id,
          question,
          analyst,
          source,
          said_to: said_on.to,
          record: canonicalJson(event.payload),
        },
      ]
    },
  ),
  change(
    'forecast.withdrawn',
    `UPDATE forecast SET withdrawal = ${cell('record')} FROM ${ROWS} WHERE forecast.id = ${cell('id')}`,
    (event) => [
      { id: event.payload.forecast, record: canonicalJson({ ...event.payload, at: event.at, by: event.by }) },
    ],
  ),
  change(
    'retracted',
    `UPDATE forecast SET retraction = ${cell('record')} FROM ${ROWS} WHERE forecast.id = ${cell('id')}`,
    (event) => [
      { id: event.payload.forecast, record: canonicalJson({ ...event.payload, at: event.at, by: event.by }) },
    ],
  ),
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
  change(
    'resolution.confirmed',
    resolutionChange(`confirmed_at = ${cell('at')}, confirmed_by = ${cell('by')}`),
    ({ at, by, payload: { question, id } }) => [{ question, id, at, by }],
  ),
  change(
    'resolution.disputed',
    resolutionChange(
      `disputed_at = ${cell('at')}, disputed_by = ${cell('by')}, disputed_because = ${cell('because')}`,
    ),
    ({ at, by, payload: { question, id, because } }) => [{ question, id, at, by, because }],
  ),
  change(
    'resolution.superseded',
    resolutionChange(`superseded_by = ${cell('superseded_by')}`),
    ({ payload: { question, id, superseded_by } }) => [{ question, id, superseded_by }],
  ),
  decides('resolution.proposed'),
  decides('resolution.confirmed'),
  decides('resolution.disputed'),
  decides('resolution.superseded'),
  touches('forecast.recorded', BY_FORECAST, ({ payload }) => ({ forecast: payload.id })),
  touches('forecast.withdrawn', BY_FORECAST, ({ payload }) => ({ forecast: payload.forecast })),
  touches('retracted', BY_FORECAST, ({ payload }) => ({ forecast: payload.forecast })),
  touches('question.amended', BY_QUESTION, ({ payload }) => ({ question: payload.record.id })),
  touches('resolution.confirmed', BY_QUESTION, ({ payload }) => ({ question: payload.question })),
  touches('resolution.superseded', BY_QUESTION, ({ payload }) => ({ question: payload.question })),
  touches('source.recorded', `forecast.source = ${cell('source')}`, ({ payload }) => ({
    source: payload.record.id,
  })),
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
