import { expectedText, wereText } from '../../scoring/figure-text.ts'
import type { Sentences } from '../../scoring/sentences.ts'
import type { TrackRecord } from '../../scoring/track-record.ts'
import { NumbersTable } from '../charts/chart.tsx'
import { decimal } from '../charts/number.ts'
import { CROWD, Reliability } from '../charts/reliability.tsx'
import { unbroken } from '../ui/number.ts'
import { sentenceText, TEST } from '../ui/record-words.ts'
import { TableHead } from '../ui/table-head.tsx'

type Props = { record: TrackRecord; sentences: Sentences }

/** The closed section of what only statisticians ask for; what of it is not shown stands with all that is not. */
export function ForStatisticians({ record, sentences }: Props) {
  const { counts, headline, calibration, finding } = record
  const figures = figuresOf(record)
  const tests = finding.tests.filter(({ p }) => p !== null)
  if (figures.length === 0 && tests.length === 0) return null
  return (
    <details class="statisticians">
      <summary>For statisticians</summary>
      <p class="soft">
        {unbroken(
          `n = ${counts.numbers} stated probabilities${headline === null ? '' : `, G = ${headline.clusters} independent groups that tell as much as ${decimal(headline.effective_clusters, 1)} of one size; the largest holds ${Math.round(headline.largest_share * 100)} % of all`}.`,
        )}
      </p>
      {calibration === null ? null : <Calibrated calibration={calibration} caption={sentences.envelope} />}
      {figures.length === 0 ? null : <Figures figures={figures} />}
      {tests.length === 0 ? null : <Tests tests={tests} />}
    </details>
  )
}

type CalibratedProps = { calibration: NonNullable<TrackRecord['calibration']>; caption: string | undefined }

/** Said against happened, with the envelope of all dots together. */
const Calibrated = ({ calibration, caption }: CalibratedProps) => (
  <Reliability
    id="calibration"
    title="Said, against happened"
    calibration={calibration}
    caption={
      <>
        Dots: forecasts pooled where the data ask for it,{' '}
        {calibration.points.length > CROWD ? 'the larger the more' : 'their number at each'}.{' '}
        {caption === undefined ? '' : sentenceText(caption)}
      </>
    }
  />
)

type Figure = [name: string, value: string, means: string]

/** What is held of these, with what each means. */
function figuresOf(record: TrackRecord): Figure[] {
  const { decomposition, own_probabilities: own, log_score, auc, monitor, tilt } = record
  const figures: Figure[] = []
  if (own !== null)
    figures.push(
      [
        'If the probabilities were right',
        decimal(own.expected_brier, 3),
        'the Brier score to expect of them',
      ],
      [
        'Z',
        decimal(own.z, 2),
        `Spiegelhalter’s, with what one group holds taken to move together; ${decimal(own.z_independent, 2)} if every statement stood alone; beyond ±1.96 in at most 5 of 100 records whose probabilities are right`,
      ],
    )
  if (decomposition !== null) {
    const { miscalibration, miscalibration_if_calibrated: usual, discrimination, uncertainty } = decomposition
    figures.push(
      [
        'Miscalibration',
        decimal(miscalibration, 3),
        usual === null
          ? 'what to compare it with was not simulated'
          : `${decimal(usual.mean, 3)} would be usual if the probabilities were right; 95 % of such records stay below ${decimal(usual.q95, 3)}`,
      ],
      ['Discrimination', decimal(discrimination, 3), 'telling yes from no; more is better'],
      ['Uncertainty', decimal(uncertainty, 3), 'how mixed the outcomes were; no merit or fault of anybody'],
    )
  }
  if (log_score !== null)
    figures.push([
      'Log score',
      decimal(log_score.mean, 3),
      `mean −ln p of what happened, clipped to .005–.995 (${log_score.clipped} clipped); always saying 50 % scores .693`,
    ])
  if (auc !== null)
    figures.push(['AUC', decimal(auc, 3), 'how often what happened had the higher probability; .5 is none'])
  if (monitor !== null)
    figures.push([
      'Evidence against the probabilities',
      decimal(monitor.e, 2),
      `an e-value, ${decimal(monitor.max, 2)} at its highest; an alarm from 20; n = ${monitor.n}, G = ${monitor.clusters}`,
    ])
  if (tilt !== null)
    figures.push([
      'Events that happened',
      String(tilt.happened),
      `of n = ${tilt.n}, where ${wereText(expectedText(tilt.expected, tilt.n, tilt.happened))} to be expected; p ${pText(tilt.p_value)}`,
    ])
  return figures
}

const Figures = ({ figures }: { figures: readonly Figure[] }) => (
  <section class="scroll" tabindex={0} aria-label="Figures for statisticians">
    <table class="numbers stacked">
      <TableHead columns={['Figure', 'Value', 'What it means']} figures={['Value']} />
      <tbody>
        {figures.map(([name, value, means]) => (
          <tr>
            <th scope="row">{name}</th>
            <td class="num">{value}</td>
            <td class="means">{unbroken(means)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

const pText = (p: number | null) =>
  p === null ? '—' : p < 0.0001 ? '< .0001' : p > 0.9999 ? '1' : decimal(p, 4)

/** Everything that was tested for the sentence on top, with what remains after allowing for all of it. */
function Tests({ tests }: { tests: TrackRecord['finding']['tests'] }) {
  return (
    <>
      <p>
        A rule chose the sentence on top of this page from these tests, allowing for all of them (Holm, .05).
      </p>
      <NumbersTable
        title="What was tested"
        numbers={{
          head: ['Tested', 'n', 'p', 'p, allowing for all'],
          rows: tests.map(({ kind, label, n, p, p_holm }) => [TEST[kind](label), n, pText(p), pText(p_holm)]),
        }}
      />
    </>
  )
}
