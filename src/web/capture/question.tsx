import { Dated, spanOf } from '../../core/calendar.ts'
import type { Typed } from '../../http/form.ts'
import { type CheckWarning, checkQuestion } from '../../reading/checklist.ts'
import { Field, type FormFrame } from '../ui/field.tsx'
import { typedIn } from '../ui/problem.ts'
import { ImpliedQuestion, OtherAnswers, TiesOfQuestion } from './fields.tsx'

/** A mark as the page shows it: where it stands, and its fields as they were typed. */
export type ShownMark = {
  id: string
  start: number
  end: number
  kind: 'forecast' | 'duplicate' | 'untestable'
  words: string
  /** Whether a transcript gives these words to the interviewer. */
  asked: boolean
  part: Typed
}
/** A question that a forecast could answer instead of a new one: recorded, or asked by another mark (`#m1`). */
export type Similar = { id: string; title: string; deadline: string }

/** A button that saves everything and does one thing. */
export const Do = ({ does, quiet = true, children }: { does: string; quiet?: boolean; children: string }) => (
  <button type="submit" name="do" value={does} class={quiet ? 'quiet' : undefined}>
    {children}
  </button>
)

/** What else a card needs to know: recorded and other questions, and when the text was published. */
export type AroundMark = {
  similar: readonly Similar[]
  /** Questions that this one may imply, recorded or asked by another mark (`#m1`). */
  rungs: readonly (readonly [id: string, title: string])[]
  /** What it is held likelier than, although it cannot happen without it. */
  outOfOrder: readonly CheckWarning[]
  published: string | undefined
}
type OwnQuestionProps = { frame: FormFrame; mark: ShownMark; around: AroundMark; focus: boolean }

/** A question of a forecast's own, with those that are like it and what it still lacks. */
export function OwnQuestion({ frame, mark, around, focus }: OwnQuestionProps) {
  return (
    <>
      <Field
        frame={frame}
        name="/question/title"
        maxlength={300}
        autofocus={focus}
        hint="The “no” belongs into the probability."
      />
      <SimilarQuestions mark={mark} similar={around.similar} />
      <Field frame={frame} name="/question/criteria" rows={4} maxlength={10_000} />
      <div class="pair">
        <Field frame={frame} name="/question/deadline/date" placeholder="2027-11-22" />
        <Field frame={frame} name="/question/deadline/time_zone" maxlength={64} />
      </div>
      <Field
        frame={frame}
        name="/question/deadline/because"
        hint="Empty where the analyst named it."
        maxlength={2000}
      />
      <ImpliedQuestion frame={frame} rungs={around.rungs} />
      <Checklist frame={frame} mark={mark} around={around} />
      <details
        open={frame.draft.problems.some(({ pointer }) =>
          /^\/question\/(fine_print|resolution|tags|type|options|range|low|opens|condition|family)/u.test(
            pointer,
          ),
        )}
      >
        <summary>Fine print, sources, topics</summary>
        <Field frame={frame} name="/question/fine_print" rows={3} maxlength={10_000} />
        <Field frame={frame} name="/question/resolution_sources" rows={2} />
        <Field frame={frame} name="/question/tags" placeholder="south-caucasus, elections" />
        <TiesOfQuestion frame={frame} />
        <OtherAnswers frame={frame} />
      </details>
    </>
  )
}

const SimilarQuestions = ({ mark, similar }: { mark: ShownMark; similar: readonly Similar[] }) => (
  <div class="similar" id={`similar-${mark.id}`} data-live>
    {similar.length === 0 ? null : (
      <>
        <p class="small soft">Asked already? One question can hold several forecasts.</p>
        <ul>
          {similar.map(({ id, title, deadline }) => (
            <li>
              <bdi>{title}</bdi> <span class="small soft">until {deadline}</span>{' '}
              <Do does={`ask:${mark.id}:${id}`}>Use this one</Do>
            </li>
          ))}
        </ul>
      </>
    )}
  </div>
)

/** What a question still lacks; a help that blocks nothing. */
function Checklist({
  frame,
  mark,
  around: { published, outOfOrder },
}: {
  frame: FormFrame
  mark: ShownMark
  around: AroundMark
}) {
  const field = (name: string) => typedIn(frame.draft, name)
  const said = Dated.safeParse(field('/said_on'))
  const said_on = said.success
    ? spanOf(said.data)
    : published === undefined
      ? undefined
      : { from: published, to: published }
  const date = field('/question/deadline/date')
  const because = field('/question/deadline/because')
  const { items, warnings } = checkQuestion({
    title: field('/question/title'),
    criteria: field('/question/criteria'),
    fine_print: field('/question/fine_print'),
    resolution_sources: field('/question/resolution_sources').split('\n'),
    ...(date === '' ? {} : { deadline: { date, ...(because === '' ? {} : { because }) } }),
    ...(said_on === undefined ? {} : { said_on }),
  })
  const lacking = [...items.filter(({ state }) => state !== 'met'), ...warnings, ...outOfOrder]
  return (
    <div class="checks" id={`checks-${mark.id}`} data-live>
      {field('/question/title') === '' || lacking.length === 0 ? null : (
        <ul class="small">
          {lacking.map(({ says }) => (
            <li>{says}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
