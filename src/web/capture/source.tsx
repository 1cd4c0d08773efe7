import { Dated } from '../../core/calendar.ts'
import { sourceTypes } from '../../core/source.ts'
import { Choice, Field, type FormFrame, type Labels, Select } from '../ui/field.tsx'
import { typedIn } from '../ui/problem.ts'
import { AnalystField } from './fields.tsx'

export const sourceLabels: Labels = {
  source: 'Source',
  '/source/title': 'Title',
  '/source/publisher': 'Outlet',
  '/source/type': 'Kind of source',
  '/source/url': 'Address',
  '/source/published': 'Published',
  published_to: 'Published at the latest',
  published_because: 'How the date is known',
  '/source/language': 'Language',
  '/source/coverage': 'What is logged of it',
  '/source/selected_because': 'Why these were selected',
  '/analyst/name': 'Analyst',
  words: 'Its words, typed or pasted',
  '/text': 'The text',
  '/marks': 'Marks',
}

/** Of the whole text: who speaks, where and when it was published, and what is logged of it. */
export function CaptureSource({
  frame,
  sources,
  analysts,
  latest,
}: {
  frame: FormFrame
  sources: readonly (readonly [string, string])[]
  analysts: readonly string[]
  latest: string
}) {
  const field = (name: string) => typedIn(frame.draft, name)
  const isNew = field('source') === ''
  const hasProblems = frame.draft.problems.length > 0
  return (
    <section class="of-text" aria-label="The source">
      <div class="pair">
        <AnalystField frame={frame} names={analysts} />
        {isNew ? (
          <Field
            frame={frame}
            name="/source/published"
            placeholder={latest}
            hint="A day, a month or a year."
          />
        ) : null}
      </div>
      <div id="published-read" data-live>
        {isNew &&
        field('/source/published') !== '' &&
        !Dated.safeParse(field('/source/published')).success ? (
          <p class="problem">
            This date cannot be read: write 2024-04-03, 2024-04 or 2024. Deadlines are proposed once it can.
          </p>
        ) : null}
      </div>
      {isNew ? (
        <Choice
          frame={frame}
          name="/source/coverage"
          options={[
            ['complete', 'Every forecast in it'],
            ['selected', 'Some, chosen'],
          ]}
        />
      ) : null}
      <div class="if-selected">
        <Field frame={frame} name="/source/selected_because" maxlength={2000} />
      </div>
      <details open={hasProblems || (isNew && field('/source/title') === '')}>
        <summary>Title, outlet, address, date</summary>
        <Select
          frame={frame}
          name="source"
          options={[['', 'A new source'], ...sources]}
          hint="A text of a source that is recorded already is logged into it."
        />
        {isNew ? (
          <>
            <Field frame={frame} name="/source/title" maxlength={300} />
            <div class="pair">
              <Field frame={frame} name="/source/publisher" maxlength={200} />
              <Select frame={frame} name="/source/type" options={sourceTypes.map((type) => [type, type])} />
              <Field frame={frame} name="/source/url" placeholder="https://" maxlength={2048} />
              <Field frame={frame} name="/source/language" placeholder="en" maxlength={20} />
              <Field
                frame={frame}
                name="published_to"
                placeholder={latest}
                hint="Only where the day is uncertain."
              />
              <Field
                frame={frame}
                name="published_because"
                hint="Needed only for an uncertain one."
                maxlength={2000}
              />
            </div>
          </>
        ) : null}
      </details>
    </section>
  )
}
