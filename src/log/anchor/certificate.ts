import { fromBase64, sameBytes } from '../encoding.ts'
import {
  bitsOf,
  type Element,
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
import { isSigned } from './signature.ts'

/** What is needed of an X.509 certificate; `der` is all of it. */
export type Certificate = {
  der: Uint8Array
  serial: Uint8Array
  issuer: Uint8Array
  subject: Uint8Array
  name: string
  from: Date
  to: Date
  key: Element
  extensions: ReadonlyMap<string, { critical: boolean; value: Uint8Array }>
  signed: Uint8Array
  algorithm: Element
  signature: Uint8Array
}

const BASIC_CONSTRAINTS = '2.5.29.19'
const KEY_USAGE = '2.5.29.15'
const EXTENDED_KEY_USAGE = '2.5.29.37'
const SUBJECT_KEY = '2.5.29.14'
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
/** Extensions that are checked here, or that say nothing about what a certificate may be used for. */
const KNOWN = new Set([
  BASIC_CONSTRAINTS,
  KEY_USAGE,
  EXTENDED_KEY_USAGE,
  SUBJECT_KEY,
  '2.5.29.35',
  '2.5.29.32',
])
const LONGEST_CHAIN = 8

export function certificateOf(der: Uint8Array): Certificate {
  const [body, algorithm, signature] = inside(onlyElement(der))
  const fields = inside(body)
  if (fields[0]?.tag === tags.context(0)) fields.shift()
  const [serial, , issuer, validity, subject, key, ...rest] = fields
  const [from, to] = inside(validity)
  const extensions = rest.find(({ tag }) => tag === tags.context(3))
  return {
    der,
    serial: required(serial, tags.integer).content,
    issuer: required(issuer, tags.sequence).whole,
    subject: required(subject, tags.sequence).whole,
    name: nameOf(required(subject, tags.sequence)),
    from: instantOf(from),
    to: instantOf(to),
    key: required(key, tags.sequence),
    extensions: extensionsOf(extensions),
    signed: required(body, tags.sequence).whole,
    algorithm: required(algorithm, tags.sequence),
    signature: bitsOf(signature),
  }
}

/** What stands in a field of extensions, around which there is a tag. */
export function extensionsOf(element: Element | undefined): Certificate['extensions'] {
  if (element === undefined) return new Map()
  return new Map(
    inside(onlyElement(element.content)).map((extension) => {
      const [oid, ...rest] = inside(extension)
      const flag = rest.length === 2 ? required(rest[0], tags.boolean).content[0] : 0
      return [oidOf(oid), { critical: flag === 255, value: required(rest.at(-1), tags.octets).content }]
    }),
  )
}

/** What somebody is called who reads it: the common name, else the organisation. */
export function nameOf(subject: Element): string {
  const parts = new Map<string, string>()
  for (const set of inside(subject))
    for (const pair of inside(set, tags.set)) {
      const [oid, value] = inside(pair)
      if (value !== undefined) parts.set(oidOf(oid), textOf(value))
    }
  const found = parts.get('2.5.4.3') ?? parts.get('2.5.4.10') ?? 'an authority without a name'
  return found.replaceAll(/\p{Cc}/gu, ' ').slice(0, 200)
}

// BMPString is UTF-16; the others are UTF-8 or what reads the same.
const textOf = ({ tag, content }: Element): string =>
  new TextDecoder(tag === 0x1e ? 'utf-16be' : 'utf-8').decode(content)

/** The key identifier that a certificate gives itself, or null. */
export const subjectKeyOf = ({ extensions }: Certificate): Uint8Array | null => {
  const found = extensions.get(SUBJECT_KEY)
  return found === undefined ? null : required(onlyElement(found.value), tags.octets).content
}

/** Whether a certificate is for time stamps and nothing else, marked critical: RFC 3161, 2.3. */
export function isForTimestamps({ extensions }: Certificate): boolean {
  const found = extensions.get(EXTENDED_KEY_USAGE)
  if (found?.critical !== true) return false
  const purposes = inside(onlyElement(found.value)).map(oidOf)
  return purposes.length === 1 && purposes[0] === TIME_STAMPING
}

/** Whether the use of a key is left open, or named by this bit of its first byte. */
function isUsedFor({ extensions }: Certificate, bit: number): boolean {
  const usage = extensions.get(KEY_USAGE)
  return usage === undefined || ((required(onlyElement(usage.value), tags.bits).content[1] ?? 0) & bit) !== 0
}
// cRLSign is the seventh bit, keyCertSign the sixth.
export const maySignLists = (certificate: Certificate): boolean => isUsedFor(certificate, 2)

/** Whether a certificate may sign others, with so many authorities beneath it. */
function mayIssue(certificate: Certificate, beneath: number): boolean {
  const { extensions } = certificate
  const constraints = extensions.get(BASIC_CONSTRAINTS)
  if (constraints === undefined) return false
  const [isAuthority, most] = inside(onlyElement(constraints.value))
  if (isAuthority?.tag !== tags.boolean || isAuthority.content[0] !== 255) return false
  if (most !== undefined && numberOf(most) < beneath) return false
  return isUsedFor(certificate, 4)
}

const isKnown = ({ extensions }: Certificate): boolean =>
  [...extensions].every(([oid, { critical }]) => !critical || KNOWN.has(oid))

/**
 * The chain that leads from a certificate by way of `others` to one of `trusted`, its last, at an instant: each is
 * signed by the next, all are in their time and the upper ones may sign. Whether one was revoked is not asked here.
 */
export async function chainAbove(
  leaf: Certificate,
  others: readonly Certificate[],
  trusted: readonly Certificate[],
  at: Date,
): Promise<Certificate[]> {
  const chain: Certificate[] = []
  let below = leaf
  for (let beneath = 0; beneath < LONGEST_CHAIN; beneath++) {
    if (at < below.from || at > below.to)
      throw new ProofError(`rests on the certificate of ${below.name}, which was not valid at that time`)
    if (!isKnown(below))
      throw new ProofError(`rests on the certificate of ${below.name}, which has a rule that we do not know`)
    const root = trusted.find(({ der }) => sameBytes(der, below.der))
    if (root !== undefined) return [...chain, root]
    const above = await issuerOf(below, [...trusted, ...others], beneath)
    if (above === null)
      throw new ProofError(
        `does not lead to an authority that was given: who signed for ${below.name} is not among them`,
      )
    chain.push(below)
    below = above
  }
  throw new ProofError('leads over too many authorities')
}

async function issuerOf(
  below: Certificate,
  candidates: readonly Certificate[],
  beneath: number,
): Promise<Certificate | null> {
  for (const candidate of candidates) {
    if (!sameBytes(candidate.subject, below.issuer) || !mayIssue(candidate, beneath)) continue
    const { algorithm, signature, signed: of } = below
    if (await isSigned({ algorithm, hash: null, key: candidate.key, signature, of })) return candidate
  }
  return null
}

const PEM = /-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END CERTIFICATE-----/gu

/** The certificates in a text of PEM, as it is given for `--ca`. */
export function certificatesIn(pem: string): Certificate[] {
  return [...pem.matchAll(PEM)].map(([, text = '']) => {
    const der = fromBase64(text.replaceAll(/\s/gu, ''))
    if (der === null) throw new ProofError('holds a certificate that is no base64')
    return certificateOf(der)
  })
}

/** The certificates that stand beside a signature. */
export const certificatesBeside = (element: Element | undefined): Certificate[] =>
  element === undefined
    ? []
    : elementsOf(element.content)
        .filter(({ tag }) => tag === tags.sequence)
        .map(({ whole }) => certificateOf(whole))
