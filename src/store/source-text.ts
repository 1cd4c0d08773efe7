import type { Statement } from './database.ts'

/** Keeps the text of a source privately: quotes are checked against it, and it is never published. */
export const keepText = (source: string, text: string): Statement => ({
  sql: 'INSERT INTO source_text (source, text) VALUES (:source, :text) ON CONFLICT (source) DO UPDATE SET text = excluded.text',
  args: { source, text },
})
