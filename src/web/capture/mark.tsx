import { untestableReasons, voices } from '../../core/statement.ts'
import { Choice, Field, type FormFrame, Messages, Select } from '../ui/field.tsx'
import { typedIn } from '../ui/problem.ts'
import { REASONS } from './fields.tsx'
import { captureLabels, captureNames } from './names.ts'
import { ProbabilityFields } from './probability.tsx'
import { type AroundMark, Do, OwnQuestion, type ShownMark } from './question.tsx'

const OWN_LABELS = {
  '/exact': 'The words',
  '/question/fine_print': 'Fine print',
  '/question/resolution_sources': 'Who decides it',
  '/question/tags': 'Topics',
}
export const markLabels: Readonly<Record<string, string>> = { ...captureLabels, ...OWN_LABELS }
export const markNames = [...captureNames, ...Object.keys(OWN_LABELS)]

const SAID = { quote: 'The speaker’s own words', paraphrase: 'As reported', headline: 'A headline' }

/** Who said it, whose words, when: what differs from the rest of the text. */
export const SaidDetails = ({ frame, speaker }: { frame: FormFrame; speaker: string }) => (
  <details
    open={frame.draft.problems.some(({ pointer }) =>
      /^\/(exact|voice|analyst|timecode|said_on)/u.test(pointer),
    )}
  >
    <summary>Words, speaker, time code</summary>
    <Field
      frame={frame}
      name="/exact"
      label="The words, if fewer than marked"
      rows={2}
      maxlength={5000}
      hint="As they stand there; […] marks what is left out."
    />
    <Select
      frame={frame}
      name="/voice"
      label="Whose words"
      options={voices.map((voice) => [voice, SAID[voice]])}
    />
    <div class="pair">
      <Field
        frame={frame}
        name="/analyst/name"
        label="Said by"
        maxlength={200}
        {...(speaker === '' ? {} : { placeholder: speaker })}
        hint="Empty: the analyst of the whole text."
      />
      <Field frame={frame} name="/timecode" label="Time code" placeholder="12:34" maxlength={20} />
      <Field
        frame={frame}
        name="/said_on"
        label="Said on"
        placeholder="2026-11-22"
        hint="If not when published."
      />
    </div>
  </details>
)

/** The question, the deadline and the probability of a forecast, each proposed where the words propose it. */
export function ForecastFields({
  frame,
  mark,
  around,
  focus,
}: {
  frame: FormFrame
  mark: ShownMark
  around: AroundMark
  focus: boolean
}) {
  const { draft } = frame
  const chosen = typedIn(draft, 'question')
  return (
    <>
      {chosen === '' ? (
        <OwnQuestion frame={frame} mark={mark} around={around} focus={focus} />
      ) : (
        <div class="shared">
          <input type="hidden" name={`${frame.prefix}question`} value={chosen} />
          <p>
            Answers the question{' '}
            {chosen.startsWith('#') ? (
              <a href={`#${chosen.slice(1)}`}>of another passage here</a>
            ) : (
              <a href={`/questions/${chosen}`}>{chosen}</a>
            )}
            . <Do does={`own:${mark.id}`}>Ask a question of its own</Do>
          </p>
          <Messages frame={frame} name="question" />
        </div>
      )}
      <ProbabilityFields frame={frame} />
    </>
  )
}

export const UntestableFields = ({ frame }: { frame: FormFrame }) => (
  <>
    <Choice
      frame={frame}
      name="/reason"
      label="Why nothing can test it"
      options={untestableReasons.map((reason) => [reason, REASONS[reason]])}
    />
    <Field frame={frame} name="/because" label="In your words" hint="May be left empty." maxlength={2000} />
  </>
)

export const DuplicateFields = ({
  frame,
  originals,
}: {
  frame: FormFrame
  originals: readonly (readonly [string, string])[]
}) => (
  <Select
    frame={frame}
    name="/duplicate_of"
    label="Says again"
    options={[['', 'Choose the passage it repeats'], ...originals]}
  />
)
