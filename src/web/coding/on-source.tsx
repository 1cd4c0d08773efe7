import * as paths from '../../http/paths.ts'
import type { CoderAgreement } from '../../scoring/coder-agreement.ts'
import type { RoundRow } from '../../store/coding.ts'
import { roundAgreement } from '../../store/documents/coding.ts'
import { AgreementTable } from './agreement.tsx'
import { standsText } from './list.tsx'
import { blindText } from './round.tsx'

/** On the page of a source: whether two coded it, and how far they agree. Nothing where nobody put it up. */
export function CodedByTwo({
  rounds,
  source,
  works,
}: {
  rounds: readonly RoundRow[]
  source: string
  works: boolean
}) {
  const latest = rounds.find(({ state }) => state !== 'closed')
  if (latest === undefined && !works) return null
  const agreement: CoderAgreement | null = latest === undefined ? null : roundAgreement(latest)
  return (
    <section id="coding">
      <h2>Coded by two</h2>
      {latest === undefined ? (
        <p>
          One reading only. <a href={paths.codings({ source })}>Put it up for coding by two</a>
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
          <AgreementTable agreement={agreement} />
        </>
      )}
    </section>
  )
}
