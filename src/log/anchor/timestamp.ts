import { sha256 } from '../digest.ts'
import { hex, sameBytes } from '../encoding.ts'
import {
  type Certificate,
  certificatesBeside,
  chainAbove,
  isForTimestamps,
  subjectKeyOf,
} from './certificate.ts'
import {
  type Element,
  elementAt,
  elementsOf,
  inside,
  instantOf,
  numberOf,
  oidOf,
  onlyElement,
  required,
  tags,
} from './der.ts'
import { ProofError } from './proof-error.ts'
import { digest, hashNamed, isSigned } from './signature.ts'

const SIGNED_DATA = '1.2.840.113549.1.7.2'
const TST_INFO = '1.2.840.113549.1.9.16.1.4'
const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12'
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47'

/** What stands before and behind the hash in a request for a time stamp of SHA-256 with its certificate: 27 bytes. */
const BEFORE = [
  0x30, 0x39, 0x02, 0x01, 0x01, 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04,
  0x02, 0x01, 0x05, 0x00, 0x04, 0x20,
]
const BEHIND = [0x01, 0x01, 0xff]

/** The request of RFC 3161 for a SHA-256 hash: 59 bytes. It has no nonce, since an older answer shows only more. */
export const timestampRequest = (hash: Uint8Array): Uint8Array =>
  Uint8Array.from([...BEFORE, ...hash, ...BEHIND])

/** A time stamp that was verified. */
export type Timestamp = {
  /** The latest instant at which it can have been made: its time and the accuracy that it states. */
  at: Date
  /** Who signed it, by the name in the certificate. */
  by: string
  /** SHA-256 of the certificate of the authority that was trusted, in hexadecimal, and its name. */
  trusted: { name: string; sha256: string; der: Uint8Array }
  policy: string
  /** The certificates from the one that signed to the one that was trusted. */
  chain: readonly Certificate[]
}

const STATUS = ['granted', 'granted with changes', 'rejected', 'waiting', 'revocation warning', 'revoked']

/** The token in the answer of an authority. */
export function tokenIn(answer: Uint8Array): Uint8Array {
  const [info, token] = inside(onlyElement(answer))
  const status = numberOf(required(inside(info)[0], tags.integer))
  if (status > 1 || token === undefined)
    throw new ProofError(`refuses: ${STATUS[status] ?? `status ${status}`}${toldIn(info)}`)
  return token.whole
}

const toldIn = (info: Element | undefined): string => {
  const told = inside(info)[1]
  if (told?.tag !== tags.sequence) return ''
  const text = elementsOf(told.content)
    .map(({ content }) => new TextDecoder().decode(content))
    .join(' ')
  return ` (${text.replaceAll(/\p{Cc}/gu, ' ').slice(0, 200)})`
}

/**
 * Verifies a time stamp token (RFC 3161, CMS) of a SHA-256 hash against authorities that are trusted: what it stamps,
 * the signature over its signed attributes, that the signing certificate is named there and is for time stamps only,
 * and the chain up to a trusted one, at its own time. Revocation is not asked here. Throws `ProofError`.
 */
export async function verifyTimestamp(
  token: Uint8Array,
  hash: Uint8Array,
  trusted: readonly Certificate[],
): Promise<Timestamp> {
  const [type, wrapped] = inside(onlyElement(token))
  if (oidOf(type) !== SIGNED_DATA) throw new ProofError('is no signed data')
  const [, , encapsulated, ...others] = inside(onlyElement(required(wrapped, tags.context(0)).content))
  const [contentType, content] = inside(encapsulated)
  if (oidOf(contentType) !== TST_INFO) throw new ProofError('is signed, but is no time stamp')
  const stamped = required(onlyElement(required(content, tags.context(0)).content), tags.octets).content
  const info = infoOf(stamped, hash)
  const certificates = certificatesBeside(others.find(({ tag }) => tag === tags.context(0)))
  const signers = inside(others.at(-1), tags.set)
  if (signers.length !== 1) throw new ProofError('is signed by another number of signers than one')
  const signer = await signerOf(signers[0] as Element, stamped, certificates, trusted)
  if (!isForTimestamps(signer))
    throw new ProofError(`is signed with a certificate that is not for time stamps alone (${signer.name})`)
  const chain = await chainAbove(signer, certificates, trusted, info.time)
  const root = chain.at(-1) as Certificate
  return {
    at: info.at,
    by: signer.name,
    trusted: { name: root.name, sha256: hex(sha256(root.der)), der: root.der },
    policy: info.policy,
    chain,
  }
}

function infoOf(stamped: Uint8Array, hash: Uint8Array) {
  const [, policy, imprint, , time, accuracy] = inside(onlyElement(stamped))
  const [algorithm, hashed] = inside(imprint)
  if (hashNamed(algorithm) !== 'SHA-256' || !sameBytes(required(hashed, tags.octets).content, hash))
    throw new ProofError('stamps something else than this checkpoint')
  const made = instantOf(time)
  return {
    time: made,
    at: new Date(made.getTime() + (accuracy?.tag === tags.sequence ? accuracyOf(accuracy) : 0)),
    policy: oidOf(policy),
  }
}

/** In milliseconds, rounded up. */
function accuracyOf(accuracy: Element): number {
  const UNITS = new Map<number, number>([
    [tags.integer, 1000],
    [tags.implicit(0), 1],
    [tags.implicit(1), 1 / 1000],
  ])
  const sum = elementsOf(accuracy.content).reduce(
    (total, part) => total + numberOf(part) * (UNITS.get(part.tag) ?? 0),
    0,
  )
  return Math.ceil(sum)
}

/** The certificate of whoever signed, once the signature is found to be theirs. */
async function signerOf(
  element: Element,
  stamped: Uint8Array,
  certificates: readonly Certificate[],
  trusted: readonly Certificate[],
): Promise<Certificate> {
  const [, who, hashed, attributes, algorithm, signature] = inside(element)
  const signed = required(attributes, tags.context(0))
  const hash = hashNamed(hashed)
  const named = new Map(
    elementsOf(signed.content).map((attribute) => {
      const [oid, values] = inside(attribute)
      return [oidOf(oid), onlyElement(required(values, tags.set).content)]
    }),
  )
  if (oidOf(named.get(CONTENT_TYPE)) !== TST_INFO)
    throw new ProofError('is signed as something else than a time stamp')
  const digested = required(named.get(MESSAGE_DIGEST), tags.octets).content
  if (!sameBytes(digested, digest(hash, stamped)))
    throw new ProofError('was changed after it was signed: its digest is another')
  const signer = [...certificates, ...trusted].find((one) => isNamed(one, who))
  if (signer === undefined) throw new ProofError('does not hold the certificate of its signer')
  if (!isBound(signer, named))
    throw new ProofError('names another certificate than the one that it is signed with')
  // What is signed has the tag of a set, not that of its place; a Buffer would be changed by its slice.
  const of = Uint8Array.from(signed.whole)
  of[0] = tags.set
  const { content } = required(signature, tags.octets)
  if (
    !(await isSigned({
      algorithm: required(algorithm, tags.sequence),
      hash,
      key: signer.key,
      signature: content,
      of,
    }))
  )
    throw new ProofError(`is not signed by ${signer.name}`)
  return signer
}

/** Whether a signer's identifier (issuer and serial number, or key) is that of a certificate. */
function isNamed(certificate: Certificate, who: Element | undefined): boolean {
  if (who?.tag === tags.implicit(0)) {
    const key = subjectKeyOf(certificate)
    return key !== null && sameBytes(key, who.content)
  }
  const [issuer, serial] = inside(who)
  return (
    sameBytes(required(issuer, tags.sequence).whole, certificate.issuer) &&
    sameBytes(required(serial, tags.integer).content, certificate.serial)
  )
}

/** Whether the signed attributes name this certificate by its hash (RFC 2634, RFC 5035). */
function isBound({ der }: Certificate, named: ReadonlyMap<string, Element>): boolean {
  const second = named.get(SIGNING_CERTIFICATE_V2)
  if (second !== undefined) {
    const fields = inside(inside(inside(second)[0])[0])
    const own = fields[0]?.tag === tags.sequence ? hashNamed(fields.shift()) : 'SHA-256'
    return sameBytes(required(fields[0], tags.octets).content, digest(own, der))
  }
  const first = named.get(SIGNING_CERTIFICATE)
  if (first === undefined) return false
  return sameBytes(
    required(inside(inside(inside(first)[0])[0])[0], tags.octets).content,
    digest('SHA-1', der),
  )
}

/** Whether bytes begin as a DER sequence does: an answer that does not is a page of HTML, say. */
export const isDer = (bytes: Uint8Array): boolean => {
  try {
    return elementAt(bytes).tag === tags.sequence
  } catch {
    return false
  }
}
