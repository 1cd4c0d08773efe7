import { LedgerError } from '../../core/error.ts'
import { instantText } from '../../core/objection.ts'
import { LinkedReply } from '../../core/reply-link.ts'
import type { Typed } from '../../http/form.ts'
import * as paths from '../../http/paths.ts'
import { problems } from '../../http/problem.ts'
import { searchOf, words } from '../../http/search-params.ts'
import { answerReplyLink, findReplyLink, noReplyLink } from '../../ledger/forecast/reply-link.ts'
import { readForecastPage } from '../../store/documents/forecast.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import type { ReplyLink } from '../../store/reply-links.ts'
import { Byline } from '../ui/byline.tsx'
import { Card } from '../ui/card.tsx'
import { DateWithZone } from '../ui/date.tsx'
import { FormFields, FormProblems, type FormTable } from '../ui/field.tsx'
import { type Fields, fieldsOf, once, refusalOf } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { memberNames } from '../ui/member-names.ts'
import { html, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, draftOf, emptyDraft, parsed } from '../ui/problem.ts'
import { Quote } from '../ui/quote.tsx'
import { ReplyView } from '../ui/reply.tsx'
import { requestOf } from '../ui/typed.ts'
import { VerdictMark } from '../ui/verdict-mark.tsx'

const REPLY: FormTable = {
  '/text': {
    label: 'Your reply',
    rows: 8,
    maxlength: 2000,
    hint: 'At most 2,000 letters. If it is published, then word for word, beside the forecast, and it stays.',
  },
  '/correction': {
    label: 'Is anything recorded wrongly?',
    rows: 4,
    maxlength: 2000,
    hint: 'May be left empty. It is for the editors, and is not published.',
  },
}

export const linkedReplyFields: Fields = { own: { link: once(), ...fieldsOf(REPLY).own } }

const ReplyQuery = { link: words(200).optional() }

/** `/reply`: where a link leads that was made for the person concerned. Nobody else finds it, and nothing keeps it. */
export const replyLinkPage = (context: PageContext): Promise<Response> =>
  answered(context, searchOf(context.url, ReplyQuery).link ?? '')

/** What was sent through a link. Only this uses it up, so that a preview of the link does not. */
export async function takeLinkedReply(context: PageContext, form: Typed): Promise<Response> {
  const link = form.get('link')?.[0] ?? ''
  try {
    const refused = refusalOf(linkedReplyFields, form)
    if (refused !== null) throw refused
    const { host } = context
    await answerReplyLink(host.ledger, host.now(), link, parsed(LinkedReply, requestOf(form)))
    return seeOther(paths.reply({ link }))
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'not_found') throw error
    const { error: refused, ...draft } = draftOf(form, error)
    // Without a link there is no page on which the form could come back.
    return answered(context, link, draft, problems[refused.code].status).catch(() => {
      throw refused
    })
  }
}

async function answered(
  context: PageContext,
  link: string,
  returned?: Draft,
  status = 200,
): Promise<Response> {
  const { host, now } = context
  const found = await findReplyLink(host.ledger.db, link, host.now())
  if (found === null) throw noReplyLink()
  const read = await readForecastPage(host.ledger.db, found.forecast, now, false)
  if (read === null) throw noReplyLink()
  const nameOf = memberNames(read.members)
  const { item, replies } = read
  const page = await html(
    <Page title="Your reply" context={context}>
      <h1>Your reply to a forecast</h1>
      <p class="intro">
        This ledger keeps what people predicted in public, and what became of it. This page is for the person
        whose words stand below. <bdi>{nameOf(found.made_by)}</bdi> made the link to it; it can be used once,
        until {instantText(found.expires_at)}.
      </p>
      <Recorded item={item} />
      {replies.map((reply) => (
        <ReplyView reply={reply} analyst={item.analyst.name} nameOf={nameOf} />
      ))}
      {found.answered_at === null ? (
        <ReplyForm link={link} draft={returned ?? emptyDraft({})} />
      ) : (
        <Sent link={found} forecast={item.forecast.record.id} />
      )}
    </Page>,
    status,
  )
  page.headers.set('x-robots-tag', 'noindex')
  return page
}

const Recorded = ({ item }: { item: ForecastItem }) => {
  const { forecast, question, statement, source, analyst } = item
  return (
    <Card>
      <h2>What is recorded</h2>
      <p>
        <Quote statement={statement} source={source} />
      </p>
      <p>
        <Byline analyst={analyst} source={source} said_on={forecast.record.said_on} />
      </p>
      <p>
        We asked: <bdi>{question.record.title}</bdi>. Deadline{' '}
        <DateWithZone deadline={question.record.deadline} />
      </p>
      <p>
        <VerdictMark item={item} whole />
      </p>
      <p class="small">
        <a href={paths.forecast(forecast.record.id)}>All of it, with the criteria and the evidence</a>
      </p>
    </Card>
  )
}

const ReplyForm = ({ link, draft }: { link: string; draft: Draft }) => {
  const frame = { id: 'linked-reply', fields: REPLY, draft }
  return (
    <form method="post" action={paths.reply()}>
      <h2>What you say to it</h2>
      <p>
        Sending it publishes nothing. Members of this ledger read it, and one of them publishes it or says why
        not. It is then said that it came through a link given to you, because nobody here can see who used
        the link.
      </p>
      <FormProblems frame={frame} />
      <input type="hidden" name="link" value={link} />
      <FormFields frame={frame} />
      <button type="submit">Send it</button>
    </form>
  )
}

/** What became of what was sent: for whoever has the link. */
const Sent = ({ link, forecast }: { link: ReplyLink; forecast: string }) => (
  <Card>
    <h2>What was sent through this link</h2>
    <p>
      Sent on {instantText(String(link.answered_at))}.{' '}
      {link.decided_at === null ? (
        'It waits for a member to read it.'
      ) : link.refused_because === null ? (
        <>
          Published on {instantText(link.decided_at)},{' '}
          <a href={paths.forecast(forecast)}>beside the forecast</a>.
        </>
      ) : (
        <>
          It was not published, decided on {instantText(link.decided_at)}: <bdi>{link.refused_because}</bdi>
        </>
      )}
    </p>
    <p class="prose">
      <bdi dir="auto">{link.text}</bdi>
    </p>
    <p class="small soft">The link works once, so nothing more can be sent through it.</p>
  </Card>
)
