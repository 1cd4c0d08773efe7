import type { SealedEntry } from '../log/entry.ts'
import type { Statement } from './database.ts'
import { projectionNames } from './migrate.ts'
import { migrations } from './schema.ts'

const GUARD = 'opening_remains'
// Of several the last one holds.
const guard = migrations
  .flatMap(({ statements }) => statements)
  .filter(({ sql }) => sql.startsWith(`CREATE TRIGGER ${GUARD} `))
  .slice(-1)

/**
 * Takes the place of entries that are gone from the end of the log, in one batch with the entry that says so: what is
 * left of them goes, and with it everything that was derived, to be made again.
 */
export const giveUpEnd = (head: number, { leaf, bytes, disclosure }: SealedEntry): Statement[] => [
  { sql: `DROP TRIGGER IF EXISTS ${GUARD}` },
  { sql: 'DELETE FROM opening WHERE seq > :head', args: { head: BigInt(head) } },
  ...guard,
  {
    sql: 'INSERT INTO entry (seq, leaf, bytes) VALUES (:seq, unhex(:leaf), :bytes)',
    args: { seq: BigInt(head + 1), leaf, bytes },
  },
  {
    sql: 'INSERT INTO opening (seq, disclosure) VALUES (:seq, :disclosure)',
    args: { seq: BigInt(head + 1), disclosure },
  },
  ...projectionNames.map((name) => ({ sql: `DROP TABLE IF EXISTS ${name}` })),
]
