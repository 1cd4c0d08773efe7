import { ReplyRequest } from '../../core/forecast.ts'
import { AskedRequest } from '../../core/newsroom.ts'
import { noteAsked } from '../../ledger/newsroom.ts'
import { publishReply } from '../../ledger/publish-reply.ts'
import { draftOf, parsed } from '../forms/problem.ts'
import { requestOf } from '../forms/request.ts'
import { type FormContext, html, seeOther } from '../page.ts'
import { forecastPage } from './forecast.tsx'

/** Does what a form of a forecast asks; a refusal brings it back as it was typed. */
async function taken(context: FormContext, write: (forecast: string) => Promise<unknown>): Promise<Response> {
  const id = context.params.id ?? ''
  try {
    await write(id)
  } catch (error) {
    const { error: refused, ...draft } = draftOf(context.form, error)
    if (refused.code === 'not_found' || refused.code === 'forbidden') throw refused
    return html(forecastPage(context, draft), context.surroundings.problems[refused.code].status)
  }
  return seeOther(`/forecasts/${encodeURIComponent(id)}#reply`)
}

export const publish = (context: FormContext) =>
  taken(context, (id) =>
    publishReply(context.host.ledger, context.unit, id, parsed(ReplyRequest, requestOf(context.form))),
  )

export const keepAsked = (context: FormContext) =>
  taken(context, (id) =>
    noteAsked(context.host.ledger, context.unit, id, parsed(AskedRequest, requestOf(context.form))),
  )
