import type { Estimates } from '../../scoring/analysts-document.ts'
import type { Reason } from '../../scoring/document.ts'
import { IntervalRows } from '../charts/interval-rows.tsx'
import { decimal } from '../charts/number.ts'
import { Withheld } from '../ui/card.tsx'
import { unbroken } from '../ui/number.ts'

type Props = { estimates: Estimates | null; reason: Reason | undefined }

const WHY: Partial<Record<Reason, string>> = {
  too_few_analysts:
    'No estimates of each against a reference: they need five analysts with 20 numbers from 10 independent interviews, decided and written down in time.',
  no_reference:
    'No estimates of each against a reference: fewer than five analysts have a base rate or another reference recorded in advance for every one of their questions. Without it easy questions flatter whoever was asked them.',
  no_detectable_differences:
    'No estimates of each against a reference: between those who have one for every question no difference can be detected.',
}

/** Estimates against the reference, closed: what only statisticians ask for. */
export const Estimated = ({ estimates, reason }: Props) => (
  <details class="statisticians">
    <summary>For statisticians</summary>
    {estimates === null ? (
      <Withheld>{reason === undefined ? '' : WHY[reason]}</Withheld>
    ) : (
      <Intervals estimates={estimates} />
    )}
  </details>
)

function Intervals({ estimates: { mu, tau, p, estimates } }: { estimates: Estimates }) {
  const reach = Math.max(0.05, ...estimates.flatMap(({ interval }) => interval.map(Math.abs)))
  const end = Math.ceil(reach * 20) / 20
  const range = ([low, high]: readonly [number, number]) => `${decimal(low, 3)} to ${decimal(high, 3)}`
  return (
    <>
      <p>
        {unbroken(
          `Mean Brier score minus that of the reference of the same questions, drawn together by how little is known of each: μ = ${decimal(mu, 3)}, τ = ${decimal(tau, 3)}, both integrated over. The differences are more than chance (p = ${decimal(p ?? 0, 4)}, the larger of Q and Welch). The lines are in the order of names; that two do not overlap does not tell those two apart.`,
        )}
      </p>
      <IntervalRows
        id="estimates"
        title="Estimated score against the reference"
        says={estimates
          .map(({ name, estimate, interval }) => `${name} ${decimal(estimate, 3)}, ${range(interval)}`)
          .join('; ')}
        domain={[-end, end]}
        ticks={[-end, 0, end].map((value) => ({
          value,
          label: value === 0 ? '0, as the reference' : decimal(value, 2),
        }))}
        mark={{ value: 0, label: 'as the reference' }}
        rows={estimates.map(({ name, n, clusters, estimate, interval }) => ({
          label: name,
          note: unbroken(`n = ${n}, G = ${clusters}`),
          dot: estimate,
          whisker: interval,
        }))}
        numbers={{
          head: ['Analyst', 'n', 'G', 'Mean difference', 'Estimate', '95 % interval'],
          rows: estimates.map(({ name, n, clusters, mean, estimate, interval }) => [
            name,
            n,
            clusters,
            decimal(mean, 3),
            decimal(estimate, 3),
            range(interval),
          ]),
        }}
        caption="Further left is better than the reference."
      />
    </>
  )
}
