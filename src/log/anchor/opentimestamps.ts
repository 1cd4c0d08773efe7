import { ripemd160, sha1 } from '@noble/hashes/legacy.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { sha256 } from '../digest.ts'
import { fromUtf8, hex, joined, sameBytes, utf8 } from '../encoding.ts'
import { ProofError } from './proof-error.ts'

/** What a path of a proof ends in. A calendar has promised; a block of Bitcoin holds the message as its Merkle root. */
export type Attestation =
  | { kind: 'pending'; calendar: string }
  | { kind: 'bitcoin'; height: number }
  | { kind: 'unknown'; tag: string; payload: Uint8Array }

type Step = { op: number; argument: Uint8Array | null; next: Proof }
/** A tree of operations over a message, each of which makes the message of the next. */
export type Proof = { attestations: readonly Attestation[]; steps: readonly Step[] }

const MAGIC = joined(
  Uint8Array.of(0),
  utf8('OpenTimestamps'),
  Uint8Array.of(0, 0),
  utf8('Proof'),
  Uint8Array.of(0, 0xbf, 0x89, 0xe2, 0xe8, 0x84, 0xe8, 0x92, 0x94, 1),
)
const SHA256 = 0x08
const ATTESTED = 0x00
const FORK = 0xff
const PENDING = '83dfe30d2ef90c8e'
const BITCOIN = '0588960d73d71901'
/** The bounds of the format itself. */
const MAX_RESULT = 4096
const MAX_PAYLOAD = 8192
const MAX_CALENDAR = 1000
const MAX_DEPTH = 256
const MAX_STEPS = 10_000

/** The operations: of the message, and of an argument where they have one. */
const BINARY: Readonly<Record<number, (message: Uint8Array, argument: Uint8Array) => Uint8Array>> = {
  240: (message, argument) => joined(message, argument),
  241: (message, argument) => joined(argument, message),
}
const UNARY: Readonly<Record<number, (message: Uint8Array) => Uint8Array>> = {
  242: (message) => message.toReversed(),
  243: (message) => utf8(hex(message)),
  2: sha1,
  3: ripemd160,
  [SHA256]: sha256,
  103: keccak_256,
}

const broken = () => new ProofError('is cut off, or is no OpenTimestamps proof')

class Reader {
  readonly #bytes: Uint8Array
  #at = 0
  steps = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  take(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw broken()
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  byte = (): number => this.take(1)[0] as number

  number(): number {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      if (scale > 2 ** 42) throw broken()
      const byte = this.byte()
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }

  text(most: number): Uint8Array {
    const length = this.number()
    if (length > most) throw broken()
    return this.take(length)
  }

  isAtEnd = (): boolean => this.#at === this.#bytes.length
}

function proofFrom(reader: Reader, depth = 0): Proof {
  if (depth > MAX_DEPTH) throw new ProofError('has more steps in a row than the format allows')
  const attestations: Attestation[] = []
  const steps: Step[] = []
  const readOne = (tag: number) => {
    if (tag === ATTESTED) {
      attestations.push(attestationFrom(reader))
      return
    }
    if (++reader.steps > MAX_STEPS) throw new ProofError('has too many steps')
    if (!(tag in BINARY) && !(tag in UNARY)) throw new ProofError(`has a step that we do not know (${tag})`)
    const argument = tag in BINARY ? reader.text(MAX_RESULT) : null
    if (argument?.length === 0) throw broken()
    steps.push({ op: tag, argument, next: proofFrom(reader, depth + 1) })
  }
  let tag = reader.byte()
  while (tag === FORK) {
    readOne(reader.byte())
    tag = reader.byte()
  }
  readOne(tag)
  return { attestations, steps }
}

function attestationFrom(reader: Reader): Attestation {
  const tag = hex(reader.take(8))
  const payload = reader.text(MAX_PAYLOAD)
  if (tag !== PENDING && tag !== BITCOIN) return { kind: 'unknown', tag, payload }
  const inner = new Reader(payload)
  const found: Attestation =
    tag === BITCOIN
      ? { kind: 'bitcoin', height: inner.number() }
      : { kind: 'pending', calendar: fromUtf8(inner.text(MAX_CALENDAR)) ?? '' }
  if (!inner.isAtEnd()) throw broken()
  return found
}

/** The tree that a calendar answers with, or that stands in a file behind its head. Throws `ProofError`. */
export function parseProof(bytes: Uint8Array): Proof {
  const reader = new Reader(bytes)
  const proof = proofFrom(reader)
  if (!reader.isAtEnd()) throw new ProofError('has bytes behind its end')
  return proof
}

function numberBytes(value: number): Uint8Array {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest])
    bytes.push((rest % 128) + 128)
  }
}
const textBytes = (bytes: Uint8Array): Uint8Array => joined(numberBytes(bytes.length), bytes)
const bytesOfHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16))

function attestationBytes(attestation: Attestation): Uint8Array {
  if (attestation.kind === 'unknown')
    return joined(Uint8Array.of(ATTESTED), bytesOfHex(attestation.tag), textBytes(attestation.payload))
  const [tag, payload] =
    attestation.kind === 'bitcoin'
      ? [BITCOIN, numberBytes(attestation.height)]
      : [PENDING, textBytes(utf8(attestation.calendar))]
  return joined(Uint8Array.of(ATTESTED), bytesOfHex(tag), textBytes(payload))
}

/** The bytes of a tree; what was parsed comes out as it was. */
export function proofBytes({ attestations, steps }: Proof): Uint8Array {
  const parts = [
    ...attestations.map(attestationBytes),
    ...steps.map(({ op, argument, next }) =>
      joined(Uint8Array.of(op), argument === null ? new Uint8Array() : textBytes(argument), proofBytes(next)),
    ),
  ]
  if (parts.length === 0) throw broken()
  return joined(...parts.map((part, i) => (i < parts.length - 1 ? joined(Uint8Array.of(FORK), part) : part)))
}

/** Everything that a proof of a message ends in, each with the message that it is about. */
export function attested(
  proof: Proof,
  message: Uint8Array,
): { attestation: Attestation; message: Uint8Array }[] {
  return [
    ...proof.attestations.map((attestation) => ({ attestation, message })),
    ...proof.steps.flatMap((step) => attested(step.next, applied(step, message))),
  ]
}

function applied({ op, argument }: Step, message: Uint8Array): Uint8Array {
  const made = argument === null ? UNARY[op]?.(message) : BINARY[op]?.(message, argument)
  if (made === undefined || made.length > MAX_RESULT) throw broken()
  return made
}

/** The proof with what a calendar now knows of a promised message in place of its promise. */
export function upgraded(
  proof: Proof,
  message: Uint8Array,
  promised: { message: Uint8Array; calendar: string },
  known: Proof,
): Proof {
  const isIt = sameBytes(message, promised.message)
  return {
    attestations: [
      ...proof.attestations.filter(
        (one) => !(isIt && one.kind === 'pending' && one.calendar === promised.calendar),
      ),
      ...(isIt ? known.attestations : []),
    ],
    steps: [
      ...proof.steps.map((step) => ({
        ...step,
        next: upgraded(step.next, applied(step, message), promised, known),
      })),
      ...(isIt ? known.steps : []),
    ],
  }
}

/** The file `….ots` that other programs read: the proof of a SHA-256 hash. */
export const proofFile = (hash: Uint8Array, proof: Proof): Uint8Array =>
  joined(MAGIC, Uint8Array.of(SHA256), hash, proofBytes(proof))

/** What stands in such a file. Throws `ProofError`. */
export function parseProofFile(file: Uint8Array): { hash: Uint8Array; proof: Proof } {
  const head = MAGIC.length + 1
  if (!sameBytes(file.subarray(0, MAGIC.length), MAGIC)) throw new ProofError('is no OpenTimestamps proof')
  if (file[MAGIC.length] !== SHA256) throw new ProofError('is about another hash than SHA-256')
  if (file.length < head + 32) throw broken()
  return { hash: file.subarray(head, head + 32), proof: parseProof(file.subarray(head + 32)) }
}
