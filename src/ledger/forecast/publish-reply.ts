import { earlierProblem, futureProblem, latestDate } from '../../core/calendar.ts'
import { LedgerError, notFound, refuseIf } from '../../core/error.ts'
import type { ReplyRequest } from '../../core/forecast.ts'
import { textKey } from '../../core/text.ts'
import { findForecast } from '../../store/lookups.ts'
import { ask } from '../../store/query.ts'
import { repliesTo } from '../../store/replies.ts'
import { draft, nextIn } from '../draft.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { requireHeard } from './heard.ts'

const isSame = (a: ReplyRequest, b: ReplyRequest): boolean =>
  textKey(a.text) === textKey(b.text) && a.replied_on === b.replied_on && a.url === b.url

/** Publishes what the person concerned replies to a forecast: at any time, and to a retracted one too. */
export function publishReply(ledger: Ledger, unit: Unit, id: string, request: ReplyRequest): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async () => {
    const forecast = await findForecast(ledger.db, id)
    if (forecast === null) throw notFound('forecast', id)
    refuseIf('/replied_on', futureProblem(request.replied_on, latestDate(unit.now)))
    refuseIf('/replied_on', earlierProblem(request.replied_on, forecast.record.said_on))
    const same = (await ask(ledger.db, repliesTo(id))).find(({ record }) => isSame(record, request))
    if (same !== undefined)
      throw new LedgerError(
        'duplicate',
        `This reply to ${id} is published already, by entry ${same.seq}.`,
        [{ pointer: '/text', message: 'is published already' }],
        { existing: { forecast: id, reply: String(same.seq) } },
      )
    const { heard, beside } = await requireHeard(ledger, unit, id, 'reply', request)
    const at = await nextIn(ledger.db, forecast.stream)
    return {
      entries: [draft(unit, 'reply.published', at, { forecast: id, ...request, ...heard })],
      beside,
      claims: [`stream:${forecast.stream}`],
      answer: 0,
    }
  })
}
