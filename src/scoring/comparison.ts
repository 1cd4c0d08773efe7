import { claimsOf } from './claims.ts'
import type {
  ClaimFigures,
  ComparedSide,
  Difference,
  DifferenceOverReadings,
  Reason,
  Withheld,
} from './document.ts'
import { liveOnly } from './eligibility.ts'
import { type BinaryRow, isBinary } from './figures.ts'
import { forecastLine } from './forecast-lines.ts'
import type { ForecastUnit, Probability } from './forecast-unit.ts'
import type { Interval } from './proportion.ts'
import { type ScoreRange, scoreRange } from './score-range.ts'
import { partitionsOf, rowsOf } from './scored-row.ts'
import { sum } from './summation.ts'
import { scoredRows } from './track-record.ts'
import { type Choice, chooseReadings, readScore } from './verbal-range.ts'
import { brierText, differenceText } from './verdict.ts'

export type Side = { name: string; units: readonly ForecastUnit[] }
export type Comparison = {
  as_of: string
  common: number
  clusters: number
  a: ComparedSide
  b: ComparedSide
  /** Both gave numbers: a's score minus b's; below 0, a was better. */
  difference: Difference | null
  /** At least one used words: the union of the ranges over the readings of the words. */
  difference_over_readings: DifferenceOverReadings | null
  verdict: string
  questions: {
    question: string
    title: string
    outcome: ForecastUnit['outcome']
    a: { probability: Probability; brier: number | [number, number] | null }
    b: { probability: Probability; brier: number | [number, number] | null }
  }[]
  withheld: Withheld
}

type Pair = { a: BinaryRow; b: BinaryRow }

const rowsByQuestion = (side: Side, asOf: Date) =>
  new Map(
    scoredRows(rowsOf(liveOnly(side.units), asOf))
      .filter(isBinary)
      .map((row) => [row.unit.question, row]),
  )

const differs = ([low, high]: Interval) => low > 0 || high < 0

/**
 * Paired differences under one reading of the words: the range I on [−1,1] and the mean.
 * A cluster is one of a's, so the same question in two sources counts by whoever is named first; the family
 * partition is common to both.
 */
function differenceAt(pairs: readonly Pair[], choices: readonly Choice[], which: keyof Choice) {
  const at = (flip: boolean) =>
    pairs.map(({ a, b }, i) => {
      const own = readScore(a.binary, choices[i] as Choice, which, flip)
      return own - readScore(b.binary, choices[pairs.length + i] as Choice, which, flip)
    })
  const values = at(false)
  const range = scoreRange(values, at(true), partitionsOfPairs(pairs), [-1, 1]) as ScoreRange
  return { mean: sum(values) / values.length, range }
}

function partitionsOfPairs(pairs: readonly Pair[]) {
  return [...partitionsOf(pairs.map((p) => p.a)), pairs.map((p) => p.b.source_cluster)]
}

function clustersOfPairs(pairs: readonly Pair[]): number {
  return Math.min(...partitionsOfPairs(pairs).map((labels) => new Set(labels).size))
}

/** Best = best for a and worst for b at once; a phrase both used means one thing for both. */
function overReadings(pairs: readonly Pair[]) {
  const choices = chooseReadings([
    ...pairs.map(({ a }) => a.binary),
    ...pairs.map(({ b }) => ({ ...b.binary, against: true })),
  ])
  return { best: differenceAt(pairs, choices, 'best'), worst: differenceAt(pairs, choices, 'worst') }
}

function reasonFor(pairs: readonly Pair[]): Reason | null {
  if (pairs.length === 0) return 'nothing_scored'
  if (pairs.length < 5) return 'too_few_scored'
  return clustersOfPairs(pairs) < 3 ? 'too_few_interviews' : null
}

/**
 * Two analysts on their common questions, live only; yes/no questions, because they have one scale and a flip.
 * Formula: d_i = S(a_i) − S(b_i), range I on [−1,1]; with words the union of [lo at the reading best for a, hi at
 * the reading worst for a]. "Cannot be told apart" if it contains 0.
 * Symbols: scores of the first statements on the questions both have scored; clusters by source of either and by family.
 * Range: [−1,1]; below 0, a was better.
 * Edge cases: no common question → nothing but the counts; n < 5 or G < 3 → difference withheld.
 * Reference: ours; docs/scoring.md, section 10.
 */
export function compare(a: Side, b: Side, asOf: Date): Comparison {
  const [ofA, ofB] = [rowsByQuestion(a, asOf), rowsByQuestion(b, asOf)]
  const pairs = [...ofA].flatMap(([question, own]) => {
    const other = ofB.get(question)
    return other ? [{ a: own, b: other }] : []
  })
  const numbers = pairs.filter((p) => p.a.kind === 'stated' && p.b.kind === 'stated')
  const withheld: Withheld = {}
  const reason = reasonFor(numbers)
  if (reason)
    withheld.difference = numbers.length === 0 && pairs.length > 0 ? 'no_stated_probabilities' : reason
  const difference = reason ? null : differenceOf(numbers)
  const wordsReason = reasonFor(pairs)
  if (wordsReason) withheld.difference_over_readings = wordsReason
  const over = wordsReason ? null : readingsOf(pairs)
  const side = (name: string, rows: readonly BinaryRow[], stated: readonly BinaryRow[]) => ({
    name,
    brier: difference === null ? null : sum(stated.map((r) => r.score)) / stated.length,
    claims: figuresOnly(rows),
  })
  return {
    as_of: asOf.toISOString(),
    common: pairs.length,
    clusters: clustersOfPairs(pairs),
    a: side(
      a.name,
      pairs.map((p) => p.a),
      numbers.map((p) => p.a),
    ),
    b: side(
      b.name,
      pairs.map((p) => p.b),
      numbers.map((p) => p.b),
    ),
    difference,
    difference_over_readings: over,
    verdict: verdict(a.name, b.name, pairs, difference, over),
    questions: pairs.map(({ a: own, b: other }) => ({
      question: own.unit.question,
      title: own.unit.title,
      outcome: own.unit.outcome,
      a: shown(own),
      b: shown(other),
    })),
    withheld,
  }
}

function shown(row: BinaryRow) {
  const { probability, brier } = forecastLine(row, row)
  return { probability, brier }
}

function figuresOnly(rows: readonly BinaryRow[]): ClaimFigures {
  const { without_low_information: _, deadline_ours: __, unmeasured: ___, ...figures } = claimsOf(rows)
  return figures
}

function differenceOf(pairs: readonly Pair[]): Difference {
  // Stated ranges by their middle, as in the headline.
  const { mean, range } = differenceAt(pairs, overMiddle(pairs), 'mid')
  const interval: Interval = [range.lo, range.hi]
  return { mean, interval, n: pairs.length, clusters: range.clusters, can_be_told_apart: differs(interval) }
}

const overMiddle = (pairs: readonly Pair[]) =>
  chooseReadings([...pairs.map(({ a }) => a.binary), ...pairs.map(({ b }) => b.binary)])

function readingsOf(pairs: readonly Pair[]): DifferenceOverReadings {
  const { best, worst } = overReadings(pairs)
  const interval: Interval = [best.range.lo, worst.range.hi]
  return {
    best: best.mean,
    worst: worst.mean,
    interval,
    n: pairs.length,
    clusters: best.range.clusters,
    can_be_told_apart: differs(interval),
  }
}

function verdict(
  a: string,
  b: string,
  pairs: readonly Pair[],
  difference: Difference | null,
  over: Comparison['difference_over_readings'],
): string {
  if (pairs.length === 0) return `${a} and ${b} have no decided question in common.`
  const interval = difference?.interval ?? over?.interval
  // The sources of two are of two kinds: what can be counted over both are groups.
  const { n, clusters } = difference ?? over ?? { n: pairs.length, clusters: clustersOfPairs(pairs) }
  const common = `common ${pairs.length === 1 ? 'question' : 'questions'}`
  const counted =
    n === pairs.length
      ? `${n} ${common}`
      : `those ${n} of ${pairs.length} ${common} to which both gave numbers`
  const ground = `on ${counted}, in ${clusters === 1 ? 'one independent group' : `${clusters} independent groups`}`
  if (!interval) return `${a} and ${b} cannot be told apart: too few decided, ${ground}.`
  if (!differs(interval))
    return `${a} and ${b} cannot be told apart ${ground} (difference ${differenceText(interval)}).`
  const [better, other] = interval[1] < 0 ? [a, b] : [b, a]
  const by = difference ? `by ${brierText(Math.abs(difference.mean), difference.n)} ` : ''
  return `${better} scored better than ${other} ${by}${ground} (difference ${differenceText(interval)}).`
}
