import { type Binary, brierScore, halfBrier, normaliseOptions } from './brier.ts'
import { bandOf, type ForecastUnit, type Probability, quantity } from './forecast-unit.ts'
import { type Cdf, cdfThrough, integratedBrier } from './integrated-brier.ts'
import { quantilesCross } from './quantile.ts'
import { normalisedRankedProbability } from './ranked-probability.ts'
import { otherOutcome } from './score-range.ts'

export type UnitScore = { score: number; flipped: number | null }
type Range = { low: number; high: number }
export type Question = Pick<
  ForecastUnit,
  'type' | 'options' | 'ordered' | 'range' | 'outcome' | 'deadline_on'
>

/**
 * Score of one probability on one question, on the common scale, and the score had it gone the other way.
 * Formula: binary (p − y)²; options half-Brier; ordered options RPS/(K − 1); numbers and dates integrated
 * Brier over the declared range, a date that did not come censored at the deadline.
 * Symbols: as in the functions used; words and stated ranges by their middle.
 * Range: score in [0,1], 0 is perfect; flipped null for numbers and dates, which have no natural flip.
 * Edge cases: a probability that does not fit the question, sums far from 1, crossing quantiles, an interval
 * without a level, a range without width, an outcome that is no option → null, never NaN.
 * Reference: docs/scoring.md, section 4; choosing one scale for all types is ours.
 * Example: scoreUnit({type: 'binary', outcome: 'yes', deadline_on: '2025-01-01'}, 0.7).flipped = 0.49
 */
export function scoreUnit(question: Question, probability: Probability): UnitScore | null {
  if (question.type === 'binary') {
    const band = bandOf(probability)
    const y = outcomeOf(question)
    if (band === null || y === null) return null
    return { score: brierScore(band.mid, y), flipped: brierScore(band.mid, (1 - y) as Binary) }
  }
  if (question.type === 'multiple_choice') return scoreOptions(question, probability)
  const range = rangeOf(question)
  const cdf = range && statedCdf(probability, range, question.type)
  const score = range && cdf && scoreOfCdf(question, range, cdf)
  return score === null ? null : { score, flipped: null }
}

/** The declared range, in the unit in which it is scored. */
export function rangeOf({ range }: Pick<Question, 'range'>): Range | null {
  return range ? { low: quantity(range.low), high: quantity(range.high) } : null
}

/** Integrated Brier of any distribution over the range; a date that did not come is censored at the deadline. */
export function scoreOfCdf(question: Question, range: Range, cdf: Cdf): number | null {
  const value = question.outcome === null ? null : quantity(question.outcome)
  if (value !== null && !Number.isNaN(value)) return integratedBrier(cdf, value, range)
  return question.type === 'date' ? integratedBrier(cdf, null, range, quantity(question.deadline_on)) : null
}

/** 1 for yes, 0 for no, null for a question that is not binary or has no such outcome. */
export function outcomeOf(question: Pick<ForecastUnit, 'type' | 'outcome'>): Binary | null {
  if (question.type !== 'binary') return null
  if (question.outcome === 'yes') return 1
  return question.outcome === 'no' ? 0 : null
}

function scoreOptions(question: Question, probability: Probability): UnitScore | null {
  const options = question.options ?? []
  const outcome = options.indexOf(String(question.outcome))
  if (typeof probability !== 'object' || outcome < 0) return null
  const stated = probability as Readonly<Record<string, number>>
  if (Object.keys(stated).some((name) => !options.includes(name))) return null
  const p = normaliseOptions(
    options.map((name) => (Object.hasOwn(stated, name) ? (stated[name] ?? 0) : 0)),
    options.indexOf('other'),
  )
  if (p === null) return null
  const score = question.ordered ? normalisedRankedProbability : halfBrier
  return { score: score(p, outcome), flipped: otherOutcome(p, outcome, score) }
}

/** Quantiles or an interval as a distribution function; null when they cannot be one. */
function statedCdf(probability: Probability, range: Range, type: 'numeric' | 'date'): Cdf | null {
  if (typeof probability !== 'object') return null
  const points: [number, number][] = []
  if ('quantiles' in probability && typeof probability.quantiles === 'object') {
    for (const [level, at] of Object.entries(probability.quantiles))
      points.push([Number(level), quantity(at)])
  } else if ('interval' in probability && Array.isArray(probability.interval)) {
    const { level, interval } = probability as { level: number; interval: [number | string, number | string] }
    points.push([(1 - level) / 2, quantity(interval[0])], [(1 + level) / 2, quantity(interval[1])])
  }
  points.sort((a, b) => a[0] - b[0])
  const levels = points.map(([level]) => level)
  const values = points.map(([, at]) => at)
  const sound = points.length > 0 && levels.every((l) => l > 0 && l < 1) && values.every(Number.isFinite)
  return sound && !quantilesCross(values) ? cdfThrough(levels, values, range, type) : null
}
