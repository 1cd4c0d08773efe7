import type { Calibration } from '../../scoring/figures.ts'
import { bandOf } from '../../scoring/forecast-unit.ts'
import type { TrackRecord } from '../../scoring/track-record.ts'
import { brierText, rangeText } from '../../scoring/verdict.ts'
import { DotStrip, type StripDot } from '../charts/dot-strip.tsx'
import { decimal, share } from '../charts/number.ts'
import { RangeBar } from '../charts/range-bar.tsx'
import { Reliability } from '../charts/reliability.tsx'
import { ScoreOverTime } from '../charts/score-over-time.tsx'
import { Withheld } from '../components/card.tsx'
import { counted } from '../components/number.ts'
import { WITHHELD } from './record-words.ts'

const ALWAYS_HALF = { value: 0.25, label: 'always saying 50 %' }
const TICKS = [0, 0.1, 0.2, 0.3, 0.4, 0.5].map((value) => ({
  value,
  label: value === 0 ? '0' : decimal(value, 1),
}))
const WIDE = [0, 0.25, 0.5, 0.75, 1].map((value) => ({
  value,
  label: decimal(value, 2).replace(/\.00$/u, '') || '0',
}))

/** Scores rarely pass .5; where one does, the scale goes on to 1. */
const scaleFor = (highest: number) =>
  highest <= 0.5 ? { domain: [0, 0.5] as const, ticks: TICKS } : { domain: [0, 1] as const, ticks: WIDE }

const Meaning = () => (
  <p>
    The Brier score is the squared distance between the probability given and what happened: 0 is perfect, 1
    is worst, and always saying 50 % scores .25. It is averaged over the time each probability stood.
  </p>
)

/** The mean Brier with its range where numbers were stated; the range over readings where words were used. */
export function Score({ record, name }: { record: TrackRecord; name: string }) {
  const { headline, all, worded, counts, withheld, tier } = record
  return (
    <section>
      <h2>The score</h2>
      {headline === null ? (
        <Withheld>
          {counts.scored > 0 && counts.stated === 0
            ? `${name} gave no numbers, so there is no probability score.`
            : `No mean score is shown: ${WITHHELD[withheld.headline ?? 'nothing_scored']} (n = ${counts.stated}).`}
        </Withheld>
      ) : (
        <>
          <p class="big">
            {brierText(headline.brier, headline.n)} <small>{rangeText(headline.interval)}</small>
          </p>
          <Meaning />
          <RangeBar
            id="brier"
            title="Mean Brier of stated probabilities"
            says={`Mean Brier ${brierText(headline.brier, headline.n)}, range ${rangeText(headline.interval)}, n = ${headline.n}, G = ${headline.clusters}; always saying 50 % scores .25.`}
            range={{
              ...scaleFor(headline.interval[1]),
              range: headline.interval,
              value: headline.brier,
              mark: ALWAYS_HALF,
            }}
            numbers={{
              head: ['Figure', 'Value'],
              rows: [
                ['Mean Brier', brierText(headline.brier, headline.n)],
                ['95 % range', rangeText(headline.interval)],
                ['n, stated probabilities', headline.n],
                ['G, independent groups', headline.clusters],
              ],
            }}
            caption={`n = ${headline.n} stated probabilities, G = ${headline.clusters}. The range is as if one more statement of average confidence had gone the other way.`}
          />
          <p>
            {comparedWithHalf(headline.better_than_always_half)}
            {tier === 2 ? ' It is an early record.' : ''}
          </p>
          {headline.if_ambiguous === null ? null : (
            <p>
              {counted(headline.if_ambiguous.n, 'more question')} could not be decided. Resolved for the
              analyst they would make it {brierText(headline.if_ambiguous.for, headline.n)}, against{' '}
              {brierText(headline.if_ambiguous.against, headline.n)}.
            </p>
          )}
        </>
      )}
      {counts.worded === 0 && headline !== null ? null : all === null || counts.worded === 0 ? (
        counts.worded > 0 ? (
          <Withheld>
            No range of scores is shown for the words: {WITHHELD[withheld.all ?? 'too_few_scored']}.
          </Withheld>
        ) : null
      ) : (
        <>
          {headline === null ? <Meaning /> : null}
          <p>
            <b>{rangeText([all.best, all.worst])}</b> over {counted(all.n, 'forecast')}, depending on what the
            words meant: the low end if each phrase meant whatever suits the record best, the high end if
            whatever suits it least. One phrase means one thing throughout.
          </p>
          <RangeBar
            id="readings"
            title="Score range over the readings of the words"
            says={`Brier from ${rangeText([all.best, all.worst])} over ${all.n} forecasts; with sampling, ${rangeText(all.interval)}.`}
            range={{ ...scaleFor(all.worst), range: [all.best, all.worst], value: null, mark: ALWAYS_HALF }}
            numbers={{
              head: ['Figure', 'Value'],
              rows: [
                ['Best reading', brierText(all.best, all.n)],
                ['Middle reading', brierText(all.mid, all.n)],
                ['Worst reading', brierText(all.worst, all.n)],
                ['95 % range over both', rangeText(all.interval)],
                ['n', all.n],
                ...(worded === null
                  ? []
                  : [['Worded alone', `${rangeText([worded.best, worded.worst])}, n = ${worded.n}`]]),
              ],
            }}
          />
        </>
      )}
    </section>
  )
}

function comparedWithHalf(better: number): string {
  const by = share(Math.abs(better))
  return better >= 0
    ? `That is better than always saying 50 % by ${by}.`
    : `That is worse than always saying 50 % by ${by}.`
}

/** Every scored yes/no forecast, at the middle of what was said. */
export function EveryForecast({ record }: { record: TrackRecord }) {
  const dots = record.forecasts.flatMap((line): StripDot[] => {
    const band = bandOf(line.probability)
    if (!line.scored || band === null || (line.outcome !== 'yes' && line.outcome !== 'no')) return []
    const kind = typeof line.brier === 'number' ? 'stated' : 'worded'
    return [{ probability: band.mid, happened: line.outcome === 'yes', kind }]
  })
  if (dots.length === 0) return null
  return (
    <section>
      <h2>Every scored forecast</h2>
      <DotStrip
        id="strip"
        title="Every scored forecast, by the probability given"
        dots={dots}
        caption={
          dots.some((dot) => dot.kind === 'worded')
            ? 'Each dot is one question. Words stand at the middle of what readers understand by them.'
            : 'Each dot is one question, at the last probability given before it was decided.'
        }
      />
    </section>
  )
}

/** Said against happened, from 20 numbers on. */
export function WhenSaid({
  record: { calibration, withheld, counts },
  name,
}: {
  record: TrackRecord
  name: string
}) {
  return (
    <section>
      <h2>When {name} says 80 %, how often is it so?</h2>
      {calibration === null ? (
        <Withheld>
          This picture needs 20 stated probabilities; there are {counts.stated}:{' '}
          {WITHHELD[withheld.calibration ?? 'too_few_stated']}.
        </Withheld>
      ) : (
        <div class="beside">
          <Reliability
            id="reliability"
            title="Said, against happened"
            says={`${calibration.points.map((p) => `said ${share(p.probability)}, happened ${share(p.observed)}, n = ${p.n}`).join('; ')}.`}
            calibration={calibration}
            caption="Dots: forecasts pooled where the data ask for it, their number beside each, with 95 % intervals. Shaded: where the dots of a forecaster whose probabilities are right would lie in 9 of 10 cases."
          />
          <p>{deviationText(calibration)}</p>
        </div>
      )}
    </section>
  )
}

/** Which dots lie outside of what a calibrated forecaster would show. */
export function deviationText({ points, band }: Calibration): string {
  if (band === null) return 'The band of a calibrated forecaster was not simulated here.'
  const outside = points.flatMap((point) => {
    const nearest = band.probability.reduce(
      (best, p, i) =>
        Math.abs(p - point.probability) < Math.abs((band.probability[best] as number) - point.probability)
          ? i
          : best,
      0,
    )
    const said = `where ${share(point.probability)} was said, ${share(point.observed)} happened (n = ${point.n})`
    if (point.observed < (band.lower[nearest] as number)) return [`less often than said: ${said}`]
    return point.observed > (band.upper[nearest] as number) ? [`more often than said: ${said}`] : []
  })
  if (outside.length === 0)
    return 'Every dot lies where the dots of a forecaster with the right probabilities would: nothing can be told from chance.'
  return `Events happened ${outside.join('; ')}. The other dots cannot be told from chance.`
}

export function OverTime({ record: { over_time, withheld } }: { record: TrackRecord }) {
  if (over_time === null)
    return withheld.over_time === 'too_few_a_year' ? (
      <Withheld>The score over the years is not shown: {WITHHELD.too_few_a_year}.</Withheld>
    ) : null
  return (
    <section>
      <h2>Over the years</h2>
      <ScoreOverTime
        id="years"
        title="Mean Brier by year of the deadline"
        years={over_time}
        caption="Only years with at least 20 stated probabilities. Lower is better."
      />
    </section>
  )
}

type Line = { name: string; value: string; means: string }

/** The closed section: miscalibration and its null value, own probabilities, log score, AUC, first and last statement. */
export function ForStatisticians({ record }: { record: TrackRecord }) {
  const { decomposition, own_probabilities: own, log_score, auc, headline, withheld, counts } = record
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
  return (
    <details class="statisticians">
      <summary>For statisticians</summary>
      <p class="soft">
        n = {counts.stated} stated probabilities{headline === null ? '' : `, G = ${headline.clusters}`}.
      </p>
      {lines.length === 0 ? null : (
        <section class="scroll" tabindex={0} aria-label="Figures for statisticians">
          <table class="numbers">
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
                  <td class="means">{means}</td>
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
