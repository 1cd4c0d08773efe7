import * as z from 'zod'
import { LedgerError } from '../core/error.ts'

// WebAuthn, level 2, of which we ask little: passkeys that verify their user, without attestation. A browser hands out
// the public key and the data that were signed in plain forms, so that neither CBOR nor a certificate is read here.

const Encoded = z.string().regex(/^[A-Za-z0-9_-]{1,8000}$/u, 'is not base64url')

/** What a browser answers for a passkey that was made. */
export const NewPasskey = z.strictObject({
  id: Encoded,
  client_data: Encoded,
  authenticator_data: Encoded,
  /** DER of SubjectPublicKeyInfo. */
  public_key: Encoded,
})
export type NewPasskey = z.infer<typeof NewPasskey>

/** What a browser answers for a passkey that is there. */
export const UsedPasskey = z.strictObject({
  id: Encoded,
  client_data: Encoded,
  authenticator_data: Encoded,
  signature: Encoded,
})
export type UsedPasskey = z.infer<typeof UsedPasskey>

const ClientData = z.object({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.boolean().optional(),
})

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const HAS_CREDENTIAL = 0x40
const HASH_BYTES = 32
/** Hash, flags, counter; then 16 bytes of a model and the length of the id. */
const BEFORE_ID = HASH_BYTES + 1 + 4 + 16

const refused = () =>
  new LedgerError('unauthenticated', 'This passkey did not answer what was asked. Try again.')

function bytesOf(encoded: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(encoded.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    )
  } catch {
    throw refused()
  }
}

const isSame = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i])

/** The name that a passkey is bound to. */
export const boundTo = (origin: string): string => new URL(origin).hostname

/** Whether a passkey can be bound to this address at all: to a name, not to a number. */
export const takesPasskeys = (origin: string): boolean =>
  !/^(\d+\.\d+\.\d+\.\d+|\[.*\])$/u.test(boundTo(origin))

/** The challenge that an answer says it is for. Whether it was ours, and once, is for whoever keeps them to say. */
export function challengeIn(client_data: string): string {
  return readClientData(client_data).challenge
}

function readClientData(client_data: string): z.infer<typeof ClientData> {
  try {
    return ClientData.parse(
      JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(client_data))),
    )
  } catch {
    throw refused()
  }
}

/** What holds of every answer: its kind, its place, and a user who was there and known to the device. */
async function requireOurs(
  answer: { client_data: string; authenticator_data: string },
  type: 'webauthn.create' | 'webauthn.get',
  origin: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const said = readClientData(answer.client_data)
  const data = bytesOf(answer.authenticator_data)
  const name = new Uint8Array(
    await crypto.subtle.digest('SHA-256', new TextEncoder().encode(boundTo(origin))),
  )
  const flags = data[HASH_BYTES] ?? 0
  const needed = USER_PRESENT | USER_VERIFIED
  if (said.type !== type || said.origin !== origin || said.crossOrigin === true) throw refused()
  if (!isSame(data.subarray(0, HASH_BYTES), name) || (flags & needed) !== needed) throw refused()
  return data
}

const KINDS = [
  { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
] as const

/** A key of one of the two kinds that we ask for (ES256, RS256). */
async function keyOf(public_key: string): Promise<{ kind: (typeof KINDS)[number]; key: CryptoKey }> {
  for (const kind of KINDS) {
    const key = await crypto.subtle
      .importKey('spki', bytesOf(public_key), kind, false, ['verify'])
      .catch(() => null)
    if (key !== null) return { kind, key }
  }
  throw refused()
}

/** Checks a passkey that was made for this origin; its challenge is checked by whoever keeps it. */
export async function checkNewPasskey(answer: NewPasskey, origin: string): Promise<void> {
  const data = await requireOurs(answer, 'webauthn.create', origin)
  const length = ((data[BEFORE_ID] ?? 0) << 8) | (data[BEFORE_ID + 1] ?? 0)
  const id = data.subarray(BEFORE_ID + 2, BEFORE_ID + 2 + length)
  if (((data[HASH_BYTES] ?? 0) & HAS_CREDENTIAL) === 0 || !isSame(id, bytesOf(answer.id))) throw refused()
  await keyOf(answer.public_key)
}

/** Checks what a passkey signed for this origin with the key that is known of it. */
export async function checkUsedPasskey(
  answer: UsedPasskey,
  public_key: string,
  origin: string,
): Promise<void> {
  const data = await requireOurs(answer, 'webauthn.get', origin)
  const clientHash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(answer.client_data)))
  const signed = new Uint8Array([...data, ...clientHash])
  const { kind, key } = await keyOf(public_key)
  const sent = bytesOf(answer.signature)
  const signature = kind.name === 'ECDSA' ? rawSignature(sent) : sent
  if (signature === null || !(await crypto.subtle.verify(kind, key, signature, signed))) throw refused()
}

/** The two numbers of an ECDSA signature in DER as WebCrypto wants them: 32 bytes each. Null for what is none. */
function rawSignature(der: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const raw = new Uint8Array(64)
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return null
  let at = 2
  for (const end of [32, 64]) {
    const length = der[at + 1] ?? 0
    const number = der.subarray(at + 2, at + 2 + length)
    if (der[at] !== 0x02 || number.length !== length) return null
    const digits = number.subarray(number.findIndex((byte) => byte !== 0))
    if (digits.length > 32) return null
    raw.set(digits, end - digits.length)
    at += 2 + length
  }
  return at === der.length ? raw : null
}
