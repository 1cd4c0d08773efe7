import * as paths from '../../http/paths.ts'
import { expectedText, wereText } from '../../scoring/figure-text.ts'
import { bandOf, categoricalOf, isWords } from '../../scoring/forecast-unit.ts'
import { type ToldPart, toldFlat, toldNumbers, toldWords } from '../../scoring/told-parts.ts'
import type { TrackRecord } from '../../scoring/track-record.ts'
import { rowOf } from '../../scoring/word-tests.ts'
import type { Elsewhere } from '../charts/chart.tsx'
import { type CountedClaim, type CountedRow, CountedRows } from '../charts/counted-rows.tsx'
import { shareRange } from '../charts/number.ts'
import { dayText } from '../ui/date.tsx'
import { counted, percent } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'

type Props = { record: TrackRecord; name: string; elsewhere: (chart: string) => Elsewhere }
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
function howToRead(rows: readonly ToldPart[], what: string, frame: string): string {
  const isMany = rows.some(({ row }) => row.frame.per_square > 1)
  return [
    `${counted(
      rows.reduce((sum, { row }) => sum + row.n, 0),
      'decided claim',
    )} ${what}. Each square is one, filled when the event happened; the frame is where the filling should end ${frame}.`,
    isMany ? 'In a row of more than 60 a square stands for several.' : '',
    rows.some(({ differs }) => differs)
      ? 'A row in colour differs by more than chance would bring, allowing for all that is compared on this page; of the others that cannot be said.'
      : '',
  ]
    .filter((text) => text !== '')
    .join(' ')
}

/** The row that differs most surely. */
const surest = <Row extends ToldPart>(rows: readonly Row[]): Row | undefined =>
  rows.filter(({ differs }) => differs).sort((a, b) => (a.row.p_holm ?? 1) - (b.row.p_holm ?? 1))[0]
const isTested = ({ row }: ToldPart) => row.reading !== null

/** What each phrase turned out to mean, against what readers hear in it, from the surest to the least likely. */
export function CountedWords({ record, elsewhere }: Props) {
  const words = toldWords(record.words ?? [])
  const flat = toldFlat(record.categorical.sides)
  const rows = [...words, ...flat].sort((a, b) => b.row.readers[1] - a.row.readers[1])
  if (rows.length === 0) return null
  const found = surest(words)
  return (
    <CountedRows
      id="words"
      title="The words: how often it happened, and how often readers expect it"
      heading={
        found !== undefined ? (
          <>
            “{found.label}” happened {found.reading}
          </>
        ) : words.some(isTested) ? (
          'No phrase can be told apart from what readers hear in it'
        ) : (
          'Too few of any phrase to tell what it means'
        )
      }
      how={howToRead(rows, 'in words', 'if the words mean what eight of ten readers hear')}
      elsewhere={elsewhere('words')}
      what={['phrase', 'phrases']}
      rows={rows.map((part) => {
        const { row } = part
        return drawn(
          { ...part, label: 'said' in row ? part.label : `“${part.label}”` },
          `readers expect ${part.expected}`,
          claimsOf(record, ({ probability }) => {
            if ('said' in row) return categoricalOf(probability) === row.said
            if (!isWords(probability) || probability.key !== row.key) return false
            const { low, mid, high } = probability
            return [low, mid, high].every((end, i) => end === row.readers[i])
          }),
        )
      })}
      numbers={{
        head: ['Words', ...HEAD, 'Readers hear', 'It happens', 'So it happened'],
        rows: rows.map((part) => [
          part.label,
          ...cells(part),
          shareRange([part.row.readers[0], part.row.readers[2]]),
          !('meant' in part.row) || part.row.meant === null ? '—' : shareRange(part.row.meant.interval),
          part.reading,
        ]),
      }}
    />
  )
}

/** What happened when numbers were given. */
export function CountedNumbers({ record, name, elsewhere }: Props) {
  const rows = toldNumbers(record.numbers ?? [])
  if (rows.length === 0) return null
  const found = surest(rows)
  return (
    <CountedRows
      id="numbers"
      title="The numbers: how often it happened, and how often it was said to"
      heading={
        <>
          When <Original>{name}</Original>{' '}
          {found === undefined
            ? 'gives a number, how often does it happen?'
            : `says ${found.label}, it happens ${found.reading}`}
        </>
      }
      how={`${howToRead(rows, 'in numbers', 'in nine of ten such rows if the numbers are right')}${
        record.counts.neither === 0
          ? ''
          : ` What was said to be ${percent(0.5)} says neither, and is in no row.`
      }`}
      elsewhere={elsewhere('numbers')}
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
  )
}
