import { sha256 } from './digest.ts'
import { keyPairOf, PUBLIC_KEY_BYTES, SEED_BYTES, verifies } from './ed25519.ts'
import { base64, fromBase64, fromUtf8, hex, joined, utf8 } from './encoding.ts'

/** Signed notes (c2sp.org/signed-note), with keys in the texts of Go's sumdb/note. */

/** Signature types of the specification that are read here; both have Ed25519 keys of 32 bytes. */
export const ED25519 = 0x01
export const COSIGNATURE = 0x04
const TYPES: readonly number[] = [ED25519, COSIGNATURE]

const MAX_NOTE_LENGTH = 1_000_000
const MAX_SIGNATURES = 100
const PRIVATE = 'PRIVATE+KEY+'

/** The public half: who signs, the id that a signature carries (8 hexadecimal digits), and how. */
export type NoteKey = { name: string; id: string; type: number; publicKey: Uint8Array }
export type Signer = { key: NoteKey; sign: (message: Uint8Array) => Promise<Uint8Array> }
export type NoteSignature = { name: string; id: string; signature: Uint8Array }
/** `text` ends with a line feed and is what is signed. */
export type Note = { text: string; signatures: NoteSignature[] }

/** Whether a text can name a key: not empty, no white space, no plus. */
export const isKeyName = (name: string): boolean =>
  name !== '' && name.isWellFormed() && !/[\p{White_Space}+\p{Cc}]/u.test(name)

const keyId = (name: string, type: number, publicKey: Uint8Array): string =>
  hex(sha256(joined(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, 4))

export const noteKey = (name: string, publicKey: Uint8Array, type: number = ED25519): NoteKey => ({
  name,
  id: keyId(name, type, publicKey),
  type,
  publicKey,
})

/** `name+id+base64(type ‖ public key)`: what is handed to whoever is to verify. */
export const verifierKey = (key: NoteKey): string =>
  `${key.name}+${key.id}+${base64(joined(Uint8Array.of(key.type), key.publicKey))}`

/** The key of such a text; null where it is none, its id is not its own, or its type is not known here. */
export function parseVerifierKey(text: string): NoteKey | null {
  const parts = keyParts(text)
  if (parts === null || parts.material.length !== PUBLIC_KEY_BYTES) return null
  const key = noteKey(parts.name, parts.material, parts.type)
  return key.id === parts.id ? key : null
}

function keyParts(text: string): { name: string; id: string; type: number; material: Uint8Array } | null {
  const [name = '', id = '', ...rest] = text.split('+')
  // Base64 has pluses of its own.
  const bytes = fromBase64(rest.join('+'))
  const type = bytes?.[0]
  if (!isKeyName(name) || !/^[0-9a-f]{8}$/u.test(id) || bytes === null || type === undefined) return null
  return TYPES.includes(type) ? { name, id, type, material: bytes.subarray(1) } : null
}

/** `PRIVATE+KEY+name+id+base64(type ‖ seed)`. Secret: for the environment or a file, nowhere else. */
export async function signingKey(name: string, seed: Uint8Array, type: number = ED25519): Promise<string> {
  const { publicKey } = await keyPairOf(seed)
  return `${PRIVATE}${name}+${keyId(name, type, publicKey)}+${base64(joined(Uint8Array.of(type), seed))}`
}

/** Who signs with such a text; null where it is none or its id is not its own. */
export async function parseSigningKey(text: string): Promise<Signer | null> {
  const parts = text.startsWith(PRIVATE) ? keyParts(text.slice(PRIVATE.length)) : null
  if (parts === null || parts.material.length !== SEED_BYTES) return null
  const { publicKey, sign } = await keyPairOf(parts.material)
  const key = noteKey(parts.name, publicKey, parts.type)
  return key.id === parts.id ? { key, sign } : null
}

/** A note in its parts, nothing verified; null where it is malformed. */
export function parseNote(note: string | Uint8Array): Note | null {
  const all = typeof note === 'string' ? note : fromUtf8(note)
  if (all === null || all.length > MAX_NOTE_LENGTH || !all.isWellFormed()) return null
  if (/[\u0000-\u0009\u000b-\u001f]/u.test(all)) return null
  const blank = all.lastIndexOf('\n\n')
  if (blank === -1 || !all.endsWith('\n')) return null
  const lines = all.slice(blank + 2, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) return null
  const signatures = lines.map(parseSignatureLine)
  if (signatures.some((signature) => signature === null)) return null
  return { text: all.slice(0, blank + 1), signatures: signatures as NoteSignature[] }
}

/** One line `— name base64(id ‖ signature)`, without its line feed. */
function parseSignatureLine(line: string): NoteSignature | null {
  const [dash, name = '', encoded = '', ...rest] = line.split(' ')
  const bytes = fromBase64(encoded)
  if (dash !== '—' || rest.length > 0 || !isKeyName(name) || bytes === null || bytes.length < 5) return null
  return { name, id: hex(bytes.subarray(0, 4)), signature: bytes.subarray(4) }
}

/** A line of a note, with its line feed. */
export const signatureLine = (key: NoteKey, signature: Uint8Array): string =>
  `— ${key.name} ${base64(joined(idBytes(key.id), signature))}\n`

const idBytes = (id: string): Uint8Array =>
  Uint8Array.from([0, 2, 4, 6], (at) => Number.parseInt(id.slice(at, at + 2), 16))

/** The text, which must end with a line feed, signed by each. */
export async function signNote(text: string, signers: readonly Signer[]): Promise<string> {
  if (!text.endsWith('\n')) throw new RangeError('a note ends with a line feed')
  const lines: string[] = []
  for (const { key, sign } of signers) lines.push(signatureLine(key, await sign(utf8(text))))
  return `${text}\n${lines.join('')}`
}

export type NoteProblem = 'malformed' | 'unknown_signers' | 'wrong_signature'
export type OpenedNote =
  | { problem: null; text: string; signedBy: NoteKey[]; signatures: NoteSignature[] }
  | { problem: NoteProblem }

/**
 * The text of a note that at least one of `keys` has signed. Signatures of others are passed over;
 * one wrong signature of a known key, and the whole note is refused. Keys of another type than Ed25519 know nothing here.
 */
export async function openNote(note: string | Uint8Array, keys: readonly NoteKey[]): Promise<OpenedNote> {
  const parsed = parseNote(note)
  if (parsed === null) return { problem: 'malformed' }
  const signedBy = new Set<NoteKey>()
  for (const { name, id, signature } of parsed.signatures) {
    const key = keys.find((one) => one.type === ED25519 && one.name === name && one.id === id)
    if (key === undefined || signedBy.has(key)) continue
    if (!(await verifies(key.publicKey, signature, utf8(parsed.text)))) return { problem: 'wrong_signature' }
    signedBy.add(key)
  }
  if (signedBy.size === 0) return { problem: 'unknown_signers' }
  return { problem: null, ...parsed, signedBy: [...signedBy] }
}
