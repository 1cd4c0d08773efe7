import { query } from '../../http/paths.ts'
import { brierText, promisedText, rangeText } from '../../scoring/verdict.ts'
import type { RecordDocument } from '../../store/documents/track-record.ts'
import { NumbersTable } from '../charts/chart.tsx'
import { counted, percent } from '../ui/number.ts'
import { TableHead } from '../ui/table-head.tsx'

/** Questions with several options, numbers and dates: their own averages. */
export function OtherKinds({ record: { by_type } }: { record: RecordDocument }) {
  const names = { multiple_choice: 'Several options', numeric: 'Numbers', date: 'Dates' } as const
  const shown = (Object.keys(names) as (keyof typeof names)[]).flatMap((type) => {
    const figure = by_type[type]
    return figure === null ? [] : [{ name: names[type], ...figure }]
  })
  if (shown.length === 0) return null
  return (
    <section>
      <h2>Other kinds of question</h2>
      <p class="soft">
        On the same scale, 0 perfect and 1 worst, but never averaged with yes/no questions: .25 marks always
        saying {percent(0.5)} only for two options.
      </p>
      <NumbersTable
        title="Other kinds of question"
        numbers={{
          head: ['Kind', 'n', 'G', 'Mean Brier', '95 % range'],
          rows: shown.map(({ name, n, clusters, brier, interval }) => [
            name,
            n,
            clusters,
            brierText(brier, n),
            interval === null ? '—' : rangeText(interval),
          ]),
        }}
      />
    </section>
  )
}

const TOPIC = ['Forecasts', 'n', 'G', 'Came true', 'Promised', 'Mean Brier']

const topicCells = ({ counts, claims, headline }: RecordDocument) => [
  counts.forecasts,
  claims.n,
  claims.clusters,
  claims.n === 0 ? '—' : claims.came_true,
  claims.n === 0 ? '—' : promisedText(claims.promised),
  headline === null ? '—' : brierText(headline.brier, headline.n),
]

/** The same figures for each topic alone. */
export function Topics({ topics }: { topics: readonly { tag: string; record: RecordDocument }[] }) {
  if (topics.length < 1) return null
  return (
    <section>
      <h2>By topic</h2>
      <section class="scroll" tabindex={0} aria-label="By topic: the numbers">
        <table class="numbers stacked">
          <TableHead columns={['Topic', ...TOPIC]} figures={TOPIC} />
          <tbody>
            {topics.map(({ tag, record }) => (
              <tr>
                <th scope="row">
                  <a href={query({ tag })}>{tag}</a>
                </th>
                {topicCells(record).map((cell, i) => (
                  <td class="num" data-name={TOPIC[i]}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="small soft">n: decided claims that lean yes or no. A dash: too few to say.</p>
    </section>
  )
}

/** How the sources were chosen: a bigger error than chance, and one that no formula removes. */
export function Selection({ record: { coverage, counts } }: { record: RecordDocument }) {
  const { sources, complete } = coverage
  const scoredShare =
    counts.forecasts === 0 ? null : `${counts.scored} of ${counts.forecasts} logged forecasts are scored.`
  return (
    <>
      <p>
        {complete} of {counted(sources, 'source')} {complete === 1 ? 'was' : 'were'} coded completely, with
        every forecast in {complete === 1 ? 'it' : 'them'} logged. What an editor picks from a source
        afterwards can flatter or harm anybody, and no formula removes that; such forecasts stay out of every
        average.
      </p>
      <p>
        {scoredShare} Deadline ours: {counts.deadline_ours} of {counts.forecasts}. A date that we set flatters
        who says no, since most things do not happen within a year.
      </p>
    </>
  )
}
