import { answerBy, answerText } from '../../core/objection.ts'
import * as paths from '../../http/paths.ts'
import type { Asked, Heard } from '../../store/newsroom.ts'
import type { ReplyLink } from '../../store/reply-links.ts'
import { Day } from '../ui/date.tsx'
import { Field, type FormFrame, FormProblems, type FormTable } from '../ui/field.tsx'
import type { NameOf } from '../ui/member-names.ts'
import { Original } from '../ui/original.tsx'
import { type Draft, emptyDraft } from '../ui/problem.ts'
import { ReplyLinks } from './reply-links.tsx'

export const ASKED: FormTable = { '/asked_on': { label: 'Asked on', type: 'date' } }

export const REPLY: FormTable = {
  '/text': {
    label: 'The reply',
    rows: 5,
    maxlength: 5000,
    hint: 'Word for word. It is published beside the forecast, and stays.',
  },
  '/url': {
    label: 'Where it was published',
    type: 'url',
    placeholder: 'https://',
    maxlength: 2048,
  },
  '/replied_on': { label: 'Replied on', type: 'date' },
}

/** For members: whether the person concerned was asked, and the form that publishes what they reply. */
export function ReplyForms({
  forecast,
  analyst,
  asked,
  heard,
  links,
  answerDays,
  now,
  fourEyes,
  viewer,
  nameOf,
  today,
  draft,
}: {
  forecast: string
  analyst: string
  asked: Asked | null
  heard: Heard['reply']
  links: readonly ReplyLink[]
  /** In so many days what waits is to be answered. */
  answerDays: number
  now: Date
  /** Whether a reply that has no address takes two members. */
  fourEyes: boolean
  viewer: string
  nameOf: NameOf
  today: string
  draft?: Draft | undefined
}) {
  const frame: FormFrame = {
    id: 'reply',
    fields: { ...ASKED, ...REPLY },
    draft: draft ?? emptyDraft({ '/asked_on': today, '/replied_on': today }),
  }
  return (
    <section id="reply">
      <p class="small">
        {asked === null ? (
          <>
            Nobody has asked <Original>{analyst}</Original> for a reply yet.
          </>
        ) : (
          <>
            <bdi>{nameOf(asked.by)}</bdi> asked <Original>{analyst}</Original> for a reply on{' '}
            <Day day={asked.asked_on} />.
          </>
        )}{' '}
        <span class="soft">Only members see this line.</span>
      </p>
      {heard === null ? null : (
        <HeardReply
          forecast={forecast}
          heard={heard}
          viewer={viewer}
          nameOf={nameOf}
          due={answerText(answerBy(heard.at, answerDays), now)}
        />
      )}
      <ReplyLinks {...{ forecast, links, viewer, fourEyes, answerDays, nameOf, now }} />
      <FormProblems frame={frame} />
      <details open={draft !== undefined}>
        <summary>Ask for a reply, publish one</summary>
        <form method="post" action={paths.asked(forecast)}>
          <Field frame={frame} name="/asked_on" />
          <button type="submit" class="quiet">
            Keep that they were asked
          </button>
        </form>
        <form method="post" action={paths.replies(forecast)}>
          <Field frame={frame} name="/text" />
          <Field
            frame={frame}
            name="/url"
            hint={
              fourEyes
                ? 'Without an address it takes two: keep it here, and another member publishes it.'
                : 'May be left empty.'
            }
          />
          <Field frame={frame} name="/replied_on" />
          <p class="actions">
            <button type="submit">Publish the reply</button>
            {fourEyes ? (
              <button type="submit" class="quiet" formaction={paths.heard(forecast)}>
                Keep it for a second member
              </button>
            ) : null}
          </p>
        </form>
      </details>
    </section>
  )
}

/** A reply that one member heard: the same words in the name of another publish it. */
const HeardReply = ({
  forecast,
  heard,
  viewer,
  nameOf,
  due,
}: {
  forecast: string
  heard: NonNullable<Heard['reply']>
  viewer: string
  nameOf: NameOf
  due: string
}) => (
  <div class="notice">
    <p>
      <bdi>{nameOf(heard.by)}</bdi> heard this reply of <Day day={heard.replied_on} />. It waits for another
      member: <b>{due}</b>.
    </p>
    <p class="prose">
      <bdi dir="auto">{heard.text}</bdi>
    </p>
    {heard.by === viewer ? null : (
      <form method="post" action={paths.replies(forecast)}>
        <input type="hidden" name="/text" value={heard.text} />
        <input type="hidden" name="/replied_on" value={heard.replied_on} />
        {heard.url === undefined ? null : <input type="hidden" name="/url" value={heard.url} />}
        <button type="submit">I checked it: publish it</button>
      </form>
    )}
  </div>
)
