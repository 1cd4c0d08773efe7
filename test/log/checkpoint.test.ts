import { describe, expect, it } from 'vitest'
import {
  type Checkpoint,
  checkpointText,
  openCheckpoint,
  parseCheckpoint,
  parseCheckpointText,
  signCheckpoint,
} from '../../src/log/checkpoint.ts'
import { cosign, cosignaturesOf } from '../../src/log/cosignature.ts'
import { utf8 } from '../../src/log/encoding.ts'
import {
  COSIGNATURE,
  noteKey,
  parseSigningKey,
  parseVerifierKey,
  type Signer,
  signingKey,
  verifierKey,
} from '../../src/log/note.ts'
import { openReceipt, parseReceipt, receiptText } from '../../src/log/receipt.ts'
import { hashLeaf, hashNode, inclusionPath, type NodeAddress, proofOf, rootOf } from '../../src/log/tree.ts'

const ORIGIN = 'reckoning.example'
const signer = async (name: string, first: number, type?: number): Promise<Signer> => {
  const seed = Uint8Array.from({ length: 32 }, (_, at) => first + at)
  return (await parseSigningKey(await signingKey(name, seed, type))) as Signer
}
const LOG = await signer(ORIGIN, 0)
const WITNESS = await signer('witness.example/w1', 50, COSIGNATURE)
const OTHER = await signer('witness.example/w2', 90, COSIGNATURE)

const leaves = ['first', 'second', 'third'].map((text) => hashLeaf(utf8(text)))
const [FIRST, SECOND] = leaves as [Uint8Array, Uint8Array]
const hashAt = ({ level, index }: NodeAddress): Uint8Array =>
  level === 1 ? hashNode(FIRST, SECOND) : (leaves[index] as Uint8Array)
const CHECKPOINT: Checkpoint = { origin: ORIGIN, size: 3, root: rootOf(3, hashAt), extensions: [] }

describe('a checkpoint', () => {
  it('is the example of its specification', () => {
    const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
    const read = parseCheckpointText(text)
    expect(read).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163, extensions: [] })
    expect(checkpointText(read as Checkpoint)).toBe(text)
    expect(parseCheckpointText(`${text}an extension\n`)?.extensions).toEqual(['an extension'])
  })

  it.each([
    ['no line feed', 'a\n0\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='],
    ['no origin', '\n0\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'],
    ['a leading zero', 'a\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'],
    ['a sign', 'a\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'],
    [
      'a size that no safe integer holds',
      'a\n9007199254740992\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n',
    ],
    ['a short root', 'a\n1\nCsUYapGG\n'],
    ['no root', 'a\n1\n'],
    ['an empty extension', 'a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\nb\n'],
  ])('with %s is none', (_, text) => {
    expect(parseCheckpointText(text)).toBeNull()
  })

  it('is opened by the key of its log, and by the key of another log not', async () => {
    const note = await signCheckpoint(CHECKPOINT, [LOG])
    expect(parseCheckpoint(note)).toEqual(CHECKPOINT)
    expect(await openCheckpoint(note, [LOG.key])).toMatchObject({
      problem: null,
      checkpoint: CHECKPOINT,
      signedBy: [LOG.key],
    })
    const foreign = await signCheckpoint({ ...CHECKPOINT, origin: 'another.example' }, [LOG])
    expect(await openCheckpoint(foreign, [LOG.key])).toEqual({ problem: 'other_origin' })
    expect(await openCheckpoint(foreign, [LOG.key], 'another.example')).toMatchObject({ problem: null })
    expect(await openCheckpoint(note, [LOG.key], 'another.example')).toEqual({ problem: 'other_origin' })
  })
})

describe('a cosignature', () => {
  it('tells which witness saw the checkpoint, and when', async () => {
    const note = await signCheckpoint(CHECKPOINT, [LOG])
    const text = checkpointText(CHECKPOINT)
    const both =
      note + (await cosign(text, WITNESS, 1_679_315_147)) + (await cosign(text, OTHER, 1_700_000_000))
    expect(await cosignaturesOf(both, [WITNESS.key])).toEqual([{ key: WITNESS.key, at: 1_679_315_147 }])
    expect(await cosignaturesOf(both, [WITNESS.key, OTHER.key])).toHaveLength(2)
    expect(await cosignaturesOf(note, [WITNESS.key])).toEqual([])
    // To whoever knows the log alone it is one more unknown signature.
    expect(await openCheckpoint(both, [LOG.key])).toMatchObject({ problem: null, signedBy: [LOG.key] })
  })

  it('over another checkpoint, or with another time, refuses the note', async () => {
    const note = await signCheckpoint(CHECKPOINT, [LOG])
    const elsewhere = await cosign(checkpointText({ ...CHECKPOINT, size: 2 }), WITNESS, 1_679_315_147)
    expect(await cosignaturesOf(note + elsewhere, [WITNESS.key])).toBeNull()
    const line = await cosign(checkpointText(CHECKPOINT), WITNESS, 1_679_315_147)
    const encoded = line.trimEnd().split(' ').at(-1) as string
    const bytes = Buffer.from(encoded, 'base64')
    bytes[11] = (bytes[11] as number) ^ 1
    const later = line.replace(encoded, bytes.toString('base64'))
    expect(await cosignaturesOf(note + later, [WITNESS.key])).toBeNull()
  })

  it('has keys of its own: the same bytes as a key of a log have another id', async () => {
    const key = noteKey(ORIGIN, LOG.key.publicKey, COSIGNATURE)
    expect(key.id).not.toBe(LOG.key.id)
    expect(parseVerifierKey(verifierKey(WITNESS.key))).toEqual(WITNESS.key)
    await expect(cosign('a\n', LOG, 1)).rejects.toThrow(RangeError)
    await expect(cosign('a\n', WITNESS, 0)).rejects.toThrow(RangeError)
  })
})

describe('a receipt', () => {
  it('proves offline that an entry is in the log', async () => {
    const checkpoint = await signCheckpoint(CHECKPOINT, [LOG])
    for (const [index, leaf] of leaves.entries()) {
      const proof = proofOf(inclusionPath(index, 3), hashAt)
      const text = receiptText({ index, proof, checkpoint })
      expect(text.startsWith(`c2sp.org/tlog-proof@v1\nindex ${index}\n`)).toBe(true)
      expect(parseReceipt(text)).toEqual({ index, proof, checkpoint })
      expect(await openReceipt(text, leaf, [LOG.key])).toMatchObject({ problem: null, index })
      expect(await openReceipt(text, hashLeaf(utf8('another')), [LOG.key])).toEqual({
        problem: 'not_included',
      })
      expect(await openReceipt(text, leaf, [WITNESS.key])).toEqual({ problem: 'unknown_signers' })
    }
  })

  it('of a log with one entry has no hashes, and may carry something more', async () => {
    const checkpoint = await signCheckpoint({ ...CHECKPOINT, size: 1, root: FIRST }, [LOG])
    const text = receiptText({ index: 0, proof: [], checkpoint, extra: utf8('more') })
    expect(parseReceipt(text)?.extra).toEqual(utf8('more'))
    expect(await openReceipt(text, FIRST, [LOG.key])).toMatchObject({ problem: null })
  })

  it.each([
    ['', 'nothing'],
    ['c2sp.org/tlog-proof@v2\nindex 0\n\nx', 'another version'],
    ['c2sp.org/tlog-proof@v1\nindex 00\n\nx', 'a leading zero'],
    ['c2sp.org/tlog-proof@v1\n\nx', 'no index'],
    ['c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nx', 'a short hash'],
    ['c2sp.org/tlog-proof@v1\nextra ?\nindex 0\n\nx', 'more that is no base64'],
    ['c2sp.org/tlog-proof@v1\nindex 0\n', 'no checkpoint'],
  ])('like %j is none: %s', async (text) => {
    expect(parseReceipt(text)).toBeNull()
    expect(await openReceipt(text, FIRST, [LOG.key])).toEqual({ problem: 'malformed_receipt' })
  })
})
