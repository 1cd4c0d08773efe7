import * as paths from '../../http/paths.ts'
import type { CoderAgreement } from '../../scoring/coder-agreement.ts'
import type { RoundRow } from '../../store/coding.ts'
import { type OutcomeAgreement, roundAgreement } from '../../store/documents/coding.ts'
import { AgreementTable, outcomeAgreementText } from './agreement.tsx'
import { standsText } from './list.tsx'
import { blindText } from './round.tsx'

/** On the page of a source: whether two coded it, and how far they agree. Nothing where nobody put it up. */
export function CodedByTwo({
  rounds,
  source,
  works,
  outcome,
}: {
  rounds: readonly RoundRow[]
  source: string
  works: boolean
  outcome: OutcomeAgreement
}) {
  const latest = rounds.find(({ state }) => state !== 'closed')
  const decided = outcome.units + outcome.waiting > 0
  if (latest === undefined && !works && !decided) return null
  const agreement: CoderAgreement | null = latest === undefined ? null : roundAgreement(latest)
  return (
    <section id="coding">
      <h2>{latest === undefined && decided ? 'Decided by two' : 'Coded by two'}</h2>
      {latest === undefined ? (
        <p>
          One reading only.{' '}
          {works ? <a href={paths.codings({ source })}>Put it up for coding by two</a> : null}
        </p>
      ) : (
        <p>
          {standsText(latest.state, latest.sent.length)}.{' '}
          <a href={paths.coding(latest.record.id)}>The round</a>
        </p>
      )}
      {latest === undefined || agreement === null ? null : (
        <>
          <p class="small soft">{blindText(latest)}</p>
          <AgreementTable agreement={agreement} outcome={outcome} />
        </>
      )}
      {agreement === null && decided ? (
        outcome.units === 0 ? (
          <p class="small soft">{outcomeAgreementText(outcome)}</p>
        ) : (
          <AgreementTable outcome={outcome} />
        )
      ) : null}
    </section>
  )
}
