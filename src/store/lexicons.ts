import type { MeasuredLexicon } from '../core/lexicon.ts'
import type { Database } from './database.ts'
import { parsed } from './lookups.ts'
import { ask, query } from './query.ts'

export type LexiconRow = {
  stream: string
  seq: number
  at: string
  record: MeasuredLexicon
}

/** Every lexicon that the newsroom measured, the newest first. */
export const everyLexicon = query({ sql: 'SELECT * FROM lexicon ORDER BY seq DESC' }, (rows) =>
  rows.map(
    (row): LexiconRow => ({
      stream: String(row.stream),
      seq: Number(row.seq),
      at: String(row.at),
      record: parsed<MeasuredLexicon>(row.record),
    }),
  ),
)
export const listLexicons = (db: Database) => ask(db, everyLexicon)
