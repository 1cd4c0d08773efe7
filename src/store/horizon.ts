import { needsDecisionAt, type State, stateOf } from '../core/state.ts'
import { STANDS, standing } from './due.ts'
import { MOST, QUESTION_COLUMNS, toQuestion } from './lookups.ts'
import { mapped, type Query, query, together } from './query.ts'

/** A question without an outcome, at the instant from which it needs a decision. */
export type HorizonItem = {
  question: string
  title: string
  at: Date
  /** The day of a deadline after which that is. */
  day: string
  /** How many analysts spoke about it. */
  voices: number
  state: State
}
/** Those at the nearest deadlines, and how many there are in all. */
export type Horizon = { items: HorizonItem[]; all: number }

/** The index counts those without an outcome; the few of which nothing stands are taken off. */
const ALL = `SELECT (SELECT count(*) FROM question WHERE outcome IS NULL) - (SELECT count(*) FROM question
  WHERE id IN (SELECT question FROM forecast WHERE retraction IS NOT NULL) AND outcome IS NULL AND NOT ${STANDS}) AS n`

/** What is not decided yet, at its deadline: of the whole ledger, or of what one analyst spoke about. */
export function horizonOf(now: Date, analyst?: string): Query<Horizon> {
  const theirs =
    analyst === undefined
      ? ''
      : 'AND id IN (SELECT question FROM forecast WHERE analyst = :analyst AND retraction IS NULL)'
  const where = `outcome IS NULL AND ${STANDS} ${theirs}`
  const args = analyst === undefined ? {} : { analyst }
  const parts = together({
    all: query(
      { sql: analyst === undefined ? ALL : `SELECT count(*) AS n FROM question WHERE ${where}`, args },
      ([row]) => Number(row?.n ?? 0),
    ),
    items: query(
      {
        sql: `SELECT ${QUESTION_COLUMNS}, (SELECT count(DISTINCT analyst) FROM forecast
            WHERE forecast.question = question.id AND retraction IS NULL) AS voices
          FROM question WHERE ${where} ORDER BY due_at, id LIMIT ${MOST}`,
        args,
      },
      (rows) =>
        rows.map((row): HorizonItem => {
          const question = toQuestion(row)
          const { id, title, deadline, condition } = question.record
          const at = needsDecisionAt(standing(question))
          return {
            question: id,
            title,
            at,
            day: (at < question.due_at ? condition?.deadline.date : undefined) ?? deadline.date,
            voices: Number(row.voices),
            state: stateOf(standing(question), now),
          }
        }),
    ),
  })
  return mapped(parts, ({ all, items }) => ({ all, items }))
}
