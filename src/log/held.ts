import type { Checkpoint } from './checkpoint.ts'
import { sameBytes } from './encoding.ts'

/** A checkpoint against which a log is held, and whose it is: a sentence of what is found begins with it. */
export type Held = { whose: string; checkpoint: Pick<Checkpoint, 'size' | 'root'> }

/** What does not agree with a checkpoint; `seq` is the first entry that may be concerned. */
export type Disagreement = { seq: number; code: 'history' | 'loss'; message: string }

const entries = (from: number, to: number) => (from === to ? `entry ${from}` : `entries ${from} to ${to}`)

/**
 * Holds the roots of a log that is read from its beginning against checkpoints of before. `passed` is asked with each
 * size that `sizes` names, in their order; `ended` with the size of the whole.
 */
export function comparison(held: readonly Held[]) {
  const waiting = [...held].sort((a, b) => a.checkpoint.size - b.checkpoint.size)
  const found: Disagreement[] = []
  let agreed = 0
  let broken = false

  /** Answers whether the root is wanted at this size: making it costs some hashes. */
  const wants = (size: number) => waiting[0]?.checkpoint.size === size

  function passed(size: number, root: Uint8Array): void {
    while (waiting[0]?.checkpoint.size === size) {
      const { whose, checkpoint } = waiting.shift() as Held
      if (sameBytes(checkpoint.root, root)) {
        if (!broken) agreed = size
        continue
      }
      // What was changed once makes every later root another: only the first says where.
      if (!broken)
        found.push({
          seq: agreed,
          code: 'history',
          message: `${whose} holds ${size === 1 ? 'another entry' : `${size} entries that are not these`}: something in ${entries(agreed, size - 1)} was changed, left out or put in.`,
        })
      broken = true
    }
  }

  function ended(size: number): Disagreement[] {
    const last = waiting.at(-1)
    if (last !== undefined)
      found.push({
        seq: size,
        code: 'loss',
        message: `${last.whose} holds ${last.checkpoint.size} entries, and the log ends after ${size}: ${entries(size, last.checkpoint.size - 1)} ${last.checkpoint.size - size === 1 ? 'is' : 'are'} gone.`,
      })
    return found
  }

  return { wants, passed, ended }
}
export type Comparison = ReturnType<typeof comparison>
