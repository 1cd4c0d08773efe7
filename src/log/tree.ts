import { sha256 } from './digest.ts'
import { joined, sameBytes } from './encoding.ts'

/** The Merkle tree of RFC 6962, over SHA-256. A hash is 32 bytes; sizes and indexes of trees of ours are safe integers. */

export const HASH_BYTES = 32
/** The root of a tree without leaves: the hash of nothing. */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array())

const NODE = Uint8Array.of(1)
const LEAF = Uint8Array.of(0)

export const hashLeaf = (bytes: Uint8Array): Uint8Array => sha256(joined(LEAF, bytes))
export const hashNode = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(joined(NODE, left, right))

/** A node whose subtree is full: the leaves from `index` × 2^`level`, 2^`level` of them. Level 0 are the leaves. */
export type NodeAddress = { level: number; index: number }

/** Leaves from the first up to but not including the second. */
export type Leaves = readonly [from: number, to: number]

/** Where the hash of a full node is found. */
export type NodeHash = (node: NodeAddress) => Uint8Array

/** The full nodes that `leaves` is made of, largest first. `from` must be a multiple of the largest. */
export function fullNodes([from, to]: Leaves): NodeAddress[] {
  const nodes: NodeAddress[] = []
  for (let at = from; at < to; ) {
    let level = 0
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= to) level += 1
    nodes.push({ level, index: at / 2 ** level })
    at += 2 ** level
  }
  return nodes
}

/** The hash over some leaves, from the full nodes that it is made of; of none, that of an empty tree. */
export function hashOf(leaves: Leaves, hashAt: NodeHash): Uint8Array {
  const hashes = fullNodes(leaves).map(hashAt)
  const last = hashes.pop()
  return last === undefined ? EMPTY_ROOT : hashes.reduceRight((right, left) => hashNode(left, right), last)
}

/** The root of the first `size` leaves. */
export const rootOf = (size: number, hashAt: NodeHash): Uint8Array => hashOf([0, size], hashAt)

/** The largest power of two below `size`: where RFC 6962 divides a tree. */
function half(size: number): number {
  let at = 1
  while (at * 2 < size) at *= 2
  return at
}

/** Over which leaves the hashes of an inclusion proof go (RFC 6962, 2.1.1), from the leaf upwards. */
export function inclusionPath(index: number, size: number): Leaves[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`a tree of ${size} has no leaf ${index}`)
  const path: Leaves[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + half(to - from)
    if (index < middle) {
      path.push([middle, to])
      to = middle
    } else {
      path.push([from, middle])
      from = middle
    }
  }
  return path.reverse()
}

/** Over which leaves the hashes of a consistency proof go (RFC 6962, 2.1.2); none from an empty or to an equal tree. */
export function consistencyPath(older: number, size: number): Leaves[] {
  if (!(older >= 0 && older <= size)) throw new RangeError(`a tree of ${size} has no older one of ${older}`)
  if (older === 0 || older === size) return []
  const path: Leaves[] = []
  let [from, to] = [0, size]
  while (to !== older) {
    const middle = from + half(to - from)
    if (older <= middle) {
      path.push([middle, to])
      to = middle
    } else {
      path.push([from, middle])
      from = middle
    }
  }
  // The older tree itself is known to whoever asks; a part of it is not.
  if (from > 0) path.push([from, to])
  return path.reverse()
}

/** The nodes that the hashes of a path are made of: what has to be fetched for it. */
export const nodesOfPath = (path: readonly Leaves[]): NodeAddress[] => path.flatMap(fullNodes)

/** The hashes of a path: the proof. */
export const proofOf = (path: readonly Leaves[], hashAt: NodeHash): Uint8Array[] =>
  path.map((leaves) => hashOf(leaves, hashAt))

/** The nodes that become full when `leaves` are added, in the order in which they can be made, without the leaves. */
export function completedNodes([from, to]: Leaves): NodeAddress[] {
  const nodes: NodeAddress[] = []
  for (let level = 1, width = 2; width <= to; level += 1, width *= 2) {
    for (let index = Math.floor(from / width); (index + 1) * width <= to; index += 1) {
      if ((index + 1) * width > from) nodes.push({ level, index })
    }
  }
  return nodes
}

const odd = (value: bigint): boolean => (value & 1n) === 1n
const whole = (hashes: readonly Uint8Array[]): boolean => hashes.every((hash) => hash.length === HASH_BYTES)

/** A size with its root: what a checkpoint says of a tree. */
export type Tree = { size: number | bigint; root: Uint8Array }

/** Whether `proof` shows that `leaf` stands at `index` of the tree of that size and root (RFC 9162, 2.1.3.2); any size below 2^64. */
export function includes(
  tree: Tree,
  index: number | bigint,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  let [at, last] = [BigInt(index), BigInt(tree.size) - 1n]
  if (at < 0n || at > last || !whole([leaf, ...proof])) return false
  let hash = leaf
  for (const beside of proof) {
    if (last === 0n) return false
    if (odd(at) || at === last) {
      hash = hashNode(beside, hash)
      while (!odd(at) && at !== 0n) [at, last] = [at >> 1n, last >> 1n]
    } else hash = hashNode(hash, beside)
    ;[at, last] = [at >> 1n, last >> 1n]
  }
  return last === 0n && sameBytes(hash, tree.root)
}

/**
 * Whether `proof` shows that the older tree is the beginning of the newer (RFC 9162, 2.1.4.2); any size below 2^64.
 * Nothing can be said from an empty tree: false, and whoever trusts one needs no proof.
 */
export function extendsTree(older: Tree, newer: Tree, proof: readonly Uint8Array[]): boolean {
  const [first, second] = [BigInt(older.size), BigInt(newer.size)]
  if (first <= 0n || !whole(proof)) return false
  if (first === second) return proof.length === 0 && sameBytes(older.root, newer.root)
  if (first > second || proof.length === 0) return false
  // A full older tree is itself the first hash of its proof.
  const hashes = (first & (first - 1n)) === 0n ? [older.root, ...proof] : proof
  let [at, last] = [first - 1n, second - 1n]
  while (odd(at)) [at, last] = [at >> 1n, last >> 1n]
  let [was, is] = [hashes[0] as Uint8Array, hashes[0] as Uint8Array]
  for (const beside of hashes.slice(1)) {
    if (last === 0n) return false
    if (odd(at) || at === last) {
      was = hashNode(beside, was)
      is = hashNode(beside, is)
      while (!odd(at) && at !== 0n) [at, last] = [at >> 1n, last >> 1n]
    } else is = hashNode(is, beside)
    ;[at, last] = [at >> 1n, last >> 1n]
  }
  return last === 0n && sameBytes(was, older.root) && sameBytes(is, newer.root)
}
