import { verifies } from './ed25519.ts'
import { joined, utf8 } from './encoding.ts'
import { COSIGNATURE, type NoteKey, parseNote, type Signer, signatureLine } from './note.ts'

/** Timestamped cosignatures of witnesses over checkpoints (c2sp.org/tlog-cosignature, cosignature/v1). */

/** `at` in whole seconds since 1970. */
export type Cosignature = { key: NoteKey; at: number }

const signed = (text: string, at: bigint): Uint8Array => utf8(`cosignature/v1\ntime ${at}\n${text}`)

function timestamp(at: bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, at)
  return bytes
}

/** The line by which a witness cosigns the text of a checkpoint, with its line feed. The key must be of type 0x04. */
export async function cosign(text: string, signer: Signer, at: number): Promise<string> {
  if (signer.key.type !== COSIGNATURE) throw new RangeError('a cosigner needs a key of type 4')
  if (!Number.isSafeInteger(at) || at <= 0) throw new RangeError('the time of a cosignature is whole seconds')
  const signature = await signer.sign(signed(text, BigInt(at)))
  return signatureLine(signer.key, joined(timestamp(BigInt(at)), signature))
}

/**
 * Which of the witnesses cosigned a checkpoint, and when; each once, at its last time. Others are passed over;
 * null where the note is malformed or a signature in the name and id of a known witness is wrong.
 */
export async function cosignaturesOf(
  note: string | Uint8Array,
  witnesses: readonly NoteKey[],
): Promise<Cosignature[] | null> {
  const parsed = parseNote(note)
  if (parsed === null) return null
  const found = new Map<NoteKey, number>()
  for (const { name, id, signature } of parsed.signatures) {
    const key = witnesses.find((one) => one.type === COSIGNATURE && one.name === name && one.id === id)
    if (key === undefined) continue
    if (signature.length !== 72) return null
    const at = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0)
    // Zero is for subtrees, and what no safe integer holds is no time of anybody's.
    if (at === 0n || at > BigInt(Number.MAX_SAFE_INTEGER)) return null
    if (!(await verifies(key.publicKey, signature.subarray(8), signed(parsed.text, at)))) return null
    found.set(key, Math.max(found.get(key) ?? 0, Number(at)))
  }
  return [...found].map(([key, at]) => ({ key, at }))
}
