import { halfBrier } from './brier.ts'
import { normalisedRankedProbability } from './ranked-probability.ts'
import { type Question, rangeOf, scoreOfCdf } from './unit-score.ts'

/**
 * What somebody would score who knows only the question: its range, or its options.
 * Formula: yes or no ¼; K options (1 − 1/K)/2; ordered options RPS/(K − 1) of 1/K each; numbers and dates the
 * integrated Brier of the uniform distribution over the declared range, (u³ + (1−u)³)/3 with u = (y−lo)/(hi−lo) cut
 * to [0,1], or ((c−lo)/(hi−lo))²/3 where "not yet" was last known at c.
 * Symbols: the question with its options or range, and what happened; c its deadline.
 * Range: [0,1], 0 is perfect.
 * Edge cases: an outcome that is no option, no range, a range without width, a number that did not come → null.
 * Reference: the uniform reference of the integrated Brier score; docs/scoring.md.
 * Example: uniformReference({type: 'numeric', range: {low: 0, high: 1}, outcome: 0.5, deadline_on: '2025-01-01'}) = 1 / 12
 */
export function uniformReference(question: Question): number | null {
  if (question.type === 'binary') return 0.25
  if (question.type === 'multiple_choice') {
    const options = question.options ?? []
    const outcome = options.indexOf(String(question.outcome))
    if (outcome < 0) return null
    const score = question.ordered ? normalisedRankedProbability : halfBrier
    return score(
      options.map(() => 1 / options.length),
      outcome,
    )
  }
  const range = rangeOf(question)
  return range && scoreOfCdf(question, range, { xs: [range.low, range.high], F: [0, 1] })
}
