import type { Child } from 'hono/jsx'
import type { AllReadings, Headline } from '../../scoring/document.ts'
import { brierText, rangeText, scoreText } from '../../scoring/figure-text.ts'
import { SECTIONS } from '../../scoring/sections.ts'
import type { Sentences } from '../../scoring/sentences.ts'
import type { TrackRecord } from '../../scoring/track-record.ts'
import { NumbersTable } from '../charts/chart.tsx'
import { RangeBar } from '../charts/range-bar.tsx'
import { ScoreOverTime } from '../charts/score-over-time.tsx'
import { percent } from '../ui/number.ts'
import { Said, says } from '../ui/said.tsx'
import { Disputed } from './claims.tsx'

type Props = { record: TrackRecord; sentences: Sentences }

const LANDMARKS = {
  domain: [0, 1] as const,
  mark: { value: 0.25, label: `.25 always saying ${percent(0.5)}` },
  ticks: [
    { value: 0, label: '← better, 0 perfect' },
    { value: 0.5, label: '.5' },
    { value: 1, label: '1 worst' },
  ],
}

/** The mean score with its range where numbers were given; the range over readings where words were used. */
export function Score({ record, sentences, children }: Props & { children?: Child }) {
  const { headline, all, worded, counts, reference } = record
  if (!says(sentences, SECTIONS.score)) return null
  // A range whose ends read alike is none.
  const isRead = all !== null && counts.worded > 0 && says(sentences, ['readings'])
  return (
    <details class="fold">
      <summary>
        For readers who want a score <Disputed n={counts.disputed} />
      </summary>
      <p class="soft">
        The score (Brier) is the squared distance between the probability given and what happened: 0 is
        perfect, 1 is worst, and always saying {percent(0.5)} scores .25. Of several statements about one
        question the first counts.
      </p>
      <div class="halves">
        {headline === null && !isRead ? null : (
          <div>
            {headline === null ? null : <Mean headline={headline} />}
            {isRead ? <OverReadings all={all} worded={worded} /> : null}
          </div>
        )}
        <div>
          <Said sentences={sentences} ids={SECTIONS.score} />
        </div>
      </div>
      {reference === null ? null : <AgainstReference reference={reference} />}
      {children}
    </details>
  )
}

const Mean = ({ headline: { brier, interval, n, clusters } }: { headline: Headline }) => (
  <RangeBar
    id="score"
    title="The score and its range"
    says={`Score ${brierText(brier, n)}, range ${rangeText(interval)}; always saying 50 % scores .25.`}
    range={{ ...LANDMARKS, range: interval, value: brier }}
    numbers={{
      head: ['Figure', 'Value'],
      rows: [
        ['Score', brierText(brier, n)],
        ['95 % range', rangeText(interval)],
        ['Numbers given', n],
        ['Independent groups', clusters],
      ],
    }}
    caption="Line: the score. Bar: its 95 % range. The scale is the same for everybody."
  />
)

/** The same questions with the forecasts of the reference. */
function AgainstReference({ reference }: { reference: NonNullable<TrackRecord['reference']> }) {
  const parts = [
    ['All', reference],
    ['The easier half', reference.easy],
    ['The harder half', reference.hard],
  ] as const
  return (
    <NumbersTable
      title="Beside always giving the reference"
      numbers={{
        head: [
          'Questions with a reference',
          'Numbers given',
          'Independent groups',
          'Score',
          'Of the reference',
        ],
        rows: parts.flatMap(([name, part]) =>
          part === null
            ? []
            : [
                [
                  name,
                  part.n,
                  part.clusters,
                  brierText(part.brier, part.n),
                  brierText(part.reference_brier, part.n),
                ],
              ],
        ),
      }}
    />
  )
}

/** What the words would score, from the reading that suits the record best to the one that suits it least. */
const OverReadings = ({ all, worded }: { all: AllReadings; worded: TrackRecord['worded'] }) => (
  <RangeBar
    id="readings"
    title="The score over the readings of the words"
    says={`From ${brierText(all.best, all.n)} at the kindest reading to ${brierText(all.worst, all.n)} at the harshest; with chance ${rangeText(all.interval)}.`}
    range={{ ...LANDMARKS, range: [all.best, all.worst], outer: all.interval, value: null }}
    numbers={{
      head: ['Figure', 'Value'],
      rows: [
        ['Kindest reading', brierText(all.best, all.n)],
        ['Usual reading', brierText(all.mid, all.n)],
        ['Harshest reading', brierText(all.worst, all.n)],
        ['95 % range over all of them', rangeText(all.interval)],
        ['Decided', all.n],
        ...(worded === null
          ? []
          : [[`Words alone, ${worded.n} of them`, scoreText([worded.best, worded.worst])]]),
      ],
    }}
    caption="Bar: from the kindest to the harshest reading. Thin line: what chance adds. The scale is the same for everybody."
  />
)

/** How somebody changes their mind: apart from how well they forecast. */
export function ChangesOfMind({ sentences }: Props) {
  if (!says(sentences, ['revisions'])) return null
  return (
    <section>
      <h2>Changes of mind</h2>
      <Said sentences={sentences} ids={['revisions']} />
    </section>
  )
}

/** Whether what happens still fits what is said: looked at after every decision. */
export function Monitored({ sentences }: Props) {
  if (!says(sentences, ['monitor', 'refuted', 'tilt'])) return null
  return (
    <section>
      <h2>Does what happens still fit?</h2>
      <Said sentences={sentences} ids={['monitor', 'refuted', 'tilt']} />
      <Said sentences={sentences} ids={['monitor_always']} class="soft" />
    </section>
  )
}

/** The score by year with its range, where a year has enough. */
export function OverTime({ record: { over_time } }: Props) {
  if (over_time === null) return null
  return (
    <ScoreOverTime
      id="years"
      title="The score by year of the deadline"
      heading="Over the years"
      level={3}
      how="Dots: the score of the numbers given, by year of the deadline; lines: its 95 % range. Higher up is better. Only years that have enough."
      years={over_time}
    />
  )
}
