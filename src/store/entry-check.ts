import { type EntryType, Envelope, type Event, payloads } from '../core/entry.ts'
import { canonicalJson } from '../log/canonical-json.ts'
import { hex, utf8 } from '../log/encoding.ts'
import { leafHash, MAX_ENTRY_BYTES, sealOf } from '../log/entry.ts'
import { payloadOf, type StoredEntry } from './events.ts'

/** An entry by itself: its envelope and event where they can be read, and everything that is wrong with it. */
export type CheckedEntry = {
  envelope: Envelope | null
  event: Event | null
  problems: { code: string; message: string }[]
}

/**
 * Hashes the bytes and the opening again and reads both by their schemas; looks at no other entry. Where words were
 * taken out, what is read in the place of the opening is looked at.
 */
export function checkEntry(stored: StoredEntry): CheckedEntry {
  const { seq, leaf, bytes, disclosure, redaction } = stored
  const problems: CheckedEntry['problems'] = []
  const wrong = (code: string, message: string) => problems.push({ code, message })
  if (leafHash(bytes) !== hex(leaf)) wrong('leaf', 'The bytes do not hash to the leaf: they were changed.')
  if (utf8(bytes).length > MAX_ENTRY_BYTES) wrong('size', 'The entry is longer than 65,535 bytes.')
  const envelope = readEnvelope(bytes)
  if (envelope === null) {
    wrong('envelope', 'The bytes are not a canonical envelope.')
    return { envelope, event: null, problems }
  }
  if (disclosure === null && redaction === null) {
    wrong('opening', 'The opening is missing and no redaction names it.')
    return { envelope, event: null, problems }
  }
  if (disclosure !== null && sealOf(disclosure) !== envelope.sealed)
    wrong('seal', 'The opening does not match the seal: the payload was changed.')
  if (disclosure !== null && redaction !== null)
    wrong('redaction', `Words were taken out of it by entry ${redaction.seq}, and its opening is still here.`)
  const payload = payloadOf(stored)
  if (!payloads[envelope.type as EntryType].safeParse(payload).success) {
    wrong('payload', `The payload is not a ${envelope.type}.`)
    return { envelope, event: null, problems }
  }
  const { v: _, sealed: __, ...fields } = envelope
  return { envelope, event: { ...fields, seq, payload } as Event, problems }
}

function readEnvelope(bytes: string): Envelope | null {
  try {
    const value: unknown = JSON.parse(bytes)
    const envelope = Envelope.safeParse(value)
    return envelope.success && canonicalJson(value) === bytes ? envelope.data : null
  } catch {
    return null
  }
}
