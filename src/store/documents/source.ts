import type { Statement } from '../../core/statement.ts'
import type { Database } from '../database.ts'

export type StatementTally = Record<Statement['kind'], number>

/** How many statements of each kind a source has. */
export async function tallyStatements(db: Database, source: string): Promise<StatementTally> {
  const rows = await db.read({
    sql: 'SELECT kind, count(*) AS n FROM statement WHERE source = :source GROUP BY kind',
    args: { source },
  })
  const counts = new Map(rows.map((row) => [String(row.kind), Number(row.n)]))
  const of = (kind: Statement['kind']) => counts.get(kind) ?? 0
  return { forecast: of('forecast'), duplicate: of('duplicate'), untestable: of('untestable') }
}

/** Who speaks in a source, by name. */
export async function speakersOf(db: Database, source: string): Promise<{ id: string; name: string }[]> {
  const rows = await db.read({
    sql: `SELECT id, record ->> '$.name' AS name FROM analyst
      WHERE id IN (SELECT analyst FROM statement WHERE source = :source) ORDER BY sort_key, id LIMIT 50`,
    args: { source },
  })
  return rows.map((row) => ({ id: String(row.id), name: String(row.name) }))
}
