import { LedgerError, notFound } from '../../core/error.ts'
import type { RetractionRequest, WithdrawalRequest } from '../../core/forecast.ts'
import { findForecast, findQuestion } from '../../store/lookups.ts'
import { fourEyesHold } from '../../store/members.ts'
import { requireWithdrawalDay } from '../decide/withdrawal.ts'
import { draft, nextIn } from '../draft.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { requireHeard } from './heard.ts'

async function forecastToChange(ledger: Ledger, id: string) {
  const forecast = await findForecast(ledger.db, id)
  if (forecast === null) throw notFound('forecast', id)
  if (forecast.retraction !== null)
    throw new LedgerError('already_decided', 'This forecast was retracted.', [], {
      existing: { forecast: id },
    })
  return { forecast, at: await nextIn(ledger.db, forecast.stream) }
}

/** The analyst took the forecast back, before the deadline: from that day on it stands no longer. */
export function withdrawForecast(
  ledger: Ledger,
  unit: Unit,
  id: string,
  request: WithdrawalRequest,
): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async () => {
    const { forecast, at } = await forecastToChange(ledger, id)
    if (forecast.withdrawal !== null)
      throw new LedgerError('already_decided', 'This forecast was withdrawn already.', [], {
        existing: { forecast: id },
      })
    requireWithdrawalDay(unit, forecast.record, request)
    const question = await findQuestion(ledger.db, forecast.record.question)
    if (question === null) throw notFound('question', forecast.record.question)
    if (question.due_at <= unit.now || question.outcome !== null || question.pending !== null)
      throw new LedgerError(
        'frozen',
        'The deadline has passed or an outcome was proposed: a forecast is not withdrawn after the fact.',
      )
    const { heard, beside } = await requireHeard(ledger, unit, id, 'withdrawal', request)
    return {
      entries: [draft(unit, 'forecast.withdrawn', at, { forecast: id, ...request, ...heard })],
      beside,
      claims: [`stream:${forecast.stream}`],
      until: question.due_at,
      answer: 0,
    }
  })
}

/** We logged it by mistake: it is struck through, unscored and counted. A second person does it. */
export function retractForecast(
  ledger: Ledger,
  unit: Unit,
  id: string,
  request: RetractionRequest,
): Promise<Answer> {
  requireRole(unit, 'resolver')
  return perform(ledger, unit, async () => {
    const { forecast, at } = await forecastToChange(ledger, id)
    if (forecast.by === unit.by.member && (await fourEyesHold(ledger.db)))
      throw new LedgerError('four_eyes', 'Somebody else than the one who logged a forecast must retract it.')
    return {
      entries: [draft(unit, 'retracted', at, { forecast: id, ...request })],
      claims: [`stream:${forecast.stream}`],
      answer: 0,
    }
  })
}
