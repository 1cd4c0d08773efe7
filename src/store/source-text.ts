import { utf8 } from '../log/encoding.ts'
import type { Database, Statement } from './database.ts'

const KEEP =
  'INSERT INTO source_text (source, text) VALUES (:source, :text) ON CONFLICT (source) DO UPDATE SET text = excluded.text'

/** Keeps the text of a source privately: quotes are checked against it, and it is never published. */
export const keepText = (source: string, text: string): Statement => ({
  sql: KEEP,
  args: { source, text },
})

/** The kept texts of these sources, by source. */
export async function readTexts(db: Database, sources: readonly string[]): Promise<Map<string, string>> {
  if (sources.length === 0) return new Map()
  const rows = await db.read({
    sql: 'SELECT source, text FROM source_text WHERE source IN (SELECT value FROM json_each(:sources))',
    args: { sources: JSON.stringify(sources) },
  })
  return new Map(rows.map((row) => [String(row.source), String(row.text)]))
}

/** How many bytes of text these statements keep. */
export const bytesOfTexts = (statements: readonly Statement[]): number =>
  statements.reduce((sum, { sql, args }) => sum + (sql === KEEP ? utf8(String(args?.text)).length : 0), 0)
