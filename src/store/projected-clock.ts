import { FINAL_AT } from './projected-questions.ts'
import { cell, change, insert, type Projector, ROWS, SEQ } from './projection-sql.ts'

/** Where the time of an entry is kept, column by column; in records within a record as `$.at`. */
const TIMES: readonly [table: string, ...columns: string[]][] = [
  ['source', 'at'],
  ['archived', 'at'],
  ['analyst', 'at'],
  ['statement', 'at', 'verified_at'],
  ['question', 'at'],
  ['forecast', 'at'],
  ['reference', 'at', 'withdrawn_at'],
  ['reference_choice', 'at'],
  ['reply', 'at'],
  ['resolution', 'proposed_at', 'confirmed_at', 'disputed_at'],
  ['member', 'at'],
  ['token', 'issued_at', 'revoked_at'],
  ['clock_word', 'at'],
  ['anchored', 'at'],
  ['correction', 'at'],
  ['correction_policy', 'at'],
]
const ACTS: readonly [table: string, ...columns: string[]][] = [
  ['question', 'condition_met'],
  ['forecast', 'withdrawal', 'retraction'],
]

/**
 * A correction of the clock: what counts as recorded later than it counts as recorded with it. Flags that were raised
 * ahead fall, to be raised anew where they are due, and every summary is made again.
 */
const corrected = (sql: string): Projector => change('clock.corrected', sql, ({ n, at }) => [{ n, at }])
const AT = `(SELECT ${cell('at')} FROM ${ROWS})`
const corrections: readonly Projector[] = [
  ...TIMES.flatMap(([table, ...columns]) =>
    columns.map((column) => corrected(`UPDATE ${table} SET ${column} = ${AT} WHERE ${column} > ${AT}`)),
  ),
  ...ACTS.flatMap(([table, ...columns]) =>
    columns.map((column) =>
      corrected(
        `UPDATE ${table} SET ${column} = json_set(${column}, '$.at', ${AT}) WHERE ${column} ->> '$.at' > ${AT}`,
      ),
    ),
  ),
  // What is counted from one of these times is counted anew.
  corrected(
    `UPDATE question SET final_at = (
       SELECT max(${FINAL_AT}) FROM resolution AS r
       WHERE r.question = question.id AND r.confirmed_at IS NOT NULL AND r.superseded_by IS NULL)
     WHERE final_at IS NOT NULL AND EXISTS (SELECT 1 FROM ${ROWS})`,
  ),
  corrected(`DELETE FROM flag WHERE flagged_at > ${AT}`),
  corrected(`UPDATE analyst SET changed = (SELECT ${SEQ} FROM ${ROWS})`),
]

const CLOCK_WORD = ['seq', 'at', 'by', 'corrects_from', 'because']

/** What was said of the clock, and what follows for everything before. */
export const clockProjectors: readonly Projector[] = [
  ...corrections,
  insert('clock.accepted', 'clock_word', CLOCK_WORD, ({ n, at, by, payload }) => [
    { n, at, by, corrects_from: null, because: payload.because ?? null },
  ]),
  insert('clock.corrected', 'clock_word', CLOCK_WORD, ({ n, at, by, payload }) => [
    { n, at, by, corrects_from: payload.from, because: payload.because },
  ]),
]
