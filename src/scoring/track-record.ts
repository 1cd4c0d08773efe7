import { checkableOf, type Passages } from './checkable.ts'
import { claimsOf, flatOf } from './claims.ts'
import { simulateCalibrated } from './consistency-band.ts'
import { MOST_EXACT } from './count-test.ts'
import { countsOf, type Logging } from './counts.ts'
import type { Claims, Reason, RecordFigures, Reference, Withheld } from './document.ts'
import {
  againstReference,
  allOf,
  type BinaryRow,
  byDifficulty,
  headlineOf,
  isBinary,
  meanGate,
  referenceOf,
} from './figures.ts'
import { findingOf } from './finding.ts'
import { type ForecastLine, forecastLines } from './forecast-lines.ts'
import type { ForecastUnit } from './forecast-unit.ts'
import { recordFunnel } from './funnel.ts'
import { groundOf } from './grounds.ts'
import { monitorOf } from './monitor.ts'
import { calibrationOf } from './record-calibration.ts'
import { LEAST_PLAIN, overTime, typeFigure } from './record-groups.ts'
import { LEAST_REVISED, plannedWindow, revisedRows, revisionsFigure } from './revisions.ts'
import { clustersOf, partitionsOf, type Row, rowsOf, type ScoredRow, scoreRow } from './scored-row.ts'
import { leadOf } from './sentences.ts'
import { type Condition, gatekeeper, type Tier, tierOf } from './tier.ts'
import { tiltTest } from './tilt.ts'
import { undecidedOf } from './undecided.ts'
import { type Readings, verbalRange } from './verbal-range.ts'
import { partsOf, wordsTable } from './words-table.ts'

export type RecordContext = {
  /** As the sentences name whose record this is; null for a set of forecasts by several. */
  name: string | null
  as_of: Date
  logging: Logging
  filter?: Readonly<Record<string, unknown>>
  /** How many forecasts of the whole record this view leaves out. */
  left_out?: number
  /** Absent where the view is a part of the record: what was read to the end is known of the whole only. */
  passages?: Passages | null
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

/** What the figures of a record rest on: its rows by what was said, and the gates that each part passes. */
export type Basis = ReturnType<typeof basisOf>

function basisOf(units: readonly ForecastUnit[], asOf: Date) {
  const rows = rowsOf(units, asOf)
  const scored = scoredRows(rows)
  const clusters = clustersOf(scored)
  const tier = tierOf(scored.length, clusters)
  const stated = statedRows(scored)
  /** Numbers, and groups of their own. */
  const need = (n: number, groups: number): Condition[] => [
    [stated.length === 0, 'no_stated_probabilities'],
    ...meanGate(stated, 'too_few_stated', { n, groups }),
  ]
  return {
    rows,
    scored,
    clusters,
    tier,
    stated,
    need,
    binary: scored.filter(isBinary),
    undecided: undecidedOf(rows),
    ...gatekeeper(tier, scored.length),
  }
}

/** Why an exact p value of n forecasts is not given. */
const withoutExact = (n: number): Reason =>
  n === 0 ? 'no_claims' : n > MOST_EXACT ? 'too_many_for_an_exact_value' : 'too_few_interviews'

/** What came true of what was claimed; null values in it are withheld one by one. */
function claimsPart({ rows, scored, binary, undecided, withheld }: Basis): Claims {
  const unmeasured = rows.filter((r) => r.eligibility.status === 'unmeasured')
  const claims = claimsOf(binary, unmeasured, undecided)
  const why = scored.length === 0 ? 'nothing_scored' : withoutExact(claims.n)
  for (const name of ['p_value', 'p_usual'] as const) {
    if (claims[name] === null) withheld[`claims.${name}`] = why
  }
  if (claims.could_have_seen === null)
    withheld['claims.could_have_seen'] = claims.p_value === null ? why : 'too_few_claims'
  if (claims.records === null)
    withheld['claims.records'] = claims.n === 0 ? why : 'too_many_for_an_exact_value'
  return claims
}

/** What was said in words, and everything said over its readings. */
function readingsOf({ binary, part }: Basis): Pick<TrackRecord, 'worded' | 'all'> {
  const spoken = binary.filter((r) => r.kind === 'worded')
  const worded = part(
    'worded',
    2,
    [[spoken.length === 0, 'no_worded_probabilities'], ...meanGate(spoken, 'too_few_worded')],
    () => ({ n: spoken.length, ...(verbalRange(spoken.map((r) => r.binary)) as Readings) }),
  )
  return { worded, all: part('all', 2, meanGate(binary, 'too_few_scored'), () => allOf(binary)) }
}

/** Against what was recorded in advance; easy and hard halves where each has enough to be averaged. */
function referencePart({ stated, part }: Basis): Reference | null {
  const referenced = stated.filter((r) => typeof r.unit.reference === 'number')
  const isHindsight = stated.some(({ unit }) => unit.references?.some(({ hindsight }) => hindsight))
  return part(
    'reference',
    2,
    [
      [stated.length === 0, 'no_stated_probabilities'],
      [referenced.length === 0, isHindsight ? 'hindsight_reference' : 'no_reference'],
      ...meanGate(referenced, 'too_few_references', { n: 10, groups: 5 }),
    ],
    () => {
      const { easy, hard } = byDifficulty(referenced)
      const half = (name: string, rows: readonly BinaryRow[]) =>
        part(
          `reference.${name}`,
          2,
          [
            [easy.length === 0, 'equally_hard'],
            ...meanGate(easy, 'too_few_references'),
            ...meanGate(hard, 'too_few_references'),
          ],
          () => againstReference(rows),
        )
      return { ...referenceOf(referenced), easy: half('easy', easy), hard: half('hard', hard) }
    },
  )
}

/** Whether what happened fits what was said, looked at as a whole and after every decision. */
function evidenceOf({ binary, part, withheld }: Basis): Pick<TrackRecord, 'tilt' | 'monitor'> {
  const enough: Condition[] = [
    [binary.length < 5, 'too_few_scored'],
    [clustersOf(binary) < 3, 'too_few_interviews'],
  ]
  const tilt = part('tilt', 2, enough, () =>
    tiltTest(
      binary.map((r) => r.binary),
      binary.map((r) => r.binary.outcome),
      partitionsOf(binary),
    ),
  )
  if (tilt?.p_value === null) withheld['tilt.p_value'] = withoutExact(tilt.n)
  return { tilt, monitor: part('monitor', 2, enough, () => monitorOf(binary)) }
}

/** The questions that are not of yes or no, the years, and how a mind was changed. */
function groupsOf({ scored, stated, part, need, withheld }: Basis) {
  const byType = (type: 'multiple_choice' | 'numeric' | 'date') => {
    const of = scored.filter((r) => r.unit.type === type)
    const figure = part(`by_type.${type}`, 2, meanGate(of, 'too_few_of_the_type'), () => typeFigure(of))
    if (figure?.interval === null)
      withheld[`by_type.${type}.interval`] =
        of.length < LEAST_PLAIN ? 'too_few_of_the_type' : 'too_few_interviews'
    return figure
  }
  const years = overTime(stated)
  const revised = revisedRows(stated)
  const window = plannedWindow(stated)
  return {
    by_type: {
      multiple_choice: byType('multiple_choice'),
      numeric: byType('numeric'),
      date: byType('date'),
    },
    over_time: part('over_time', 2, [...need(1, 3), [years.length === 0, 'too_few_a_year']], () => years),
    planned_window: part('planned_window', 2, [...need(5, 3), [window === null, 'no_window']], () => window),
    revisions: part(
      'revisions',
      2,
      [
        [revised.length === 0, 'no_revisions'],
        ...meanGate(
          revised.map(({ row }) => row),
          'too_few_revisions',
          LEAST_REVISED,
        ),
      ],
      () => revisionsFigure(revised),
    ),
  }
}

function reportedOf(scored: readonly ScoredRow[]): TrackRecord['reported'] {
  const numbers = scored.flatMap(({ said: { voice, probability } }) =>
    voice === 'paraphrase' && typeof probability === 'number' ? [probability] : [],
  )
  const [each] = numbers
  return { n: numbers.length, each: numbers.every((p) => p === each) ? (each ?? null) : null }
}

/**
 * The track record of any set of units: every figure it can support, and for each it cannot, the reason.
 * Rules: docs/scoring.md; Range, symbols and references stand with the functions used.
 * Edge cases: no units → counts of zero, tier 0, every part withheld as "nothing_scored"; never NaN.
 */
export function trackRecord(units: readonly ForecastUnit[], context: RecordContext): TrackRecord {
  const { as_of: asOf, logging, left_out = 0, passages = null, simulate = simulateCalibrated } = context
  const basis = basisOf(units, asOf)
  const { rows, scored, clusters, tier, binary, stated, undecided, part, withheld, need } = basis
  const counts = countsOf(rows, scored, logging, asOf, left_out)
  const headline = part('headline', 2, need(5, 3), () => headlineOf(stated, undecided))
  const claims = claimsPart(basis)
  const { tilt, monitor } = evidenceOf(basis)
  const parts = partsOf(binary)
  const afterwards = scored.filter((r) => r.said.logged === 'afterwards').length
  const found = findingOf({ scored: scored.length, clusters, afterwards, ...parts, claims, tilt, monitor })
  const table = wordsTable(parts, found.tests)
  if (passages === null) withheld.checkable = 'of_the_whole_record_only'
  else if (passages.sources === 0) withheld.checkable = 'no_complete_source'
  const said = units.reduce((n, unit) => n + unit.statements.length, 0)

  const record = {
    as_of: asOf.toISOString(),
    filter: context.filter ?? {},
    counts,
    coverage: { sources: logging.sources, complete: logging.complete },
    grounds: { scored: groundOf(scored), claims: groundOf(leaning(binary)), numbers: groundOf(stated) },
    reported: reportedOf(scored),
    tier,
    funnel: recordFunnel(counts, said),
    headline,
    claims,
    words: part(
      'words',
      1,
      [[table.words.length === 0, counts.worded === 0 ? 'no_worded_probabilities' : 'no_phrases']],
      () => table.words,
    ),
    numbers: part(
      'numbers',
      1,
      [
        [stated.length === 0, 'no_stated_probabilities'],
        [table.numbers.length === 0, 'no_claims'],
      ],
      () => table.numbers,
    ),
    categorical: flatOf(binary),
    ...readingsOf(basis),
    tilt,
    monitor,
    checkable: passages === null || passages.sources === 0 ? null : checkableOf(passages, asOf),
    reference: referencePart(basis),
    ...calibrationOf(basis, simulate),
    ...groupsOf(basis),
    forecasts: forecastLines(rows, scored),
    withheld,
  }
  const { lead, told } = leadOf({ ...record, finding: found }, context.name)
  return { ...record, lead, finding: { ...found, ...told } }
}

const leaning = (binary: readonly BinaryRow[]) => binary.filter((r) => r.binary.mid !== 0.5)
