import { isOpenToObjection } from '../core/objection.ts'
import { leanOf } from '../core/probability.ts'
import { DUE_SOON_MS } from '../core/state.ts'
import type { Counts } from './document.ts'
import type { Status } from './eligibility.ts'
import type { ForecastUnit, Logged } from './forecast-unit.ts'
import type { Row, ScoredRow } from './scored-row.ts'

export type Logging = {
  statements: number
  untestable: number
  duplicates: number
  sources: number
  complete: number
}

/**
 * Every count of a record, from the one predicate.
 * Rules (docs/scoring.md, section 3): forecasts = open + due + proposed + resolved + annulled + ambiguous; annulled =
 * condition_not_met + moot; resolved = scored + too_late + too_vague + unmeasured + selected + awaiting_deadline; scored =
 * stated + worded = yes_no + multiple_choice + numeric + date; claims = yes_no − neither; due_soon is part of open,
 * disputed and not_final lie on top; live + late + afterwards = forecasts.
 * Retracted forecasts (logged by mistake) stand apart from all of these.
 */
export function countsOf(
  rows: readonly Row[],
  scored: readonly ScoredRow[],
  logging: Logging,
  asOf: Date,
  left_out: number,
): Counts {
  const has = (...statuses: Status[]) => rows.filter((r) => statuses.includes(r.eligibility.status))
  const forecasts = rows.filter((r) => r.eligibility.status !== 'retracted')
  const logged = (kind: Logged) => forecasts.filter((r) => r.said.logged === kind).length
  const annulled = has('annulled')
  const unmet = annulled.filter((r) => r.unit.annulled_because === 'condition_not_met').length
  const stated = scored.filter((r) => r.kind === 'stated').length
  const numbers = scored.filter((r) => r.kind === 'stated' && r.binary !== null)
  const ofType = (type: ForecastUnit['type']) => scored.filter((r) => r.unit.type === type).length
  return {
    statements: logging.statements,
    untestable: logging.untestable,
    duplicates: logging.duplicates,
    forecasts: forecasts.length,
    open: has('open').length,
    due_soon: has('open').filter((r) => r.unit.deadline_end.getTime() - asOf.getTime() <= DUE_SOON_MS).length,
    due: has('due').length,
    proposed: has('proposed').length,
    resolved: has('scored', 'too_late', 'too_vague', 'unmeasured', 'selected', 'awaiting_deadline').length,
    annulled: annulled.length,
    condition_not_met: unmet,
    moot: annulled.length - unmet,
    ambiguous: has('ambiguous').length,
    disputed: forecasts.filter((r) => r.unit.disputed).length,
    not_final: forecasts.filter(({ unit: { disputed, final_at = null } }) =>
      isOpenToObjection({ disputed, final_at }, asOf),
    ).length,
    scored: scored.length,
    stated,
    worded: scored.length - stated,
    yes_no: ofType('binary'),
    multiple_choice: ofType('multiple_choice'),
    numeric: ofType('numeric'),
    date: ofType('date'),
    neither: scored.filter(({ binary }) => binary !== null && leanOf(binary.mid) === null).length,
    numbers: numbers.length,
    referenced: numbers.filter((r) => typeof r.unit.reference === 'number').length,
    too_late: has('too_late').length,
    too_vague: has('too_vague').length,
    unmeasured: has('unmeasured').length,
    selected: has('selected').length,
    awaiting_deadline: has('awaiting_deadline').length,
    live: logged('live'),
    late: logged('late'),
    afterwards: logged('afterwards'),
    deadline_ours: forecasts.filter((r) => r.unit.deadline_ours).length,
    retracted: has('retracted').length,
    left_out,
  }
}
