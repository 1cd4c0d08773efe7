import { fromBase64, hex, sameBytes } from '../encoding.ts'
import { type Certificate, extensionsOf, maySignLists, nameOf } from './certificate.ts'
import { bitsOf, type Element, inside, instantOf, onlyElement, required, tags } from './der.ts'
import { ProofError } from './proof-error.ts'
import { isSigned } from './signature.ts'

/** A certificate that was revoked: since when, and why; null where the list does not say. */
type Revoked = { at: Date; reason: number | null }

/** A list of revocations (RFC 5280, 5) of one authority: what it revoked, as it stood at an instant. */
export type RevocationList = {
  issuer: Uint8Array
  name: string
  at: Date
  /** Certificates that have ended since then stay on it: without, those that have ended may be gone. */
  expiredFrom: Date | null
  /** By serial number, in hexadecimal. */
  revoked: ReadonlyMap<string, Revoked>
  signed: Uint8Array
  algorithm: Element
  signature: Uint8Array
}

const AUTHORITY_KEY = '2.5.29.35'
const NUMBER = '2.5.29.20'
const DELTA = '2.5.29.27'
const EXPIRED_ON_LIST = '2.5.29.60'
const REASON = '2.5.29.21'
const KNOWN = new Set([AUTHORITY_KEY, NUMBER, EXPIRED_ON_LIST, REASON])
const ENUMERATED = 0x0a

const REASONS: Readonly<Record<number, string>> = {
  0: 'unspecified',
  1: 'its key was compromised',
  2: 'the key of its authority was compromised',
  3: 'its affiliation changed',
  4: 'it was superseded',
  5: 'its authority ceased to work',
  6: 'it is on hold',
  9: 'its privilege was withdrawn',
  10: 'the key of its attributes was compromised',
}
/** After these the stamps of before stay valid: RFC 3161, 4. With any other, and without one, none does. */
const ONLY_LATER = new Set([0, 3, 4, 5])
const ON_HOLD = 6

function requireKnown(extensions: Certificate['extensions']): void {
  for (const [oid, { critical }] of extensions)
    if (oid === DELTA) throw new ProofError('holds only what changed since another list')
    else if (critical && !KNOWN.has(oid))
      throw new ProofError(
        `has a rule that we do not know (${oid}), such as that it is of some certificates alone`,
      )
}

function listOf(der: Uint8Array): RevocationList {
  const [body, algorithm, signature] = inside(onlyElement(der))
  const fields = inside(body)
  if (fields[0]?.tag === tags.integer) fields.shift()
  const [named, issuer, at, ...rest] = fields
  if (!sameBytes(required(named, tags.sequence).whole, required(algorithm, tags.sequence).whole))
    throw new ProofError('names two ways in which it is signed')
  const isTime = (element: Element | undefined) => element?.tag === tags.time || element?.tag === tags.utcTime
  if (isTime(rest[0])) rest.shift()
  const entries = rest[0]?.tag === tags.sequence ? inside(rest.shift()) : []
  const extensions = extensionsOf(rest.find(({ tag }) => tag === tags.context(0)))
  requireKnown(extensions)
  const expired = extensions.get(EXPIRED_ON_LIST)
  return {
    issuer: required(issuer, tags.sequence).whole,
    name: nameOf(required(issuer, tags.sequence)),
    at: instantOf(at),
    expiredFrom: expired === undefined ? null : instantOf(onlyElement(expired.value)),
    revoked: new Map(entries.map(revokedOf)),
    signed: required(body, tags.sequence).whole,
    algorithm: required(algorithm, tags.sequence),
    signature: bitsOf(signature),
  }
}

function revokedOf(entry: Element): [string, Revoked] {
  const [serial, at, more] = inside(entry)
  const extensions = more === undefined ? new Map() : extensionsIn(more)
  requireKnown(extensions)
  const reason = extensions.get(REASON)
  return [
    hex(required(serial, tags.integer).content),
    {
      at: instantOf(at),
      reason:
        reason === undefined ? null : (required(onlyElement(reason.value), ENUMERATED).content[0] ?? null),
    },
  ]
}

/** The extensions of an entry stand there without a tag around them. */
const extensionsIn = (element: Element): Certificate['extensions'] =>
  extensionsOf({ ...element, content: element.whole })

const PEM = /-----BEGIN X509 CRL-----([\sA-Za-z0-9+/=]+)-----END X509 CRL-----/gu

/** The lists in a file, of PEM or DER. Throws `ProofError` where there is none, or one that cannot be used. */
export function revocationListsIn(file: Uint8Array): RevocationList[] {
  const texts = [...new TextDecoder('latin1').decode(file).matchAll(PEM)]
  if (texts.length === 0) return [listOf(file)]
  return texts.map(([, text = '']) => {
    const der = fromBase64(text.replaceAll(/\s/gu, ''))
    if (der === null) throw new ProofError('is no base64')
    return listOf(der)
  })
}

/** What lists show of the certificates behind a stamp: the oldest list by which none was revoked, or of whom nothing. */
export type Unrevoked = { asOf: Date } | { unseen: string }

/**
 * Asks the lists of every certificate of a chain but the last, which is trusted, whether it was revoked when a stamp
 * was made: `at`, the latest instant of that. A list speaks of a stamp that was made before it. Throws `ProofError`
 * where one was revoked so that the stamp does not count.
 */
export const revocationsIn =
  (lists: readonly RevocationList[]) =>
  async (chain: readonly Certificate[], at: Date): Promise<Unrevoked> => {
    const ofOldestFirst = lists.toSorted((a, b) => a.at.getTime() - b.at.getTime())
    let asOf: Date | null = null
    let unseen: string | null = null
    for (const [i, certificate] of chain.slice(0, -1).entries()) {
      const own: RevocationList[] = []
      for (const list of ofOldestFirst) if (await isBy(list, chain[i + 1] as Certificate)) own.push(list)
      requireUnrevoked(certificate, own, at)
      const newest = own.findLast((list) => speaksOf(list, certificate, at))?.at
      if (newest === undefined) unseen ??= certificate.name
      else if (asOf === null || newest < asOf) asOf = newest
    }
    if (unseen !== null) return { unseen }
    return { asOf: asOf ?? at }
  }

async function isBy(list: RevocationList, issuer: Certificate): Promise<boolean> {
  if (!sameBytes(list.issuer, issuer.subject) || !maySignLists(issuer)) return false
  const { algorithm, signature, signed: of } = list
  // What is wrong with a list that was given says nothing about the stamp.
  return isSigned({ algorithm, hash: null, key: issuer.key, signature, of }).catch((error: unknown) => {
    if (error instanceof ProofError) return false
    throw error
  })
}

/** Whether a list would name the certificate, had it been revoked by then: of those that ended it may say nothing. */
const speaksOf = ({ at: listed, expiredFrom }: RevocationList, { to }: Certificate, at: Date): boolean =>
  listed >= at && (listed <= to || (expiredFrom !== null && expiredFrom <= to))

/** Refuses a certificate by what lists say, the oldest first: what is on hold may be free again in a later one. */
function requireUnrevoked({ serial, name }: Certificate, lists: readonly RevocationList[], at: Date): void {
  let held: Revoked | null = null
  for (const { revoked } of lists) {
    const found = revoked.get(hex(serial)) ?? null
    if (held === null || held.reason === ON_HOLD || found !== null) held = found
  }
  if (held === null) return
  const { at: since, reason } = held
  const isLater = reason !== null && ONLY_LATER.has(reason)
  if (isLater && at < since) return
  const why = reason === null ? 'no reason is given' : (REASONS[reason] ?? `reason ${reason}`)
  throw new ProofError(
    `rests on the certificate of ${name}, which was revoked on ${since.toISOString().slice(0, 10)} (${why}): ${isLater ? 'that was not after the stamp' : 'then no stamp of it counts, of whatever day'}`,
  )
}
