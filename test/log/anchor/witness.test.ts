import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addCheckpoint, originIn, type Seen, type Verdict, witness } from '../../../src/log/anchor/witness.ts'
import { signCheckpoint } from '../../../src/log/checkpoint.ts'
import { cosignaturesOf } from '../../../src/log/cosignature.ts'
import { utf8 } from '../../../src/log/encoding.ts'
import {
  consistencyPath,
  EMPTY_ROOT,
  hashLeaf,
  hashNode,
  type NodeHash,
  proofOf,
  rootOf,
} from '../../../src/log/tree.ts'
import { aWitnessKey } from '../../support/anchors.ts'
import { aKey, LOG_NAME } from '../../support/log.ts'

const NOW = 1_795_341_600
/** A tree of entries that say which history they are of, from one of them on. */
function history(name: string, from = 0): NodeHash {
  const at: NodeHash = ({ level, index }) =>
    level === 0
      ? hashLeaf(utf8(`${index < from ? 'common' : name} ${index}`))
      : hashNode(at({ level: level - 1, index: 2 * index }), at({ level: level - 1, index: 2 * index + 1 }))
  return at
}

const signed = async (tree: NodeHash, size: number, name = LOG_NAME, first = 1) => {
  const root = size === 0 ? EMPTY_ROOT : rootOf(size, tree)
  return signCheckpoint({ origin: name, size, root, extensions: [] }, [await aKey(first, name)])
}
const shown = async (tree: NodeHash, old: number, size: number) =>
  addCheckpoint({
    old,
    proof: old === 0 || old >= size ? [] : proofOf(consistencyPath(old, size), tree),
    checkpoint: await signed(tree, size),
  })
const asked = async (body: string, seen: Seen | null) => {
  const { key } = await aKey()
  return witness(body, seen, {
    keysOf: (origin) => (origin === LOG_NAME ? [key] : null),
    signer: await aWitnessKey(),
    now: NOW,
  })
}
const grown = history('ours')
const knows = async (size: number) => (await asked(await shown(grown, 0, size), null)).seen as Seen

const REFUSED: readonly [what: string, status: number, body: () => Promise<string>][] = [
  [
    'a log that it does not know',
    404,
    async () => addCheckpoint({ old: 0, proof: [], checkpoint: await signed(grown, 5, 'other.example') }),
  ],
  [
    'a key that it does not know',
    403,
    async () => addCheckpoint({ old: 0, proof: [], checkpoint: await signed(grown, 5, LOG_NAME, 7) }),
  ],
  ['a signature that is wrong', 403, async () => (await shown(grown, 5, 7)).replace(/\n7\n/u, '\n8\n')],
  ['an old size beyond the new one', 400, async () => shown(grown, 9, 7)],
  ['an old size that is not what it knows', 409, async () => shown(grown, 3, 7)],
  ['nothing that it can read', 400, async () => 'old 5\n'],
  [
    'an old size with a zero before it',
    400,
    async () => (await shown(grown, 5, 7)).replace('old 5', 'old 05'),
  ],
  ['no proof', 422, async () => addCheckpoint({ old: 5, proof: [], checkpoint: await signed(grown, 7) })],
  [
    'the proof of another',
    422,
    async () =>
      addCheckpoint({
        old: 5,
        proof: proofOf(consistencyPath(5, 9), grown),
        checkpoint: await signed(grown, 7),
      }),
  ],
  ['another history', 422, async () => shown(history('another'), 5, 7)],
  ['another history of the same length', 422, async () => shown(history('another'), 5, 5)],
  ['another end', 422, async () => shown(history('another', 4), 5, 7)],
]

describe('a witness', () => {
  it('signs what it sees first, and what is proven to lead on from there, with its time', async () => {
    const seen = await knows(5)
    const verdict = await asked(await shown(grown, 5, 11), seen)
    expect([verdict.status, verdict.seen?.size, verdict.fork]).toEqual([200, 11, null])
    const { key } = await aWitnessKey()
    expect(await cosignaturesOf(`${await signed(grown, 11)}${verdict.body}`, [key])).toEqual([
      { key, at: NOW },
    ])
    expect(await cosignaturesOf(verdict.seen?.note ?? '', [key])).toEqual([{ key, at: NOW }])
    // The same again is signed again: its answer may have been lost.
    expect((await asked(await shown(grown, 5, 5), seen)).status).toBe(200)
  })

  it.each(REFUSED)('shown %s answers %d and signs nothing', async (_, status, body) => {
    const verdict = await asked(await body(), await knows(5))
    expect([verdict.status, verdict.seen]).toEqual([status, null])
    expect(verdict.body).not.toContain('—')
  })

  it('says what size it knows, as the protocol says', async () => {
    const verdict = await asked(await shown(grown, 3, 7), await knows(5))
    expect([verdict.status, verdict.type, verdict.body]).toEqual([409, 'text/x.tlog.size', '5\n'])
  })

  it('reports a log that contradicts itself, and not one that was merely misquoted', async () => {
    const seen = await knows(5)
    expect((await asked(await shown(history('another'), 5, 5), seen)).fork).toMatch(
      /of 5 entries the root was/u,
    )
    expect((await asked((await shown(grown, 5, 7)).replace(/\n7\n/u, '\n8\n'), seen)).fork).toBeNull()
  })

  it('never signs two histories, whatever it is shown in whatever order', async () => {
    const submission = fc.record({
      fork: fc.integer({ min: 0, max: 6 }),
      old: fc.integer({ min: 0, max: 12 }),
      size: fc.integer({ min: 0, max: 12 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(submission, { minLength: 1, maxLength: 12 }), async (submissions) => {
        let seen: Seen | null = null
        const roots: { size: number; tree: NodeHash }[] = []
        for (const { fork, old, size } of submissions) {
          const tree = fork === 0 ? grown : history('another', fork)
          const honest: number = seen === null ? 0 : (seen as Seen).size
          const verdict: Verdict = await asked(await shown(tree, old > 9 ? honest : old, size), seen)
          if (verdict.seen === null) continue
          seen = verdict.seen
          roots.push({ size, tree })
        }
        // All that was signed lies on one history: each is the beginning of the next.
        for (const [i, { size, tree }] of roots.entries()) {
          const next = roots[i + 1]
          if (next === undefined || size === 0) continue
          expect(next.size).toBeGreaterThanOrEqual(size)
          expect(rootOf(size, next.tree)).toEqual(rootOf(size, tree))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('reads whatever comes', () => {
    fc.assert(
      fc.property(fc.string(), (body) => {
        originIn(body)
      }),
    )
  })
})
