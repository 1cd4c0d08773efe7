import type { BlindOutcome } from '../../core/resolution.ts'
import type { ResolutionRow } from '../../store/lookups.ts'
import { Day, Instant } from './date.tsx'
import { ExternalLink } from './link.tsx'
import { OutcomeMark, ProposedMark } from './mark.tsx'
import type { NameOf } from './member-names.ts'

/** Said by the page it was drawn on: what somebody knew otherwise, no page can. */
export const DRAWN_BLIND = 'Drawn blind: without being shown who forecast it, and with what probability.'

/** One proposal with its evidence: what, since when known, why, by whom. */
export const ResolutionView = ({ row, nameOf }: { row: ResolutionRow; nameOf: NameOf }) => {
  const { record } = row
  const name = (id: string) => <bdi>{nameOf(id)}</bdi>
  return (
    <div class="proposal">
      <p class="marks">
        {row.confirmed_at === null ? <ProposedMark {...record} /> : <OutcomeMark {...record} />}
        {row.state === 'superseded' ? <span class="label">superseded by {row.superseded_by}</span> : null}
        {row.state === 'disputed' ? <span class="label">disputed</span> : null}
        <span class="soft small">
          known on <Day day={record.known_on} />
        </span>
      </p>
      <Grounds record={record} />
      <p class="byline">
        Proposed by {name(row.proposed_by)} on <Instant at={row.proposed_at} />.
        {row.confirmed_at === null || row.confirmed_by === null ? null : (
          <>
            {' '}
            Confirmed by{' '}
            {row.confirmed_by === row.proposed_by ? <b>the same person</b> : name(row.confirmed_by)} on{' '}
            <Instant at={row.confirmed_at} />.
          </>
        )}
        {record.claimed === undefined ? null : (
          <>
            {' '}
            The file it came from names{' '}
            <bdi>
              {[record.claimed.proposed_by, record.claimed.confirmed_by].filter(Boolean).join(' and ')}
            </bdi>
            , as claimed.
          </>
        )}
      </p>
      {row.disputed_at === null ? null : (
        <p>
          Disputed by {row.disputed_by === null ? 'a member' : name(row.disputed_by)} on{' '}
          <Instant at={row.disputed_at} />: <bdi>{row.disputed_because}</bdi>
        </p>
      )}
    </div>
  )
}

/** Why an outcome is as it is said to be: reasons and evidence. */
export const Grounds = ({ record }: { record: BlindOutcome }) => (
  <>
    <p class="rationale">
      <bdi>{record.rationale}</bdi>
    </p>
    {record.because_early === undefined ? null : (
      <p class="soft">
        Decided before the deadline, because: <bdi>{record.because_early}</bdi>
      </p>
    )}
    {record.drawn_blind === true ? <p class="soft">{DRAWN_BLIND}</p> : null}
    <ul class="evidence">
      {record.evidence.map(({ url, archive_url, says, accessed }) => (
        <li>
          <ExternalLink href={url} />: <bdi>{says}</bdi>{' '}
          <span class="soft small">
            Read on <Day day={accessed} />.
            {archive_url === undefined ? null : (
              <>
                {' '}
                <ExternalLink href={archive_url} bare>
                  Archived copy
                </ExternalLink>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  </>
)
