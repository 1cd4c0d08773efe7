import { openCheckpoint, parseCheckpoint } from '../../log/checkpoint.ts'
import { sameBytes } from '../../log/encoding.ts'
import type { Held } from '../../log/held.ts'
import { parseVerifierKey } from '../../log/note.ts'
import type { Head } from '../../log/published.ts'
import { HASH_BYTES } from '../../log/tree.ts'
import type { Database } from '../database.ts'
import { ask } from '../query.ts'
import { latestCheckpoint, readLogKeys } from '../tree.ts'
import type { Findings } from './finding.ts'

const PAGE = 20_000

/** The inner nodes of a tree as they become full: of each level one after the other, in one piece of memory. */
export function keptNodes() {
  const levels: { bytes: Uint8Array; count: number }[] = []
  return {
    keep: (level: number, _index: number, hash: Uint8Array): void => {
      if (level === 0) return
      const held = levels[level] ?? { bytes: new Uint8Array(16 * HASH_BYTES), count: 0 }
      levels[level] = held
      if ((held.count + 1) * HASH_BYTES > held.bytes.length) {
        const larger = new Uint8Array(held.bytes.length * 2)
        larger.set(held.bytes)
        held.bytes = larger
      }
      held.bytes.set(hash, held.count * HASH_BYTES)
      held.count += 1
    },
    at: (level: number, index: number): Uint8Array | null => {
      const held = levels[level]
      if (held === undefined || index < 0 || index >= held.count) return null
      return held.bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES)
    },
  }
}
export type KeptNodes = ReturnType<typeof keptNodes>

/** The nodes that lie in the ledger against those that its entries make; one that is not made yet is no fault. */
export async function checkNodes(db: Database, nodes: KeptNodes, findings: Findings): Promise<void> {
  for (let [level, index] = [0, 0]; ; ) {
    const rows = await db.read({
      sql: `SELECT level, idx, CAST(hash AS BLOB) AS hash FROM node WHERE (level, idx) > (:level, :idx)
        ORDER BY level, idx LIMIT ${PAGE}`,
      args: { level: BigInt(level), idx: BigInt(index) },
    })
    const wrong = rows.find((row) => {
      const made = nodes.at(Number(row.level), Number(row.idx))
      return made === null || !sameBytes(made, new Uint8Array(row.hash as ArrayBuffer))
    })
    if (wrong !== undefined) {
      findings.add(
        null,
        'node',
        `The node ${wrong.level}/${wrong.idx} of the tree is not what the entries hash to.`,
        'rebuild',
      )
      return
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    ;[level, index] = [Number(last.level), Number(last.idx)]
  }
}

/** The checkpoints that lie in the ledger itself, of entries that it has; what was cut off is told elsewhere. */
export async function storedCheckpoints(db: Database, head: number, findings: Findings): Promise<Held[]> {
  const rows = await db.read({
    sql: 'SELECT size, CAST(note AS BLOB) AS note FROM checkpoint WHERE size <= :size ORDER BY size',
    args: { size: BigInt(head + 1) },
  })
  return rows.flatMap((row) => {
    const size = Number(row.size)
    const checkpoint = parseCheckpoint(new Uint8Array(row.note as ArrayBuffer))
    if (checkpoint?.size === size)
      return { whose: `The checkpoint of ${size} entries that lies in the ledger`, checkpoint }
    findings.add(null, 'checkpoint', `What lies in the ledger as the checkpoint of ${size} entries is none.`)
    return []
  })
}

/** The newest checkpoint with the key that signed it, as the ledger knows both; null where there is none yet. */
export async function signedHead(db: Database, findings: Findings): Promise<Head | null> {
  const latest = await ask(db, latestCheckpoint)
  if (latest === null) return null
  const keys = (await readLogKeys(db)).flatMap((verifier) => parseVerifierKey(verifier) ?? [])
  const opened = await openCheckpoint(latest.note, keys)
  const key = opened.problem === null ? opened.signedBy[0] : undefined
  if (opened.problem === null && key !== undefined)
    return { key, checkpoint: opened.checkpoint, note: latest.note }
  findings.add(
    null,
    'checkpoint',
    `The checkpoint of ${latest.size} entries that lies in the ledger is not signed by a key of this ledger.`,
  )
  return null
}
