import { type CorrectionType, classOf, correctionTypes, isCorrection } from '../core/corrected.ts'
import { isRedaction } from '../core/redaction.ts'
import { canonicalJson } from '../log/canonical-json.ts'
import {
  type Cells,
  cell,
  change,
  common,
  insert,
  type Placed,
  type Projector,
  ROWS,
  SEQ,
} from './projection-sql.ts'

const STREAM = cell('stream')
const of = (column: string, table: string) => `(SELECT ${column} FROM ${table} WHERE stream = ${STREAM})`

/**
 * What amends the record, once each, with the records that it is on: found by the stream of the entry. A resolution that
 * never was in force corrects nothing by giving way. Of the words nothing is kept here: they are read from the entries.
 */
const CORRECTION = `INSERT INTO correction (seq, at, by, type, class, analyst, source, question, forecast)
  SELECT ${SEQ}, ${cell('at')}, ${cell('by')}, ${cell('type')}, ${cell('class')},
    coalesce(${of('id', 'analyst')}, ${of('analyst', 'forecast')}),
    coalesce(${of('id', 'source')}, ${of('source', 'forecast')}),
    coalesce(${of('id', 'question')}, ${of('question', 'forecast')}),
    ${of('id', 'forecast')}
  FROM ${ROWS} WHERE (${cell('resolution')} IS NULL OR EXISTS (
    SELECT 1 FROM resolution WHERE resolution.question = ${cell('question')}
      AND resolution.id = ${cell('resolution')} AND resolution.confirmed_at IS NOT NULL))`

/**
 * One request takes words out of many entries in one batch, written alone and so of a moment of its own: its first entry
 * stands for it. The rows of one statement do not see each other.
 */
const REQUEST = `${CORRECTION} AND ${cell('n')} = (
    SELECT min(other.value ->> 'n') FROM json_each(:rows) AS other WHERE other.value ->> 'at' = ${cell('at')})
  AND NOT EXISTS (SELECT 1 FROM correction AS earlier WHERE earlier.type IN ('redacted', 'member.redacted') AND earlier.at = ${cell('at')})`

function correctionCells(event: Placed<CorrectionType>): Cells[] {
  if (!isCorrection(event)) return []
  const { type, payload } = event
  const superseded = 'superseded_by' in payload ? { question: payload.question, resolution: payload.id } : {}
  return [{ ...common(event), type, class: classOf(event), question: null, resolution: null, ...superseded }]
}

/** How the record was amended, by which policy, and what became of reports of readers. */
export const correctionProjectors: readonly Projector[] = [
  ...correctionTypes.map((type) => change(type, isRedaction(type) ? REQUEST : CORRECTION, correctionCells)),
  insert(
    'correction_policy.published',
    'correction_policy',
    ['seq', 'stream', 'at', 'by', 'record'],
    (event) => [{ ...common(event), record: canonicalJson(event.payload) }],
  ),
  insert(
    'report.closed',
    'report_closed',
    ['seq', 'subject', 'received_at', 'mended_by'],
    ({ n, payload: { about, received_at, mended_by } }) => [
      { n, subject: about, received_at, mended_by: mended_by ?? null },
    ],
  ),
]
