import type { Anchor } from '../../core/anchor.ts'
import { checkpointText } from '../checkpoint.ts'
import { fromBase64 } from '../encoding.ts'
import { ProofError } from './proof-error.ts'

export type OfCheckpoint = Pick<Anchor, 'origin' | 'size' | 'root'>

/** The text of a checkpoint: what is hashed for a time stamp, and what a witness signs. */
export function textOf({ origin, size, root }: OfCheckpoint): string {
  const bytes = fromBase64(root)
  if (bytes?.length !== 32) throw new ProofError('is about a checkpoint whose root is no hash')
  return checkpointText({ origin, size, root: bytes, extensions: [] })
}
