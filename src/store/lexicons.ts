import type { MeasuredLexicon } from '../core/lexicon.ts'
import type { Database } from './database.ts'
import { ask, query } from './query.ts'
import { json, number, rowOf, text } from './row.ts'

const toLexicon = rowOf({ stream: text, seq: number, at: text, record: json<MeasuredLexicon>() })
export type LexiconRow = ReturnType<typeof toLexicon>

/** Every lexicon that the newsroom measured, the newest first. */
export const everyLexicon = query({ sql: 'SELECT * FROM lexicon ORDER BY seq DESC' }, (rows) =>
  rows.map(toLexicon),
)
export const listLexicons = (db: Database) => ask(db, everyLexicon)
