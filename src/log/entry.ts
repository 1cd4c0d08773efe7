import type { Draft, Envelope } from '../core/entry.ts'
import { canonicalJson } from './canonical-json.ts'
import { digest } from './digest.ts'
import { base64url, fromBase64url, utf8 } from './encoding.ts'

/** C2SP tlog-tiles allows an entry of at most this many bytes. */
export const MAX_ENTRY_BYTES = 65_535

/** Sealed and ready to be stored: what is hashed, its leaf hash in hexadecimal, and what opens the seal. */
export type SealedEntry = { bytes: string; leaf: string; disclosure: string }

const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * The disclosure of a payload, base64url of the JSON `[salt, "record", payload]` (RFC 9901), and its digest,
 * which is all that the hashed bytes hold: dropping the disclosure erases the text and keeps every proof.
 */
export function seal(draft: Draft, at: string, salt: Uint8Array): SealedEntry {
  const disclosure = base64url(utf8(canonicalJson([base64url(salt), 'record', draft.payload])))
  const { type, stream, rev, by, refs } = draft
  const bytes = canonicalJson({
    v: 1,
    at,
    by,
    type,
    stream,
    rev,
    refs,
    sealed: sealOf(disclosure),
  } satisfies Envelope)
  return { bytes, leaf: leafHash(bytes), disclosure }
}

/** base64url(SHA-256(disclosure)), over its ASCII text. */
export const sealOf = (disclosure: string): string => digest(disclosure, 'base64url')

/** The payload that a disclosure holds; null where it is not of the form `[salt, "record", payload]`. */
export function openingOf(disclosure: string): unknown {
  const bytes = fromBase64url(disclosure)
  if (bytes === null) return null
  try {
    const opened: unknown = JSON.parse(decoder.decode(bytes))
    return Array.isArray(opened) && opened.length === 3 && opened[1] === 'record' ? opened[2] : null
  } catch {
    return null
  }
}

/** RFC 6962 leaf hash, SHA-256(0x00 || bytes), in hexadecimal. */
export function leafHash(bytes: string): string {
  const text = utf8(bytes)
  const leaf = new Uint8Array(text.length + 1)
  leaf.set(text, 1)
  return digest(leaf, 'hex')
}

/** SHA-256 of a text in hexadecimal. */
export const textHash = (text: string): string => digest(text, 'hex')
