import { parseCheckpoint } from './checkpoint.ts'
import { fromUtf8 } from './encoding.ts'
import { openingOf, sealOf } from './entry.ts'
import { type NoteKey, parseVerifierKey } from './note.ts'
import { openReceipt, parseReceipt } from './receipt.ts'
import { hashLeaf, includes } from './tree.ts'

/** What a ledger gives of one entry: the bytes that were hashed, what opens its seal, its receipt, and its key. */
export type Evidence = {
  seq: number
  bytes: Uint8Array
  disclosure: string | null
  receipt: string
  key: string
}

/** What does not hold, in the order in which it is looked at. */
export type Broken = 'bytes' | 'seal' | 'receipt' | 'place' | 'inclusion' | 'key' | 'signature'

export type EntryProof =
  | { broken: Broken }
  | {
      broken: null
      /** How many entries the signed checkpoint holds, and how many hashes lead from this one to its root. */
      size: number
      steps: number
      key: NoteKey
      /** False where this runtime cannot verify Ed25519: then nobody has looked at the signature. */
      isSigned: boolean
      /** Null where the opening is withheld, or was taken out. */
      payload: unknown
    }

/** Whether an entry is what was sealed, and stands where its receipt says in a tree that the key has signed. */
export async function entryProof({ seq, bytes, disclosure, receipt, key }: Evidence): Promise<EntryProof> {
  const sealed = sealedIn(bytes)
  if (sealed === null) return { broken: 'bytes' }
  if (disclosure !== null && sealOf(disclosure) !== sealed) return { broken: 'seal' }
  const parsed = parseReceipt(receipt)
  const checkpoint = parsed === null ? null : parseCheckpoint(parsed.checkpoint)
  if (parsed === null || checkpoint === null) return { broken: 'receipt' }
  if (parsed.index !== seq) return { broken: 'place' }
  const leaf = hashLeaf(bytes)
  if (!includes(checkpoint, seq, leaf, parsed.proof)) return { broken: 'inclusion' }
  const trusted = parseVerifierKey(key)
  if (trusted === null) return { broken: 'key' }
  const isSigned = await signed(receipt, leaf, trusted)
  if (isSigned === false) return { broken: 'signature' }
  return {
    broken: null,
    size: checkpoint.size,
    steps: parsed.proof.length,
    key: trusted,
    isSigned: isSigned === true,
    payload: disclosure === null ? null : openingOf(disclosure),
  }
}

function sealedIn(bytes: Uint8Array): string | null {
  try {
    const { sealed } = JSON.parse(fromUtf8(bytes) ?? '') as { sealed?: unknown }
    return typeof sealed === 'string' ? sealed : null
  } catch {
    return null
  }
}

/** Null where this runtime has no Ed25519. */
async function signed(receipt: string, leaf: Uint8Array, key: NoteKey): Promise<boolean | null> {
  try {
    return (await openReceipt(receipt, leaf, [key])).problem === null
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') return null
    throw error
  }
}
