import type { DaySpan, Deadline } from '../../core/calendar.ts'
import type { Probability } from '../../core/probability.ts'
import type { Statement as StatementRecord } from '../../core/statement.ts'
import type { Database } from '../database.ts'
import { parsed } from '../lookups.ts'

export type Flag = { what: 'deadline' | 'condition'; flagged_at: string; deadline_rev: number; seq: number }

/** When a question was flagged as due, oldest first. */
export async function flagsOf(db: Database, question: string): Promise<Flag[]> {
  const rows = await db.read({
    sql: 'SELECT what, flagged_at, deadline_rev, seq FROM flag WHERE question = :question ORDER BY seq',
    args: { question },
  })
  return rows.map((row) => ({
    what: row.what as Flag['what'],
    flagged_at: String(row.flagged_at),
    deadline_rev: Number(row.deadline_rev),
    seq: Number(row.seq),
  }))
}

/** What a line of a record shows besides its figures. */
export type Saying = {
  statement: StatementRecord
  said_on: DaySpan
  deadline: Deadline
  probability: Probability
  /** Whether the resolution in force is disputed. */
  disputed: boolean
}

/** What was said in these forecasts, by their ids. */
export async function findSayings(db: Database, ids: readonly string[]): Promise<Map<string, Saying>> {
  const rows = await db.read({
    sql: `SELECT statement.id, statement.record AS statement, forecast.record -> '$.said_on' AS said_on,
        forecast.record -> '$.probability' AS probability, question.record -> '$.deadline' AS deadline,
        question.disputed
      FROM statement JOIN forecast ON forecast.id = statement.id JOIN question ON question.id = forecast.question
      WHERE statement.id IN (SELECT value FROM json_each(:ids))`,
    args: { ids: JSON.stringify(ids) },
  })
  return new Map(
    rows.map((row) => [
      String(row.id),
      {
        statement: parsed<StatementRecord>(row.statement),
        said_on: parsed<DaySpan>(row.said_on),
        deadline: parsed<Deadline>(row.deadline),
        probability: parsed<Probability>(row.probability),
        disputed: Number(row.disputed) > 0,
      },
    ]),
  )
}
