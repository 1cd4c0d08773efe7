/** Golden files 14_f, 14_g, 14_i, 14_j and 14_l: words, the lead, references, bounds, agreement. */
import { bounds } from '../../src/scoring/bounds.ts'
import { holm } from '../../src/scoring/holm.ts'
import { type LeadTest, leadFinding } from '../../src/scoring/lead-finding.ts'
import { wordFrame } from '../../src/scoring/word-frame.ts'
import { wordPosterior } from '../../src/scoring/word-posterior.ts'
import { wordTests } from '../../src/scoring/word-tests.ts'

// biome-ignore lint/suspicious/noExplicitAny: golden inputs are described by their files, not by types
type Input = any

function phrases({ rows }: Input) {
  const said = rows.map(({ key, low, high, y }: Input) => ({
    key,
    phrase: key,
    low,
    mid: (low + high) / 2,
    high,
    outcome: y,
  }))
  const partitions = ['source', 'family'].map((by) => rows.map((row: Input) => row[by]))
  return { phrases: wordTests(said, partitions) }
}

/** The files call a row of numbers "numbers". */
const lead = ({ tests, ...facts }: Input) =>
  leadFinding({
    ...facts,
    tests: tests.map(
      (test: Input): LeadTest => ({ ...test, kind: test.kind === 'numbers' ? 'row' : test.kind }),
    ),
  })

export const secondFunctions: Record<string, (input: Input) => unknown> = {
  bounds: ({ scores, undecided }) => bounds(scores, undecided),
  holm: ({ p }) => ({ adjusted: holm(p) }),
  leadFinding: lead,
  wordPosterior,
  wordTests: phrases,
  wordFrame: ({ n, low, high, happened }) => wordFrame(n, low, high, happened),
}
