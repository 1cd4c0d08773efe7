import type { SealedEntry } from '../log/entry.ts'
import type { Statement } from './database.ts'
import { projectionNames } from './migrate.ts'
import { migrations } from './schema.ts'

const GUARDS = ['opening_remains', 'node_remains', 'checkpoint_remains']
const guards = (names: readonly string[]): Statement[] =>
  migrations
    .flatMap(({ statements }) => statements)
    .filter(({ sql }) => names.some((name) => sql.startsWith(`CREATE TRIGGER ${name} `)))
const without = (names: readonly string[], statements: Statement[]): Statement[] => [
  ...names.map((name) => ({ sql: `DROP TRIGGER IF EXISTS ${name}` })),
  ...statements,
  ...guards(names),
]

/**
 * Takes the place of entries that are gone from the end of the log, in one batch with the entry that says so: what is
 * left of them goes, and with it everything that was derived, to be made again.
 */
export const giveUpEnd = (head: number, { leaf, bytes, disclosure }: SealedEntry): Statement[] => [
  ...without(GUARDS, [
    { sql: 'DELETE FROM opening WHERE seq > :head', args: { head: BigInt(head) } },
    { sql: 'DELETE FROM node WHERE ((idx + 1) << level) > :size', args: { size: BigInt(head + 1) } },
    { sql: 'DELETE FROM checkpoint WHERE size > :size', args: { size: BigInt(head + 1) } },
  ]),
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

/** Lets go of the tree, which is made again from the entries; checkpoints stay, and what is made is held against them. */
export const dropTree: readonly Statement[] = without(['node_remains'], [{ sql: 'DELETE FROM node' }])
