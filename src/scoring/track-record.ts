import { aucOf } from './auc.ts'
import { claimsOf, flatOf } from './claims.ts'
import { type Simulation, simulateCalibrated } from './consistency-band.ts'
import { countTest, MOST_EXACT } from './count-test.ts'
import { countsOf, type Logging } from './counts.ts'
import type { Calibration, Reason, RecordFigures, Withheld } from './document.ts'
import { allOf, type BinaryRow, headlineOf, isBinary, pointsOf, referenceOf } from './figures.ts'
import { type ForecastLine, forecastLines } from './forecast-lines.ts'
import type { ForecastUnit } from './forecast-unit.ts'
import { decompose, tieTable } from './isotonic.ts'
import { meanLogScore } from './log-score.ts'
import { overTime, typeFigure } from './record-groups.ts'
import { clustersOf, partitionsOf, type Row, rowsOf, type ScoredRow, scoreRow } from './scored-row.ts'
import { spiegelhalter } from './spiegelhalter.ts'
import { sum } from './summation.ts'
import { type Condition, gatekeeper, type Tier, tierOf } from './tier.ts'
import { type Readings, verbalRange } from './verbal-range.ts'
import { verdictOf } from './verdict.ts'
import { wordsTable } from './words-table.ts'

export type RecordContext = {
  /** As the sentence on top names whose record this is; null for a set of forecasts by several. */
  name: string | null
  as_of: Date
  logging: Logging
  filter?: Readonly<Record<string, unknown>>
  /** Stands outside so that it can be cached by simulationKey; null leaves those parts out. */
  simulate?: typeof simulateCalibrated | null
}

/** The document of docs/api.md, section 7, without the envelope (analyst, ledger_size) that the caller adds. */
export type TrackRecord = RecordFigures & {
  as_of: string
  filter: Readonly<Record<string, unknown>>
  tier: Tier
  forecasts: ForecastLine[]
  withheld: Withheld
}

/** The rows of a record that are scored, with their numbers. */
export function scoredRows(rows: readonly Row[]): ScoredRow[] {
  return rows.filter((r) => r.eligibility.status === 'scored').map(scoreRow)
}

export function statedRows(scored: readonly ScoredRow[]): BinaryRow[] {
  return scored.filter(isBinary).filter((r) => r.kind === 'stated')
}

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

/** What the figures of a record rest on: its rows by what was said, and the gates that each part passes. */
type Basis = ReturnType<typeof basisOf>

function basisOf(units: readonly ForecastUnit[], asOf: Date) {
  const rows = rowsOf(units, asOf)
  const scored = scoredRows(rows)
  const clusters = clustersOf(scored)
  const tier = tierOf(scored.length, clusters)
  const stated = statedRows(scored)
  const statedClusters = clustersOf(stated)
  const need = (n: number, least = 0): Condition[] => [
    [stated.length === 0, 'no_stated_probabilities'],
    [stated.length < n, 'too_few_stated'],
    [statedClusters < least, 'too_few_interviews'],
  ]
  return {
    rows,
    scored,
    clusters,
    tier,
    stated,
    need,
    ...gatekeeper(tier, scored.length),
    binary: scored.filter(isBinary),
    p: stated.map((r) => r.binary.mid),
    y: stated.map((r) => r.binary.outcome),
  }
}

/** Why an exact p value of n forecasts is not given. */
const withoutExact = (n: number): Reason =>
  n === 0 ? 'nothing_scored' : n > MOST_EXACT ? 'too_many_for_an_exact_value' : 'too_few_interviews'

/** What was said in words, and everything said. */
function readingsOf({ binary, part }: Basis): Pick<TrackRecord, 'words' | 'categorical' | 'worded' | 'all'> {
  const words = part('words', 2, [], () => wordsTable(binary))
  const spoken = binary.filter((r) => r.kind === 'worded')
  const worded = part(
    'worded',
    2,
    [
      [spoken.length === 0, 'no_worded_probabilities'],
      [spoken.length < 5, 'too_few_worded'],
      [clustersOf(spoken) < 3, 'too_few_interviews'],
    ],
    () => ({ n: spoken.length, ...(verbalRange(spoken.map((r) => r.binary)) as Readings) }),
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
  return { words, categorical: flatOf(binary), worded, all }
}

/** What the stated probabilities themselves lead one to expect. */
function expectedOf({
  scored,
  stated,
  p,
  y,
  part,
  withheld,
  need,
}: Basis): Pick<TrackRecord, 'expected_vs_actual' | 'own_probabilities'> {
  const actual = sum(y)
  const p_value = countTest(p, p, actual, partitionsOf(stated))
  if (p_value === null) {
    withheld['expected_vs_actual.p_value'] =
      scored.length > 0 && p.length === 0 ? 'no_stated_probabilities' : withoutExact(p.length)
  }
  const own = spiegelhalter(p, y)
  const own_probabilities = part(
    'own_probabilities',
    3,
    [...need(20), [own?.z === null, 'no_variance']],
    () => {
      const { expected_brier, sd, z } = own as { expected_brier: number; sd: number; z: number }
      return { expected_brier, sd, z }
    },
  )
  return { expected_vs_actual: { expected: sum(p), actual, n: p.length, p_value }, own_probabilities }
}

/** How the stated probabilities compare with a reference, with how often they came true, and with chance. */
function calibrationOf(
  { stated, p, y, part, withheld, need }: Basis,
  simulate: Exclude<RecordContext['simulate'], undefined>,
): Pick<TrackRecord, 'reference' | 'calibration' | 'decomposition' | 'log_score' | 'auc'> {
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

  let simulated: Simulation | null | undefined
  const simulation = (name: string) => {
    if (simulated === undefined) simulated = simulate === null ? null : simulate(p, partitionsOf(stated))
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
  const log_score = part('log_score', 3, need(20), () => meanLogScore(p, y))
  const rarer = Math.min(table.yes, table.n - table.yes)
  const auc = part(
    'auc',
    4,
    [...need(50), [rarer === 0, 'one_outcome_only'], [rarer < 10, 'too_few_of_an_outcome']],
    () => aucOf(table),
  )

  return { reference, calibration, decomposition, log_score, auc }
}

/** The questions that are not of yes or no, and the years. */
function groupsOf({ scored, stated, part, need }: Basis): Pick<TrackRecord, 'by_type' | 'over_time'> {
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

  return { by_type, over_time }
}

/**
 * The track record of any set of units: every figure it can support, and for each it cannot, the reason.
 * Rules: docs/scoring.md; Range, symbols and references stand with the functions used.
 * Edge cases: no units → counts of zero, tier 0, every part withheld as "nothing_scored"; never NaN.
 */
export function trackRecord(units: readonly ForecastUnit[], context: RecordContext): TrackRecord {
  const { as_of: asOf, logging } = context
  const basis = basisOf(units, asOf)
  const { rows, scored, clusters, tier, binary, stated, part, withheld, need } = basis
  const counts = countsOf(rows, scored, logging, asOf)

  const manyAmbiguous = counts.ambiguous * 10 > counts.scored + counts.ambiguous
  const headline = part('headline', 2, need(5, 3), () =>
    headlineOf(stated, manyAmbiguous ? ambiguousScores(rows, asOf) : []),
  )
  const claims = claimsOf(
    binary,
    rows.filter((r) => r.eligibility.status === 'unmeasured'),
  )
  if (claims.p_value === null) withheld['claims.p_value'] = withoutExact(claims.n)

  return {
    as_of: asOf.toISOString(),
    filter: context.filter ?? {},
    counts,
    coverage: { sources: logging.sources, complete: logging.complete },
    tier,
    verdict: verdictOf({ name: context.name, tier, counts, claims, headline, scored, clusters, rows }),
    headline,
    claims,
    ...readingsOf(basis),
    ...expectedOf(basis),
    ...calibrationOf(basis, context.simulate === undefined ? simulateCalibrated : context.simulate),
    ...groupsOf(basis),
    forecasts: forecastLines(rows, scored),
    withheld,
  }
}
