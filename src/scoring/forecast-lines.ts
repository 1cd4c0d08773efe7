import type { Probability as CoreProbability } from '../core/probability.ts'
import { type VerdictWords, verdictOf, verdictWords } from '../core/verdict.ts'
import { changesAfter, type Status } from './eligibility.ts'
import type { ForecastUnit, Logged, Probability } from './forecast-unit.ts'
import { type Row, type ScoredRow, scoreRow } from './scored-row.ts'
import { byText } from './summation.ts'
import { readScore } from './verbal-range.ts'

export type WhyNot = Exclude<Status, 'scored' | 'annulled'> | 'condition_not_met' | 'moot'

export type ForecastLine = {
  id: string
  question: string
  title: string
  probability: Probability
  outcome: ForecastUnit['outcome']
  /** What became of the claim, in words. */
  verdict: VerdictWords
  brier: number | [number, number] | null
  said_on: string
  /** What was said of it afterwards, null where it was withdrawn: listed, and in no figure. */
  changed: { said_on: string; probability: Probability | null }[]
  deadline: string
  logged: Logged
  scored: boolean
  why_not?: WhyNot
  cluster: string
}

/** One line a forecast, by day of speech: its first probability, its score, or why it has none. */
export function forecastLines(rows: readonly Row[], scored: readonly ScoredRow[]): ForecastLine[] {
  const numbers = new Map(scored.map((r) => [r.unit, r]))
  return rows
    .map((row) => forecastLine(row, numbers.get(row.unit)))
    .sort((a, b) => byText(a.said_on, b.said_on) || byText(a.id, b.id))
}

export function forecastLine(row: Row, numbers?: ScoredRow): ForecastLine {
  const { unit, eligibility, said } = row
  const { status } = eligibility
  return {
    id: unit.id,
    question: unit.question,
    title: unit.title,
    probability: said.probability,
    outcome: unit.outcome,
    verdict: verdictOfRow(row),
    // What an editor picked stays out of averages; its own score is still shown, where it has one.
    brier:
      status === 'scored' || (status === 'selected' && eligibility.statements.length > 0)
        ? ownScore(numbers ?? scoreRow(row))
        : null,
    said_on: said.said_on,
    changed: changesAfter(unit, said).map((change) => ({
      said_on: change.said_on,
      probability: change.standing?.probability ?? null,
    })),
    deadline: unit.deadline_on,
    logged: said.logged,
    scored: status === 'scored',
    ...(status === 'scored' ? {} : { why_not: whyNot(status, unit) }),
    cluster: row.source_cluster,
  }
}

/** By the rule of every page; what was said too late, or logged by mistake, has no result. */
function verdictOfRow({ unit, eligibility: { status }, said }: Row): VerdictWords {
  const probability = said.probability as CoreProbability
  const { state, annulled_because } = unit
  const outcome = state === 'resolved' ? (unit.outcome ?? 'not_by_deadline') : unit.outcome
  const verdict = verdictOf(probability, { outcome, annulled_because })
  const without = status === 'retracted' || (status === 'too_late' && verdict.kind !== 'too_vague')
  return verdictWords(without ? { kind: 'no_result', because: status } : verdict, {
    question: { ...unit, deadline: { date: unit.deadline_on } },
    probability,
    voice: said.voice,
    state,
  })
}

function whyNot(status: Exclude<Status, 'scored'>, unit: ForecastUnit): WhyNot {
  if (status !== 'annulled') return status
  return unit.annulled_because === 'condition_not_met' ? 'condition_not_met' : 'moot'
}

/** A number where numbers were stated; for words the best and the worst reading, never one figure. */
function ownScore(scored: ScoredRow): number | [number, number] {
  if (scored.kind === 'stated' || scored.binary === null) return scored.score
  const { outcome, low, mid, high } = scored.binary
  const ends = outcome === 1 ? { best: high, mid, worst: low } : { best: low, mid, worst: high }
  return [readScore(scored.binary, ends, 'best'), readScore(scored.binary, ends, 'worst')]
}
