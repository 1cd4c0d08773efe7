import { ReplyRequest } from '../../core/forecast.ts'
import { AskedRequest } from '../../core/newsroom.ts'
import * as paths from '../../http/paths.ts'
import { publishReply } from '../../ledger/forecast/publish-reply.ts'
import { keepHeard, noteAsked } from '../../ledger/newsroom/newsroom.ts'
import { fieldsOf } from '../ui/fields.ts'
import { type FormRoute, seeOther } from '../ui/page.ts'
import { type Submission, submittedTo } from '../ui/submitted.ts'
import { forecastPage } from './forecast.tsx'
import { ASKED, REPLY } from './reply-form.tsx'

/** A form of a forecast; one that is refused comes back on its page. */
const forecastForm = (
  path: string,
  form: Parameters<typeof fieldsOf>[0],
  write: (submission: Submission) => Promise<unknown>,
): FormRoute => ({
  path: `/forecasts/:id/${path}`,
  role: 'recorder',
  fields: fieldsOf(form),
  act: (context) =>
    submittedTo(
      context,
      write,
      (draft) => forecastPage(context, draft),
      ({ id }) => seeOther(`${paths.forecast(id)}#reply`),
    ),
})

export const replyForms: readonly FormRoute[] = [
  forecastForm('replies', REPLY, ({ ledger, unit, id, request }) =>
    publishReply(ledger, unit, id, request(ReplyRequest)),
  ),
  forecastForm('heard', REPLY, ({ ledger, unit, id, request }) =>
    keepHeard(ledger, unit, id, { reply: request(ReplyRequest) }),
  ),
  forecastForm('asked', ASKED, ({ ledger, unit, id, request }) =>
    noteAsked(ledger, unit, id, request(AskedRequest)),
  ),
]
