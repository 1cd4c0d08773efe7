import { type EntryType, Envelope, type Event, payloads } from '../core/entry.ts'
import { canonicalJson } from '../log/canonical-json.ts'
import { hex, utf8 } from '../log/encoding.ts'
import { leafHash, MAX_ENTRY_BYTES, openingOf, sealOf } from '../log/entry.ts'
import type { StoredEntry } from './events.ts'

/** An entry by itself: its envelope and event where they can be read, and everything that is wrong with it. */
export type CheckedEntry = {
  envelope: Envelope | null
  event: Event | null
  problems: { code: string; message: string }[]
}

/** Hashes the bytes and the opening again and reads both by their schemas; looks at no other entry. */
export function checkEntry({ seq, leaf, bytes, disclosure }: StoredEntry): CheckedEntry {
  const problems: CheckedEntry['problems'] = []
  const wrong = (code: string, message: string) => problems.push({ code, message })
  if (leafHash(bytes) !== hex(leaf)) wrong('leaf', 'The bytes do not hash to the leaf: they were changed.')
  if (utf8(bytes).length > MAX_ENTRY_BYTES) wrong('size', 'The entry is longer than 65,535 bytes.')
  const envelope = readEnvelope(bytes)
  if (envelope === null) {
    wrong('envelope', 'The bytes are not a canonical envelope.')
    return { envelope, event: null, problems }
  }
  if (disclosure === null) {
    wrong('opening', 'The opening is missing and no redaction names it.')
    return { envelope, event: null, problems }
  }
  if (sealOf(disclosure) !== envelope.sealed)
    wrong('seal', 'The opening does not match the seal: the payload was changed.')
  const payload = openingOf(disclosure)
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
