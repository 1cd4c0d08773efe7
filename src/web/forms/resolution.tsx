import { type Question, typeOf } from '../../core/question.ts'
import { type ResolutionRequest, ResolutionRequest as Schema } from '../../core/resolution.ts'
import type { QuestionItem } from '../../store/nouns.ts'
import { DateWithZone } from '../components/date.tsx'
import type { Typed } from '../page.ts'
import { EVIDENCE_ROWS, EvidenceFields, evidenceLabels, evidenceNames } from './evidence.tsx'
import { Choice, Field, type FormFrame, FormProblems } from './field.tsx'
import { type Draft, parsed } from './problem.ts'
import { requestOf } from './request.ts'

const labels: Readonly<Record<string, string>> = {
  '/outcome': 'What happened',
  value: 'The answer',
  '/annulled_because': 'Why annulled',
  '/known_on': 'Known on',
  ...evidenceLabels,
  '/rationale': 'Why this decides it',
  '/because_early': 'Why already now',
  '/supersedes': 'What it corrects',
  '/also': 'The same for others of its family',
}
const names = [
  '/outcome',
  'value',
  '/annulled_because',
  '/known_on',
  ...evidenceNames(EVIDENCE_ROWS),
  '/rationale',
  '/because_early',
  '/supersedes',
  '/also',
]

const VALUE = 'value'

function outcomesOf(question: Question): [string, string][] {
  const last: [string, string][] = [
    ['annulled', 'Annulled'],
    ['ambiguous', 'Ambiguous'],
  ]
  switch (typeOf(question)) {
    case 'binary':
      return [['yes', 'Yes, it happened'], ['no', 'No, it did not'], ...last]
    case 'multiple_choice':
      return [...(question.options ?? []).map((option): [string, string] => [option, option]), ...last]
    case 'numeric':
      return [[VALUE, 'A number'], ...last]
    case 'date':
      return [[VALUE, 'On a day'], ['not_by_deadline', 'Not by the deadline'], ...last]
  }
}

type ResolutionFormProps = {
  question: Question
  draft: Draft
  /** Before the deadline some outcomes need a further reason. */
  early: boolean
  /** Undecided questions of the same family, for which the same can be proposed. */
  also: readonly QuestionItem[]
}

/** What happened, when it could be known, and how one can tell. */
export function ResolutionForm({ question, draft, early, also }: ResolutionFormProps) {
  const frame: FormFrame = { id: `resolve-${question.id}`, names, draft }
  const type = typeOf(question)
  const isAnswered = type === 'numeric' || type === 'date'
  const unit = question.range !== undefined && 'unit' in question.range ? question.range.unit : undefined
  const asksEarly = early || draft.problems.some(({ message }) => message.includes('because_early'))
  return (
    <form method="post" action={`/questions/${question.id}/resolutions`} class="resolution">
      <FormProblems frame={frame} labels={labels} />
      <input type="hidden" name="/supersedes" value={draft.typed.get('/supersedes')?.[0] ?? ''} />
      <Choice frame={frame} name="/outcome" label="What happened" options={outcomesOf(question)} />
      {isAnswered ? (
        <Field
          frame={frame}
          name={VALUE}
          label={type === 'date' ? 'The day' : `The number${unit === undefined ? '' : ` (${unit})`}`}
          type={type === 'date' ? 'date' : 'text'}
        />
      ) : null}
      <div class="if-annulled">
        <Choice
          frame={frame}
          name="/annulled_because"
          label="Why annulled"
          hint="Only for annulled. Neither annulled nor ambiguous is scored; both are counted."
          options={[
            ['condition_not_met', 'The condition never arose'],
            ['moot', 'It became moot'],
          ]}
        />
      </div>
      <Field
        frame={frame}
        name="/known_on"
        label="Known on"
        type="date"
        hint={`The first day on which one could know it, in ${question.deadline.time_zone.replaceAll('_', ' ')}.`}
      />
      <EvidenceFields frame={frame} />
      <Field
        frame={frame}
        name="/rationale"
        label="Why this decides it"
        rows={3}
        hint="Against the criteria, so that somebody who disagrees sees where."
        maxlength={5000}
      />
      {asksEarly ? (
        <Field
          frame={frame}
          name="/because_early"
          label="Why already now"
          rows={2}
          hint="The deadline has not passed. Needed unless the outcome is one that can be decided early."
          maxlength={2000}
        />
      ) : null}
      {also.length === 0 ? null : <AlsoFor frame={frame} questions={also} />}
      <p class="actions">
        <button type="submit">Propose this outcome</button>
        <span class="soft small">Nothing is scored until it is confirmed.</span>
      </p>
    </form>
  )
}

/** The other rungs of a ladder: what did not happen on a lower one did not happen on a higher one either. */
function AlsoFor({ frame, questions }: { frame: FormFrame; questions: readonly QuestionItem[] }) {
  const ticked = frame.draft.typed.get('also') ?? []
  const problems = frame.draft.problems.filter(({ pointer }) => pointer === '/also')
  return (
    <fieldset class="field" id={`${frame.id}-also`}>
      <legend>The same for others of its family</legend>
      <div class="choices">
        {questions.map(({ record }) => (
          <label>
            <input type="checkbox" name="also" value={record.id} checked={ticked.includes(record.id)} />{' '}
            <span>
              <bdi>{record.title}</bdi>{' '}
              <span class="small">
                <DateWithZone deadline={record.deadline} />
              </span>
            </span>
          </label>
        ))}
      </div>
      <p class="hint">
        Tick only what the same evidence decides: of a ladder, the higher rungs when a lower one resolved no.
        An entry each, all of them or none.
      </p>
      {problems.map(({ message }) => (
        <p class="problem">{message}</p>
      ))}
    </fieldset>
  )
}

/** The proposal that the form describes, checked as the API checks it. */
export function resolutionRequest(typed: Typed, question: Question): ResolutionRequest {
  const { outcome, annulled_because, ...rest } = requestOf(typed)
  const value = typed.get(VALUE)?.[0] ?? ''
  const number = Number(value)
  const answer =
    outcome !== VALUE || value === ''
      ? outcome === VALUE
        ? undefined
        : outcome
      : typeOf(question) === 'numeric' && Number.isFinite(number)
        ? number
        : value
  return parsed(Schema, {
    ...rest,
    evidence: rest.evidence ?? [],
    outcome: answer,
    ...(outcome === 'annulled' ? { annulled_because } : {}),
  })
}
