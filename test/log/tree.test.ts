import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hex } from '../../src/log/encoding.ts'
import {
  completedNodes,
  consistencyPath,
  EMPTY_ROOT,
  extendsTree,
  fullNodes,
  hashLeaf,
  hashNode,
  hashOf,
  includes,
  inclusionPath,
  type NodeAddress,
  nodesOfPath,
  proofOf,
  rootOf,
} from '../../src/log/tree.ts'

const VECTORS = fileURLToPath(new URL('../vectors/', import.meta.url))
const FOLDER = join(VECTORS, 'rfc6962-transparency-dev-merkle/testdata')

type Case = {
  leafIdx: string
  treeSize: string
  size1: string
  size2: string
  root: string
  root1: string
  root2: string
  leafHash: string
  proof: string[] | null
  wantErr: boolean
}

/** Sizes go up to 2^64: they are read as texts. */
function cases(kind: string): { name: string; is: Case }[] {
  const names = readdirSync(join(FOLDER, kind), { recursive: true, encoding: 'utf8' })
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({
      name,
      is: JSON.parse(
        readFileSync(join(FOLDER, kind, name), 'utf8').replace(
          /("(?:leafIdx|treeSize|size1|size2)": *)([0-9]+)/gu,
          '$1"$2"',
        ),
      ),
    }))
}
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
const proof = (is: Case) => (is.proof ?? []).map(bytes)

const INCLUSION = cases('inclusion')
const CONSISTENCY = cases('consistency')

describe('the published proofs', () => {
  it('are all there', () => {
    expect([INCLUSION.length, CONSISTENCY.length]).toEqual([98, 98])
  })

  it.each(INCLUSION)('of inclusion are judged as published: $name', ({ is }) => {
    const tree = { size: BigInt(is.treeSize), root: bytes(is.root) }
    expect(includes(tree, BigInt(is.leafIdx), bytes(is.leafHash), proof(is))).toBe(!is.wantErr)
  })

  it.each(CONSISTENCY)('of consistency are judged as published: $name', ({ is }) => {
    const older = { size: BigInt(is.size1), root: bytes(is.root1) }
    const newer = { size: BigInt(is.size2), root: bytes(is.root2) }
    expect(extendsTree(older, newer, proof(is))).toBe(!is.wantErr)
  })
})

/** All nodes of a tree, made one leaf at a time as the log makes them. */
function treeOf(leaves: Uint8Array[], steps: number[] = [leaves.length]) {
  const nodes = new Map<string, Uint8Array>()
  const keyOf = ({ level, index }: NodeAddress) => `${level}/${index}`
  const hashAt = (node: NodeAddress): Uint8Array => {
    const hash = nodes.get(keyOf(node))
    if (hash === undefined) throw new Error(`no node ${keyOf(node)}`)
    return hash
  }
  let from = 0
  for (const to of steps) {
    for (let index = from; index < to; index += 1) nodes.set(`0/${index}`, leaves[index] as Uint8Array)
    for (const node of completedNodes([from, to])) {
      const { level, index } = node
      expect(nodes.has(keyOf(node))).toBe(false)
      nodes.set(
        keyOf(node),
        hashNode(
          hashAt({ level: level - 1, index: 2 * index }),
          hashAt({ level: level - 1, index: 2 * index + 1 }),
        ),
      )
    }
    from = to
  }
  return { nodes, hashAt }
}

/** RFC 6962, 2.1, as it is written there. */
function recursiveRoot(leaves: Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return EMPTY_ROOT
  if (leaves.length === 1) return leaves[0] as Uint8Array
  let half = 1
  while (half * 2 < leaves.length) half *= 2
  return hashNode(recursiveRoot(leaves.slice(0, half)), recursiveRoot(leaves.slice(half)))
}

const some = (count: number) => Array.from({ length: count }, (_, at) => hashLeaf(Uint8Array.of(at & 255)))

describe('the tree', () => {
  it('has the published roots and inner nodes', () => {
    const published = JSON.parse(readFileSync(join(VECTORS, 'rfc6962-roots/leaves-roots.json'), 'utf8'))
    const leaves = published.leafInputsHex.map((input: string) =>
      hashLeaf(new Uint8Array(Buffer.from(input, 'hex'))),
    )
    const { nodes, hashAt } = treeOf(leaves)
    for (const [size, root] of published.rootsHexByTreeSize.entries()) {
      expect(hex(rootOf(size, hashAt))).toBe(root)
    }
    for (const [level, hashes] of published.nodeHashesHexByLevel.entries()) {
      for (const [index, hash] of hashes.entries()) {
        expect(hex(nodes.get(`${level}/${index}`) as Uint8Array)).toBe(hash)
      }
    }
    expect(nodes.size).toBe(15)
  })

  it('is the same in whatever portions it grows, and its root is that of the definition', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }), (portions) => {
        const steps = portions.map((_, at) => portions.slice(0, at + 1).reduce((sum, one) => sum + one, 0))
        const leaves = some(steps.at(-1) as number)
        const grown = treeOf(leaves, steps)
        expect([...grown.nodes].sort()).toEqual([...treeOf(leaves).nodes].sort())
        expect(hex(rootOf(leaves.length, grown.hashAt))).toBe(hex(recursiveRoot(leaves)))
      }),
      { numRuns: 50 },
    )
  })

  it('proves every leaf of every size, and no other leaf, place, size or proof passes', () => {
    for (let size = 1; size <= 34; size += 1) {
      const leaves = some(size)
      const { hashAt } = treeOf(leaves)
      const tree = { size, root: rootOf(size, hashAt) }
      for (let index = 0; index < size; index += 1) {
        const leaf = leaves[index] as Uint8Array
        const path = proofOf(inclusionPath(index, size), hashAt)
        expect(includes(tree, index, leaf, path)).toBe(true)
        expect(includes(tree, index, hashLeaf(Uint8Array.of(255, 1)), path)).toBe(false)
        for (let other = 0; other < size; other += 1) {
          if (other !== index) expect(includes(tree, other, leaf, path)).toBe(false)
        }
        expect(includes(tree, index, leaf, [...path, leaf])).toBe(false)
        if (path.length > 0) expect(includes(tree, index, leaf, path.slice(1))).toBe(false)
      }
    }
  })

  it('proves of every size that every smaller one is its beginning, and of no other root', () => {
    for (let size = 1; size <= 34; size += 1) {
      const { hashAt } = treeOf(some(size))
      const newer = { size, root: rootOf(size, hashAt) }
      for (let older = 1; older <= size; older += 1) {
        const path = proofOf(consistencyPath(older, size), hashAt)
        const was = { size: older, root: rootOf(older, hashAt) }
        expect(extendsTree(was, newer, path)).toBe(true)
        expect(extendsTree({ ...was, root: hashLeaf(Uint8Array.of(9, 9)) }, newer, path)).toBe(false)
        expect(extendsTree(was, { ...newer, root: hashLeaf(Uint8Array.of(9, 9)) }, path)).toBe(false)
        if (older < size) expect(extendsTree({ ...was, size: older + 1 }, newer, path)).toBe(false)
      }
    }
  })

  it('is proven from few nodes, each of them full', () => {
    const path = inclusionPath(73_894, 109_482)
    expect(path.length).toBe(17)
    const nodes = nodesOfPath(path)
    expect(nodes.length).toBeLessThan(40)
    for (const { level, index } of nodes) expect((index + 1) * 2 ** level).toBeLessThanOrEqual(109_482)
  })

  it('of a size has the full nodes of its binary digits, and refuses what it does not have', () => {
    expect(fullNodes([0, 13])).toEqual([
      { level: 3, index: 0 },
      { level: 2, index: 2 },
      { level: 0, index: 12 },
    ])
    expect(hashOf([0, 0], () => EMPTY_ROOT)).toBe(EMPTY_ROOT)
    expect(consistencyPath(0, 5)).toEqual([])
    expect(() => inclusionPath(5, 5)).toThrow(RangeError)
    expect(() => consistencyPath(6, 5)).toThrow(RangeError)
  })

  it('of 2^64 − 1 leaves is judged without losing a bit', () => {
    // The last leaf of a tree so large that no double holds its size: 64 hashes on its left.
    const size = 2n ** 64n - 1n
    const leaf = hashLeaf(Uint8Array.of(7))
    const left = Array.from({ length: 63 }, (_, at) => hashLeaf(Uint8Array.of(at)))
    const root = left.reduce((right, one) => hashNode(one, right), leaf)
    expect(includes({ size, root }, size - 1n, leaf, left)).toBe(true)
    expect(includes({ size, root }, size - 2n, leaf, left)).toBe(false)
  })
})
