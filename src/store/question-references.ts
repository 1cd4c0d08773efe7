import type { Reference, ReferenceKind, ReferenceTimes } from '../core/reference.ts'
import type { Statement } from './database.ts'
import { type QuestionOf, questionOf } from './lookups.ts'
import { type Query, query } from './query.ts'
import { json, number, orNull, rowOf, text } from './row.ts'

/** When each was declared the primary, as SQL for JSON. */
const CHOSEN = `(SELECT json_group_array(json_object('seq', choice.seq, 'at', choice.at, 'by', choice.by))
  FROM reference_choice AS choice WHERE choice.question = reference.question AND choice.id = reference.id)`

const columns = rowOf({
  id: text,
  question: text,
  record: json<Reference>(),
  seq: number,
  at: text,
  by: text,
  withdrawn_at: orNull(text),
  withdrawn_by: orNull(text),
  withdrawn_because: orNull(text),
  chosen: json<{ seq: number; at: string; by: string }[]>(),
})
/** A reference of a question with what was done to it, as it lies in the log. */
export type ReferenceRow = ReturnType<typeof columns>
export const toReference = columns

const SELECT = `SELECT reference.*, ${CHOSEN} AS chosen FROM reference`

/** Everything that was ever recorded to compare forecasts on a question with, in that order. */
export const referencesOn = (of: QuestionOf): Query<ReferenceRow[]> =>
  query({ sql: `${SELECT} WHERE question = ${questionOf(of)} ORDER BY seq`, args: of }, (rows) =>
    rows.map(toReference),
  )

/** The same of some questions, or of all. */
export const referencesOf = (questions?: readonly string[]): Statement => ({
  sql: `${SELECT} ${questions === undefined ? '' : 'WHERE question IN (SELECT value FROM json_each(:ids))'} ORDER BY seq`,
  args: questions === undefined ? {} : { ids: JSON.stringify(questions) },
})

/** What a unit is told of a reference. */
export type ReferenceOfUnit = ReferenceTimes & { kind: ReferenceKind; probability: number }

/** That, of the question of a row, as SQL for JSON. The number is taken over as it is written: no digit is lost. */
export const REFERENCES = `(SELECT json_group_array(json_object('kind', record -> '$.kind',
    'probability', record -> '$.probability', 'seq', seq, 'at', at, 'withdrawn_at', withdrawn_at, 'chosen', json(${CHOSEN})))
  FROM reference WHERE reference.question = question.id)`
