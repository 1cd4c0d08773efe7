import { fromBase64url, joined } from './encoding.ts'

/** Ed25519 (RFC 8032) by WebCrypto: Node, Workers and the browsers of today have it. */

export const PUBLIC_KEY_BYTES = 32
export const SEED_BYTES = 32
const SIGNATURE_BYTES = 64

/** What stands before the seed in the PKCS #8 form (RFC 8410) of a private key. */
const PKCS8 = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20)

export type KeyPair = {
  publicKey: Uint8Array
  sign: (message: Uint8Array) => Promise<Uint8Array>
}

/** WebCrypto takes no bytes of memory that is shared between threads, and the types insist on it. */
const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

/** The pair of keys that 32 secret bytes are; the seed stays in WebCrypto, which gives only signatures. */
export async function keyPairOf(seed: Uint8Array): Promise<KeyPair> {
  if (seed.length !== SEED_BYTES) throw new RangeError(`the seed of a key has ${SEED_BYTES} bytes`)
  const encoded = own(joined(PKCS8, seed))
  const readable = await crypto.subtle.importKey('pkcs8', encoded, 'Ed25519', true, ['sign'])
  const { x } = (await crypto.subtle.exportKey('jwk', readable)) as { x?: string }
  const publicKey = fromBase64url(x ?? '')
  if (publicKey?.length !== PUBLIC_KEY_BYTES) throw new Error('this runtime does not tell the public key')
  const secret = await crypto.subtle.importKey('pkcs8', encoded, 'Ed25519', false, ['sign'])
  return {
    publicKey,
    sign: async (message) => new Uint8Array(await crypto.subtle.sign('Ed25519', secret, own(message))),
  }
}

/** Whether the signature is of this message by this key; bytes that are no key or no signature are false. */
export async function verifies(
  publicKey: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean> {
  if (publicKey.length !== PUBLIC_KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false
  try {
    const key = await crypto.subtle.importKey('raw', own(publicKey), 'Ed25519', false, ['verify'])
    return await crypto.subtle.verify('Ed25519', key, own(signature), own(message))
  } catch (error) {
    // A runtime without Ed25519 must not pass for a wrong signature.
    if (error instanceof DOMException && error.name === 'NotSupportedError') throw error
    return false
  }
}
