import type { Statement as StatementRecord } from '../core/statement.ts'
import type { Database } from './database.ts'
import { parsed } from './lookups.ts'

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

/** The statements with these ids. */
export async function findStatements(
  db: Database,
  ids: readonly string[],
): Promise<Map<string, StatementRecord>> {
  const rows = await db.read({
    sql: 'SELECT record FROM statement WHERE id IN (SELECT value FROM json_each(:ids))',
    args: { ids: JSON.stringify(ids) },
  })
  const statements = rows.map((row) => parsed<StatementRecord>(row.record))
  return new Map(statements.map((statement) => [statement.id, statement]))
}

/** Which of these questions have a disputed resolution in force. */
export async function disputedAmong(db: Database, questions: readonly string[]): Promise<Set<string>> {
  const rows = await db.read({
    sql: 'SELECT id FROM question WHERE disputed > 0 AND id IN (SELECT value FROM json_each(:ids))',
    args: { ids: JSON.stringify(questions) },
  })
  return new Set(rows.map((row) => String(row.id)))
}
