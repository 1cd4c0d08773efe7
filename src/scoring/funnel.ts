import type { RecordFunnel } from './document.ts'
import { assess, liveOnly } from './eligibility.ts'
import type { ForecastUnit } from './forecast-unit.ts'
import { clustersOf, rowsOf } from './scored-row.ts'
import type { TrackRecord } from './track-record.ts'

/** From logged to scored; each step is part of the one before. */
export function recordFunnel(units: readonly ForecastUnit[], asOf: Date): RecordFunnel {
  const statuses = units
    .map((unit) => ({ unit, status: assess(unit, asOf).status }))
    .filter(({ status }) => status !== 'retracted')
  const past = statuses.filter(({ unit }) => asOf >= unit.deadline_end)
  return {
    logged: statuses.length,
    past_deadline: past.length,
    resolved: past.filter(({ unit }) => unit.state === 'resolved').length,
    scored: past.filter(({ status }) => status === 'scored').length,
  }
}

export type SourceFunnel = { claims: number; testable: number; decided: number; informative: number }

/**
 * What became of the claims of one source: all statements → forecasts → resolved yes or no (or otherwise) →
 * of those the ones that were not hard to get wrong.
 */
export function sourceFunnel(
  statements: number,
  units: readonly Pick<ForecastUnit, 'state' | 'low_information'>[],
): SourceFunnel {
  const decided = units.filter((u) => u.state === 'resolved')
  return {
    claims: statements,
    testable: units.length,
    decided: decided.length,
    informative: decided.filter((u) => !u.low_information).length,
  }
}

/** The page leads with what was logged live once that says something: from 5 scored and G ≥ 3. */
export function leadingView(units: readonly ForecastUnit[], asOf: Date): 'live' | 'all' {
  const scored = rowsOf(liveOnly(units), asOf).filter((r) => r.eligibility.status === 'scored')
  return scored.length >= 5 && clustersOf(scored) >= 3 ? 'live' : 'all'
}

/** "Logged with hindsight: an illustration": less than half of what is scored was logged live. */
export function isIllustration({ forecasts }: Pick<TrackRecord, 'forecasts'>): boolean {
  const scored = forecasts.filter((f) => f.scored)
  return scored.filter((f) => f.logged === 'live').length * 2 < scored.length
}
