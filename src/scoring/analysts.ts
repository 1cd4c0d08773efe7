import type {
  AnalystFigures,
  Estimates,
  NamedAlarm,
  NamedFinding,
  PairLine,
  Pairs,
} from './analysts-document.ts'
import { type Answer, answerOf } from './answer.ts'
import { benjaminiHochberg } from './benjamini-hochberg.ts'
import { type OutletFates, outletFates, type Passages } from './checkable.ts'
import type { Logging } from './counts.ts'
import type { Checkable, Finding, RecordFunnel, Withheld } from './document.ts'
import { eBH } from './e-bh.ts'
import { liveOnly } from './eligibility.ts'
import { type AgainstReferences, againstReferences, estimatesOf } from './estimates.ts'
import { type BinaryRow, isBinary } from './figures.ts'
import type { ForecastUnit } from './forecast-unit.ts'
import { ALPHA, holm } from './holm.ts'
import type { Ruling, Rulings } from './pair-rulings.ts'
import { type NameOf, rulingSentence } from './pair-sentences.ts'
import { rowsOf } from './scored-row.ts'
import { sentencesOf } from './sentences.ts'
import { scoredRows, statedRows, trackRecord } from './track-record.ts'
import { type Surprises, surprisesOf, timeless } from './whole-record.ts'

/** Everything that lists need of one analyst, live only; no more, so that it can be kept. */
export type AnalystSummary = {
  id: string
  name: string
  forecasts: number
  scored: number
  too_vague: number
  claims: Omit<AnalystFigures['claims'], 'p_holm' | 'differs'>
  checkable: Checkable | null
  /** The first day on which one of the claims was said. */
  since: string | null
  funnel: RecordFunnel
  surprises: Surprises
  /** In sources read from end to end, whenever it was logged. */
  outlets: OutletFates[]
  against_references: AgainstReferences
  /** The evidence so far, and the sentence of its alarm where there is one. */
  monitor: { e: number; alarm: string | null } | null
  /** The lead finding, its sentence where that says that something differs or fits, and the surest of all tests. */
  finding: Pick<Finding, 'rule' | 'p_holm'> & { sentence: string | null; least_p_holm: number | null }
}
export type Summarised = { summary: AnalystSummary; answers: Answer[] }

type Analyst = {
  id: string
  name: string
  units: readonly ForecastUnit[]
  logging: Logging
  /** Of what was read to the end, what is no forecast. */
  complete: Pick<Passages, 'untestable' | 'duplicates'>
}

export function summarised({ id, name, units, logging, complete }: Analyst, asOf: Date): Summarised {
  const live = liveOnly(units)
  const record = trackRecord(live, {
    name,
    as_of: asOf,
    logging,
    passages: { units, sources: logging.complete, ...complete },
    simulate: null,
  })
  const { counts, claims, checkable, monitor, finding, funnel } = record
  const alarm = monitor?.alarm === true ? sentencesOf(record, { name }).monitor : undefined
  const scored = scoredRows(rowsOf(live, asOf))
  const { n, clusters, came_true, promised, p_value, records } = claims
  return {
    summary: {
      id,
      name,
      forecasts: counts.forecasts,
      scored: counts.scored,
      too_vague: counts.too_vague,
      claims: { n, clusters, came_true, promised, p_value, chance: records?.chance ?? null },
      checkable,
      since: firstSaid(scored.filter(isBinary).filter(({ binary }) => binary.mid !== 0.5)),
      funnel: timeless(funnel),
      surprises: surprisesOf(scored),
      outlets: outletFates(units, asOf),
      against_references: againstReferences(statedRows(scored)),
      monitor: monitor && { e: monitor.e, alarm: alarm ?? null },
      finding: kept(finding),
    },
    answers: scored.filter(isBinary).map(answerOf),
  }
}

const firstSaid = (rows: readonly BinaryRow[]): string | null =>
  rows.map(({ said }) => said.said_on).sort()[0] ?? null

const differs = ({ rule }: Pick<Finding, 'rule'>): boolean => rule.endsWith('_differs')
const fits = ({ rule }: Pick<Finding, 'rule'>): boolean => rule === 'fits'

function kept(finding: Finding): AnalystSummary['finding'] {
  const tested = finding.tests.flatMap(({ p_holm }) => p_holm ?? [])
  return {
    rule: finding.rule,
    // Others may depend on the day, or on the name.
    sentence: differs(finding) || fits(finding) ? finding.sentence : null,
    p_holm: finding.p_holm,
    least_p_holm: tested.length === 0 ? null : Math.min(...tested),
  }
}

/** What is said over all analysts of a ledger, each by the rule that allows for how many they are. */
export type Standing = {
  people: AnalystFigures[]
  pairs: Pairs
  estimates: Estimates | null
  alarms: NamedAlarm[]
  findings: { differ: NamedFinding[]; fit: NamedFinding[] }
  withheld: Withheld
}

export function standingOf(summaries: readonly AnalystSummary[], rulings: Rulings): Standing {
  const names = new Map(summaries.map(({ id, name }) => [id, name]))
  const estimates = estimatesOf(summaries)
  return {
    people: figuresOf(summaries),
    pairs: pairsOf(rulings, (id) => names.get(id) ?? id),
    estimates: typeof estimates === 'string' ? null : estimates,
    alarms: alarmsOf(summaries),
    findings: findingsOf(summaries),
    withheld: typeof estimates === 'string' ? { estimates } : {},
  }
}

/** Each with what was to be expected; that it differs is said of nobody who might be listed so by chance. */
function figuresOf(summaries: readonly AnalystSummary[]): AnalystFigures[] {
  const adjusted = holm(summaries.map(({ claims }) => claims.p_value))
  return summaries.map(({ id, name, forecasts, scored, too_vague, claims, checkable }, i) => {
    const p_holm = adjusted[i] as number | null
    const than = claims.came_true < claims.promised[0] ? 'fewer' : 'more'
    const differs = p_holm !== null && p_holm < ALPHA ? than : null
    return { id, name, forecasts, scored, too_vague, claims: { ...claims, p_holm, differs }, checkable }
  })
}

function pairsOf({ tested, pairs }: Rulings, nameOf: NameOf): Pairs {
  const lines = (some: readonly Ruling[]): PairLine[] =>
    some.map((ruling) => {
      const { a, b, n, p_holm } = ruling
      return { a, b, n, p_holm, sentence: rulingSentence(ruling, tested, nameOf) }
    })
  // The surest first: that is no rank, since nobody is in one.
  const surest = [...pairs].sort((one, other) => (one.p ?? 1) - (other.p ?? 1))
  return {
    tested,
    told_apart: lines(surest.filter((pair) => pair.told_apart)),
    points_to: lines(surest.filter((pair) => pair.points_to)),
  }
}

/** Of those named no more than this share is false, on average. */
const FALSE_ONES = 0.1

/** Whose own page raises an alarm, and still among so many: without one the evidence counts as none. */
function alarmsOf(summaries: readonly AnalystSummary[]): NamedAlarm[] {
  const monitored = summaries.flatMap(({ id, name, monitor }) => (monitor ? [{ id, name, monitor }] : []))
  const { named } = eBH(
    monitored.map(({ monitor: { alarm, e } }) => (alarm === null ? 0 : e)),
    FALSE_ONES,
  )
  return named.map((i) => {
    const { id, name, monitor } = monitored[i] as (typeof monitored)[number]
    return { id, name, e: monitor.e, sentence: monitor.alarm ?? '' }
  })
}

/** Those whose own page says that something differs, and still among so many; beside them as many that fit. */
function findingsOf(summaries: readonly AnalystSummary[]): Standing['findings'] {
  const { named } = benjaminiHochberg(
    summaries.map(({ finding }) =>
      finding.least_p_holm === null || differs(finding) ? finding.least_p_holm : 1,
    ),
    FALSE_ONES,
  )
  const fitting = summaries.filter(({ finding }) => fits(finding)).sort((a, b) => b.claims.n - a.claims.n)
  return {
    differ: named.map((i) => namedFinding(summaries[i] as AnalystSummary)),
    fit: fitting.slice(0, named.length).map(namedFinding),
  }
}

const namedFinding = ({ id, name, finding }: AnalystSummary): NamedFinding => ({
  id,
  name,
  rule: finding.rule,
  sentence: finding.sentence ?? '',
  p_holm: finding.p_holm,
})
