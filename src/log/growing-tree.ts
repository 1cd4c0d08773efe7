import { EMPTY_ROOT, hashNode } from './tree.ts'

/** A node that has just become full, with its hash; leaves are of level 0. */
type Grown = (level: number, index: number, hash: Uint8Array) => void

/**
 * A Merkle tree to which leaves are added one after the other, of which only what the root is made of is kept:
 * as many hashes as its size has binary digits. `grown` hears of every node that becomes full.
 */
export function growingTree(grown: Grown = () => {}) {
  const full: (Uint8Array | undefined)[] = []
  let size = 0

  function add(leaf: Uint8Array): void {
    let hash = leaf
    let level = 0
    grown(0, size, leaf)
    for (let left = full[0]; left !== undefined; left = full[level]) {
      hash = hashNode(left, hash)
      full[level] = undefined
      level += 1
      grown(level, Math.floor(size / 2 ** level), hash)
    }
    full[level] = hash
    size += 1
  }

  /** The root of the leaves so far. */
  function root(): Uint8Array {
    const [last, ...larger] = full.filter((hash) => hash !== undefined)
    return last === undefined ? EMPTY_ROOT : larger.reduce((right, left) => hashNode(left, right), last)
  }

  return { add, root, size: () => size }
}
