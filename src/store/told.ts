import type { Deadline } from '../core/calendar.ts'
import type { Notice } from './notices.ts'
import { mapped, type Query, query, together } from './query.ts'
import { flag, json, number, orNull, rowOf, text } from './row.ts'

const toQuestion = rowOf({
  id: text,
  title: text,
  deadline: json<Deadline>(),
  decided: flag,
  pending: flag,
  disputed: flag,
  proposed_by: orNull(text),
  disputed_by: orNull(text),
  outcome: orNull(text),
  analysts: json<string[]>(),
})
const toForecast = rowOf({ id: text, question: text, title: text, analyst: text, quote: text })
const toSource = rowOf({ id: text, title: text, state: text })
const toReport = rowOf({ id: text, subject: text, title: text })
const toCheckpoint = rowOf({ size: number, note: text })

/** What stands in the record now about what some notices name. Nothing of it was kept since they were written. */
export type Told = {
  questions: ReadonlyMap<string, ReturnType<typeof toQuestion>>
  forecasts: ReadonlyMap<string, ReturnType<typeof toForecast>>
  sources: ReadonlyMap<string, ReturnType<typeof toSource>>
  reports: ReadonlyMap<string, ReturnType<typeof toReport>>
  checkpoints: ReadonlyMap<string, ReturnType<typeof toCheckpoint>>
  four_eyes: boolean
}

const MOST_NAMES = 5

export function toldOf(notices: readonly Notice[]): Query<Told> {
  const args = { ids: JSON.stringify([...new Set(notices.map(({ subject }) => subject))]) }
  const by = <T>(sql: string, key: (row: T) => string, read: (row: Record<string, unknown>) => T) =>
    query({ sql, args }, (rows) => new Map(rows.map(read).map((row) => [key(row), row])))
  const IDS = '(SELECT value FROM json_each(:ids))'
  const all = together({
    questions: by(
      `SELECT id, record ->> '$.title' AS title, record -> '$.deadline' AS deadline, outcome IS NOT NULL AS decided,
        pending IS NOT NULL AS pending, disputed OR EXISTS (SELECT 1 FROM resolution WHERE resolution.question = question.id
          AND disputed_at IS NOT NULL AND superseded_by IS NULL) AS disputed,
        (SELECT proposed_by FROM resolution WHERE resolution.question = question.id AND confirmed_at IS NULL
          AND superseded_by IS NULL ORDER BY seq DESC LIMIT 1) AS proposed_by,
        (SELECT disputed_by FROM resolution WHERE resolution.question = question.id AND disputed_at IS NOT NULL
          AND superseded_by IS NULL ORDER BY seq DESC LIMIT 1) AS disputed_by, outcome,
        (SELECT json_group_array(name) FROM (SELECT record ->> '$.name' AS name FROM analyst
          WHERE id IN (SELECT analyst FROM forecast WHERE forecast.question = question.id AND retraction IS NULL)
          ORDER BY sort_key LIMIT ${MOST_NAMES})) AS analysts
      FROM question WHERE id IN ${IDS}`,
      ({ id }) => id,
      toQuestion,
    ),
    forecasts: by(
      `SELECT forecast.id, question, question.record ->> '$.title' AS title, analyst.record ->> '$.name' AS analyst,
        statement.record ->> '$.quote.exact' AS quote
      FROM forecast JOIN question ON question.id = forecast.question JOIN analyst ON analyst.id = forecast.analyst
        JOIN statement ON statement.id = forecast.id
      WHERE forecast.id IN ${IDS} AND forecast.retraction IS NULL`,
      ({ id }) => id,
      toForecast,
    ),
    sources: by(
      `SELECT id, record ->> '$.title' AS title, state FROM source JOIN recheck ON recheck.source = source.id
      WHERE id IN ${IDS}`,
      ({ id }) => id,
      toSource,
    ),
    reports: by(
      `SELECT id, subject, coalesce(
          (SELECT record ->> '$.title' FROM question WHERE 'question:' || question.id = subject),
          (SELECT record ->> '$.title' FROM source WHERE 'source:' || source.id = subject),
          (SELECT record ->> '$.name' FROM analyst WHERE 'analyst:' || analyst.id = subject),
          (SELECT record ->> '$.quote.exact' FROM statement WHERE 'forecast:' || statement.id = subject),
          subject) AS title
        FROM report WHERE id IN ${IDS}`,
      ({ id }) => id,
      toReport,
    ),
    checkpoints: by(
      `SELECT size, note FROM checkpoint WHERE size IN ${IDS.replace('value', 'CAST(value AS INTEGER)')}`,
      ({ size }) => String(size),
      toCheckpoint,
    ),
    four_eyes: query(
      { sql: 'SELECT four_eyes_in_force AS held FROM policy' },
      ([row]) => Number(row?.held) === 1,
    ),
  })
  return mapped(all, (told): Told => told)
}
