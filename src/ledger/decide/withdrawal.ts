import { latestDate } from '../../core/calendar.ts'
import { invalid } from '../../core/error.ts'
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
  if (withdrawn_on > latestDate(unit.now)) throw invalid('/withdrawn_on', 'lies in the future')
  if (withdrawn_on < forecast.said_on.from) throw invalid('/withdrawn_on', 'lies before the statement')
}
