import { sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { type Element, inside, numberOf, oidOf, onlyElement, tags } from './der.ts'
import { ProofError } from './proof-error.ts'

type Hash = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'

const HASHES: Readonly<Record<string, Hash>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
}
const SIGNED_WITH: Readonly<Record<string, { name: 'RSASSA-PKCS1-v1_5' | 'ECDSA'; hash: Hash | null }>> = {
  '1.2.840.113549.1.1.1': { name: 'RSASSA-PKCS1-v1_5', hash: null },
  '1.2.840.113549.1.1.11': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  '1.2.840.113549.1.1.12': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' },
  '1.2.840.113549.1.1.13': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' },
  '1.2.840.10045.2.1': { name: 'ECDSA', hash: null },
  '1.2.840.10045.4.3.2': { name: 'ECDSA', hash: 'SHA-256' },
  '1.2.840.10045.4.3.3': { name: 'ECDSA', hash: 'SHA-384' },
  '1.2.840.10045.4.3.4': { name: 'ECDSA', hash: 'SHA-512' },
}
const PSS = '1.2.840.113549.1.1.10'
const ED25519 = '1.3.101.112'
const CURVES: Readonly<Record<string, { name: string; bytes: number }>> = {
  '1.2.840.10045.3.1.7': { name: 'P-256', bytes: 32 },
  '1.3.132.0.34': { name: 'P-384', bytes: 48 },
  '1.3.132.0.35': { name: 'P-521', bytes: 66 },
}

/** The hash that an AlgorithmIdentifier names. */
export function hashNamed(algorithm: Element | undefined): Hash {
  const oid = oidOf(inside(algorithm)[0])
  const found = HASHES[oid]
  if (found === undefined) throw new ProofError(`uses a hash that we do not know (${oid})`)
  return found
}

/** The digest of some bytes; SHA-1 only names certificates, and is never signed. */
export function digest(hash: Hash, bytes: Uint8Array): Uint8Array {
  return { 'SHA-1': sha1, 'SHA-256': sha256, 'SHA-384': sha384, 'SHA-512': sha512 }[hash](bytes)
}

type Signed = { algorithm: Element; hash: Hash | null; key: Element; signature: Uint8Array; of: Uint8Array }

/**
 * Whether a signature is that of the key (a SubjectPublicKeyInfo). `hash` is what the signer's own field says, for
 * algorithms that leave it open. RSA (PKCS #1 v1.5 and PSS), ECDSA on the NIST curves, and Ed25519; never with SHA-1.
 */
export async function isSigned({ algorithm, hash, key, signature, of }: Signed): Promise<boolean> {
  const [name, parameters] = inside(algorithm)
  const oid = oidOf(name)
  const { subtle } = globalThis.crypto
  const imported = (how: object) =>
    subtle
      .importKey('spki', Uint8Array.from(key.whole), how as RsaHashedImportParams, false, ['verify'])
      .catch(() => {
        throw new ProofError('is signed with a key that cannot be read')
      })
  const verified = async (how: object, by: CryptoKey, bytes = signature) =>
    subtle.verify(how as EcdsaParams, by, Uint8Array.from(bytes), Uint8Array.from(of))
  if (oid === ED25519) return verified({ name: 'Ed25519' }, await imported({ name: 'Ed25519' }))
  if (oid === PSS) {
    const pss = pssOf(parameters)
    return verified(
      { name: 'RSA-PSS', saltLength: pss.salt },
      await imported({ name: 'RSA-PSS', hash: pss.hash }),
    )
  }
  const known = SIGNED_WITH[oid]
  if (known === undefined) throw new ProofError(`is signed in a way that we do not know (${oid})`)
  const by = known.hash ?? hash
  if (by === null || by === 'SHA-1') throw new ProofError('is signed over a hash that is not safe any more')
  if (known.name === 'RSASSA-PKCS1-v1_5')
    return verified({ name: known.name }, await imported({ name: known.name, hash: by }))
  const curve = CURVES[oidOf(inside(inside(key)[0])[1])]
  if (curve === undefined) throw new ProofError('is signed on a curve that we do not know')
  return verified(
    { name: 'ECDSA', hash: by },
    await imported({ name: 'ECDSA', namedCurve: curve.name }),
    paired(signature, curve.bytes),
  )
}

function pssOf(parameters: Element | undefined): { hash: Hash; salt: number } {
  const fields = new Map(inside(parameters).map((field) => [field.tag, onlyElement(field.content)]))
  const hash = fields.get(tags.context(0))
  const salt = fields.get(tags.context(2))
  if (hash === undefined || hashNamed(hash) === 'SHA-1')
    throw new ProofError('is signed over a hash that is not safe any more')
  return { hash: hashNamed(hash), salt: salt === undefined ? 20 : numberOf(salt) }
}

/** The two numbers of an ECDSA signature side by side, each of the curve's length. */
function paired(signature: Uint8Array, length: number): Uint8Array {
  const numbers = inside(onlyElement(signature))
  const pair = new Uint8Array(2 * length)
  if (numbers.length !== 2) throw new ProofError('has a signature that cannot be read')
  numbers.forEach(({ content }, i) => {
    const value = content.subarray(content.findIndex((byte) => byte !== 0))
    if (value.length > length) throw new ProofError('has a signature that cannot be read')
    pair.set(value, (i + 1) * length - value.length)
  })
  return pair
}
