import * as paths from '../../http/paths.ts'
import { expectedText, wereText } from '../../scoring/figure-text.ts'
import { bandOf, isWords } from '../../scoring/forecast-unit.ts'
import { type ToldPart, toldNumbers, toldWords } from '../../scoring/told-parts.ts'
import type { TrackRecord } from '../../scoring/track-record.ts'
import { rowOf } from '../../scoring/word-tests.ts'
import { type CountedClaim, type CountedRow, CountedRows } from '../charts/counted-rows.tsx'
import { shareRange } from '../charts/number.ts'
import { dayText } from '../ui/date.tsx'
import { percent } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'

type Line = TrackRecord['forecasts'][number]

/** The decided claims that a row counts; those of each row are as many as it says, or it has no links. */
const claimsOf = (record: TrackRecord, isIn: (line: Line) => boolean): CountedClaim[] =>
  record.forecasts
    .filter((line) => line.scored && (line.outcome === 'yes' || line.outcome === 'no') && isIn(line))
    .map((line) => ({
      href: paths.forecast(line.id),
      happened: line.outcome === 'yes',
      says: `${line.outcome === 'yes' ? 'Happened' : 'Did not happen'}: ${line.title} (said ${dayText(line.said_on)})`,
    }))

/** A row to be drawn; `expected` as a clause. */
const drawn = (
  { row, label, reading, differs }: ToldPart,
  expected: string,
  claims: readonly CountedClaim[],
): CountedRow => ({
  ...row,
  label,
  differs,
  claims,
  note: `${row.happened} of ${row.n} happened${differs ? `, ${reading}` : ''}; ${expected}`,
})

const HEAD = ['Used', 'Independent groups', 'Happened', 'To be expected']
const cells = ({ row: { n, clusters, happened }, expected }: ToldPart) => [n, clusters, happened, expected]

/** How to read the squares. */
const Legend = ({ rows, frame }: { rows: readonly ToldPart[]; frame: string }) => (
  <p class="soft">
    Each square is one decided claim, filled when the event happened. The frame is where the filling should
    end {frame}.{' '}
    {rows.some(
      ({
        row: {
          frame: { per_square },
        },
      }) => per_square > 1,
    )
      ? 'In a row of more than 60 a square stands for several. '
      : ''}
    A row in colour differs by more than chance would bring, allowing for all that is compared on this page;
    of the others that cannot be said.
  </p>
)

/** What each phrase turned out to mean, against what readers hear in it. */
export function CountedWords({ record }: { record: TrackRecord }) {
  const rows = toldWords(record.words ?? [])
  if (rows.length === 0) return null
  return (
    <section>
      <h2>What the words turned out to mean</h2>
      <Legend rows={rows} frame="if the words mean what eight of ten readers hear" />
      <CountedRows
        id="words"
        title="The words: how often it happened, and how often readers expect it"
        what={['phrase', 'phrases']}
        rows={rows.map((part) =>
          drawn(
            { ...part, label: `“${part.label}”` },
            `readers expect ${part.expected}`,
            claimsOf(record, ({ probability }) => {
              if (!isWords(probability) || probability.key !== part.row.key) return false
              const { low, mid, high } = probability
              return [low, mid, high].every((end, i) => end === part.row.readers[i])
            }),
          ),
        )}
        numbers={{
          head: ['Words', ...HEAD, 'Readers hear', 'It happens', 'So it happened'],
          rows: rows.map((part) => [
            part.label,
            ...cells(part),
            shareRange([part.row.readers[0], part.row.readers[2]]),
            part.row.meant === null ? '—' : shareRange(part.row.meant.interval),
            part.reading,
          ]),
        }}
      />
    </section>
  )
}

/** What happened when numbers were given. */
export function CountedNumbers({ record, name }: { record: TrackRecord; name: string }) {
  const rows = toldNumbers(record.numbers ?? [])
  if (rows.length === 0) return null
  return (
    <section>
      <h2>
        When <Original>{name}</Original> gives a number, how often does it happen?
      </h2>
      <Legend rows={rows} frame="in nine of ten such rows if the numbers are right" />
      <CountedRows
        id="numbers"
        title="The numbers: how often it happened, and how often it was said to"
        what={['range', 'ranges']}
        rows={rows.map((part) =>
          drawn(
            part,
            `${wereText(part.expected)} to be expected`,
            claimsOf(record, ({ probability, brier }) => {
              // A number with a range of scores is a reporter's, and counts as words.
              if (typeof brier !== 'number' || isWords(probability)) return false
              const band = bandOf(probability)
              return band !== null && rowOf(band.mid)?.from === part.row.from
            }),
          ),
        )}
        numbers={{
          head: ['Said', ...HEAD, 'In nine of ten such rows', 'So it happened'],
          rows: rows.map((part) => {
            const { from, to } = part.row.frame
            return [part.label, ...cells(part), expectedText([from, to], part.row.n), part.reading]
          }),
        }}
      />
      {record.counts.neither === 0 ? null : (
        <p class="small soft">What was said to be {percent(0.5)} says neither, and is in no row.</p>
      )}
    </section>
  )
}
