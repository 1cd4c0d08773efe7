import type { Child } from 'hono/jsx'
import type { Question } from '../../core/question.ts'
import type { Evidence, Resolution } from '../../core/resolution.ts'
import { happenedText, NO_RESULT } from '../../core/verdict.ts'
import type { QuestionRow, ResolutionRow } from '../../store/lookups.ts'
import { WrittenBy } from '../ui/byline.tsx'
import { Layer } from '../ui/card.tsx'
import { DateWithZone, Day, Instant } from '../ui/date.tsx'
import { ExternalLink } from '../ui/link.tsx'
import { ProposedMark } from '../ui/mark.tsx'
import { IMPORTED_FILE, type NameOf } from '../ui/member-names.ts'
import { DRAWN_BLIND } from '../ui/resolution.tsx'

/** 4: what happened, by what evidence, and who decided. */
export function HappenedLayer({
  question,
  resolutions,
  nameOf,
  children,
}: {
  question: QuestionRow
  resolutions: readonly ResolutionRow[]
  nameOf: NameOf
  children?: Child
}) {
  const inForce = resolutions.find((row) => row.confirmed_at !== null && row.superseded_by === null)
  const waiting = resolutions.find((row) => row.confirmed_at === null && row.superseded_by === null)
  const shown = inForce ?? waiting
  return (
    <Layer
      number={4}
      title="What happened"
      by={shown === undefined ? undefined : <DecidedBy row={shown} nameOf={nameOf} />}
    >
      {shown === undefined ? <Undecided question={question} /> : <Decision row={shown} question={question} />}
      {inForce !== undefined && waiting !== undefined ? (
        <p class="notice">
          A correction is <ProposedMark {...waiting.record} />. It waits for a second person; until then what
          stands above counts.
        </p>
      ) : null}
      {children}
    </Layer>
  )
}

const Undecided = ({ question }: { question: QuestionRow }) => (
  <p>
    Nothing is decided. The deadline is <DateWithZone deadline={question.record.deadline} />
  </p>
)

function Decision({ row, question }: { row: ResolutionRow; question: QuestionRow }) {
  const { record } = row
  return (
    <>
      <p class="event">
        {row.confirmed_at === null ? 'Proposed, and not yet in force: ' : ''}
        <bdi>{resultText(question.record, record)}</bdi>
        {row.state === 'disputed' ? (
          <>
            {' '}
            <span class="label">disputed</span>
          </>
        ) : null}
      </p>
      <p class="prose">{record.rationale}</p>
      <p class="small soft">
        Known on <Day day={record.known_on} />, {record.time_zone.replaceAll('_', ' ')}.
        {question.known_on === null ? ' It counts from the moment somebody confirms it.' : ''}
      </p>
      {record.because_early === undefined ? null : (
        <p>Decided before the deadline, because: {record.because_early}</p>
      )}
      {record.drawn_blind === true ? <p class="small soft">{DRAWN_BLIND}</p> : null}
      <EvidenceList evidence={record.evidence} />
    </>
  )
}

/** What happened, as a line of its own. */
function resultText(question: Question, { outcome, annulled_because }: Resolution): string {
  const text =
    outcome === 'annulled' || outcome === 'ambiguous'
      ? `no result: ${NO_RESULT[outcome === 'ambiguous' ? outcome : (annulled_because ?? 'moot')]}`
      : happenedText(question, outcome)
  return text.charAt(0).toLocaleUpperCase('en') + text.slice(1)
}

const EvidenceList = ({ evidence }: { evidence: readonly Evidence[] }) => (
  <ol class="evidence">
    {evidence.map(({ url, archive_url, says, accessed }) => (
      <li>
        <span>{says}</span>{' '}
        <span class="soft small">
          <ExternalLink href={url} />
          {archive_url === undefined ? null : (
            <>
              {' '}
              · <ExternalLink href={archive_url}>archived copy</ExternalLink>
            </>
          )}{' '}
          · read on <Day day={accessed} />
        </span>
      </li>
    ))}
  </ol>
)

function DecidedBy({ row, nameOf }: { row: ResolutionRow; nameOf: NameOf }) {
  const { claimed } = row.record
  const same = row.confirmed_by === row.proposed_by
  return (
    <>
      {same && nameOf(row.proposed_by) === IMPORTED_FILE ? (
        <>
          Decided in <bdi>{IMPORTED_FILE}</bdi> on <Instant at={row.proposed_at} />, without a second person
        </>
      ) : (
        <WrittenBy verb="Proposed" name={nameOf(row.proposed_by)} at={row.proposed_at} />
      )}
      {same && nameOf(row.proposed_by) === IMPORTED_FILE ? null : row.confirmed_at === null ||
        row.confirmed_by === null ? (
        ', waiting for a second person'
      ) : same ? (
        <>
          , confirmed by the same person on <Instant at={row.confirmed_at} />
        </>
      ) : (
        <>
          , <WrittenBy verb="confirmed" name={nameOf(row.confirmed_by)} at={row.confirmed_at} />
        </>
      )}
      {claimed === undefined ? null : (
        <span class="aside">
          The file names{claimed.proposed_by === undefined ? '' : ` ${claimed.proposed_by} as proposing`}
          {claimed.confirmed_by === undefined ? '' : ` ${claimed.confirmed_by} as confirming`} (as claimed).
        </span>
      )}
      {row.disputed_at === null || row.disputed_by === null ? null : (
        <span class="aside">
          <WrittenBy verb="Disputed" name={nameOf(row.disputed_by)} at={row.disputed_at} />
          {row.disputed_because === null ? '' : `: ${row.disputed_because}`} It stays scored, marked as
          disputed, until it is corrected.
        </span>
      )}
    </>
  )
}
