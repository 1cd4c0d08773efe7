import * as z from 'zod'
import { Instant } from '../core/calendar.ts'
import { Envelope, isWithheld } from '../core/entry.ts'
import * as paths from '../http/paths.ts'
import { hex } from '../log/encoding.ts'
import { payloadOf, type StoredEntry } from '../store/events.ts'
import { ReceiptAddress } from './log-answers.ts'
import { Count, Payload } from './recorded.ts'
import { RedactionItem } from './redaction-answers.ts'

export const EntryAnswer = z.strictObject({
  seq: Count,
  leaf: z
    .string()
    .regex(/^[0-9a-f]{64}$/u)
    .describe('RFC 6962 leaf hash of `bytes`.'),
  bytes: z.string().describe('The canonical JSON of the envelope: exactly what is hashed.'),
  envelope: Envelope,
  recorded_at: Instant.describe(
    'When it counts as recorded: `at` of the envelope, unless a later entry corrects the clock.',
  ),
  disclosure: z
    .string()
    .nullable()
    .describe('Opens `sealed`: base64url of the JSON [salt, "record", payload].'),
  payload: Payload.nullable(),
  taken_out: RedactionItem.omit({ entry: true, what: true })
    .nullable()
    .describe(
      'By which entry words were taken out of it: then there is no disclosure, and `payload` is what is read in its place.',
    ),
  withheld: z.boolean().describe('True where the opening is private: members, tokens and policy.'),
  receipt: ReceiptAddress,
})

/** An entry as it is hashed, and what opens it, unless that is private. */
export function entryAnswer(stored: StoredEntry, recorded_at: string): z.infer<typeof EntryAnswer> {
  const envelope = JSON.parse(stored.bytes) as Envelope
  const withheld = isWithheld(envelope.type)
  const { redaction } = stored
  const payload = withheld ? null : payloadOf(stored)
  return {
    seq: stored.seq,
    leaf: hex(stored.leaf),
    bytes: stored.bytes,
    envelope,
    recorded_at,
    disclosure: withheld ? null : stored.disclosure,
    payload: payload as z.infer<typeof Payload> | null,
    taken_out:
      redaction === null
        ? null
        : {
            seq: redaction.seq,
            at: redaction.at,
            because: redaction.because,
            class: redaction.class ?? null,
          },
    withheld,
    receipt: paths.api.entryReceipt(stored.seq),
  }
}
