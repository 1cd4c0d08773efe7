import { sourceTypes } from '../../core/source.ts'
import { untestableReasons } from '../../core/statement.ts'
import { Choice, Field, type FormFrame, Select } from '../ui/field.tsx'
import { typedIn } from '../ui/problem.ts'
import type { Known } from './names.ts'
import { ProbabilityFields } from './probability.tsx'

export const SourceFields = ({ frame, known }: { frame: FormFrame; known: Known }) => (
  <fieldset class="part">
    <legend>Where it was said</legend>
    <Select frame={frame} name="source" options={[['', 'A new source'], ...known.sources]} />
    <div class="if-new-source">
      <Field frame={frame} name="/source/title" maxlength={300} />
      <div class="pair">
        <Field frame={frame} name="/source/publisher" maxlength={200} />
        <Select frame={frame} name="/source/type" options={sourceTypes.map((type) => [type, type])} />
      </div>
      <Field frame={frame} name="/source/url" type="url" placeholder="https://" maxlength={2048} />
      <div class="pair">
        <Field
          frame={frame}
          name="/source/published"
          placeholder="2026-11-22"
          hint="A day, a month or a year; the first possible day where it is uncertain."
        />
        <Field
          frame={frame}
          name="published_to"
          placeholder="2026-11-29"
          hint="Only where the day is uncertain."
        />
      </div>
      <details
        open={['/source/text', '/source/selected_because', '/source/language'].some(
          (name) => typedIn(frame.draft, name) !== '',
        )}
      >
        <summary>Text, language, what is logged of it</summary>
        <Field
          frame={frame}
          name="/source/text"
          rows={6}
          hint="Kept privately, to check quotes against; never published."
        />
        <Field frame={frame} name="/source/language" placeholder="en" maxlength={20} />
        <Choice
          frame={frame}
          name="/source/coverage"
          hint="What an editor picked and logs after the outcome is known stays out of averages."
          options={[
            ['complete', 'Every forecast in it'],
            ['selected', 'Some, chosen'],
            ['unstated', 'Not said'],
          ]}
        />
        <Field frame={frame} name="/source/selected_because" maxlength={2000} />
      </details>
    </div>
  </fieldset>
)

type Voice = readonly [string, string]
const VOICES: readonly Voice[] = [
  ['quote', 'The speaker’s own'],
  ['paraphrase', 'As reported'],
]

/** Who speaks, with the names that are known already. */
export const AnalystField = ({ frame, names }: { frame: FormFrame; names: readonly string[] }) => (
  <>
    <Field
      frame={frame}
      name="/analyst/name"
      list="known-analysts"
      hint="A name known already is recognised."
      maxlength={200}
    />
    <datalist id="known-analysts">
      {names.map((name) => (
        <option value={name} />
      ))}
    </datalist>
  </>
)

export const SaidFields = ({ frame, known, remark }: { frame: FormFrame; known: Known; remark: boolean }) => (
  <fieldset class="part">
    <legend>What was said</legend>
    <AnalystField frame={frame} names={known.analysts} />
    <Field
      frame={frame}
      name="/quote/exact"
      rows={3}
      hint="Word for word; […] marks an omission. Where the text is held they must stand in it exactly once."
      maxlength={5000}
    />
    <Choice frame={frame} name="/voice" options={remark ? [...VOICES, ['headline', 'A headline']] : VOICES} />
    <details
      open={['/quote/prefix', '/quote/suffix', '/timecode', '/said_on'].some(
        (name) => typedIn(frame.draft, name) !== '',
      )}
    >
      <summary>Words around it, time code, another day</summary>
      <div class="pair">
        <Field frame={frame} name="/quote/prefix" maxlength={500} />
        <Field frame={frame} name="/quote/suffix" maxlength={500} />
        <Field frame={frame} name="/timecode" placeholder="12:34" />
        {remark ? null : (
          <Field
            frame={frame}
            name="/said_on"
            placeholder="2026-11-22"
            hint="If not when it was published."
          />
        )}
      </div>
    </details>
  </fieldset>
)

/** A question that is not yes or no, and one that is hard to get wrong. */
export const OtherAnswers = ({ frame }: { frame: FormFrame }) => (
  <details
    open={['/question/options', '/question/range/low', '/question/low_information'].some(
      (name) => typedIn(frame.draft, name) !== '',
    )}
  >
    <summary>Not a yes/no question, or hard to get wrong</summary>
    <Select
      frame={frame}
      name="/question/type"
      options={[
        ['binary', 'Yes or no'],
        ['multiple_choice', 'One of several options'],
        ['numeric', 'A number'],
        ['date', 'A date'],
      ]}
    />
    <Field frame={frame} name="/question/options" rows={3} />
    <div class="pair">
      <Field frame={frame} name="/question/range/low" />
      <Field frame={frame} name="/question/range/high" />
      <Field frame={frame} name="/question/range/unit" maxlength={60} />
    </div>
    <Field
      frame={frame}
      name="/question/low_information"
      hint="Said so wherever it counts as come true."
      maxlength={1000}
    />
  </details>
)

type Rungs = readonly (readonly [id: string, title: string])[]

/** The next lower rung of a ladder, where there are questions that could be one. */
export const ImpliedQuestion = ({ frame, rungs }: { frame: FormFrame; rungs: Rungs }) =>
  rungs.length === 0 && typedIn(frame.draft, '/question/implies') === '' ? null : (
    <Select
      frame={frame}
      name="/question/implies"
      options={[['', 'No other question'], ...rungs]}
      hint="As no war begins without an escalation. It can then be no likelier."
    />
  )

/** What else decides whether a question counts: when, under which condition, and with which others. */
export const TiesOfQuestion = ({ frame }: { frame: FormFrame }) => {
  const names = ['opens', 'condition/text', 'condition/deadline/date', 'family']
  return (
    <details
      open={
        names.some((name) => typedIn(frame.draft, `/question/${name}`) !== '') ||
        frame.draft.problems.some(({ pointer }) => /^\/question\/(?:opens|condition|family)/u.test(pointer))
      }
    >
      <summary>A condition, a development, a first day</summary>
      <Field
        frame={frame}
        name="/question/condition/text"
        rows={2}
        hint="What has to happen first. If it never does, the question is annulled and in no score."
        maxlength={2000}
      />
      <div class="pair">
        <Field
          frame={frame}
          name="/question/condition/deadline/date"
          placeholder="2027-11-22"
          hint="The last day that counts."
        />
        <Field
          frame={frame}
          name="/question/condition/deadline/because"
          hint="Empty where the analyst named it."
          maxlength={2000}
        />
      </div>
      <div class="pair">
        <Field
          frame={frame}
          name="/question/family"
          placeholder="baku-escalation"
          hint="Its questions are not independent evidence."
          maxlength={80}
        />
        <Field
          frame={frame}
          name="/question/opens"
          placeholder="2026-11-22"
          hint="If not from when it was said."
        />
      </div>
    </details>
  )
}

export const QuestionFields = ({ frame, known }: { frame: FormFrame; known: Known }) => (
  <fieldset class="part">
    <legend>Our question</legend>
    <Select frame={frame} name="question" options={[['', 'A new question'], ...known.questions]} />
    <div class="if-new-question">
      <Field
        frame={frame}
        name="/question/title"
        placeholder="A new war begins"
        hint="The “no” belongs into the probability, so that two who disagree share one question."
        maxlength={300}
      />
      <Field
        frame={frame}
        name="/question/criteria"
        rows={4}
        hint="What must be reported, by whom, how much of it: so that two people would decide alike."
        maxlength={10_000}
      />
      <div class="pair">
        <Field
          frame={frame}
          name="/question/deadline/date"
          type="date"
          hint="The last day that counts. Empty: the house rule, publication and 12 months."
        />
        <Field frame={frame} name="/question/deadline/time_zone" placeholder="Asia/Yerevan" maxlength={64} />
      </div>
      <Field
        frame={frame}
        name="/question/deadline/because"
        hint="Leave it empty where the analyst named the date."
        maxlength={2000}
      />
      <Field
        frame={frame}
        name="/tags"
        placeholder="south-caucasus, elections"
        hint="Lower case, with commas between."
      />
      <ImpliedQuestion frame={frame} rungs={known.rungs} />
      <TiesOfQuestion frame={frame} />
      <OtherAnswers frame={frame} />
    </div>
    <ProbabilityFields frame={frame} />
  </fieldset>
)

export const REASONS: Record<(typeof untestableReasons)[number], string> = {
  present_state: 'It judges the present',
  motive: 'It is about a motive',
  rhetorical: 'It is a rhetorical question',
  normative: 'It says what ought to be',
  no_event: 'No event could show it',
}

export const RemarkFields = ({ frame, known }: { frame: FormFrame; known: Known }) => (
  <fieldset class="part">
    <legend>Why it is no forecast</legend>
    <Choice
      frame={frame}
      name="/kind"
      options={[
        ['untestable', 'It cannot be tested'],
        ['duplicate', 'It says again what is logged'],
      ]}
    />
    <div class="if-untestable">
      <Choice
        frame={frame}
        name="/reason"
        options={untestableReasons.map((reason) => [reason, REASONS[reason]])}
      />
    </div>
    <div class="if-duplicate">
      <Select
        frame={frame}
        name="/duplicate_of"
        hint="A forecast of the same source. In a later source it is a forecast again."
        options={[['', 'Choose'], ...known.statements]}
      />
    </div>
    <Field frame={frame} name="/because" rows={2} hint="May be left empty." maxlength={2000} />
  </fieldset>
)
