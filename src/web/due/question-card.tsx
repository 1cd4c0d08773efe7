import type { Child } from 'hono/jsx'
import { rungsAbove, rungsBelow } from '../../core/ladder.ts'
import { may } from '../../core/member.ts'
import { answerText, reserveText } from '../../core/objection.ts'
import { type Question, typeOf } from '../../core/question.ts'
import { needsDecisionAt, stateOf } from '../../core/state.ts'
import * as paths from '../../http/paths.ts'
import { standing } from '../../store/due.ts'
import type { QuestionRow, ResolutionRow } from '../../store/lookups.ts'
import type { MemberRow } from '../../store/members.ts'
import type { Desk } from '../../store/newsroom.ts'
import type { QuestionItem } from '../../store/nouns.ts'
import { DateWithZone, Day } from '../ui/date.tsx'
import { Titled } from '../ui/link.tsx'
import { StateMark } from '../ui/mark.tsx'
import type { NameOf } from '../ui/member-names.ts'
import { Original } from '../ui/original.tsx'
import type { PageContext } from '../ui/page.ts'
import { type Draft, emptyDraft } from '../ui/problem.ts'
import { ResolutionView } from '../ui/resolution.tsx'
import { overdueOf } from '../ui/verdict-mark.tsx'
import { SealedNote } from './decided-twice.tsx'
import { ConditionForm, DecisionForms } from './decision.tsx'
import { DeskView } from './desk.tsx'
import { ResolutionForm } from './resolution.tsx'

/** Which form of a question came back with problems. */
export type Returned = { form: 'resolution' | 'condition' | 'dispute' | 'desk'; draft: Draft }

type CardProps = {
  context: PageContext
  question: QuestionRow
  resolutions: readonly ResolutionRow[]
  analysts: readonly { id: string; name: string }[]
  nameOf: NameOf
  members: readonly MemberRow[]
  four_eyes: boolean
  /** The whole family of the question, itself included. */
  siblings: readonly QuestionItem[]
  /** What members keep about it; null for who is none. */
  desk: Desk | null
  flagged?: string | null
  /** When members were last reminded of it, by a message that was delivered. */
  reminded?: string | undefined
  /** Until when a dispute about it is to be answered. */
  answerBy?: string | null
  /** What the fields of a proposal begin with. */
  proposal?: Readonly<Record<string, string | undefined>>
  returned?: Returned | undefined
  /** Forms stand open on the page of the one question, and folded in the inbox. */
  open?: boolean
}

/** Until when a dispute is to be answered, and since when it waits too long. */
export const AnswerBy = ({ by, now }: { by: string; now: Date }) => (
  <>
    {' '}
    · <b>{answerText(by, now)}</b>
  </>
)

/** A question that needs somebody: what it asks, where it stands, and the form that moves it on. */
export function QuestionCard(props: CardProps) {
  const { context, question, analysts, flagged = null, answerBy = null, open = false } = props
  const Heading = open ? 'h2' : 'h3'
  const { record } = question
  const lower = props.siblings.find((sibling) => sibling.record.id === record.implies)
  const state = stateOf(standing(question), context.now)
  const overdue = overdueOf({ question }, context.now)
  return (
    <article class={state === 'due' ? 'card due task' : 'card task'} id={`q-${record.id}`}>
      <p class="task-head">
        <StateMark
          {...question}
          state={state}
          overdue={overdue}
          reserve={reserveText(question, context.now)}
          whole
        />
        <span class="small">
          Deadline <DateWithZone deadline={record.deadline} />
          {answerBy === null ? null : <AnswerBy by={answerBy} now={context.now} />}
        </span>
      </p>
      <Heading>
        <Titled href={paths.question(record.id)} plain>
          {record.title}
        </Titled>
      </Heading>
      <p class="byline">
        {analysts.length === 0 ? 'No forecast on it yet' : 'Forecast by '}
        {analysts.map(({ id, name }, i) => (
          <>
            {i === 0 ? null : ', '}
            <a class="plain" href={paths.analyst(id)}>
              <Original>{name}</Original>
            </a>
          </>
        ))}
        {flagged === null ? null : (
          <>
            {' '}
            · flagged <Day day={flagged.slice(0, 10)} />
          </>
        )}
        {props.reminded === undefined ? null : (
          <>
            {' '}
            · reminded <Day day={props.reminded.slice(0, 10)} />
          </>
        )}
      </p>
      <p class="criteria">
        <bdi>{record.criteria}</bdi>
      </p>
      {record.condition === undefined ? null : (
        <p class="small">
          <b>Only if:</b> <bdi>{record.condition.text.replace(/\.$/u, '')}</bdi>, by{' '}
          <DateWithZone deadline={record.condition.deadline} />
          {question.condition_met === null ? ': not recorded as met.' : ': met.'}
        </p>
      )}
      {lower === undefined ? null : (
        <p class="small">
          <b>Cannot happen without:</b>{' '}
          <Titled href={paths.question(lower.record.id)}>{lower.record.title}</Titled>.
        </p>
      )}
      <Decide {...props} />
      {context.viewer === null || props.desk === null ? null : (
        <DeskView
          question={record.id}
          desk={props.desk}
          viewer={context.viewer}
          members={props.members}
          nameOf={props.nameOf}
          now={context.now}
          back="due"
          snoozes={question.outcome === null}
          draft={props.returned?.form === 'desk' ? props.returned.draft : undefined}
        />
      )}
    </article>
  )
}

const isUnmet = ({ record, condition_met }: QuestionRow) =>
  record.condition !== undefined && condition_met === null

function Decide(props: CardProps) {
  const { context, question, resolutions, nameOf, four_eyes, returned, open = false } = props
  const { record } = question
  const others = props.siblings.filter(
    (other) => other.record.id !== record.id && typeOf(other.record) === typeOf(record),
  )
  const records = props.siblings.map((sibling) => sibling.record)
  // What waits for its condition has no answer yet: only what has none can be proposed for it along with this one.
  const waits = new Set(props.siblings.filter(isUnmet).map((sibling) => sibling.record.id))
  const idsOf = (rungs: readonly Question[]) =>
    new Set(rungs.map(({ id }) => id).filter((id) => !waits.has(id)))
  const { viewer, now } = context
  const standingOne =
    resolutions.find((row) => row.superseded_by === null && row.confirmed_at === null) ??
    resolutions.find((row) => row.superseded_by === null)
  const shown = resolutions.filter((row) => row.superseded_by === null)
  const views = shown.map((row) => <ResolutionView row={row} nameOf={nameOf} />)
  if (viewer === null || !may(viewer.role, 'resolver')) return <>{views}</>
  const waiting =
    standingOne !== undefined && standingOne.confirmed_at === null && standingOne.disputed_at === null
  const condition = isUnmet(question)
  const conditionPassed =
    condition && question.condition_due_at !== null && needsDecisionAt(standing(question)) <= now
  // The form that comes back has no place here any more: why is still said.
  const isGone = (returned?.form === 'dispute' && !waiting) || (returned?.form === 'condition' && !condition)
  const today = now.toISOString().slice(0, 10)
  const draftFor = (form: Returned['form'], values: Record<string, string | undefined>): Draft =>
    returned?.form === form ? returned.draft : emptyDraft({ '/evidence/0/accessed': today, ...values })
  const fold = (form: Returned['form'], label: string, isFirst: boolean, child: Child) => (
    <details open={(open && isFirst) || returned?.form === form}>
      <summary class={form === 'dispute' ? undefined : 'button'}>{label}</summary>
      {child}
    </details>
  )
  return (
    <>
      {views}
      {standingOne === undefined && !open ? <SealedNote question={question} /> : null}
      {returned !== undefined && isGone ? (
        <div class="notice bad" role="alert">
          <p>{returned.draft.message}</p>
        </div>
      ) : null}
      {waiting ? (
        <DecisionForms
          question={record.id}
          resolution={standingOne}
          viewer={viewer}
          four_eyes={four_eyes}
          draft={returned?.form === 'dispute' ? returned.draft : undefined}
        />
      ) : null}
      {condition
        ? fold(
            'condition',
            'The condition was met',
            standingOne === undefined && !conditionPassed,
            <ConditionForm question={record.id} draft={draftFor('condition', {})} />,
          )
        : null}
      {standingOne === undefined
        ? others
            .filter(({ outcome, pending }) => outcome !== null || pending !== null)
            .map((other) => (
              <p class="small">
                In the same family:{' '}
                <Titled href={paths.question(other.record.id)}>{other.record.title}</Titled>{' '}
                <StateMark {...other} />.{' '}
                <a href={paths.resolve(record.id, { as: other.record.id })}>Begin with its outcome</a>
              </p>
            ))
        : null}
      {fold(
        'resolution',
        standingOne === undefined ? 'Resolve' : 'Propose a correction',
        standingOne === undefined || standingOne.disputed_at !== null,
        <ResolutionForm
          question={record}
          early={now < question.due_at && !conditionPassed}
          conditional={condition}
          also={others.filter(({ outcome, pending }) => outcome === null && pending === null)}
          corrects={question.outcome !== null}
          rungs={{ above: idsOf(rungsAbove(record, records)), below: idsOf(rungsBelow(record, records)) }}
          draft={draftFor('resolution', {
            ...props.proposal,
            '/supersedes': standingOne?.record.id,
            ...(conditionPassed ? { '/outcome': 'annulled', '/annulled_because': 'condition_not_met' } : {}),
          })}
        />,
      )}
    </>
  )
}
