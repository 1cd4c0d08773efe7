import { type Checkpoint, type OpenedCheckpoint, openCheckpoint } from './checkpoint.ts'
import { base64, fromBase64 } from './encoding.ts'
import type { NoteKey } from './note.ts'
import { HASH_BYTES, includes } from './tree.ts'

/** Receipts (c2sp.org/tlog-proof@v1): that an entry is in the log, to be verified offline. */

const HEADER = 'c2sp.org/tlog-proof@v1'
const MAX_PROOF = 63

/** `checkpoint` is the signed note as it was published. */
export type Receipt = { index: number; proof: Uint8Array[]; checkpoint: string; extra?: Uint8Array }

export const receiptText = ({ index, proof, checkpoint, extra }: Receipt): string =>
  [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${base64(extra)}`]),
    `index ${index}`,
    ...proof.map(base64),
    '',
    checkpoint,
  ].join('\n')

/** A receipt in its parts, nothing verified; null where it is malformed. */
export function parseReceipt(text: string): Receipt | null {
  const blank = text.indexOf('\n\n')
  if (blank === -1) return null
  const lines = text.slice(0, blank).split('\n')
  if (lines.shift() !== HEADER) return null
  const encodedExtra = lines[0]?.startsWith('extra ') ? lines.shift()?.slice(6) : undefined
  const extra = encodedExtra === undefined ? undefined : fromBase64(encodedExtra)
  const index = /^index (0|[1-9][0-9]{0,15})$/u.exec(lines.shift() ?? '')?.[1]
  if (extra === null || index === undefined || !Number.isSafeInteger(Number(index))) return null
  const proof = lines.map(fromBase64)
  if (proof.length > MAX_PROOF || proof.some((hash) => hash?.length !== HASH_BYTES)) return null
  return {
    index: Number(index),
    proof: proof as Uint8Array[],
    checkpoint: text.slice(blank + 2),
    ...(extra === undefined ? {} : { extra }),
  }
}

export type OpenedReceipt =
  | { problem: null; index: number; checkpoint: Checkpoint; signedBy: NoteKey[] }
  | { problem: 'malformed_receipt' | 'not_included' | Exclude<OpenedCheckpoint['problem'], null> }

/** What a receipt proves of the leaf, a hash of 32 bytes, by the keys that are trusted for logs of their name. */
export async function openReceipt(
  receipt: string,
  leaf: Uint8Array,
  keys: readonly NoteKey[],
): Promise<OpenedReceipt> {
  const parsed = parseReceipt(receipt)
  if (parsed === null) return { problem: 'malformed_receipt' }
  const opened = await openCheckpoint(parsed.checkpoint, keys)
  if (opened.problem !== null) return opened
  if (!includes(opened.checkpoint, parsed.index, leaf, parsed.proof)) return { problem: 'not_included' }
  return { problem: null, index: parsed.index, checkpoint: opened.checkpoint, signedBy: opened.signedBy }
}
