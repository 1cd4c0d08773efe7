import { CorrectionClass } from '../../core/correction.ts'
import { type Question, typeOf } from '../../core/question.ts'
import { type ResolutionRequest, ResolutionRequest as Schema } from '../../core/resolution.ts'
import { QuestionId } from '../../core/slug.ts'
import type { Typed } from '../../http/form.ts'
import * as paths from '../../http/paths.ts'
import type { QuestionItem } from '../../store/nouns.ts'
import { CLASS_FIELD } from '../ui/class-field.ts'
import { DateWithZone } from '../ui/date.tsx'
import { Field, type FormFrame, FormProblems, type FormTable } from '../ui/field.tsx'
import { type Fields, many, onceEach } from '../ui/fields.ts'
import { type Draft, parsed } from '../ui/problem.ts'
import { dayTyped, numberOr, requestOf } from '../ui/typed.ts'
import { EVIDENCE, EvidenceFields } from './evidence.tsx'

const VALUE = 'value'

const FORM: FormTable = {
  '/outcome': { label: 'What happened', radio: true, options: [] },
  [VALUE]: { label: 'The answer' },
  '/annulled_because': {
    label: 'Why annulled',
    hint: 'Only for annulled. Neither annulled nor ambiguous is scored; both are counted.',
    radio: true,
    options: [
      ['condition_not_met', 'The condition never arose'],
      ['moot', 'It became moot'],
    ],
  },
  '/known_on': { label: 'Known on', type: 'date' },
  ...EVIDENCE,
  '/rationale': {
    label: 'Why this decides it',
    rows: 3,
    hint: 'Against the criteria, so that somebody who disagrees sees where.',
    maxlength: 5000,
  },
  '/because_early': {
    label: 'Why already now',
    rows: 2,
    hint: 'The deadline has not passed. Needed unless the outcome is one that can be decided early.',
    maxlength: 2000,
  },
  '/supersedes': { label: 'What it corrects' },
  '/class': CLASS_FIELD,
  '/drawn_blind': { label: 'Drawn blind' },
  '/also': { label: 'The same outcome for others' },
}

const WITHOUT_ANSWER: [string, string][] = [
  ['annulled', 'Annulled'],
  ['ambiguous', 'Ambiguous'],
]
const FIRST_THE_CONDITION =
  'An answer needs the condition on record: if it was met, record that first, above. If it was not, the question is annulled.'

const CONDITION_ELSEWHERE =
  'An answer needs the condition on record, where the question is decided openly. If it was not met, the question is annulled.'

function outcomesOf(question: Question): [string, string][] {
  const last = WITHOUT_ANSWER
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
  /** Its condition is not on record as met: until then it has no answer. */
  conditional: boolean
  /** Undecided questions of the same family, for which the same can be proposed. */
  also: readonly QuestionItem[]
  rungs: Rungs
  /** It takes the place of an outcome that is in force. */
  corrects: boolean
  /** On a page that shows neither who forecast it nor how. */
  blind?: boolean
  /** A second member can decide it, too: it can be sealed until one has. */
  seals?: boolean
}

/** The ids of the rungs above, which cannot happen without a question, and of those below, which it implies. */
type Rungs = { above: ReadonlySet<string>; below: ReadonlySet<string> }

/** What happened, when it could be known, and how one can tell. */
export function ResolutionForm(props: ResolutionFormProps) {
  const { question, draft, early, conditional, also, rungs, corrects, blind = false, seals = false } = props
  const type = typeOf(question)
  const isAnswered = type === 'numeric' || type === 'date'
  const unit = question.range !== undefined && 'unit' in question.range ? question.range.unit : undefined
  const answer = type === 'date' ? 'The day' : `The number${unit === undefined ? '' : ` (${unit})`}`
  const frame: FormFrame = {
    id: `resolve-${question.id}`,
    fields: { ...FORM, [VALUE]: { label: answer, ...(type === 'date' ? { type } : {}) } },
    draft,
  }
  const asksEarly = early || draft.problems.some(({ message }) => message.includes('because_early'))
  return (
    <form method="post" action={paths.resolutions(question.id)} class="resolution">
      <FormProblems frame={frame} />
      <input type="hidden" name="/supersedes" value={draft.typed.get('/supersedes')?.[0] ?? ''} />
      {blind ? <input type="hidden" name="/drawn_blind" value="yes" /> : null}
      <Field
        frame={frame}
        name="/outcome"
        options={conditional ? WITHOUT_ANSWER : outcomesOf(question)}
        hint={conditional ? (blind ? CONDITION_ELSEWHERE : FIRST_THE_CONDITION) : undefined}
      />
      {isAnswered && !conditional ? <Field frame={frame} name={VALUE} /> : null}
      <div class="if-annulled">
        <Field frame={frame} name="/annulled_because" />
      </div>
      <Field
        frame={frame}
        name="/known_on"
        hint={`The first day on which one could know it, in ${question.deadline.time_zone.replaceAll('_', ' ')}.`}
      />
      <EvidenceFields frame={frame} />
      {corrects ? <Field frame={frame} name="/class" /> : null}
      <Field frame={frame} name="/rationale" />
      {asksEarly ? <Field frame={frame} name="/because_early" /> : null}
      {also.length === 0 ? null : <AlsoFor frame={frame} questions={also} rungs={rungs} />}
      <p class="actions">
        <button type="submit">Propose this outcome</button>
        <span class="soft small">Nothing is scored until it is confirmed.</span>
      </p>
      {seals ? (
        <p class="actions">
          <button type="submit" class="quiet" formaction={paths.outcomes(question.id)}>
            Seal it until a second member has decided
          </button>
          <span class="soft small">Then both are shown, and count for how far two agree.</span>
        </p>
      ) : null}
    </form>
  )
}

type AlsoForProps = { frame: FormFrame; questions: readonly QuestionItem[]; rungs: Rungs }

/** Other questions that the same evidence may decide; of a ladder those that a plain outcome decides are ticked. */
function AlsoFor({ frame, questions, rungs }: AlsoForProps) {
  const { draft } = frame
  const problems = draft.problems.filter(({ pointer }) => pointer === '/also')
  const isReturned = draft.message !== null
  const groups = [
    {
      name: 'also_no',
      when: 'if-no',
      says: 'No for these too: they cannot happen without it',
      among: questions.filter(({ record }) => rungs.above.has(record.id)),
    },
    {
      name: 'also_yes',
      when: 'if-yes',
      says: 'Yes for these too: they happened if it did',
      among: questions.filter(({ record }) => rungs.below.has(record.id)),
    },
    {
      name: 'also',
      when: '',
      says: 'The same for others of its family',
      among: questions.filter(({ record: { id } }) => !rungs.above.has(id) && !rungs.below.has(id)),
    },
  ]
  return (
    <div id={`${frame.id}-also`}>
      {groups.map(({ name, when, says, among }) =>
        among.length === 0 ? null : (
          <fieldset class={`field ${when}`}>
            <legend>{says}</legend>
            <div class="choices">
              {among.map(({ record }) => (
                <label>
                  <input
                    type="checkbox"
                    name={name}
                    value={record.id}
                    checked={isReturned ? (draft.typed.get(name) ?? []).includes(record.id) : name !== 'also'}
                  />{' '}
                  <span>
                    <bdi>{record.title}</bdi>{' '}
                    <span class="small">
                      <DateWithZone deadline={record.deadline} />
                    </span>
                  </span>
                </label>
              ))}
            </div>
            <p class="hint">Tick only what the same evidence decides. An entry each, all of them or none.</p>
          </fieldset>
        ),
      )}
      {problems.map(({ message }) => (
        <p class="problem">{message}</p>
      ))}
    </div>
  )
}

export const resolutionFields: Fields = {
  own: {
    ...onceEach(Object.keys(FORM).filter((name) => name !== '/also')),
    ...Object.fromEntries(['also', 'also_yes', 'also_no'].map((name) => [name, many(QuestionId, 50)])),
  },
}

/** Those of the form by which one decides blind: it corrects nothing, and decides nothing along with it. */
export const blindFields: Fields = {
  own: onceEach(Object.keys(FORM).filter((name) => name !== '/also' && name !== '/class')),
}

/** The other questions that the form proposes its outcome for. */
export const alsoFor = (typed: Typed): string[] =>
  ['also', `also_${typed.get('/outcome')?.[0]}`].flatMap((name) => typed.get(name) ?? [])

/** Whoever corrects an outcome here says of which class that is: nothing is chosen for them. */
const Correcting = Schema.safeExtend({ class: CorrectionClass })

/** The proposal that the form describes, checked as the API checks it. */
export function resolutionRequest(typed: Typed, question: Question, corrects: boolean): ResolutionRequest {
  const { outcome, annulled_because, drawn_blind, ...rest } = requestOf(typed)
  const value = typed.get(VALUE)?.[0] ?? ''
  const typedAnswer = typeOf(question) === 'numeric' ? numberOr(value) : dayTyped(value)
  const answer = outcome !== VALUE ? outcome : value === '' ? undefined : typedAnswer
  return parsed(corrects ? Correcting : Schema, {
    ...rest,
    evidence: rest.evidence ?? [],
    outcome: answer,
    also: alsoFor(typed),
    ...(outcome === 'annulled' ? { annulled_because } : {}),
    ...(drawn_blind === 'yes' ? { drawn_blind: true } : {}),
  })
}
