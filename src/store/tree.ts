import { LedgerError } from '../core/error.ts'
import { fromUtf8, hex, sameBytes } from '../log/encoding.ts'
import {
  completedNodes,
  fullNodes,
  hashLeaf,
  hashNode,
  type Leaves,
  type NodeAddress,
  type NodeHash,
  rootOf,
} from '../log/tree.ts'
import { damagedEntry } from './damage.ts'
import type { Database, Pause, Statement } from './database.ts'
import { ask, type Query, query } from './query.ts'

/** A checkpoint as it was signed, and of how many entries. */
export type StoredCheckpoint = { size: number; note: string }

export type TreeState = {
  /** How many entries the log has. */
  size: number
  /** Of how many the full nodes are kept; a last one on its own has none. */
  hashed: number
  checkpoint: StoredCheckpoint | null
  /** The last entries that began the log anew, and that changed its key; −1 where there are none. */
  restored: number
  rotated: number
}

const LATEST = 'SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1'

/** How far the tree over the log has come. */
export const treeState: Query<TreeState> = query(
  {
    // The condition is that of the index, word for word: so it is found without going through the log.
    sql: `WITH turn AS (SELECT type, max(seq) AS seq FROM entry
        WHERE type IN ('key.rotated', 'log.restored') GROUP BY type),
      latest AS (${LATEST})
      SELECT (SELECT coalesce(max(seq), -1) + 1 FROM entry) AS size,
        (SELECT 2 * (coalesce(max(idx), -1) + 1) FROM node WHERE level = 1) AS hashed,
        (SELECT size FROM latest) AS signed, (SELECT note FROM latest) AS note,
        coalesce((SELECT seq FROM turn WHERE type = 'log.restored'), -1) AS restored,
        coalesce((SELECT seq FROM turn WHERE type = 'key.rotated'), -1) AS rotated`,
  },
  ([row]) => ({
    size: Number(row?.size),
    hashed: Number(row?.hashed),
    checkpoint: row?.note == null ? null : { size: Number(row.signed), note: String(row.note) },
    restored: Number(row?.restored),
    rotated: Number(row?.rotated),
  }),
)
export const readTree = (db: Database): Promise<TreeState> => ask(db, treeState)

/** The last checkpoint that was signed, or null. */
export const latestCheckpoint: Query<StoredCheckpoint | null> = query({ sql: LATEST }, ([row]) =>
  row === undefined ? null : { size: Number(row.size), note: String(row.note) },
)

/** The verifier keys that have signed, in no order. */
export async function readLogKeys(db: Database): Promise<string[]> {
  return (await db.read({ sql: 'SELECT verifier FROM log_key' })).map(({ verifier }) => String(verifier))
}

const keyOf = ({ level, index }: NodeAddress): string => `${level}/${index}`

/** Some nodes of the tree. What asks for another one, or finds one missing, is told that the tree is damaged. */
export async function readNodes(db: Database, nodes: readonly NodeAddress[]): Promise<NodeHash> {
  const inner = nodes.filter(({ level }) => level > 0).map(({ level, index }) => [level, index])
  const leaves = nodes.filter(({ level }) => level === 0).map(({ index }) => index)
  const rows = await db.read({
    sql: `SELECT node.level, node.idx, node.hash FROM json_each(:inner) AS wanted
        CROSS JOIN node ON node.level = wanted.value ->> 0 AND node.idx = wanted.value ->> 1
      UNION ALL
      SELECT 0, entry.seq, entry.leaf FROM json_each(:leaves) AS wanted
        CROSS JOIN entry ON entry.seq = wanted.value`,
    args: { inner: JSON.stringify(inner), leaves: JSON.stringify(leaves) },
  })
  const found = new Map(
    rows.map(({ level, idx, hash }) => [
      keyOf({ level: Number(level), index: Number(idx) }),
      new Uint8Array(hash as ArrayBuffer),
    ]),
  )
  return (node) => {
    const hash = found.get(keyOf(node))
    if (hash !== undefined) return hash
    throw new LedgerError(
      'damaged',
      `The tree over the log has no node ${keyOf(node)}. \`reckon rebuild\` makes the tree again from the entries.`,
    )
  }
}

/** The root over the first `size` entries, of which the nodes must be kept. */
export const readRoot = async (db: Database, size: number): Promise<Uint8Array> =>
  rootOf(size, await readNodes(db, fullNodes([0, size])))

/** The entries from `from` on, below `to`, as the bytes that were hashed; throws where one is missing. */
export async function readEntryBytes(
  db: Database,
  [from, to]: Leaves,
): Promise<{ leaf: Uint8Array; bytes: Uint8Array }[]> {
  const rows = await db.read({
    sql: `SELECT seq, CAST(leaf AS BLOB) AS leaf, CAST(bytes AS BLOB) AS bytes FROM entry
      WHERE seq >= :from AND seq < :to ORDER BY seq`,
    args: { from: BigInt(from), to: BigInt(to) },
  })
  const missing = rows.findIndex(({ seq }, at) => Number(seq) !== from + at)
  if (missing !== -1 || rows.length < to - from)
    throw damagedEntry(from + (missing === -1 ? rows.length : missing), 'It is missing.')
  return rows.map(({ leaf, bytes }) => ({
    leaf: new Uint8Array((leaf ?? new ArrayBuffer(0)) as ArrayBuffer),
    bytes: new Uint8Array((bytes ?? new ArrayBuffer(0)) as ArrayBuffer),
  }))
}

/** Hashes entries again from their bytes; throws `damaged` at the first that is not what its leaf says. */
async function rehashed(db: Database, leaves: Leaves): Promise<Uint8Array[]> {
  const entries = await readEntryBytes(db, leaves)
  return entries.map(({ leaf, bytes }, at) => {
    if (sameBytes(hashLeaf(bytes), leaf) && fromUtf8(bytes) !== null) return leaf
    throw damagedEntry(leaves[0] + at, 'The bytes do not hash to the leaf: they were changed.')
  })
}

/** Entries a batch: some twenty milliseconds of hashing, between which others have their turn. */
const CHUNK = 1_000

/**
 * Makes the nodes over the entries up to `to` that `tree` does not have yet, in batches that each stand by themselves:
 * whoever is interrupted, and whoever does the same beside, leaves the same nodes.
 */
export async function extendTree(
  db: Database,
  { hashed, size }: Pick<TreeState, 'hashed' | 'size'>,
  pause: Pause,
): Promise<void> {
  for (let from = hashed; from < size; ) {
    const to = Math.min(from + CHUNK, size)
    const leaves = await rehashed(db, [from, to])
    const before = await readNodes(db, fullNodes([0, from]))
    const made = new Map<string, Uint8Array>()
    const hashAt: NodeHash = (node) =>
      node.level === 0 && node.index >= from
        ? (leaves[node.index - from] as Uint8Array)
        : (made.get(keyOf(node)) ?? before(node))
    const nodes = completedNodes([from, to]).map((node) => {
      const below = { level: node.level - 1, index: 2 * node.index }
      const hash = hashNode(hashAt(below), hashAt({ ...below, index: below.index + 1 }))
      made.set(keyOf(node), hash)
      return [node.level, node.index, hex(hash)]
    })
    if (nodes.length > 0) await db.write([keepNodes(nodes)])
    from = to
    await pause(0)
  }
}

const keepNodes = (nodes: unknown[][]): Statement => ({
  sql: `INSERT INTO node (level, idx, hash)
    SELECT row.value ->> 0, row.value ->> 1, unhex(row.value ->> 2) FROM json_each(:rows) AS row`,
  args: { rows: JSON.stringify(nodes) },
})

/** Keeps a checkpoint, and the public halves of the keys that signed it. Throws `Refused` beside another of that size. */
export const keepCheckpoint = (
  db: Database,
  { size, note }: StoredCheckpoint,
  verifiers: readonly string[],
): Promise<unknown> =>
  db.write([
    {
      sql: 'INSERT INTO checkpoint (size, note) VALUES (:size, :note)',
      args: { size: BigInt(size), note },
    },
    {
      sql: `INSERT INTO log_key (verifier) SELECT value FROM json_each(:verifiers) WHERE true
        ON CONFLICT DO NOTHING`,
      args: { verifiers: JSON.stringify(verifiers) },
    },
  ])
