import type { TrackRecord } from '../../scoring/track-record.ts'
import { brierText } from '../../scoring/verdict.ts'
import { decimal } from '../charts/number.ts'
import { unbroken } from '../ui/number.ts'
import { WITHHELD } from '../ui/record-words.ts'

type Line = { name: string; value: string; means: string }

/** Miscalibration and its null value, own probabilities, log score, AUC, first and last statement; and what is missing. */
function figuresOf(record: TrackRecord): { lines: Line[]; missing: string[] } {
  const { decomposition, own_probabilities: own, log_score, auc, headline, withheld } = record
  const lines: Line[] = []
  const missing: string[] = []
  const line = (part: string, label: string, shown: Line[] | null) => {
    if (shown !== null) lines.push(...shown)
    else missing.push(`${label}: ${WITHHELD[withheld[part] ?? 'nothing_scored']}`)
  }
  line(
    'headline',
    'First and last statement',
    headline && [
      {
        name: 'On last statements',
        value: brierText(headline.last_statements, headline.n),
        means: 'mean Brier of the last statement before the end; the rows below rest on it',
      },
      {
        name: 'On first statements',
        value: brierText(headline.first_statements, headline.n),
        means: 'mean Brier of what was said first',
      },
    ],
  )
  line(
    'decomposition',
    'Miscalibration, telling yes from no, uncertainty',
    decomposition && [
      {
        name: 'Miscalibration',
        value: decimal(decomposition.miscalibration, 3),
        means:
          decomposition.miscalibration_if_calibrated === null
            ? 'not simulated'
            : `${decimal(decomposition.miscalibration_if_calibrated.mean, 3)} would be usual for a calibrated forecaster with these probabilities; 95 % stay below ${decimal(decomposition.miscalibration_if_calibrated.q95, 3)}`,
      },
      {
        name: 'Discrimination',
        value: decimal(decomposition.discrimination, 3),
        means: 'telling yes from no; more is better',
      },
      {
        name: 'Uncertainty',
        value: decimal(decomposition.uncertainty, 3),
        means: 'how mixed the outcomes were; no merit or fault of the analyst',
      },
    ],
  )
  line(
    'own_probabilities',
    'If the probabilities were right',
    own && [
      {
        name: 'If the probabilities were right',
        value: `${decimal(own.expected_brier, 3)} ± ${decimal(own.sd, 3)}`,
        means: `the Brier score to expect; Spiegelhalter Z = ${decimal(own.z, 2)}, ${own.z > 1.96 ? 'worse than that: overconfident' : own.z < -1.96 ? 'better than that: underconfident' : 'within what chance allows'}`,
      },
    ],
  )
  line(
    'log_score',
    'Log score',
    log_score && [
      {
        name: 'Log score',
        value: decimal(log_score.mean, 3),
        means: `mean −ln p of what happened, clipped to .005–.995 (${log_score.clipped} clipped); always saying 50 % scores .693`,
      },
    ],
  )
  line(
    'auc',
    'AUC',
    auc === null
      ? null
      : [
          {
            name: 'AUC',
            value: decimal(auc, 3),
            means: 'how often an event that happened had the higher probability; .5 is none',
          },
        ],
  )
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
            <thead>
              <tr>
                <th scope="col">Figure</th>
                <th scope="col" class="num">
                  Value
                </th>
                <th scope="col">What it means</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ name, value, means }) => (
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
