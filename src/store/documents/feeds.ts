import type { Database } from '../database.ts'
import { STANDS } from '../due.ts'
import { conditions, type ForecastFilter, FROM } from '../forecast-filter.ts'
import { type ForecastItem, items, pageOfForecasts } from '../forecasts.ts'
import {
  analystById,
  QUESTION_COLUMNS,
  type QuestionRow,
  questionsById,
  type ResolutionRow,
  toQuestion,
  toResolution,
} from '../lookups.ts'
import { everyMember } from '../members.ts'
import { ask, known, type Query, query, together } from '../query.ts'

/** So many entries a feed has. */
export const FED = 50
/** So many claims stand in the entry of a question. */
export const CLAIMS_FED = 5
/** So many deadlines a calendar has that wait for a decision, and so many that were decided. */
export const DEADLINES = 1000

/** What an entry of a feed has of the log: a hash that names it for good, and when what it tells last changed. */
type Logged = { leaf: string; changed: string }

const lastOf = (stream: string) => `(SELECT at FROM entry WHERE stream = ${stream} ORDER BY rev DESC LIMIT 1)`
const takenOut = (seqs: string) =>
  `coalesce((SELECT max(redaction.at) FROM redaction WHERE redaction.entry IN (${seqs})), '')`
const leafOf = (seq: string) => `(SELECT lower(hex(leaf)) FROM entry WHERE entry.seq = ${seq})`

/** Whether a forecast on `question` is among those that are asked for; all questions are where nothing is. */
function narrowed(filter: ForecastFilter, now: Date, question: string) {
  if (Object.keys(filter).length === 0) return { where: 'true', args: {} }
  const { where, args } = conditions(filter, now)
  return { where: `${question} IN (SELECT forecast.question ${FROM} WHERE ${where})`, args }
}

/** The latest forecasts, with what is said of those who narrow a feed. */
export async function readNewlyLogged(db: Database, filter: ForecastFilter, now: Date) {
  const { page, members, analyst } = await ask(
    db,
    together({
      page: pageOfForecasts(filter, now, { limit: FED }),
      members: everyMember,
      analyst: analystOf(filter),
    }),
  )
  const marks = await ask(db, marksOf(page.items))
  const logged = page.items.flatMap((item) => {
    const mark = marks.get(item.forecast.seq)
    return mark === undefined ? [] : [{ item, ...mark }]
  })
  return { logged, members, analyst }
}

const analystOf = ({ analyst }: ForecastFilter) =>
  analyst === undefined ? known(null) : analystById(analyst)

const marksOf = (of: readonly ForecastItem[]): Query<ReadonlyMap<number, Logged>> =>
  query(
    {
      sql: `SELECT forecast.seq, ${leafOf('forecast.seq')} AS leaf, max(
          ${lastOf('forecast.stream')}, ${lastOf('statement.stream')}, ${lastOf('question.stream')},
          ${takenOut('forecast.seq, statement.seq, question.seq')}) AS changed
        FROM json_each(:seqs) AS wanted CROSS JOIN forecast ON forecast.seq = wanted.value
        JOIN statement ON statement.id = forecast.id JOIN question ON question.id = forecast.question`,
      args: { seqs: JSON.stringify(of.map(({ forecast }) => forecast.seq)) },
    },
    (rows) =>
      new Map(rows.map((row) => [Number(row.seq), { leaf: String(row.leaf), changed: String(row.changed) }])),
  )

/** The claims on some questions that are asked for, the first few of each, and how many there are. */
type Claims = { items: ForecastItem[]; counts: ReadonlyMap<string, number> }

function claimsOn(questions: readonly string[], filter: ForecastFilter, now: Date): Query<Claims> {
  const { where, args } = conditions(filter, now)
  const among = `${where} AND forecast.question IN (SELECT value FROM json_each(:questions))`
  const asked = { ...args, questions: JSON.stringify(questions) }
  return together({
    items: items(
      `WHERE forecast.seq IN (SELECT seq FROM (
          SELECT forecast.seq, row_number() OVER (PARTITION BY forecast.question ORDER BY forecast.said_to, forecast.seq) AS n
          ${FROM} WHERE ${among}) WHERE n <= ${CLAIMS_FED})
        ORDER BY forecast.said_to, forecast.seq`,
      asked,
      now,
    ),
    counts: query(
      {
        sql: `SELECT forecast.question AS question, count(*) AS n ${FROM} WHERE ${among} GROUP BY 1`,
        args: asked,
      },
      (rows) => new Map(rows.map((row) => [String(row.question), Number(row.n)])),
    ),
  })
}

export type BecameDue = Logged & { question: QuestionRow; what: 'deadline' | 'condition'; flagged_at: string }

/** The questions that the job flagged last, by their present deadline. */
export async function readBecameDue(db: Database, filter: ForecastFilter, now: Date) {
  const { where, args } = narrowed(filter, now, 'flag.question')
  const { due, analyst } = await ask(
    db,
    together({
      due: query(
        {
          sql: `SELECT ${QUESTION_COLUMNS}, flag.what, flag.flagged_at, ${leafOf('flag.seq')} AS leaf,
              max(flag.flagged_at, ${takenOut('question.seq')}) AS changed
            FROM (SELECT flag.* FROM flag
                JOIN question ON question.id = flag.question AND question.deadline_rev = flag.deadline_rev
                WHERE ${where} AND ${STANDS} ORDER BY flag.seq DESC, flag.question LIMIT ${FED}) AS flag
              JOIN question ON question.id = flag.question
            ORDER BY flag.seq DESC, flag.question`,
          args,
        },
        (rows) =>
          rows.map(
            (row): BecameDue => ({
              question: toQuestion(row),
              what: row.what as BecameDue['what'],
              flagged_at: String(row.flagged_at),
              leaf: String(row.leaf),
              changed: String(row.changed),
            }),
          ),
      ),
      analyst: analystOf(filter),
    }),
  )
  const claims = await ask(
    db,
    claimsOn(
      due.map(({ question }) => question.record.id),
      filter,
      now,
    ),
  )
  return { due, claims, analyst }
}

/** Those among which are the last that changed: confirmed last, or told of once more. Binds what `where` binds. */
const latelyChanged = (where: string) => `
  SELECT seq FROM (SELECT seq FROM resolution WHERE confirmed_at IS NOT NULL AND ${where}
    ORDER BY confirmed_at DESC, seq DESC LIMIT ${FED})
  UNION SELECT seq FROM resolution WHERE (disputed_at IS NOT NULL OR superseded_by IS NOT NULL) AND ${where}
  UNION SELECT seq FROM resolution WHERE seq IN (SELECT entry FROM redaction) AND ${where}`

export type Decided = Logged & { row: ResolutionRow; question: QuestionRow }

/** The outcomes that were decided last, also those that no longer hold: whoever heard of them hears that too. */
export async function readDecided(db: Database, filter: ForecastFilter, now: Date) {
  const { where, args } = narrowed(filter, now, 'resolution.question')
  const { rows, members, analyst } = await ask(
    db,
    together({
      rows: query(
        {
          // Which they are is found first: only those are read whole.
          sql: `SELECT resolution.*, ${leafOf('resolution.seq')} AS leaf FROM (SELECT *, max(confirmed_at, coalesce(disputed_at, ''),
              ${takenOut('resolution.seq')},
              CASE WHEN superseded_by IS NULL THEN '' ELSE coalesce((SELECT max(entry.at) FROM entry
                WHERE entry.stream = (SELECT stream FROM question WHERE question.id = resolution.question)
                AND entry.type = 'resolution.superseded'), '') END) AS changed
            FROM resolution WHERE confirmed_at IS NOT NULL AND seq IN (${latelyChanged(where)})
            ORDER BY changed DESC, resolution.seq DESC LIMIT ${FED}) AS resolution
            ORDER BY changed DESC, resolution.seq DESC`,
          args,
        },
        (found) =>
          found.map((row) => ({
            row: toResolution(row),
            leaf: String(row.leaf),
            changed: String(row.changed),
          })),
      ),
      members: everyMember,
      analyst: analystOf(filter),
    }),
  )
  const ids = [...new Set(rows.map(({ row }) => row.record.question))]
  const { questions, claims } = await ask(
    db,
    together({ questions: questionsById(ids), claims: claimsOn(ids, filter, now) }),
  )
  const decided = rows.flatMap((one): Decided[] => {
    const held = questions.get(one.row.record.question)
    return held === undefined ? [] : [{ ...one, question: held.question }]
  })
  return { decided, claims, members, analyst }
}

export type DeadlineRow = {
  question: QuestionRow
  /** Raised by whatever changes what a calendar says of it. */
  sequence: number
  changed: string
  /** Whether a forecast on it still counts. */
  stands: boolean
}

/** The deadlines of questions: those that wait for a decision, the nearest first, then those that were decided, the last first. */
export function readDeadlines(db: Database, filter: ForecastFilter, now: Date) {
  const { where, args } = narrowed(filter, now, 'question.id')
  const retracted = 'FROM forecast WHERE forecast.question = question.id AND retraction IS NOT NULL'
  const some = (which: 'IS NULL' | 'IS NOT NULL', order: 'ASC' | 'DESC') => {
    const rest = `question.outcome ${which} ORDER BY question.due_at ${order}, question.id`
    return query(
      {
        sql: `SELECT ${QUESTION_COLUMNS}, (SELECT count(*) ${retracted}) AS retracted,
            max(${lastOf('question.stream')}, coalesce((SELECT max(retraction ->> '$.at') ${retracted}), '')) AS changed,
            ${STANDS} AS stands
          FROM question WHERE question.id IN (SELECT id FROM question WHERE ${where} AND ${rest} LIMIT ${DEADLINES})
          ORDER BY question.due_at ${order}, question.id`,
        args,
      },
      (rows) =>
        rows.map((row): DeadlineRow => {
          const question = toQuestion(row)
          const sequence = question.rev + Number(row.retracted)
          return { question, sequence, changed: String(row.changed), stands: Number(row.stands) === 1 }
        }),
    )
  }
  return ask(
    db,
    together({
      undecided: some('IS NULL', 'ASC'),
      decided: some('IS NOT NULL', 'DESC'),
      analyst: analystOf(filter),
    }),
  )
}

/** A checkpoint as it was signed, and when the last entry was recorded that it holds. */
export type FedCheckpoint = { size: number; note: string; at: string }

/** The last checkpoints, the latest first. */
export const readCheckpoints = (db: Database): Promise<FedCheckpoint[]> =>
  ask(
    db,
    query(
      {
        sql: `SELECT size, note, (SELECT at FROM entry WHERE entry.seq = size - 1) AS at
          FROM checkpoint WHERE size > 0 ORDER BY size DESC LIMIT ${FED}`,
      },
      (rows) =>
        rows.flatMap((row) =>
          row.at === null ? [] : [{ size: Number(row.size), note: String(row.note), at: String(row.at) }],
        ),
    ),
  )
