import type { Forecast } from '../../core/forecast.ts'
import type { Question } from '../../core/question.ts'
import type { StandingStatement } from '../../core/statement.ts'
import type { Database } from '../database.ts'
import { analystById, questionById, sourceById } from '../lookups.ts'
import { ask, query, together } from '../query.ts'
import { json, number, orNull, rowOf } from '../row.ts'

const toLogged = rowOf({
  seq: number,
  record: json<StandingStatement>(),
  forecast_seq: orNull(number),
  forecast: orNull(json<Forecast>()),
  question_seq: orNull(number),
  question: orNull(json<Question>()),
})
/** What was said, and the forecast and the question that became of it, each with the number of its entry. */
export type LoggedItem = ReturnType<typeof toLogged>

const itemsNamed = (ids: readonly string[]) =>
  query(
    {
      sql: `SELECT statement.seq, statement.record, forecast.seq AS forecast_seq, forecast.record AS forecast,
          question.seq AS question_seq, question.record AS question
        FROM statement LEFT JOIN forecast ON forecast.id = statement.id
          LEFT JOIN question ON question.id = forecast.question
        WHERE statement.id IN (SELECT value FROM json_each(:ids)) ORDER BY statement.seq`,
      args: { ids: JSON.stringify(ids) },
    },
    (rows) => rows.map(toLogged),
  )

/** What was logged at once, of one source. */
export const readLogged = (db: Database, source: string, ids: readonly string[]) =>
  ask(db, together({ source: sourceById(source), items: itemsNamed(ids) }))

type Named = Readonly<Record<'questions' | 'analysts' | 'statements', readonly string[]>>

const each = <T>(ids: readonly string[], one: (id: string) => T): Record<string, T> =>
  Object.fromEntries(ids.map((id) => [id, one(id)]))

/** What is recorded already of all that something to be logged names. */
export const readNamed = (db: Database, { questions, analysts, statements }: Named) =>
  ask(
    db,
    together({
      questions: together(each(questions, questionById)),
      analysts: together(each(analysts, analystById)),
      statements: itemsNamed(statements),
    }),
  )
