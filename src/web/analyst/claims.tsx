import type { ClaimFigures, Claims, Flat, Reason } from '../../scoring/document.ts'
import type { TrackRecord } from '../../scoring/track-record.ts'
import { promisedRange, promisedText, tally } from '../../scoring/verdict.ts'
import { phraseOf, readingText } from '../../scoring/words-table.ts'
import { IntervalRows } from '../charts/interval-rows.tsx'
import { decimal, share, shareRange } from '../charts/number.ts'
import { RangeBar } from '../charts/range-bar.tsx'
import { counting } from '../charts/scale.ts'
import { Withheld } from '../ui/card.tsx'
import { counted, percent } from '../ui/number.ts'
import { WITHHELD } from '../ui/record-words.ts'

/** The lead figure: how many came true as leaned, against how many the words promised. */
export function CameTrue({ record }: { record: TrackRecord }) {
  const { claims, withheld } = record
  if (claims.n === 0)
    return (
      <section>
        <h2>Did it come true?</h2>
        <Withheld>Nothing to count: {WITHHELD[withheld['claims.p_value'] ?? 'nothing_scored']}.</Withheld>
      </section>
    )
  return (
    <section>
      <h2>Did it come true?</h2>
      <div class="halves">
        <div>
          <p class="big">
            {claims.came_true}{' '}
            <small>
              of {claims.n} came true; <span class="nowrap">{promisedText(claims.promised)}</span> promised
            </small>
            <Disputed n={record.counts.disputed} />
          </p>
          <p>
            A claim leans yes when it puts the event above {percent(0.5)}, and no when below. It came true
            when the event ended that way. Promised is how many should have come true if the words mean what
            readers hear in them, or if the numbers are right.
          </p>
          <p>{chanceText(claims, withheld['claims.p_value'])}</p>
          <Flatly flat={record.categorical} />
        </div>
        <RangeBar
          id="claims"
          title="Came true, against promised"
          says={`${claims.came_true} of ${claims.n} claims came true; ${tally(claims.promised[0])} to ${tally(claims.promised[1])} were promised.`}
          range={{
            domain: [0, claims.n],
            range: claims.promised,
            value: claims.came_true,
            mark: null,
            ticks: counting(claims.n).map((value) => ({ value, label: String(value) })),
          }}
          numbers={{ head: ['Claims', 'n', 'G', 'Came true', 'Promised'], rows: claimRows(claims) }}
          caption="Line: how many came true. Pale bar: how many were promised, from the lowest to the highest reading. G: independent groups; what was said in one interview, or about one development, counts as one."
          open
        />
      </div>
    </section>
  )
}

/** Beside every figure while a resolution under it is disputed. */
export const Disputed = ({ n }: { n: number }) => (n === 0 ? null : <span class="label">{n} disputed</span>)

/** "X will happen": hits and misses. */
const Flatly = ({ flat: { n, hits, wilson, without_low_information: rest } }: { flat: Flat }) => (
  <p>
    {n === 0 ? (
      'Nothing was said flatly, as “it will happen” or “it will not”.'
    ) : (
      <>
        Said flatly, as “it will happen” or “it will not”:{' '}
        <b>
          {hits} of {n}
        </b>{' '}
        came true ({shareRange(wilson)}, {percent(0.95)} interval
        {n < 5 ? '; wide, because there are so few' : ''}).
        {rest.n === n ? '' : ` Without those hard to get wrong, ${rest.hits} of ${rest.n}.`} Such a claim
        names no chance, so it is a hit or a miss and never one probability.
      </>
    )}
  </p>
)

function claimRows(claims: Claims): (string | number)[][] {
  const row = (name: string, { n, clusters, came_true, promised }: ClaimFigures) => [
    name,
    n,
    clusters,
    n === 0 ? '—' : came_true,
    n === 0 ? '—' : promisedRange(promised),
  ]
  return [
    row('All', claims),
    row('Without those hard to get wrong', claims.without_low_information),
    row('Deadline ours', claims.deadline_ours),
  ]
}

function chanceText({ p_value: p, came_true, promised, n }: Claims, withheld: Reason | undefined): string {
  if (p === null)
    return `Whether chance alone could bring that about cannot be said: ${WITHHELD[withheld ?? 'too_few_interviews']}.`
  if (came_true >= promised[0] && came_true <= promised[1])
    return 'That agrees with what was promised: it lies within the range.'
  if (p >= 0.05)
    return `That agrees with what was promised, as far as ${counted(n, 'claim')} can tell: were the promises right, a gap like this would arise with probability ${decimal(p, 2)}.`
  const chance = p < 0.001 ? 'less than .001' : decimal(p, 3)
  return `${came_true < promised[0] ? 'Fewer' : 'More'} came true than promised. Were the promises right, a gap like this would arise with probability ${chance}.`
}

/** What each phrase turned out to mean, against what readers hear in it. */
export function WordsTable({ record: { words } }: { record: TrackRecord }) {
  if (words === null || words.length === 0) return null
  return (
    <section>
      <h2>What the words turned out to mean</h2>
      <p>
        For every phrase: how often the event happened when it was used (dot, with its {percent(0.95)}{' '}
        interval), and what eight of ten readers understand by it (bar, with the median).
      </p>
      <IntervalRows
        id="words"
        title="Words: what happened, against what readers hear"
        says={words
          .map(
            (row) =>
              `${phraseOf(row.key)}: ${row.happened} of ${row.n}, readers hear ${shareRange([row.readers[0], row.readers[2]])}`,
          )
          .join('; ')}
        domain={[0, 1]}
        ticks={[0, 0.25, 0.5, 0.75, 1].map((value) => ({ value, label: percent(value) }))}
        rows={words.map((row) => ({
          label: phraseOf(row.key),
          note: `${row.happened} of ${row.n}`,
          band: row.readers,
          dot: row.happened / row.n,
          whisker: row.wilson,
        }))}
        numbers={{
          head: ['Words', 'n', 'G', 'Happened', 'Share', '95 % interval', 'Readers hear', 'So it happened'],
          rows: words.map((row) => [
            phraseOf(row.key),
            row.n,
            row.clusters,
            row.happened,
            share(row.happened / row.n),
            shareRange(row.wilson),
            shareRange([row.readers[0], row.readers[2]]),
            readingText(row.reading),
          ]),
        }}
        open
      />
    </section>
  )
}
