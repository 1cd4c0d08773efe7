/** Golden files 14_f, 14_g, 14_i, 14_j and 14_l: words, the lead, references, bounds, agreement. */
import { bounds } from '../../src/scoring/bounds.ts'
import { holm } from '../../src/scoring/holm.ts'
import { intervalCoverage } from '../../src/scoring/interval-coverage.ts'
import { krippendorffAlpha } from '../../src/scoring/krippendorff.ts'
import { type LeadTest, leadFinding } from '../../src/scoring/lead-finding.ts'
import { uniformReference } from '../../src/scoring/uniform-reference.ts'
import type { Question } from '../../src/scoring/unit-score.ts'
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

const coverage = ({ rows }: Input) => ({
  levels: intervalCoverage(
    rows.map(({ lo, hi, level, y }: Input) => ({ low: lo, high: hi, level, value: y })),
    [rows.map(({ group }: Input) => group)],
  ),
})

/** The files number options and days; a question names them. */
function uniform({ type, K, ordered, outcome, lo, hi, y, censor_at }: Input) {
  const options = Array.from({ length: K ?? 0 }, (_, k) => `option ${k}`)
  const question = {
    type: type === 'options' ? 'multiple_choice' : type,
    options,
    ordered: ordered ?? false,
    range: { low: lo, high: hi },
    outcome: type === 'options' ? options[outcome] : (y ?? null),
    deadline_on: new Date((censor_at ?? hi ?? 0) * 86_400_000).toISOString().slice(0, 10),
  }
  return { score: uniformReference(question as Question) }
}

export const secondFunctions: Record<string, (input: Input) => unknown> = {
  bounds: ({ scores, undecided }) => bounds(scores, undecided),
  holm: ({ p }) => ({ adjusted: holm(p) }),
  krippendorffAlpha: ({ ratings, metric, within, boot_idx }) =>
    krippendorffAlpha(ratings, { kind: metric, within: within ?? 0 }, boot_idx),
  intervalCoverage: coverage,
  uniformReference: uniform,
  leadFinding: lead,
  wordPosterior,
  wordTests: phrases,
  wordFrame: ({ n, low, high, happened }) => wordFrame(n, low, high, happened),
}
