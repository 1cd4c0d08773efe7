import { earlierProblem, futureProblem, latestDate } from '../../core/calendar.ts'
import { refuseIf } from '../../core/error.ts'
import type { Forecast, WithdrawalRequest } from '../../core/forecast.ts'
import type { Unit } from '../ledger.ts'

export const FOUR_EYES_SAID =
  'With four eyes in force it takes the url where they said it, or two members: one keeps what they heard, another records the same words.'

/** Nobody takes back what was not yet said, or tomorrow. */
export function requireWithdrawalDay(
  unit: Unit,
  forecast: Pick<Forecast, 'said_on'>,
  { withdrawn_on }: WithdrawalRequest,
): void {
  refuseIf('/withdrawn_on', futureProblem(withdrawn_on, latestDate(unit.now)))
  refuseIf('/withdrawn_on', earlierProblem(withdrawn_on, forecast.said_on))
}
