import type { TrackRecord } from '../../scoring/track-record.ts'
import { brierText } from '../../scoring/verdict.ts'
import { decimal } from '../charts/number.ts'
import { unbroken } from '../ui/number.ts'
import { WITHHELD } from '../ui/record-words.ts'
import { TableHead } from '../ui/table-head.tsx'

type Line = [name: string, value: string, means: string]

/** Miscalibration and its null value, own probabilities, log score, AUC, first and last statement; and what is missing. */
function figuresOf(record: TrackRecord): { lines: Line[]; missing: string[] } {
  const { decomposition, own_probabilities: own, log_score, auc, headline, withheld } = record
  const lines: Line[] = []
  const missing: string[] = []
  const part = <T,>(name: string, label: string, held: T | null, shown: (held: T) => Line[]) => {
    if (held !== null) lines.push(...shown(held))
    else missing.push(`${label}: ${WITHHELD[withheld[name] ?? 'nothing_scored']}`)
  }
  part('headline', 'First and last statement', headline, ({ last_statements: last, first_statements, n }) => [
    [
      'On last statements',
      brierText(last, n),
      'mean Brier of the last statement before the end; the rows below rest on it',
    ],
    ['On first statements', brierText(first_statements, n), 'mean Brier of what was said first'],
  ])
  part(
    'decomposition',
    'Miscalibration, telling yes from no, uncertainty',
    decomposition,
    ({ miscalibration, miscalibration_if_calibrated: usual, discrimination, uncertainty }) => [
      [
        'Miscalibration',
        decimal(miscalibration, 3),
        usual === null
          ? 'not simulated'
          : `${decimal(usual.mean, 3)} would be usual for a calibrated forecaster with these probabilities; 95 % stay below ${decimal(usual.q95, 3)}`,
      ],
      ['Discrimination', decimal(discrimination, 3), 'telling yes from no; more is better'],
      [
        'Uncertainty',
        decimal(uncertainty, 3),
        'how mixed the outcomes were; no merit or fault of the analyst',
      ],
    ],
  )
  const RIGHT = 'If the probabilities were right'
  part('own_probabilities', RIGHT, own, ({ expected_brier, sd, z }) => [
    [
      RIGHT,
      `${decimal(expected_brier, 3)} ± ${decimal(sd, 3)}`,
      `the Brier score to expect; Spiegelhalter Z = ${decimal(z, 2)}, ${z > 1.96 ? 'worse than that: overconfident' : z < -1.96 ? 'better than that: underconfident' : 'within what chance allows'}`,
    ],
  ])
  part('log_score', 'Log score', log_score, ({ mean, clipped }) => [
    [
      'Log score',
      decimal(mean, 3),
      `mean −ln p of what happened, clipped to .005–.995 (${clipped} clipped); always saying 50 % scores .693`,
    ],
  ])
  part('auc', 'AUC', auc, (value) => [
    ['AUC', decimal(value, 3), 'how often an event that happened had the higher probability; .5 is none'],
  ])
  return { lines, missing }
}

/** The closed section of the figures that only statisticians ask for. */
export function ForStatisticians({ record }: { record: TrackRecord }) {
  const { counts, headline } = record
  const { lines, missing } = figuresOf(record)
  return (
    <details class="statisticians">
      <summary>For statisticians</summary>
      <p class="soft">
        {unbroken(
          `n = ${counts.stated} stated probabilities${headline === null ? '' : `, G = ${headline.clusters}`}.`,
        )}
      </p>
      {lines.length === 0 ? null : (
        <section class="scroll" tabindex={0} aria-label="Figures for statisticians">
          <table class="numbers stacked">
            <TableHead columns={['Figure', 'Value', 'What it means']} figures={['Value']} />
            <tbody>
              {lines.map(([name, value, means]) => (
                <tr>
                  <th scope="row">{name}</th>
                  <td class="num">{value}</td>
                  <td class="means">{unbroken(means)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {missing.length === 0 ? null : (
        <div class="withheld">
          <p>Not shown:</p>
          <ul>
            {missing.map((part) => (
              <li>{part}</li>
            ))}
          </ul>
        </div>
      )}
    </details>
  )
}
