import type { Calibration, Headline } from '../../scoring/document.ts'
import { bandOf } from '../../scoring/forecast-unit.ts'
import type { TrackRecord } from '../../scoring/track-record.ts'
import { brierText, rangeText } from '../../scoring/verdict.ts'
import { DotStrip, MOST_DOTS, type StripDot } from '../charts/dot-strip.tsx'
import { decimal, share } from '../charts/number.ts'
import { RangeBar } from '../charts/range-bar.tsx'
import { CROWD, Reliability } from '../charts/reliability.tsx'
import { ScoreOverTime } from '../charts/score-over-time.tsx'
import { Withheld } from '../ui/card.tsx'
import { counted, percent } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import { WITHHELD } from '../ui/record-words.ts'
import { Disputed } from './claims.tsx'

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
    is worst, and always saying {percent(0.5)} scores .25. It is averaged over the time each probability
    stood.
  </p>
)

/** The mean Brier with its range where numbers were stated; the range over readings where words were used. */
export function Score({ record, name }: { record: TrackRecord; name: string }) {
  const { headline, counts, withheld } = record
  return (
    <section>
      <h2>The score</h2>
      {headline === null ? (
        <Withheld>
          {counts.scored > 0 && counts.stated === 0
            ? `${name} gave no numbers, so there is no probability score.${record.all === null ? '' : ' The words allow only a range, by what they may have meant.'}`
            : `No mean score is shown: ${WITHHELD[withheld.headline ?? 'nothing_scored']} (n = ${counts.stated}).`}
        </Withheld>
      ) : (
        <Mean headline={headline} record={record} />
      )}
      {counts.worded === 0 ? null : <OverReadings record={record} />}
    </section>
  )
}

const Mean = ({ headline, record: { tier, counts } }: { headline: Headline; record: TrackRecord }) => (
  <div class="halves">
    <div>
      <p class="big">
        {brierText(headline.brier, headline.n)} <small>{rangeText(headline.interval)}</small>{' '}
        <Disputed n={counts.disputed} />
      </p>
      <Meaning />
      <p>
        {comparedWithHalf(headline.better_than_always_half)}
        {tier === 2 ? ' It is an early record.' : ''}
      </p>
      {headline.if_ambiguous === null ? null : (
        <p>
          {counted(headline.if_ambiguous.n, 'more question')} could not be decided. Resolved for the analyst
          they would make it {brierText(headline.if_ambiguous.for, headline.n)}, against{' '}
          {brierText(headline.if_ambiguous.against, headline.n)}.
        </p>
      )}
    </div>
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
      caption={`n = ${headline.n} stated probabilities, G = ${headline.clusters} independent groups. Pale bar: the 95 % range, as if one more statement of average confidence had gone the other way.`}
    />
  </div>
)

/** What the words would score, from the reading that suits the record best to the one that suits it least. */
function OverReadings({ record: { all, worded, headline, withheld, counts } }: { record: TrackRecord }) {
  if (all === null)
    return (
      <Withheld>
        No range of scores is shown for the words: {WITHHELD[withheld.all ?? 'too_few_scored']}.
      </Withheld>
    )
  return (
    <div class="halves">
      <div>
        <p class="big">
          {rangeText([all.best, all.worst])}{' '}
          <small>by what the words may mean, over {counted(all.n, 'forecast')}</small>{' '}
          <Disputed n={counts.disputed} />
        </p>
        {headline === null ? <Meaning /> : null}
        <p>
          It depends on what the words meant: the low end if each phrase meant whatever suits the record best,
          the high end if whatever suits it least. One phrase means one thing throughout.
        </p>
      </div>
      <RangeBar
        id="readings"
        title="Brier score over the readings of the words"
        says={`Brier ${rangeText([all.best, all.worst])} over ${all.n} forecasts; with sampling, ${rangeText(all.interval)}.`}
        range={{
          ...scaleFor(all.interval[1]),
          outer: all.interval,
          range: [all.best, all.worst],
          value: null,
          mark: ALWAYS_HALF,
        }}
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
              : [['Words alone', `${rangeText([worded.best, worded.worst])}, n = ${worded.n}`]]),
          ],
        }}
        caption="Pale bar: from the best to the worst reading. Thin line: what chance adds, the 95 % range at either end."
      />
    </div>
  )
}

function comparedWithHalf(better: number): string {
  const by = share(Math.abs(better))
  return better >= 0
    ? `That is better than always saying ${percent(0.5)} by ${by}.`
    : `That is worse than always saying ${percent(0.5)} by ${by}.`
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
        caption={stripCaption(dots)}
      />
    </section>
  )
}

function stripCaption(dots: readonly StripDot[]): string {
  if (dots.length > MOST_DOTS) return 'Each bar is as long as the number of questions at that probability.'
  return dots.some((dot) => dot.kind === 'worded')
    ? 'Each dot is one question. Words stand at the middle of what readers understand by them.'
    : 'Each dot is one question, at the last probability given before it was decided.'
}

/** Said against happened, from 20 numbers on. */
export function WhenSaid({ record: { calibration }, name }: { record: TrackRecord; name: string }) {
  if (calibration === null) return null
  return (
    <section>
      <h2>
        When <Original>{name}</Original> says {percent(0.8)}, how often is it so?
      </h2>
      <div class="halves">
        <Reliability
          id="reliability"
          title="Said, against happened"
          says={`${calibration.points.map((p) => `said ${share(p.probability)}, happened ${share(p.observed)}, n = ${p.n}`).join('; ')}.`}
          calibration={calibration}
          caption={`Dots: forecasts pooled where the data ask for it, ${calibration.points.length > CROWD ? 'the larger the more' : 'their number beside each'}, with 95 % intervals. Shaded: where the dots of a forecaster whose probabilities are right would lie in 9 of 10 cases.`}
        />
        <div>
          {deviations(calibration).map((line) => (
            <p>{line}</p>
          ))}
        </div>
      </div>
    </section>
  )
}

/** Which dots lie outside of what a calibrated forecaster would show. */
function deviations({ points, band }: Calibration): string[] {
  if (band === null) return ['The band of a calibrated forecaster was not simulated here.']
  const outside = points.flatMap((point) => {
    const nearest = band.probability.reduce(
      (best, p, i) =>
        Math.abs(p - point.probability) < Math.abs((band.probability[best] as number) - point.probability)
          ? i
          : best,
      0,
    )
    const below = point.observed < (band.lower[nearest] as number)
    if (!below && point.observed <= (band.upper[nearest] as number)) return []
    return [
      `Around ${share(point.probability)}, events happened ${below ? 'less' : 'more'} often than said: in ${Math.round(point.observed * point.n)} of ${counted(point.n, 'case')}.`,
    ]
  })
  return outside.length === 0
    ? [
        'Every dot lies where the dots of a forecaster with the right probabilities would: nothing can be told from chance.',
      ]
    : [...outside, ...(outside.length < points.length ? ['The other dots cannot be told from chance.'] : [])]
}

/** Mean score by year, where a year has enough. */
export function OverTime({ record: { over_time } }: { record: TrackRecord }) {
  if (over_time === null) return null
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
