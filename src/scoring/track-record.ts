import { aucOf } from './auc.ts'
import { type Claims, claimsOf, countTest, type Flat, flatOf, MOST_EXACT } from './claims.ts'
import { type Simulation, simulateCalibrated } from './consistency-band.ts'
import { type Counts, countsOf, type Logging } from './counts.ts'
import {
  type AllReadings,
  allOf,
  type BinaryRow,
  type Calibration,
  type Headline,
  headlineOf,
  isBinary,
  pointsOf,
  type Reference,
  referenceOf,
} from './figures.ts'
import { type ForecastLine, forecastLines } from './forecast-lines.ts'
import type { ForecastUnit } from './forecast-unit.ts'
import { decompose, tieTable } from './isotonic.ts'
import { meanLogScore } from './log-score.ts'
import { overTime, type TypeFigure, typeFigure, type YearFigure } from './record-groups.ts'
import { clustersOf, partitionsOf, type Row, rowsOf, type ScoredRow, scoreRow } from './scored-row.ts'
import { spiegelhalter } from './spiegelhalter.ts'
import { sum } from './summation.ts'
import { type Condition, gatekeeper, type Reason, type Tier, tierOf, type Withheld } from './tier.ts'
import { type Readings, verbalRange } from './verbal-range.ts'
import { verdictOf } from './verdict.ts'
import { type WordsRow, wordsTable } from './words-table.ts'

export type RecordContext = {
  /** As the sentence on top names whose record this is; null for a set of forecasts by several. */
  name: string | null
  as_of: Date
  logging: Logging
  filter?: Readonly<Record<string, unknown>>
  /** Stands outside so that it can be cached by simulationKey(probabilities); null leaves those parts out. */
  simulate?: ((probabilities: readonly number[]) => Simulation | null) | null
}

/** The document of docs/api.md, section 7, without the envelope (analyst, ledger_size) that the caller adds. */
export type TrackRecord = {
  as_of: string
  filter: Readonly<Record<string, unknown>>
  counts: Counts
  coverage: { sources: number; complete: number }
  tier: Tier
  verdict: string
  headline: Headline | null
  claims: Claims
  words: WordsRow[] | null
  categorical: Flat
  worded: ({ n: number } & Readings) | null
  all: AllReadings | null
  expected_vs_actual: { expected: number; actual: number; n: number; p_value: number | null }
  own_probabilities: { expected_brier: number; sd: number; z: number } | null
  reference: Reference | null
  calibration: Calibration | null
  decomposition: {
    miscalibration: number
    discrimination: number
    uncertainty: number
    miscalibration_if_calibrated: Simulation['miscalibration_if_calibrated'] | null
  } | null
  log_score: { mean: number; clipped: number } | null
  auc: number | null
  by_type: { multiple_choice: TypeFigure | null; numeric: TypeFigure | null; date: TypeFigure | null }
  over_time: YearFigure[] | null
  forecasts: ForecastLine[]
  withheld: Withheld
}

/** The rows of a record that are scored, with their numbers. */
export function scoredRows(rows: readonly Row[]): ScoredRow[] {
  return rows.filter((r) => r.eligibility.status === 'scored').map(scoreRow)
}

/** Last stated probabilities, in order of the units: the input of the simulation. */
export function simulationInputs(units: readonly ForecastUnit[], asOf: Date): number[] {
  return lastProbabilities(statedRows(scoredRows(rowsOf(units, asOf))))
}

export function statedRows(scored: readonly ScoredRow[]): BinaryRow[] {
  return scored.filter(isBinary).filter((r) => r.kind === 'stated')
}

const lastProbabilities = (rows: readonly BinaryRow[]) => rows.map((r) => r.binary.last.mid)

/** The ambiguous questions resolved for and against the analyst, where they would have been scored. */
function ambiguousScores(rows: readonly Row[], asOf: Date): { for: number; against: number }[] {
  return rows
    .filter((r) => r.eligibility.status === 'ambiguous')
    .flatMap(({ unit }) => {
      const as = (outcome: 'yes' | 'no') => rowsOf([{ ...unit, state: 'resolved', outcome }], asOf)
      const [no, yes] = [...statedRows(scoredRows(as('no'))), ...statedRows(scoredRows(as('yes')))]
      if (!no || !yes) return []
      return [{ for: Math.min(no.score, yes.score), against: Math.max(no.score, yes.score) }]
    })
}

/**
 * The track record of any set of units: every figure it can support, and for each it cannot, the reason.
 * Rules: docs/scoring.md; Range, symbols and references stand with the functions used.
 * Edge cases: no units → counts of zero, tier 0, every part withheld as "nothing_scored"; never NaN.
 */
export function trackRecord(units: readonly ForecastUnit[], context: RecordContext): TrackRecord {
  const { as_of: asOf, logging } = context
  const rows = rowsOf(units, asOf)
  const scored = scoredRows(rows)
  const clusters = clustersOf(scored)
  const tier = tierOf(scored.length, clusters)
  const { part, withheld } = gatekeeper(tier, scored.length)
  const counts = countsOf(rows, scored, logging, asOf)

  const binary = scored.filter(isBinary)
  const stated = statedRows(scored)
  const worded = binary.filter((r) => r.kind === 'worded')
  const p = lastProbabilities(stated)
  const y = stated.map((r) => r.binary.outcome)
  const statedClusters = clustersOf(stated)
  const need = (n: number, least = 0): Condition[] => [
    [stated.length === 0, 'no_stated_probabilities'],
    [stated.length < n, 'too_few_stated'],
    [statedClusters < least, 'too_few_interviews'],
  ]

  const manyAmbiguous = counts.ambiguous * 10 > counts.scored + counts.ambiguous
  const headline = part('headline', 2, need(5, 3), () =>
    headlineOf(stated, manyAmbiguous ? ambiguousScores(rows, asOf) : []),
  )
  const claims = claimsOf(binary)
  const pReason = (n: number): Reason =>
    n === 0 ? 'nothing_scored' : n > MOST_EXACT ? 'too_many_for_an_exact_value' : 'too_few_interviews'
  if (claims.p_value === null) withheld['claims.p_value'] = pReason(claims.n)

  const words = part('words', 2, [], () => wordsTable(binary))
  const wordedPart = part(
    'worded',
    2,
    [
      [worded.length === 0, 'no_worded_probabilities'],
      [worded.length < 5, 'too_few_worded'],
      [clustersOf(worded) < 3, 'too_few_interviews'],
    ],
    () => ({ n: worded.length, ...(verbalRange(worded.map((r) => r.binary.read)) as Readings) }),
  )
  const all = part(
    'all',
    2,
    [
      [binary.length < 5, 'too_few_scored'],
      [clustersOf(binary) < 3, 'too_few_interviews'],
    ],
    () => allOf(binary),
  )

  const actual = sum(y)
  const tilt = countTest(p, p, actual, partitionsOf(stated))
  if (tilt === null) {
    withheld['expected_vs_actual.p_value'] =
      scored.length > 0 && p.length === 0 ? 'no_stated_probabilities' : pReason(p.length)
  }

  const own = spiegelhalter(p, y)
  const ownPart = part('own_probabilities', 3, [...need(20), [own?.z === null, 'no_variance']], () => {
    const { expected_brier, sd, z } = own as { expected_brier: number; sd: number; z: number }
    return { expected_brier, sd, z }
  })
  const referenced = stated.filter((r) => typeof r.unit.reference === 'number')
  const reference = part(
    'reference',
    3,
    [
      ...need(0),
      [referenced.length === 0, 'no_reference'],
      [referenced.length < 10, 'too_few_references'],
      [clustersOf(referenced) < 5, 'too_few_interviews'],
    ],
    () => referenceOf(referenced),
  )

  const simulate = context.simulate === undefined ? simulateCalibrated : context.simulate
  let simulated: Simulation | null | undefined
  const simulation = (name: string) => {
    if (simulated === undefined) simulated = simulate === null ? null : simulate(p)
    if (simulated === null) withheld[name] = 'not_simulated'
    return simulated
  }
  const calibration = part('calibration', 3, need(20), (): Calibration => {
    const { points, curve } = pointsOf(stated)
    return {
      points,
      curve: part('calibration.curve', 4, [], () => curve),
      band: simulation('calibration.band')?.band ?? null,
    }
  })
  const table = tieTable(p, y)
  const decomposition = part('decomposition', 4, need(50, 20), () => {
    const { miscalibration, discrimination, uncertainty } = decompose(table) as NonNullable<
      ReturnType<typeof decompose>
    >
    const null_ = simulation('decomposition.miscalibration_if_calibrated')
    return {
      miscalibration,
      discrimination,
      uncertainty,
      miscalibration_if_calibrated: null_?.miscalibration_if_calibrated ?? null,
    }
  })
  const logScore = part('log_score', 3, need(20), () => meanLogScore(p, y))
  const rarer = Math.min(table.yes, table.n - table.yes)
  const auc = part(
    'auc',
    4,
    [...need(50), [rarer === 0, 'one_outcome_only'], [rarer < 10, 'too_few_of_an_outcome']],
    () => aucOf(table),
  )

  const byType = (type: ForecastUnit['type']) => {
    const of = scored.filter((r) => r.unit.type === type)
    const conditions: Condition[] = [
      [of.length < 5, 'too_few_of_the_type'],
      [clustersOf(of) < 3, 'too_few_interviews'],
    ]
    return part(`by_type.${type}`, 2, conditions, () => typeFigure(of))
  }
  const by_type = {
    multiple_choice: byType('multiple_choice'),
    numeric: byType('numeric'),
    date: byType('date'),
  }
  const years = overTime(stated)
  const over_time = part('over_time', 2, [...need(1), [years.length === 0, 'too_few_a_year']], () => years)

  return {
    as_of: asOf.toISOString(),
    filter: context.filter ?? {},
    counts,
    coverage: { sources: logging.sources, complete: logging.complete },
    tier,
    verdict: verdictOf({ name: context.name, tier, counts, claims, headline, scored, clusters, rows }),
    headline,
    claims,
    words,
    categorical: flatOf(binary),
    worded: wordedPart,
    all,
    expected_vs_actual: { expected: sum(p), actual, n: p.length, p_value: tilt },
    own_probabilities: ownPart,
    reference,
    calibration,
    decomposition,
    log_score: logScore,
    auc,
    by_type,
    over_time,
    forecasts: forecastLines(rows, scored),
    withheld,
  }
}
