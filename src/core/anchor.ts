import * as z from 'zod'
import { Instant } from './calendar.ts'
import type { Logged } from './forecast.ts'
import { line, webAddress } from './text.ts'

const Base64 = (most: number) =>
  z
    .string()
    .min(4)
    .max(most)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/u, 'must be base64')
const Hex = (bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`, 'u'), `must be ${bytes} bytes in hexadecimal`)

/** The checkpoint of which somebody outside holds the proof. */
const OfCheckpoint = {
  origin: line(400),
  size: z.int().min(1),
  /** Base64 of 32 bytes, as in the checkpoint itself. */
  root: Base64(44).length(44),
}

/** A time-stamping authority (RFC 3161): `token` is what it signed, `trusted` the certificate it was verified up to. */
export const TimestampAnchor = z.strictObject({
  kind: z.literal('timestamp'),
  ...OfCheckpoint,
  /** Where it was asked for. */
  party: webAddress(),
  by_whom: line(200),
  at: Instant,
  token: Base64(48_000),
  trusted: Base64(12_000),
})
/**
 * A calendar of OpenTimestamps: the path to the Merkle root of a Bitcoin block. With the header of that block its work
 * was checked, and `at` is the time in it and two hours; without, nothing here says when it was.
 */
export const BlockAnchor = z.strictObject({
  kind: z.literal('opentimestamps'),
  ...OfCheckpoint,
  party: webAddress(),
  by_whom: line(200),
  at: Instant.nullable(),
  proof: Base64(24_000),
  block: z.strictObject({
    height: z.int().min(0),
    /** As block explorers print it. */
    merkle_root: Hex(32),
    header: Hex(80).optional(),
  }),
})
/** A witness (C2SP tlog-witness): it saw that the log only grew, and signed the checkpoint with a time. */
export const WitnessAnchor = z.strictObject({
  kind: z.literal('witness'),
  ...OfCheckpoint,
  /** Its verifier key. */
  party: line(400),
  by_whom: line(200),
  at: Instant,
  cosignature: line(1000),
})

/** What somebody outside attests of a checkpoint, as it stands in the log. */
export const Anchor = z.discriminatedUnion('kind', [TimestampAnchor, BlockAnchor, WitnessAnchor])
export type Anchor = z.infer<typeof Anchor>
export const anchorKinds = ['timestamp', 'opentimestamps', 'witness'] as const
export type AnchorKind = Anchor['kind']

/** The earliest attested checkpoint that holds an entry: `seq` is the entry that records the proof. */
export type Proven = { seq: number; size: number; kind: AnchorKind; at: string; by: string }

/** Whether the proof is dated before the outcome could be known: before the deadline's end and before it was known. */
export function provenBefore(proven: Proven | null, dueAt: Date, knownFrom: Date | null): Proven | null {
  if (proven === null) return null
  const at = Date.parse(proven.at)
  return at < dueAt.getTime() && (knownFrom === null || at < knownFrom.getTime()) ? proven : null
}

/** Written down in time by our own clock, and by somebody else's. */
export const isProvenLive = (logged: Logged, proven: Proven | null): boolean =>
  logged === 'live' && proven !== null
