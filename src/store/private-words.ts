import { TAKEN_OUT } from '../core/redaction.ts'
import type { Database, Statement } from './database.ts'

/** What stands beside the log and holds words, row by row: where, and what is done about a row that does. */
const PLACES = [
  { what: 'text', table: 'source_text', id: 'source', columns: ['text'] },
  { what: 'capture', table: 'capture', id: 'id', columns: ['title', 'body'] },
  { what: 'reading', table: 'second_reading', id: "capture || ' ' || n", columns: ['body'] },
  { what: 'note', table: 'newsroom', id: "subject || ' ' || kind", columns: ['body'] },
  { what: 'recheck', table: 'recheck', id: 'source', columns: ['detail'] },
  { what: 'report', table: 'report', id: 'id', columns: ['text', 'answer_to'] },
  { what: 'reply', table: 'reply_link', id: 'id', columns: ['text', 'correction', 'refused_because'] },
] as const
/** What waits for an answer stays, without the words. */
const REWORDED: readonly string[] = ['report', 'reply']

/**
 * A private row that holds the words: of a source, a capture, a question or forecast, a source again, a report or a
 * reply; `account` is what a member signs in with and is written to.
 */
export type PrivateRow = { what: (typeof PLACES)[number]['what'] | 'account'; id: string }

export const rowWords = ({ what, id }: PrivateRow): string =>
  what === 'account' ? 'sessions, tokens, ways to sign in and the address of reminders' : `${what} ${id}`

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
export const dropRows = (rows: readonly PrivateRow[]): Statement[] => [
  ...rows.flatMap(({ what, id }) => (what === 'account' ? dropAccount(id) : [])),
  ...PLACES.filter(({ what }) => !REWORDED.includes(what)).flatMap(({ what, table, id }) => {
    const args = { ids: JSON.stringify(rows.filter((row) => row.what === what).map((row) => row.id)) }
    const held = `${id} IN (SELECT value FROM json_each(:ids))`
    return what === 'capture'
      ? [
          { sql: `DELETE FROM capture WHERE body IS NOT NULL AND ${held}`, args },
          { sql: `UPDATE capture SET title = '${TAKEN_OUT}' WHERE ${held}`, args },
        ]
      : [{ sql: `DELETE FROM ${table} WHERE ${held}`, args }]
  }),
]

/** What waits for an answer, without the words. */
export async function rewordRows(
  db: Database,
  rows: readonly PrivateRow[],
  without: (text: string) => string,
): Promise<Statement[]> {
  const made: Statement[] = []
  for (const { what, table, columns } of PLACES.filter(({ what }) => REWORDED.includes(what)))
    for (const { id } of rows.filter((row) => row.what === what)) {
      const [held] = await db.read({ sql: `SELECT * FROM ${table} WHERE id = :id`, args: { id } })
      const texts = columns.map((column) => [column, held?.[column] ?? null] as const)
      made.push({
        sql: `UPDATE ${table} SET ${columns.map((column) => `${column} = :${column}`).join(', ')} WHERE id = :id`,
        args: {
          id,
          ...Object.fromEntries(
            texts.map(([column, text]) => [column, text === null ? null : without(String(text))]),
          ),
        },
      })
    }
  return made
}

const MAIL = "target WHERE kind = 'mail' AND member = :member"
/** Where a member is known by more than their id. */
const ACCOUNT = ['secret WHERE member = :member', 'sign_in_key WHERE member = :member', MAIL]

/** What a member signs in with and is written to, where there is anything. */
export async function accountOf(db: Database, member: string): Promise<PrivateRow[]> {
  const [row] = await db.read({
    sql: `SELECT ${ACCOUNT.map((from) => `EXISTS (SELECT 1 FROM ${from})`).join(' OR ')} AS there`,
    args: { member },
  })
  return Number(row?.there) === 1 ? [{ what: 'account', id: member }] : []
}

/** The addresses of a member that are known here. */
export async function addressesOf(db: Database, member: string): Promise<string[]> {
  const rows = await db.read({
    sql: `SELECT email FROM sign_in_key WHERE member = :member AND email IS NOT NULL UNION SELECT address FROM ${MAIL}`,
    args: { member },
  })
  return rows.map(({ email }) => String(email))
}

/** Sessions, tokens, ways to sign in, and where letters went. */
const dropAccount = (member: string): Statement[] =>
  [`delivery WHERE target IN (SELECT id FROM ${MAIL})`, 'challenge WHERE member = :member', ...ACCOUNT].map(
    (from) => ({ sql: `DELETE FROM ${from}`, args: { member } }),
  )

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
