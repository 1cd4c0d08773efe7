import { TAKEN_OUT } from '../core/redaction.ts'
import type { Database, Statement } from './database.ts'

/** What stands beside the log and holds words, row by row: where, and what is done about a row that does. */
const PLACES = [
  { what: 'text', table: 'source_text', id: 'source', columns: ['text'] },
  { what: 'capture', table: 'capture', id: 'id', columns: ['title', 'body'] },
  { what: 'reading', table: 'second_reading', id: "capture || ' ' || n", columns: ['body'] },
  { what: 'note', table: 'newsroom', id: "subject || ' ' || kind", columns: ['body'] },
  { what: 'recheck', table: 'recheck', id: 'source', columns: ['detail'] },
] as const

/** A private row that holds the words: of a source, a capture, a question or forecast, a source again. */
export type PrivateRow = { what: (typeof PLACES)[number]['what']; id: string }

const AT_ONCE = 20

/** The private rows that hold words. */
export async function privateRows(db: Database, holds: (text: string) => boolean): Promise<PrivateRow[]> {
  const found: PrivateRow[] = []
  for (const { what, table, id, columns } of PLACES) {
    const order = table === 'newsroom' ? 'subject, kind' : id
    for (let offset = 0; ; offset += AT_ONCE) {
      const rows = await db.read({
        sql: `SELECT ${id} AS id, ${columns.join(', ')} FROM ${table} ORDER BY ${order} LIMIT ${AT_ONCE} OFFSET ${offset}`,
      })
      for (const row of rows)
        if (columns.some((column) => row[column] !== null && holds(String(row[column]))))
          found.push({ what, id: String(row.id) })
      if (rows.length < AT_ONCE) break
    }
  }
  return found
}

/** Drops such rows; of a capture that was logged only its title went on. */
export const dropRows = (rows: readonly PrivateRow[]): Statement[] =>
  PLACES.flatMap(({ what, table, id }) => {
    const args = { ids: JSON.stringify(rows.filter((row) => row.what === what).map((row) => row.id)) }
    const held = `${id} IN (SELECT value FROM json_each(:ids))`
    return what === 'capture'
      ? [
          { sql: `DELETE FROM capture WHERE body IS NOT NULL AND ${held}`, args },
          { sql: `UPDATE capture SET title = '${TAKEN_OUT}' WHERE ${held}`, args },
        ]
      : [{ sql: `DELETE FROM ${table} WHERE ${held}`, args }]
  })

/** A retry under such a key would be answered with what was taken out, and its fingerprint is made of the words. */
export const dropKeysOf = (seqs: readonly number[]): Statement => ({
  sql: 'DELETE FROM idempotency WHERE seq IN (SELECT value FROM json_each(:seqs))',
  args: { seqs: JSON.stringify(seqs) },
})

const NAMED = [
  ['source_text', 'source'],
  ['newsroom', 'subject'],
  ['outbox', 'question'],
  ['sealed_outcome', 'question'],
] as const

/** What stands beside the log, under the new names of records. */
export async function renamePrivately(
  db: Database,
  renamed: ReadonlyMap<string, string>,
): Promise<Statement[]> {
  if (renamed.size === 0) return []
  const args = { ids: JSON.stringify(Object.fromEntries(renamed)) }
  const among = 'IN (SELECT key FROM json_each(:ids))'
  const logged = await db.read({ sql: 'SELECT id, logged FROM capture WHERE logged IS NOT NULL' })
  return [
    ...NAMED.map(([table, column]) => ({
      sql: `UPDATE ${table} SET ${column} = (SELECT value FROM json_each(:ids) WHERE key = ${column}) WHERE ${column} ${among}`,
      args,
    })),
    // It is made anew with the next look at the page.
    { sql: `DELETE FROM recheck WHERE source ${among}`, args },
    { sql: `DELETE FROM archive_attempt WHERE source ${among}`, args },
    ...logged.flatMap((row) => {
      const before = String(row.logged)
      const after = JSON.stringify(renamedWithin(JSON.parse(before), renamed))
      return after === before
        ? []
        : [
            {
              sql: 'UPDATE capture SET logged = :logged WHERE id = :id',
              args: { logged: after, id: String(row.id) },
            },
          ]
    }),
  ]
}

function renamedWithin(value: unknown, renamed: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return renamed.get(value) ?? value
  if (Array.isArray(value)) return value.map((item) => renamedWithin(item, renamed))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, renamedWithin(field, renamed)]))
}
