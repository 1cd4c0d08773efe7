import { isWithheld } from '../core/entry.ts'
import { utf8 } from '../log/encoding.ts'
import { parseNote, parseVerifierKey } from '../log/note.ts'
import { receiptText } from '../log/receipt.ts'
import { entryBundle, TILE_WIDTH, type Tile, tileNodes, tileWidth } from '../log/tile.ts'
import { consistencyPath, HASH_BYTES, inclusionPath, type Leaves, nodesOfPath, proofOf } from '../log/tree.ts'
import type { Database } from './database.ts'
import { ask } from './query.ts'
import { latestCheckpoint, readEntryBytes, readLogKeys, readNodes, type StoredCheckpoint } from './tree.ts'

/** What is published of the log is what its last signed checkpoint holds: nothing later is shown, in whatever form. */

/** The last checkpoint as it is published, or null where none was signed yet. */
export const readPublished = (db: Database): Promise<StoredCheckpoint | null> => ask(db, latestCheckpoint)

/** The verifier keys that signed the last checkpoint, in the order of its signatures. */
export async function readVerifiers(db: Database): Promise<string[]> {
  const note = parseNote((await readPublished(db))?.note ?? '')
  if (note === null) return []
  const known = (await readLogKeys(db)).map((text) => ({ text, key: parseVerifierKey(text) }))
  return note.signatures.flatMap(({ name, id }) =>
    known.filter(({ key }) => key?.name === name && key.id === id).map(({ text }) => text),
  )
}

const readProof = async (db: Database, path: readonly Leaves[]): Promise<Uint8Array[]> =>
  proofOf(path, await readNodes(db, nodesOfPath(path)))

/** A proof that the tree of `older` entries is the beginning of that of `size`, which must be published. */
export const readConsistency = (db: Database, older: number, size: number): Promise<Uint8Array[]> =>
  readProof(db, consistencyPath(older, size))

/** The receipt of an entry, in the last checkpoint; null while no checkpoint holds it. */
export async function readEntryReceipt(db: Database, index: number): Promise<string | null> {
  const published = await readPublished(db)
  if (published === null || index >= published.size) return null
  const proof = await readProof(db, inclusionPath(index, published.size))
  return receiptText({ index, proof, checkpoint: published.note })
}

/** Whether the published tree has this tile, or a wider one of the same place. */
const hasTile = (size: number, { level, index, width }: Tile): boolean =>
  width <= tileWidth(level, index, size)

/** The bytes of a tile of hashes or entries; null where the published tree of that size has none such. */
export async function readTile(db: Database, tile: Tile, size: number): Promise<Uint8Array | null> {
  if (!hasTile(size, tile)) return null
  const nodes = tileNodes(tile)
  if (tile.level === 'entries') {
    const from = nodes[0]?.index ?? 0
    return entryBundle((await readEntryBytes(db, [from, from + tile.width])).map(({ bytes }) => bytes))
  }
  const hashAt = await readNodes(db, nodes)
  const bytes = new Uint8Array(HASH_BYTES * nodes.length)
  for (const [at, node] of nodes.entries()) bytes.set(hashAt(node), HASH_BYTES * at)
  return bytes
}

/**
 * The openings of a bundle of entries, a line each: a disclosure, or nothing where it is withheld (members, tokens and
 * policy) or gone. Null where the published tree has no such bundle.
 */
export async function readOpenings(db: Database, tile: Tile, size: number): Promise<Uint8Array | null> {
  if (!hasTile(size, tile)) return null
  const from = tile.index * TILE_WIDTH
  const rows = await db.read({
    sql: `SELECT entry.type, opening.disclosure FROM entry LEFT JOIN opening ON opening.seq = entry.seq
      WHERE entry.seq >= :from AND entry.seq < :to ORDER BY entry.seq`,
    args: { from: BigInt(from), to: BigInt(from + tile.width) },
  })
  return utf8(
    rows.map(({ type, disclosure }) => (isWithheld(String(type)) ? '\n' : `${disclosure ?? ''}\n`)).join(''),
  )
}
