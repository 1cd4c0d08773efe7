import { untestableReasons, voices } from '../../core/statement.ts'
import { Choice, Field, type FormFrame, type Labels, Messages, Select } from '../ui/field.tsx'
import { typedIn } from '../ui/problem.ts'
import { REASONS } from './fields.tsx'
import { captureLabels } from './names.ts'
import { ProbabilityFields } from './probability.tsx'
import { type AroundMark, Do, OwnQuestion, type ShownMark } from './question.tsx'

const OWN_LABELS = {
  '/exact': 'The words, if fewer than marked',
  '/analyst/name': 'Said by',
  '/question/fine_print': 'Fine print',
  '/question/resolution_sources': 'Who decides it, one a line',
  '/question/tags': 'Topics',
}
export const markLabels: Labels = { ...captureLabels, ...OWN_LABELS }

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
      rows={2}
      maxlength={5000}
      hint="As they stand there; […] marks what is left out."
    />
    <Select frame={frame} name="/voice" options={voices.map((voice) => [voice, SAID[voice]])} />
    <div class="pair">
      <Field
        frame={frame}
        name="/analyst/name"
        maxlength={200}
        {...(speaker === '' ? {} : { placeholder: speaker })}
        hint="Empty: the analyst of the whole text."
      />
      <Field frame={frame} name="/timecode" placeholder="12:34" maxlength={20} />
      <Field frame={frame} name="/said_on" placeholder="2026-11-22" hint="If not when published." />
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
      options={untestableReasons.map((reason) => [reason, REASONS[reason]])}
    />
    <Field frame={frame} name="/because" hint="May be left empty." maxlength={2000} />
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
    options={[['', 'Choose the passage it repeats'], ...originals]}
  />
)
