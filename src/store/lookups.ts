import type { Analyst } from '../core/analyst.ts'
import type { Payload } from '../core/entry.ts'
import type { Forecast } from '../core/forecast.ts'
import type { Question } from '../core/question.ts'
import type { ConditionRequest, Outcome, Resolution } from '../core/resolution.ts'
import type { Source } from '../core/source.ts'
import type { StandingStatement as StatementRecord } from '../core/statement.ts'
import type { Database, Row } from './database.ts'
import { ask, mapped, type Query, query, together } from './query.ts'

/** The most that any list of an answer holds: for more there are pages. */
export const MOST = 200

/** A record with its place in the log. */
export type Held<T> = { record: T; stream: string; seq: number; at: string; by: string }

export type QuestionRow = Held<Question> & {
  /** The last rev of the question's stream: amendments and resolutions raise it. */
  rev: number
  due_at: Date
  deadline_rev: number
  condition_due_at: Date | null
  condition_met: (ConditionRequest & { at: string; by: string }) | null
  /** Of the resolution in force. */
  outcome: Outcome | null
  annulled_because: 'condition_not_met' | 'moot' | null
  known_on: string | null
  /** 00:00 of `known_on` in the question's zone. */
  known_from: Date | null
  /** The id of the proposal that waits for a decision. */
  pending: string | null
  disputed: boolean
}

export type ForecastRow = Held<Forecast> & {
  source: string
  withdrawal: (Omit<Payload<'forecast.withdrawn'>, 'forecast'> & { at: string; by: string }) | null
  retraction: { because: string; at: string; by: string } | null
}

export type ResolutionRow = {
  record: Resolution
  seq: number
  proposed_at: string
  proposed_by: string
  confirmed_at: string | null
  confirmed_by: string | null
  disputed_at: string | null
  disputed_by: string | null
  disputed_because: string | null
  superseded_by: string | null
  state: 'proposed' | 'confirmed' | 'disputed' | 'superseded'
}

// Records were checked by their schema when they were written and are hashed; `reckon verify` checks them again.
export const parsed = <T>(value: unknown): T => JSON.parse(String(value)) as T
const parsedOrNull = <T>(value: unknown): T | null => (value === null ? null : parsed<T>(value))
const textOrNull = (value: unknown): string | null => (value === null ? null : String(value))
const dateOrNull = (value: unknown): Date | null => (value === null ? null : new Date(String(value)))

export const toHeld = <T>(row: Row): Held<T> => ({
  record: parsed<T>(row.record),
  stream: String(row.stream),
  seq: Number(row.seq),
  at: String(row.at),
  by: String(row.by),
})

export const QUESTION_COLUMNS = `question.*, (SELECT max(rev) FROM entry WHERE entry.stream = question.stream) AS rev,
  CASE WHEN question.outcome = '"annulled"' THEN (
    SELECT record ->> '$.annulled_because' FROM resolution
    WHERE resolution.question = question.id AND confirmed_at IS NOT NULL AND superseded_by IS NULL
  ) END AS annulled_because`

export const toQuestion = (row: Row): QuestionRow => ({
  ...toHeld<Question>(row),
  rev: Number(row.rev),
  due_at: new Date(String(row.due_at)),
  deadline_rev: Number(row.deadline_rev),
  condition_due_at: dateOrNull(row.condition_due_at),
  condition_met: parsedOrNull(row.condition_met),
  outcome: parsedOrNull<Outcome>(row.outcome),
  annulled_because: (row.annulled_because ?? null) as QuestionRow['annulled_because'],
  known_on: textOrNull(row.known_on),
  known_from: dateOrNull(row.known_from),
  pending: textOrNull(row.pending),
  disputed: Number(row.disputed) > 0,
})

export const toForecast = (row: Row): ForecastRow => ({
  ...toHeld<Forecast>(row),
  source: String(row.source),
  withdrawal: parsedOrNull(row.withdrawal),
  retraction: parsedOrNull(row.retraction),
})

export const toResolution = (row: Row): ResolutionRow => {
  const fields = {
    record: parsed<Resolution>(row.record),
    seq: Number(row.seq),
    proposed_at: String(row.proposed_at),
    proposed_by: String(row.proposed_by),
    confirmed_at: textOrNull(row.confirmed_at),
    confirmed_by: textOrNull(row.confirmed_by),
    disputed_at: textOrNull(row.disputed_at),
    disputed_by: textOrNull(row.disputed_by),
    disputed_because: textOrNull(row.disputed_because),
    superseded_by: textOrNull(row.superseded_by),
  }
  return { ...fields, state: resolutionState(fields) }
}

function resolutionState(row: {
  superseded_by: string | null
  disputed_at: string | null
  confirmed_at: string | null
}) {
  if (row.superseded_by !== null) return 'superseded' as const
  if (row.disputed_at !== null) return 'disputed' as const
  return row.confirmed_at === null ? ('proposed' as const) : ('confirmed' as const)
}

const one = <T>(sql: string, id: string, read: (row: Row) => T): Query<T | null> =>
  query({ sql, args: { id } }, ([row]) => (row === undefined ? null : read(row)))

export const sourceById = (id: string) => one('SELECT * FROM source WHERE id = :id', id, toHeld<Source>)
export const findSource = (db: Database, id: string) => ask(db, sourceById(id))
export const analystById = (id: string) => one('SELECT * FROM analyst WHERE id = :id', id, toHeld<Analyst>)
export const findAnalyst = (db: Database, id: string) => ask(db, analystById(id))
export const findStatement = (db: Database, id: string) =>
  ask(db, one('SELECT * FROM statement WHERE id = :id', id, toHeld<StatementRecord>))
export const forecastRowById = (id: string) => one('SELECT * FROM forecast WHERE id = :id', id, toForecast)
export const findForecast = (db: Database, id: string) => ask(db, forecastRowById(id))
export const questionById = (id: string) =>
  one(`SELECT ${QUESTION_COLUMNS} FROM question WHERE id = :id`, id, toQuestion)
export const findQuestion = (db: Database, id: string) => ask(db, questionById(id))

/** A source whose text has this hash: the same text, whatever it is called. */
export const findSourceByText = (db: Database, hash: string) =>
  ask(
    db,
    one(
      `SELECT * FROM source WHERE record ->> '$.text_sha256' = :id ORDER BY seq LIMIT 1`,
      hash,
      toHeld<Source>,
    ),
  )

/** The analysts who answer to any of these folded names. */
export async function findAnalystsByName(db: Database, nameKeys: string[]): Promise<Held<Analyst>[]> {
  const rows = await db.read({
    sql: `SELECT DISTINCT analyst.* FROM analyst_name JOIN analyst ON analyst.id = analyst_name.analyst
      WHERE name_key IN (SELECT value FROM json_each(:keys))`,
    args: { keys: JSON.stringify(nameKeys) },
  })
  return rows.map(toHeld<Analyst>)
}

/** A question, by its id or by that of a forecast on it. */
export type QuestionOf = { question: string } | { forecast: string }
/** The id of that question as SQL. */
export const questionOf = (of: QuestionOf): string =>
  'question' in of ? ':question' : '(SELECT question FROM forecast WHERE id = :forecast)'

/** A column of the first `:forecasts` forecasts on `:question`, in the order of saying, as SQL. */
export const firstForecastsOn = (column: string): string =>
  `SELECT ${column} FROM forecast WHERE question = :question ORDER BY said_to, seq LIMIT :forecasts`

/** All proposals for a question, oldest first. */
export const resolutionsOn = (of: QuestionOf): Query<ResolutionRow[]> =>
  query(
    { sql: `SELECT * FROM resolution WHERE question = ${questionOf(of)} ORDER BY seq`, args: of },
    (rows) => rows.map(toResolution),
  )
export const resolutionsOf = (db: Database, question: string) => ask(db, resolutionsOn({ question }))

/** These questions by id, each with all its proposals, oldest first. */
export function questionsById(
  ids: readonly string[],
): Query<ReadonlyMap<string, { question: QuestionRow; resolutions: ResolutionRow[] }>> {
  const among = 'IN (SELECT value FROM json_each(:ids))'
  const args = { ids: JSON.stringify(ids) }
  const parts = together({
    questions: query({ sql: `SELECT ${QUESTION_COLUMNS} FROM question WHERE id ${among}`, args }, (rows) =>
      rows.map(toQuestion),
    ),
    resolutions: query(
      { sql: `SELECT * FROM resolution WHERE question ${among} ORDER BY seq`, args },
      (rows) => rows.map(toResolution),
    ),
  })
  return mapped(parts, ({ questions, resolutions }) => {
    const held = new Map(
      questions.map((question) => [question.record.id, { question, resolutions: [] as ResolutionRow[] }]),
    )
    for (const row of resolutions) held.get(row.record.question)?.resolutions.push(row)
    return held
  })
}

const TABLES = { source: 'source', analyst: 'analyst', statement: 'statement', question: 'question' } as const

/** Which of these ids are taken. */
export async function takenIds(
  db: Database,
  nouns: (keyof typeof TABLES)[],
  ids: string[],
): Promise<Set<string>> {
  const sql = nouns
    .map((noun) => `SELECT id FROM ${TABLES[noun]} WHERE id IN (SELECT value FROM json_each(:ids))`)
    .join(' UNION ')
  const rows = await db.read({ sql, args: { ids: JSON.stringify(ids) } })
  return new Set(rows.map((row) => String(row.id)))
}

/** The privately kept text of a source, or null. */
export async function findSourceText(db: Database, source: string): Promise<string | null> {
  const [row] = await db.read({
    sql: 'SELECT text FROM source_text WHERE source = :source',
    args: { source },
  })
  return row === undefined ? null : String(row.text)
}
