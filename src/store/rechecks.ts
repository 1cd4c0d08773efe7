import type { Database, Statement } from './database.ts'
import { ask, type Query, query } from './query.ts'
import { parsed } from './row.ts'

/** What became of one quote: `nearest` is what stands on the page now, `similarity` from 0 to 1. */
export type QuoteCheck = {
  statement: string
  state: 'found' | 'changed' | 'vanished'
  exact: string
  nearest?: string
  similarity?: number
}
/** What a source's page says now: the worst of its quotes, or that it could not be read, and why. */
export type Recheck = {
  source: string
  at: string
  state: QuoteCheck['state'] | 'unreachable'
  url: string
  quotes: QuoteCheck[]
  because?: string
}

/** The latest recheck of a source takes the place of the one before. */
export const keepRecheck = ({ source, at, state, ...detail }: Recheck): Statement => ({
  sql: `INSERT INTO recheck (source, at, state, detail) VALUES (:source, :at, :state, :detail)
    ON CONFLICT (source) DO UPDATE SET at = excluded.at, state = excluded.state, detail = excluded.detail`,
  args: { source, at, state, detail: JSON.stringify(detail) },
})

/** The latest recheck of every source whose page was fetched again, with its title and language; the latest first. */
export const rechecks: Query<(Recheck & { title: string; language: string | undefined })[]> = query(
  {
    sql: `SELECT recheck.*, source.record ->> '$.title' AS title, source.record ->> '$.language' AS language
      FROM recheck JOIN source ON source.id = recheck.source ORDER BY recheck.at DESC, recheck.source LIMIT 500`,
  },
  (rows) =>
    rows.map((row) => ({
      source: String(row.source),
      title: String(row.title),
      language: row.language === null ? undefined : String(row.language),
      at: String(row.at),
      state: row.state as Recheck['state'],
      ...parsed<Pick<Recheck, 'url' | 'quotes' | 'because'>>(row.detail),
    })),
)
export const readRechecks = (db: Database) => ask(db, rechecks)

/** The sources with an address, of which these, in the order of the log, with the quotes that were taken from them. */
export async function readQuotedSources(
  db: Database,
  ids: readonly string[] | null,
): Promise<
  {
    id: string
    url: string
    statements: { id: string; quote: { exact: string; prefix?: string; suffix?: string } }[]
  }[]
> {
  const rows = await db.read({
    sql: `SELECT source.id, source.record ->> '$.url' AS url, (
        SELECT json_group_array(json_object('id', s.id, 'quote', json(s.record -> '$.quote')))
        FROM (SELECT id, record FROM statement WHERE statement.source = source.id ORDER BY seq) AS s) AS statements
      FROM source WHERE url IS NOT NULL AND (:ids IS NULL OR source.id IN (SELECT value FROM json_each(:ids))) ORDER BY seq`,
    args: { ids: ids === null ? null : JSON.stringify(ids) },
  })
  return rows.map((row) => ({ id: String(row.id), url: String(row.url), statements: parsed(row.statements) }))
}
