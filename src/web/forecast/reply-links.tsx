import { answerBy, answerText, instantText } from '../../core/objection.ts'
import { REPLY_LINK_DAYS, ReplyRefusal } from '../../core/reply-link.ts'
import { capitalised } from '../../core/text.ts'
import * as paths from '../../http/paths.ts'
import { openReplyLink, publishLinkedReply, refuseLinkedReply } from '../../ledger/forecast/reply-link.ts'
import type { ReplyLink } from '../../store/reply-links.ts'
import { Field, type FormTable } from '../ui/field.tsx'
import { BUTTON, fieldsOf } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import type { NameOf } from '../ui/member-names.ts'
import { type FormRoute, html, seeOther } from '../ui/page.ts'
import { emptyDraft } from '../ui/problem.ts'
import { type Submission, submissionOf } from '../ui/submitted.ts'

const REFUSAL: FormTable = {
  '/because': {
    label: 'Why it is not published',
    rows: 3,
    maxlength: 2000,
    hint: 'Whoever has the link can read it.',
  },
}

type Props = {
  forecast: string
  links: readonly ReplyLink[]
  viewer: string
  fourEyes: boolean
  answerDays: number
  nameOf: NameOf
  now: Date
}

/** For members: the links that were made for the person concerned, and what came through them. */
export function ReplyLinks({ forecast, links, viewer, fourEyes, answerDays, nameOf, now }: Props) {
  const open = links.filter(
    ({ answered_at, expires_at }) => answered_at === null && expires_at > now.toISOString(),
  )
  const refused = links.filter(({ refused_because }) => refused_because !== null)
  return (
    <>
      {links
        .filter(({ answered_at, decided_at }) => answered_at !== null && decided_at === null)
        .map((link) => (
          <div class="notice">
            <p>
              This came through a link that <bdi>{nameOf(link.made_by)}</bdi> made for the person concerned,
              on {instantText(String(link.answered_at))}. Who used the link is not known.{' '}
              <b>{capitalised(answerText(answerBy(String(link.answered_at), answerDays), now))}.</b>
            </p>
            <p class="prose">
              <bdi dir="auto">{link.text}</bdi>
            </p>
            {link.correction === null ? null : (
              <p>
                For the editors, not published: <bdi dir="auto">{link.correction}</bdi>
              </p>
            )}
            {fourEyes && link.made_by === viewer ? (
              <p class="small">You made the link: another member decides it.</p>
            ) : (
              <Decide forecast={forecast} link={link.id} />
            )}
          </div>
        ))}
      {refused.map((link) => (
        <p class="small soft">
          What came through a link on {instantText(String(link.answered_at))} was not published, says{' '}
          <bdi>{nameOf(String(link.decided_by))}</bdi>: <bdi>{link.refused_because}</bdi>
        </p>
      ))}
      {open.map(({ made_by, made_at, expires_at }) => (
        <p class="small soft">
          <bdi>{nameOf(made_by)}</bdi> made a link for a reply on {instantText(made_at)}; it works until{' '}
          {instantText(expires_at)}.
        </p>
      ))}
      <form method="post" action={paths.replyLinks(forecast)}>
        <button type="submit" class="quiet">
          Make a link for the person concerned
        </button>{' '}
        <span class="small soft">Whoever has it can send one reply, within {REPLY_LINK_DAYS} days.</span>
      </form>
    </>
  )
}

const Decide = ({ forecast, link }: { forecast: string; link: string }) => (
  <>
    <form method="post" action={paths.replyPublication(forecast, link)}>
      <button type="submit">Publish it</button>
    </form>
    <details>
      <summary>Do not publish it</summary>
      <form method="post" action={paths.replyRefusal(forecast, link)}>
        <Field frame={{ id: `refusal-${link}`, fields: REFUSAL, draft: emptyDraft({}) }} name="/because" />
        <button type="submit" class="quiet">
          Keep it unpublished
        </button>
      </form>
    </details>
  </>
)

/** A form about what came through a link. It leads back to the forecast; what it refuses is a page of its own. */
const decision = (
  path: string,
  fields: FormRoute['fields'],
  decide: (submission: Submission) => Promise<unknown>,
): FormRoute => ({
  path: `/forecasts/:id/reply-links/:rid/${path}`,
  role: 'recorder',
  fields,
  act: async (context) => {
    if (context.refused !== null) throw context.refused
    const submission = submissionOf(context)
    await decide(submission)
    return seeOther(`${paths.forecast(submission.id)}#reply`)
  },
})

export const replyLinkForms: readonly FormRoute[] = [
  {
    path: '/forecasts/:id/reply-links',
    role: 'recorder',
    fields: BUTTON,
    act: async (context) => {
      if (context.refused !== null) throw context.refused
      const { ledger, unit, id } = submissionOf(context)
      const { link, expires_at } = await openReplyLink(ledger, unit, id)
      return html(
        <Page title="A link for a reply" context={context}>
          <h1>A link for the person concerned</h1>
          <p>
            It works once, until {instantText(expires_at)}, and is shown only here. Whoever has it can send a
            reply, so give it to nobody else. Nothing is published before a member has read it.
          </p>
          <p>
            <code class="secret">{`${context.origin}${paths.reply({ link })}`}</code>
          </p>
          <p>
            <a href={`${paths.forecast(id)}#reply`}>Back to the forecast</a>
          </p>
        </Page>,
      )
    },
  },
  decision('publication', BUTTON, ({ ledger, unit, id, rid }) => publishLinkedReply(ledger, unit, id, rid)),
  decision('refusal', fieldsOf(REFUSAL), ({ ledger, unit, id, rid, request }) =>
    refuseLinkedReply(ledger, unit, id, rid, request(ReplyRefusal)),
  ),
]
