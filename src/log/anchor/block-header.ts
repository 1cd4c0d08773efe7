import { sha256 } from '../digest.ts'
import { hex, sameBytes } from '../encoding.ts'
import { ProofError } from './proof-error.ts'

const HEADER_BYTES = 80
/** A block may be stamped up to two hours ahead of the clocks of those who accept it, and may lag as far behind. */
const TWO_HOURS_MS = 7_200_000
/**
 * The least difficulty that a header must show: every block since the end of 2019 was harder to find, and nobody who
 * wants to date a forecast back finds one such block for himself.
 */
const LEAST_DIFFICULTY = 10 ** 13
/** The target of difficulty 1. */
const EASIEST = 0xffffn << 208n

/** What 80 bytes of a block header show: when it was made at the latest, and how hard it was to find. */
export type BlockTime = { at: Date; hash: string; difficulty: number }

const littleEndian = (bytes: Uint8Array): bigint => BigInt(`0x${hex(bytes.toReversed())}`)

/**
 * Checks a header of a Bitcoin block against the Merkle root that a proof leads to: it is its root, and the work that
 * the header names was done. That it lies in the chain that everybody follows, and how high, is not seen from it.
 */
export function blockTime(
  header: Uint8Array,
  merkleRoot: Uint8Array,
  least: number = LEAST_DIFFICULTY,
): BlockTime {
  if (header.length !== HEADER_BYTES)
    throw new ProofError('comes with a block header that is not 80 bytes long')
  if (!sameBytes(header.subarray(36, 68), merkleRoot))
    throw new ProofError('leads to another Merkle root than that of the block')
  const bits = Number(littleEndian(header.subarray(72, 76)))
  const exponent = bits >>> 24
  // A mantissa with its highest bit is negative, and one of this size cannot be shifted in.
  if (exponent < 3 || exponent > 32 || (bits & 0x800000) !== 0 || (bits & 0x7fffff) === 0)
    throw new ProofError('comes with a block header that names no work')
  const target = BigInt(bits & 0x7fffff) << BigInt(8 * (exponent - 3))
  const hash = sha256(sha256(header))
  if (littleEndian(hash) > target) throw new ProofError('comes with a block header whose work was not done')
  const difficulty = Number((EASIEST * 1000n) / target) / 1000
  if (difficulty < least) throw new ProofError('comes with a block that was too easy to find to show a date')
  return {
    at: new Date(Number(littleEndian(header.subarray(68, 72))) * 1000 + TWO_HOURS_MS),
    hash: hex(hash.toReversed()),
    difficulty,
  }
}

/** A Merkle root as block explorers print it. */
export const merkleRootText = (root: Uint8Array): string => hex(root.toReversed())
