import { Dated, dayText } from '../../core/calendar.ts'
import { writtenDate } from '../../reading/english/words/written-date.ts'
import type { FormFrame } from '../ui/field.tsx'
import { typedIn } from '../ui/problem.ts'
import { Part } from './fields.tsx'
import { AnalystField, type Speakers } from './speaker.tsx'

type SourceProps = {
  frame: FormFrame
  sources: readonly (readonly [string, string])[]
  analysts: readonly string[]
  speakers: Speakers
  latest: string
}

/** Of the whole text: who speaks, where and when it was published, and what is logged of it. */
export function CaptureSource({ frame, sources, analysts, speakers, latest }: SourceProps) {
  const published = typedIn(frame.draft, '/source/published')
  const isNew = typedIn(frame.draft, 'source') === ''
  const isOpen = frame.draft.problems.length > 0 || (isNew && typedIn(frame.draft, '/source/title') === '')
  return (
    <section class="of-text" aria-label="The source">
      <div class="pair">
        <AnalystField frame={frame} names={analysts} speakers={speakers} isLive />
        {isNew ? <Part frame={frame} name="/source/published" placeholder={dayText(latest)} /> : null}
      </div>
      <div id="published-read" data-live>
        {isNew && published !== '' && !Dated.safeParse(writtenDate(published) ?? published).success ? (
          <p class="problem">
            This date cannot be read: write 3 Apr 2024, Apr 2024 or 2024. Deadlines are proposed once it can.
          </p>
        ) : null}
      </div>
      {isNew ? <Part frame={frame} name="/source/coverage" /> : null}
      <div class="if-selected">
        <Part frame={frame} name="/source/selected_because" />
      </div>
      <details open={isOpen}>
        <summary>Title, outlet, address, date</summary>
        <Part
          frame={frame}
          name="source"
          options={[['', 'A new source'], ...sources]}
          hint="A text of a source that is recorded already is logged into it."
        />
        {isNew ? (
          <>
            <Part frame={frame} name="/source/title" />
            <div class="pair">
              <Part frame={frame} name="/source/publisher" />
              <Part frame={frame} name="/source/type" />
              <Part frame={frame} name="/source/url" />
              <Part frame={frame} name="/source/language" />
              <Part frame={frame} name="/source/transcript" />
              <Part frame={frame} name="published_to" placeholder={dayText(latest)} />
              <Part frame={frame} name="published_because" />
            </div>
          </>
        ) : null}
      </details>
    </section>
  )
}
