import * as paths from '../../http/paths.ts'
import type { NumbersRow, WordsRow } from '../../scoring/document.ts'
import { bandOf, isWords } from '../../scoring/forecast-unit.ts'
import type { TrackRecord } from '../../scoring/track-record.ts'
import { promisedText } from '../../scoring/verdict.ts'
import { phraseOf, readingText } from '../../scoring/words-table.ts'
import { type CountedClaim, type CountedRow, CountedRows } from '../charts/counted-rows.tsx'
import { shareRange } from '../charts/number.ts'
import { dayText } from '../ui/date.tsx'
import { percent, percentRange } from '../ui/number.ts'
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

type Row = Pick<WordsRow, 'n' | 'happened' | 'frame' | 'reading'>

const drawn = (row: Row, label: string, claims: CountedClaim[]): CountedRow => {
  const differs = row.reading === 'less_often' || row.reading === 'more_often'
  return {
    ...row,
    label,
    differs,
    claims,
    note: `${row.happened} of ${row.n} happened${differs ? `, ${readingText(row.reading)}` : ''}; ${promisedText(row.frame.squares)} ${row.frame.squares[1] === 1 ? 'was' : 'were'} to be expected`,
  }
}

const HEAD = ['Used', 'Independent groups', 'Happened', 'To be expected']
const cells = (row: Row & { clusters: number }) => [
  row.n,
  row.clusters,
  row.happened,
  promisedText(row.frame.squares),
]

/** Each square is one claim … and how many more than one, where there are many. */
function Legend({ rows, frame }: { rows: readonly Row[]; frame: string }) {
  const several = rows.filter(({ frame: { per_square } }) => per_square > 1)
  return (
    <p class="soft">
      Each square is one decided claim, filled when the event happened. The frame is where the filling should
      end if {frame}. {several.length === 0 ? '' : 'In a row of more than 60, a square stands for several. '}
      Only a row in colour differs by more than chance, allowing for all that is compared on this page.
    </p>
  )
}

/** What each phrase turned out to mean, against what readers hear in it. */
export function CountedWords({ record }: { record: TrackRecord }) {
  const { words } = record
  if (words === null || words.length === 0) return null
  // By what readers hear, from the surest to the least likely.
  const rows = [...words].sort((a, b) => b.readers[1] - a.readers[1])
  return (
    <section>
      <h2>What the words turned out to mean</h2>
      <Legend rows={rows} frame="the words mean what eight of ten readers hear" />
      <CountedRows
        id="words"
        title="The words: how often it happened, and how often readers expect it"
        what={['phrase', 'phrases']}
        rows={rows.map((row) =>
          drawn(
            row,
            `“${phraseOf(row.key)}”`,
            claimsOf(record, ({ probability }) => {
              if (!isWords(probability) || probability.key !== row.key) return false
              const { low, mid, high } = probability
              return [low, mid, high].every((end, i) => end === row.readers[i])
            }),
          ),
        )}
        numbers={{
          head: ['Words', ...HEAD, 'Readers hear', 'It happens', ''],
          rows: rows.map((row) => [
            phraseOf(row.key),
            ...cells(row),
            shareRange([row.readers[0], row.readers[2]]),
            row.meant === null ? '—' : shareRange(row.meant.interval),
            readingText(row.reading),
          ]),
        }}
      />
    </section>
  )
}

/** Ranges of numbers as they stand in the rows: the ends that belong to a row are those nearer to certainty. */
const isBetween = (p: number, { from, to }: NumbersRow) =>
  from < 0.5
    ? p <= to && (from === 0 ? p >= 0 : p > from) && p < 0.5
    : p >= from && (to === 1 || p < to) && p > 0.5

/** What happened when numbers were given. */
export function CountedNumbers({ record, name }: { record: TrackRecord; name: string }) {
  const numbers = record.numbers?.filter(({ n }) => n > 0) ?? []
  if (numbers.length === 0) return null
  const rows = [...numbers].sort((a, b) => b.from - a.from)
  return (
    <section>
      <h2>
        When <Original>{name}</Original> gives a number, how often does it happen?
      </h2>
      <Legend rows={rows} frame="the numbers are right" />
      <CountedRows
        id="numbers"
        title="The numbers: how often it happened, and how often it was said to"
        what={['range', 'ranges']}
        rows={rows.map((row) =>
          drawn(
            row,
            percentRange(row.from, row.to),
            claimsOf(record, ({ probability, brier }) => {
              // A number with a range of scores is a reporter's, and counts as words.
              if (typeof probability === 'object' && 'words' in probability) return false
              const band = bandOf(probability)
              return band !== null && typeof brier === 'number' && isBetween(band.mid, row)
            }),
          ),
        )}
        numbers={{
          head: ['Said', ...HEAD, ''],
          rows: rows.map((row) => [percentRange(row.from, row.to), ...cells(row), readingText(row.reading)]),
        }}
      />
      <p class="small soft">What was said to be {percent(0.5)} says neither, and is in no row.</p>
    </section>
  )
}
