import { type Question, typeOf } from '../../core/question.ts'
import { type ResolutionRequest, ResolutionRequest as Schema } from '../../core/resolution.ts'
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
}

/** What happened, when it could be known, and how one can tell. */
export function ResolutionForm({ question, draft, early }: ResolutionFormProps) {
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
      <p class="actions">
        <button type="submit">Propose this outcome</button>
        <span class="soft small">Nothing is scored until it is confirmed.</span>
      </p>
    </form>
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
