import { utf8 } from '../log/encoding.ts'
import type { Statement } from './database.ts'

const KEEP =
  'INSERT INTO source_text (source, text) VALUES (:source, :text) ON CONFLICT (source) DO UPDATE SET text = excluded.text'

/** Keeps the text of a source privately: quotes are checked against it, and it is never published. */
export const keepText = (source: string, text: string): Statement => ({
  sql: KEEP,
  args: { source, text },
})

/** How many bytes of text these statements keep. */
export const bytesOfTexts = (statements: readonly Statement[]): number =>
  statements.reduce((sum, { sql, args }) => sum + (sql === KEEP ? utf8(String(args?.text)).length : 0), 0)
