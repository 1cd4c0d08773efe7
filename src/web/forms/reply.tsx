import type { Asked } from '../../store/newsroom.ts'
import { Day } from '../components/date.tsx'
import type { NameOf } from '../pages/names.ts'
import { Field, type FormFrame, FormProblems } from './field.tsx'
import { type Draft, emptyDraft } from './problem.ts'

const labels: Readonly<Record<string, string>> = {
  '/asked_on': 'Asked on',
  '/text': 'The reply',
  '/url': 'Where it was published',
  '/replied_on': 'Replied on',
}

/** For members: whether the person concerned was asked, and the form that publishes what they reply. */
export function ReplyForms({
  forecast,
  analyst,
  asked,
  nameOf,
  today,
  draft,
}: {
  forecast: string
  analyst: string
  asked: Asked | null
  nameOf: NameOf
  today: string
  draft?: Draft | undefined
}) {
  const frame: FormFrame = {
    id: 'reply',
    names: Object.keys(labels),
    draft: draft ?? emptyDraft({ '/asked_on': today, '/replied_on': today }),
  }
  return (
    <section id="reply">
      <p class="small">
        {asked === null ? (
          <>
            Nobody has asked <bdi>{analyst}</bdi> for a reply yet.
          </>
        ) : (
          <>
            <bdi>{nameOf(asked.by)}</bdi> asked <bdi>{analyst}</bdi> for a reply on{' '}
            <Day day={asked.asked_on} />.
          </>
        )}{' '}
        <span class="soft">Only members see this line.</span>
      </p>
      <FormProblems frame={frame} labels={labels} />
      <details open={draft !== undefined}>
        <summary>Ask for a reply, publish one</summary>
        <form method="post" action={`/forecasts/${forecast}/asked`}>
          <Field frame={frame} name="/asked_on" label="Asked on" type="date" />
          <button type="submit" class="quiet">
            Keep that they were asked
          </button>
        </form>
        <form method="post" action={`/forecasts/${forecast}/replies`}>
          <Field
            frame={frame}
            name="/text"
            label="The reply"
            rows={5}
            maxlength={5000}
            hint="Word for word. It is published beside the forecast, and stays."
          />
          <Field
            frame={frame}
            name="/url"
            label="Where it was published"
            type="url"
            placeholder="https://"
            hint="May be left empty."
            maxlength={2048}
          />
          <Field frame={frame} name="/replied_on" label="Replied on" type="date" />
          <button type="submit">Publish the reply</button>
        </form>
      </details>
    </section>
  )
}
