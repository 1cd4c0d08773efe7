import { untestableReasons, voices } from '../../core/statement.ts'
import { readWords, tooVague } from '../../reading/lexicon.ts'
import { ProbabilityBand } from '../components/band.tsx'
import { REASONS } from './capture-fields.tsx'
import { captureNames } from './capture-names.ts'
import { Do, OwnQuestion, type ShownMark, type Similar } from './capture-question.tsx'
import { Choice, Field, type FormFrame, fieldId, Select } from './field.tsx'
import { ProbabilityFields } from './probability.tsx'
import { fieldOf, typedIn } from './problem.ts'

export const markNames = [
  '/exact',
  ...captureNames,
  '/question/fine_print',
  '/question/resolution_sources',
  'accept_vague',
]

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
  similar,
  focus,
  published,
}: {
  frame: FormFrame
  mark: ShownMark
  similar: readonly Similar[]
  focus: boolean
  published: string | undefined
}) {
  const { draft } = frame
  const chosen = typedIn(draft, 'question')
  return (
    <>
      {chosen === '' ? (
        <OwnQuestion frame={frame} mark={mark} similar={similar} focus={focus} published={published} />
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
          <Problems frame={frame} name="question" />
        </div>
      )}
      <ProbabilityFields frame={frame} />
      <Reading frame={frame} />
    </>
  )
}

/** The band that the words stand for; where they are too vague to score, somebody has to say that they may stay. */
function Reading({ frame }: { frame: FormFrame }) {
  const { draft } = frame
  const manner = typedIn(draft, 'manner')
  const read = manner === 'worded' ? readWords(typedIn(draft, '/probability/words')) : null
  const ownBand = typedIn(draft, 'band_mid') !== ''
  const id = fieldId(frame.id, 'accept_vague')
  const asks = frame.draft.problems.some(({ pointer }) => pointer === '/accept_vague')
  return (
    <div class="read" id={`read-${frame.id}`} data-live>
      {read === null || ownBand ? null : (
        <ProbabilityBand
          probability={{
            words: read.matched,
            low: read.low,
            mid: read.mid,
            high: read.high,
            lexicon: read.lexicon,
          }}
        />
      )}
      {(read !== null && tooVague(read) && !ownBand) || asks ? (
        <p class="vague">
          <label for={id}>
            <input
              type="checkbox"
              id={id}
              name={`${frame.prefix}accept_vague`}
              value="yes"
              checked={draft.typed.has('accept_vague')}
            />{' '}
            These words are too vague to score: log them as such
          </label>
          <Problems frame={frame} name="accept_vague" />
        </p>
      ) : null}
    </div>
  )
}

/** What is wrong with something that is no field of its own. */
function Problems({ frame, name }: { frame: FormFrame; name: string }) {
  const found = frame.draft.problems.filter((problem) => fieldOf(problem, frame.names) === name)
  return found.length === 0 ? null : (
    <span class="problem" id={`${fieldId(frame.id, name)}-problem`}>
      {found.map(({ message }) => message).join('; ')}
    </span>
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
