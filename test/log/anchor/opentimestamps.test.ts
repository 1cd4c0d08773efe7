import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blockTime, merkleRootText } from '../../../src/log/anchor/block-header.ts'
import {
  attested,
  type Proof,
  parseProof,
  parseProofFile,
  proofBytes,
  proofFile,
  upgraded,
} from '../../../src/log/anchor/opentimestamps.ts'
import { ProofError } from '../../../src/log/anchor/proof-error.ts'
import { fromHex, hex, utf8 } from '../../../src/log/encoding.ts'

const vector = (name: string) =>
  new Uint8Array(
    readFileSync(fileURLToPath(new URL(`../../vectors/opentimestamps/${name}`, import.meta.url))),
  )
const found = (name: string) => {
  const { hash, proof } = parseProofFile(vector(name))
  return attested(proof, hash)
}
/** Block 358391, in which the published proof ends. */
const HEADER = fromHex(
  '02000000b96394585a281b7e5f438fd1c9ed492645a1fd61cb3802040000000000000000007ee445d23ad061af4a36b809501fab1ac4f2d7e7a739817dd0cbb7ec661b8a1e376755f58616186272def6',
) as Uint8Array
const ITS_DIFFICULTY = 48_807_487_244

describe('an OpenTimestamps proof', () => {
  it('leads from the published file to the Merkle root of the block that it names', () => {
    const { hash, proof } = parseProofFile(vector('hello-world.txt.ots'))
    expect(hash).toEqual(sha256(vector('hello-world.txt')))
    const [end, ...others] = attested(proof, hash)
    expect(others).toEqual([])
    expect(end?.attestation).toEqual({ kind: 'bitcoin', height: 358_391 })
    expect(merkleRootText(end?.message as Uint8Array)).toBe(
      '8a1b66ecb7cbd07d8139a7e7d7f2c41aab1f5009b8364aaf61d03ad245e47e00',
    )
    expect(blockTime(HEADER, end?.message as Uint8Array, 10 ** 10)).toEqual({
      // What the header says, and two hours.
      at: new Date('2015-05-28T17:41:18.000Z'),
      hash: '000000000000000003e892881a8cdcdc117c06d444057c98b6f04a9ee75a2319',
      difficulty: expect.closeTo(ITS_DIFFICULTY, -1),
    })
  })

  it('tells what is only promised, by whom, and what nobody here knows', () => {
    expect(found('two-calendars.txt.ots').map(({ attestation }) => attestation)).toEqual([
      { kind: 'pending', calendar: 'https://alice.btc.calendar.opentimestamps.org' },
      { kind: 'pending', calendar: 'https://bob.btc.calendar.opentimestamps.org' },
    ])
    expect(found('known-and-unknown-notary.txt.ots').map(({ attestation }) => attestation.kind)).toEqual([
      'pending',
      'unknown',
    ])
  })

  it.each([
    'hello-world.txt.ots',
    'incomplete.txt.ots',
    'two-calendars.txt.ots',
    'merkle1.txt.ots',
    'known-and-unknown-notary.txt.ots',
    'unknown-notary.txt.ots',
    'bad-stamp.txt.ots',
  ])('is written as it was read: %s', (name) => {
    const { hash, proof } = parseProofFile(vector(name))
    expect(hex(proofFile(hash, proof))).toBe(hex(vector(name)))
  })

  it('that was published as a wrong one leads to another root than that of its block', () => {
    const [end] = found('bad-stamp.txt.ots')
    expect(() => blockTime(HEADER, end?.message as Uint8Array, 1)).toThrow('another Merkle root')
  })

  it('takes in what a calendar knows later, in place of its promise', () => {
    const { hash, proof } = parseProofFile(vector('two-calendars.txt.ots'))
    const [alice, bob] = attested(proof, hash)
    const known: Proof = {
      attestations: [],
      steps: [
        {
          op: 0x08,
          argument: null,
          next: { attestations: [{ kind: 'bitcoin', height: 900_000 }], steps: [] },
        },
      ],
    }
    const mended = upgraded(
      proof,
      hash,
      { message: alice?.message as Uint8Array, calendar: 'https://alice.btc.calendar.opentimestamps.org' },
      known,
    )
    expect(attested(parseProof(proofBytes(mended)), hash)).toEqual([
      { attestation: { kind: 'bitcoin', height: 900_000 }, message: sha256(alice?.message as Uint8Array) },
      bob,
    ])
  })

  it('is refused in words, whatever bytes come', () => {
    const whole = vector('hello-world.txt.ots')
    for (let length = 0; length < whole.length; length++)
      expect(() => parseProofFile(whole.subarray(0, length))).toThrow(ProofError)
    expect(() => parseProofFile(Uint8Array.from([...whole, 0]))).toThrow('bytes behind its end')
    expect(() => parseProof(new Uint8Array(3000).fill(0x08))).toThrow('more steps in a row')
    expect(() => parseProof(utf8('<html>'))).toThrow(ProofError)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          const proof = parseProof(bytes)
          attested(proof, sha256(utf8('message')))
          expect(attested(parseProof(proofBytes(proof)), utf8('m'))).toEqual(attested(proof, utf8('m')))
        } catch (error) {
          if (!(error instanceof ProofError)) throw error
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('of a message that grows without end is refused', () => {
    const long = joinedSteps(40, Uint8Array.from([0xf0, 0x80, 0x08, ...new Uint8Array(1024)]))
    expect(() => attested(parseProof(long), utf8('m'))).toThrow(ProofError)
  })
})

const joinedSteps = (count: number, step: Uint8Array): Uint8Array =>
  Uint8Array.from([
    ...Array.from({ length: count }, () => [...step]).flat(),
    ...[0x00, 0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01, 0x01, 0x05],
  ])

describe('a block header', () => {
  const root = HEADER.subarray(36, 68)

  it('shows no date below the difficulty of late 2019, so that nobody makes one for himself', () => {
    expect(() => blockTime(HEADER, root)).toThrow('too easy to find')
  })

  it('shows nothing once a bit of it is another', () => {
    for (let at = 0; at < HEADER.length; at++) {
      const changed = Uint8Array.from(HEADER)
      changed[at] = (changed[at] as number) ^ 1
      expect(() => blockTime(changed, root, 1), `byte ${at}`).toThrow(ProofError)
    }
    expect(() => blockTime(HEADER.subarray(1), root)).toThrow('80 bytes')
  })
})
