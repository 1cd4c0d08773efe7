import type { Child } from 'hono/jsx'
import { changedFields } from '../../core/corrected.ts'
import type { Event } from '../../core/entry.ts'
import type { Question } from '../../core/question.ts'
import { NOTHING } from '../../core/resolution.ts'
import * as paths from '../../http/paths.ts'
import { Day, Instant } from '../ui/date.tsx'
import { ANNULLED_WORDS, outcomeText } from '../ui/mark.tsx'
import type { NameOf } from '../ui/member-names.ts'
import { percent } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import { KIND_WORDS } from '../ui/reference-form.tsx'
import { Stamped } from '../ui/stamped.tsx'
import { Difference } from './difference.tsx'

type Subject = { nameOf: NameOf; analystOf: (forecast: string) => string }

/** Everything that was written about a question, oldest first: what, by whom, when. */
export function History({ events, nameOf, analystOf }: Subject & { events: readonly Event[] }) {
  let record: Question | null = null
  return (
    <ol class="history">
      {events.map((event) => {
        const before = record
        if (event.type === 'question.recorded') record = event.payload
        if (event.type === 'question.amended') record = event.payload.record
        return (
          <li id={`entry-${event.seq}`}>
            <p class="tight">{sentenceOf(event, analystOf)}</p>
            {event.type === 'question.amended' && before !== null ? (
              <Amendment before={before} after={event.payload.record} />
            ) : null}
            <p class="small soft tight">
              <bdi>{nameOf(event.by)}</bdi>, <Instant at={event.at} />, entry {event.seq}
              <Stamped at={event.stamped_at} />
            </p>
          </li>
        )
      })}
    </ol>
  )
}

function sentenceOf(event: Event, analystOf: Subject['analystOf']): Child {
  switch (event.type) {
    case 'question.recorded':
      return 'The question was written.'
    case 'question.amended':
      return <>The question was amended, because: {event.payload.because}</>
    case 'condition.met':
      return (
        <>
          The condition was met on <Day day={event.payload.met_on} />.
        </>
      )
    case 'reference.recorded': {
      const { id, kind, probability } = event.payload
      return (
        <>
          To compare with, it was recorded as <a href={`#${id}`}>{id}</a>: {KIND_WORDS[kind].toLowerCase()},{' '}
          {percent(probability)}.
        </>
      )
    }
    case 'reference.chosen':
      return (
        <>
          <a href={`#${event.payload.id}`}>{event.payload.id}</a> was declared the reference that counts.
        </>
      )
    case 'reference.withdrawn':
      return (
        <>
          The reference <a href={`#${event.payload.id}`}>{event.payload.id}</a> was withdrawn:{' '}
          {event.payload.because}
        </>
      )
    case 'forecast.recorded':
      return (
        <>
          The forecast by{' '}
          <a href={paths.forecast(event.payload.id)}>
            <Original>{analystOf(event.payload.id)}</Original>
          </a>{' '}
          was logged.
        </>
      )
    case 'forecast.withdrawn':
      return (
        <>
          <Original>{analystOf(event.payload.forecast)}</Original> withdrew the forecast on{' '}
          <Day day={event.payload.withdrawn_on} />: {event.payload.because}
        </>
      )
    case 'retracted':
      return (
        <>
          The forecast by <Original>{analystOf(event.payload.forecast)}</Original> was retracted as logged by
          mistake: {event.payload.because}
        </>
      )
    case 'resolution.proposed': {
      const { id, outcome, annulled_because, supersedes } = event.payload
      const because = annulled_because === undefined ? '' : `, ${ANNULLED_WORDS[annulled_because]},`
      return `The outcome ${outcomeText(outcome)}${because} was proposed (${id}${supersedes === undefined ? '' : `, to correct ${supersedes}`}).`
    }
    case 'outcome.sealed':
      return 'A member decided it on their own, sealed until a second one had.'
    case 'outcome.revealed':
      return `One of the two outcomes that were sealed was shown: ${outcomeText(event.payload.outcome.outcome)}.`
    case 'resolution.confirmed':
      return `Resolution ${event.payload.id} was confirmed: from here on it counts.`
    case 'resolution.disputed':
      return (
        <>
          Resolution {event.payload.id} was disputed: {event.payload.because}
        </>
      )
    case 'resolution.superseded':
      return event.payload.superseded_by === NOTHING
        ? `Resolution ${event.payload.id} was taken back within a minute: the question needed a decision again.`
        : `Resolution ${event.payload.id} gave way to ${event.payload.superseded_by}.`
    case 'reply.published':
      return (
        <>
          A reply by <a href={paths.forecast(event.payload.forecast)}>{analystOf(event.payload.forecast)}</a>{' '}
          was published.
        </>
      )
    case 'redacted':
      return (
        <>
          Something was taken out of entry {event.payload.entry}: {event.payload.because}
        </>
      )
    case 'questions.flagged':
      return 'It was flagged as due.'
    default:
      return event.type
  }
}

const Amendment = ({ before, after }: { before: Question; after: Question }) => (
  <dl class="changes">
    {changedFields(before, after).map(({ field, from, to }) => (
      <div>
        <dt>{field}</dt>
        <dd>
          {from === null ? (
            <ins>{to}</ins>
          ) : to === null ? (
            <del>{from}</del>
          ) : (
            <Difference from={from} to={to} />
          )}
        </dd>
      </div>
    ))}
  </dl>
)
