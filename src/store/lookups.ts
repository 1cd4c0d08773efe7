import type { Analyst } from '../core/analyst.ts'
import type { Proven } from '../core/anchor.ts'
import type { Payload } from '../core/entry.ts'
import type { Forecast } from '../core/forecast.ts'
import type { Question } from '../core/question.ts'
import type { ConditionRequest, Outcome, Resolution } from '../core/resolution.ts'
import type { Source } from '../core/source.ts'
import type { StandingStatement as StatementRecord } from '../core/statement.ts'
import type { Database, Row } from './database.ts'
import { ask, mapped, type Query, query, together } from './query.ts'
import { flag, instant, json, number, orNull, parsed, rowOf, text, word } from './row.ts'

/** The most that any list of an answer holds: for more there are pages. */
export const MOST = 200

/** Statements as they are read: by where their quotes stand in the text, where that is known, else as they were written down. */
export const AS_READ = `ORDER BY coalesce(record ->> '$.quote.start', 1e9), seq LIMIT ${MOST}`

/** When something was done, and by whom. */
type Act = { at: string; by: string }

/** A record with its place in the log. */
export type Held<T> = { record: T; stream: string; seq: number; at: string; by: string }

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
  ) END AS annulled_because,
  (SELECT count(*) FROM blind_outcome WHERE blind_outcome.question = question.id) AS sealed`

const questionColumns = rowOf({
  /** The last rev of the question's stream: amendments and resolutions raise it. */
  rev: number,
  due_at: instant,
  deadline_rev: number,
  condition_due_at: orNull(instant),
  condition_met: orNull(json<ConditionRequest & Act>()),
  /** Of the resolution in force. */
  outcome: orNull(json<Outcome>()),
  annulled_because: orNull(word<NonNullable<Resolution['annulled_because']>>()),
  known_on: orNull(text),
  /** 00:00 of `known_on` in the question's zone. */
  known_from: orNull(instant),
  /** The id of the proposal that waits for a decision. */
  pending: orNull(text),
  disputed: flag,
  /** How many members decided it on their own, before an outcome was proposed. */
  sealed: number,
  /** When the time for objections to it ends; null where nothing is decided. */
  final_at: orNull(instant),
})
export type QuestionRow = Held<Question> & ReturnType<typeof questionColumns>
export const toQuestion = (row: Row): QuestionRow => ({ ...toHeld<Question>(row), ...questionColumns(row) })

const forecastColumns = rowOf({
  source: text,
  withdrawal: orNull(json<Omit<Payload<'forecast.withdrawn'>, 'forecast'> & Act>()),
  retraction: orNull(json<{ because: string } & Act>()),
  proven: orNull(json<Proven>()),
})
export type ForecastRow = Held<Forecast> & ReturnType<typeof forecastColumns>
export const toForecast = (row: Row): ForecastRow => ({ ...toHeld<Forecast>(row), ...forecastColumns(row) })

const resolutionColumns = rowOf({
  record: json<Resolution>(),
  seq: number,
  proposed_at: text,
  proposed_by: text,
  confirmed_at: orNull(text),
  confirmed_by: orNull(text),
  /** For so long it is open to objection once it is confirmed. */
  objection_hours: orNull(number),
  disputed_at: orNull(text),
  disputed_by: orNull(text),
  disputed_because: orNull(text),
  superseded_by: orNull(text),
})
type Proposed = ReturnType<typeof resolutionColumns>
export type ResolutionRow = Proposed & { state: ReturnType<typeof resolutionState> }

export function toResolution(row: Row): ResolutionRow {
  const fields = resolutionColumns(row)
  return { ...fields, state: resolutionState(fields) }
}

function resolutionState({ superseded_by, disputed_at, confirmed_at }: Proposed) {
  if (superseded_by !== null) return 'superseded' as const
  if (disputed_at !== null) return 'disputed' as const
  return confirmed_at === null ? ('proposed' as const) : ('confirmed' as const)
}

const one = <T>(sql: string, id: string, read: (row: Row) => T): Query<T | null> =>
  query({ sql, args: { id } }, ([row]) => (row === undefined ? null : read(row)))

export const sourceById = (id: string) => one('SELECT * FROM source WHERE id = :id', id, toHeld<Source>)
export const findSource = (db: Database, id: string) => ask(db, sourceById(id))
/** The source to which an address belongs. */
export const findSourceByAddress = (db: Database, address_key: string) =>
  ask(db, one('SELECT * FROM source WHERE address_key = :id', address_key, toHeld<Source>))
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
