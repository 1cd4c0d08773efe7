import type { Counts, Exit, FunnelStep, RecordFunnel } from './document.ts'
import { liveOnly } from './eligibility.ts'
import type { ForecastUnit } from './forecast-unit.ts'
import { clustersOf, rowsOf } from './scored-row.ts'

/** What becomes of the forecasts that stayed of a step, and by which exits the others left. */
const STEPS: readonly [FunnelStep['step'], FunnelStep['of'], readonly Exit[]][] = [
  ['logged', 'statements', ['untestable', 'duplicate', 'said_again', 'outside_the_view', 'retracted']],
  ['decided', 'logged', ['open', 'due', 'proposed', 'condition_not_met', 'moot', 'ambiguous']],
  ['scored', 'decided', ['too_late', 'too_vague', 'unmeasured', 'selected', 'awaiting_deadline']],
  ['yes_no', 'scored', ['multiple_choice', 'numeric', 'date']],
  ['claims', 'yes_no', ['neither']],
  ['numbers', 'yes_no', ['in_words']],
]

/**
 * From all that was said to the numbers that are scored. `said` is how many statements were made on the questions of
 * this record; what else was logged lies outside its view.
 */
export function recordFunnel(counts: Counts, said: number): RecordFunnel {
  const { statements, untestable, duplicates, forecasts, retracted } = counts
  const exits: Record<Exit, number> = {
    ...counts,
    duplicate: duplicates,
    said_again: said - forecasts - retracted,
    outside_the_view: statements - untestable - duplicates - said,
    in_words: counts.yes_no - counts.numbers,
  }
  const left = { statements } as Record<FunnelStep['step'] | 'statements', number>
  return STEPS.map(([step, of, ways]) => {
    const from = left[of]
    const out = ways.map((why) => ({ why, n: exits[why] })).filter(({ n }) => n !== 0)
    left[step] = from - out.reduce((gone, { n }) => gone + n, 0)
    return { step, of, from, out, stays: left[step] }
  })
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
