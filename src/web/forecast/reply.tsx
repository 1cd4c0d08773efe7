import { ReplyRequest } from '../../core/forecast.ts'
import { AskedRequest } from '../../core/newsroom.ts'
import * as paths from '../../http/paths.ts'
import { publishReply } from '../../ledger/forecast/publish-reply.ts'
import { keepHeard, noteAsked } from '../../ledger/newsroom/newsroom.ts'
import { type Fields, onceEach } from '../ui/fields.ts'
import { type FormContext, seeOther } from '../ui/page.ts'
import { parsed } from '../ui/problem.ts'
import { submittedTo } from '../ui/submitted.ts'
import { requestOf } from '../ui/typed.ts'
import { forecastPage } from './forecast.tsx'

export const replyFields: Fields = { own: onceEach(['/text', '/url', '/replied_on']) }
export const askedFields: Fields = { own: onceEach(['/asked_on']) }

const onForecast = (context: FormContext, write: (forecast: string) => Promise<unknown>) =>
  submittedTo(
    context,
    write,
    (draft) => forecastPage(context, draft),
    (id) => seeOther(`${paths.forecast(id)}#reply`),
  )

export const publish = (context: FormContext) =>
  onForecast(context, (id) =>
    publishReply(context.host.ledger, context.unit, id, parsed(ReplyRequest, requestOf(context.form))),
  )

export const keepAsked = (context: FormContext) =>
  onForecast(context, (id) =>
    noteAsked(context.host.ledger, context.unit, id, parsed(AskedRequest, requestOf(context.form))),
  )

export const keepReply = (context: FormContext) =>
  onForecast(context, (id) =>
    keepHeard(context.host.ledger, context.unit, id, {
      reply: parsed(ReplyRequest, requestOf(context.form)),
    }),
  )
