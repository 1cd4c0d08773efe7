/** Golden files 14_f, 14_g, 14_i, 14_j and 14_l: words, the lead, references, bounds, agreement. */
import { holm } from '../../src/scoring/holm.ts'
import { wordFrame } from '../../src/scoring/word-frame.ts'

// biome-ignore lint/suspicious/noExplicitAny: golden inputs are described by their files, not by types
type Input = any

export const secondFunctions: Record<string, (input: Input) => unknown> = {
  holm: ({ p }) => ({ adjusted: holm(p) }),
  wordFrame: ({ n, low, high, happened }) => wordFrame(n, low, high, happened),
}
