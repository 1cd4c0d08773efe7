import type { SourceFunnel } from '../../scoring/funnel.ts'

/** From claims to evidence: "16 claims → 4 to check → 3 decided → 2 could have gone otherwise". */
export const Steps = ({ funnel: { claims, testable, decided, informative } }: { funnel: SourceFunnel }) => (
  <p class="steps">
    {(
      [
        [claims, claims === 1 ? 'claim' : 'claims'],
        [testable, 'to check'],
        [decided, 'decided'],
        [informative, 'could have gone otherwise'],
      ] as const
    ).map(([n, what], i) => (
      <>
        <span class="nowrap">
          {i === 0 ? null : <span class="arrow">→&nbsp;</span>}
          <b>{n}</b> {what}
        </span>{' '}
      </>
    ))}
  </p>
)
