import { query } from '../../http/paths.ts'
import { brierText, expectedText, rangeText } from '../../scoring/figure-text.ts'
import type { PartFigures } from '../../scoring/part-figures.ts'
import { SECTIONS } from '../../scoring/sections.ts'
import type { Sentences } from '../../scoring/sentences.ts'
import type { RecordDocument } from '../../store/documents/track-record.ts'
import { NumbersTable } from '../charts/chart.tsx'
import { shareRange } from '../charts/number.ts'
import { counted, percent } from '../ui/number.ts'
import { Said } from '../ui/said.tsx'
import { TableHead } from '../ui/table-head.tsx'

const KINDS = { multiple_choice: 'Several options', numeric: 'Numbers', date: 'Dates' } as const

/** Questions with several options, numbers and dates: their own averages, and how many stated ranges held the truth. */
export function OtherKinds({
  record: { by_type },
  sentences,
}: {
  record: RecordDocument
  sentences: Sentences
}) {
  const shown = (Object.keys(KINDS) as (keyof typeof KINDS)[]).flatMap((type) => {
    const figure = by_type[type]
    return figure === null ? [] : [{ name: KINDS[type], ...figure }]
  })
  if (shown.length === 0) return null
  const intervals = shown.flatMap(({ name, intervals }) => intervals.map((level) => ({ name, ...level })))
  return (
    <section>
      <h2>Other kinds of question</h2>
      <p class="soft">
        On the same scale, 0 perfect and 1 worst, but never averaged with yes-or-no questions.
      </p>
      <Said sentences={sentences} ids={SECTIONS.other_types} />
      <NumbersTable
        title="Other kinds of question"
        numbers={{
          head: ['Kind', 'Decided', 'Independent groups', 'Score', '95 % range', 'Range or options alone'],
          rows: shown.map(({ name, n, clusters, brier, interval, range_only }) => [
            name,
            n,
            clusters,
            brierText(brier, n),
            interval === null ? '—' : rangeText(interval),
            brierText(range_only, n),
          ]),
        }}
      />
      {intervals.length === 0 ? null : (
        <NumbersTable
          title="Ranges that were stated"
          numbers={{
            head: ['Ranges stated', 'Said to be', 'Decided', 'Held the truth', '95 % interval'],
            rows: intervals.map(({ name, level, n, contained, wilson }) => [
              name,
              `${percent(level)} sure`,
              n,
              contained,
              shareRange(wilson),
            ]),
          }}
        />
      )}
    </section>
  )
}

const TOPIC = ['Forecasts', 'Decided', 'Independent groups', 'Came true', 'To be expected']

export type Topic = { tag: string } & PartFigures

const topicCells = ({ forecasts, claims }: Topic) => [
  forecasts,
  claims.n,
  claims.clusters,
  claims.n === 0 ? '—' : claims.came_true,
  claims.n === 0 ? '—' : expectedText(claims.promised, claims.n, claims.came_true),
]

/** The same figures for each topic alone. */
export function Topics({ topics }: { topics: readonly Topic[] }) {
  if (topics.length < 1) return null
  return (
    <section>
      <h2>By topic</h2>
      <section class="scroll" tabindex={0} aria-label="By topic: the numbers">
        <table class="numbers stacked">
          <TableHead columns={['Topic', ...TOPIC]} figures={TOPIC} />
          <tbody>
            {topics.map((topic) => (
              <tr>
                <th scope="row">
                  <a href={query({ tag: topic.tag })}>{topic.tag}</a>
                </th>
                {topicCells(topic).map((cell, i) => (
                  <td class="num" data-name={TOPIC[i]}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="small soft">Decided: claims that say yes or no; a question may be of several topics.</p>
    </section>
  )
}

/** How the sources were chosen: a bigger error than chance, and one that no formula removes. */
export const Selection = ({ record: { coverage, counts } }: { record: RecordDocument }) => (
  <>
    {coverage.sources === 0 ? null : (
      <p>
        {coverage.complete} of {counted(coverage.sources, 'source')}{' '}
        {coverage.complete === 1 ? 'was' : 'were'} read from end to end, with every forecast in{' '}
        {coverage.complete === 1 ? 'it' : 'them'} logged. What an editor picks from a source afterwards can
        flatter or harm anybody, and no formula removes that; such forecasts stay out of every average.
      </p>
    )}
    {counts.deadline_ours === 0 ? null : (
      <p>
        The deadline of {counts.deadline_ours} of {counted(counts.forecasts, 'forecast')} is ours. A date that
        we set flatters who says no, since most things do not happen within a year.
      </p>
    )}
  </>
)
