import { tooVague } from '../../core/probability.ts'
import { LEXICON, LEXICON_VERSION } from '../../reading/english/lexicon.ts'
import { phraseOf } from '../../scoring/figure-text.ts'
import { IntervalRows } from '../charts/interval-rows.tsx'
import { share, shareRange } from '../charts/number.ts'
import { percent } from '../ui/number.ts'

const rows = LEXICON.defaults.toSorted((a, b) => b.mid - a.mid || b.low - a.low)

/** The lexicon: every phrase with the band of its readers. */
export const LexiconPicture = () => (
  <IntervalRows
    id="lexicon"
    title={`What readers understand by words of probability, lexicon ${LEXICON_VERSION}`}
    says={`${rows.length} phrases from almost certain to almost impossible, each with the band that holds eight of ten readers.`}
    domain={[0, 1]}
    ticks={[0, 0.25, 0.5, 0.75, 1].map((value) => ({ value, label: percent(value) }))}
    rows={rows.map((row) => ({
      label: phraseOf(row.key),
      note: [
        shareRange([row.low, row.high]),
        ...(tooVague(row) ? ['too vague'] : []),
        ...(row.measured ? [] : ['assumed']),
      ].join(' · '),
      band: [row.low, row.mid, row.high],
      assumed: !row.measured,
    }))}
    numbers={{
      head: ['Phrase', 'Also', '10 % of readers below', 'Median', '10 % above', 'From', 'n'],
      rows: rows.map((row) => [
        phraseOf(row.key),
        row.aliases.filter((alias) => alias !== phraseOf(row.key)).join(', ') || '—',
        share(row.low),
        share(row.mid),
        share(row.high),
        row.measured ? (row.source ?? 'assumed') : 'assumed',
        row.n ?? '—',
      ]),
    }}
    caption={`Lexicon ${LEXICON_VERSION}. A forecast keeps the version it was read with. “Will happen”: two of three readers answer exactly 100 %; the middle shown is the mean. A flat no is its mirror, and assumed.`}
  />
)

/** How phrases that are negated, stacked or flat are read. */
export const LexiconRules = () => (
  <>
    <h3>How phrases are read</h3>
    <ul>
      <li>The longest phrase wins: “very likely” before “likely”, “not likely” before both.</li>
      <li>
        A number that was said is that number, and never words. What is modal and not wholly understood is
        asked of the editor; nothing is guessed. Flat is only what asserts or denies with nothing modal in it
        or above it.
      </li>
      <li>
        Where the event is denied, the negative is looked up: “unlikely” is further from {percent(0.5)} than
        “likely” is. Where nobody measured the negative, the band is mirrored, widened by a quarter towards{' '}
        {percent(0.5)}, and called assumed.
      </li>
      <li>
        Other words than those of the table are read as one of its rows where they say as much to us; that is
        assumed, and said beside each reading.
      </li>
      <li>
        “Not certain”, “not impossible” and “cannot rule out” turn the direction but not the strength: they
        read as “possibly”.
      </li>
      <li>
        A hedge before a strong word (“I believe that it is by no means …”) widens the end nearer to{' '}
        {percent(0.5)}.
      </li>
      <li>
        “Definitely” on a judgement about the present or on a motive adds no probability: it is no forecast.
      </li>
      <li>
        An author’s own declared scale wins. An editor may set another band with a reason, but not for what is
        written down after the outcome was known, unless the lexicon lacks the phrase.
      </li>
      <li>
        Official scales of intelligence services are not used to read the press: few readers hear those
        numbers.
      </li>
    </ul>
  </>
)

/** Where the bands are from, and under which licence. */
export const LexiconSources = () => (
  <>
    <h3>Sources and licences of the lexicon</h3>
    <ul class="references">
      {Object.entries(LEXICON.sources).map(([id, source]) => (
        <li id={`source-${id}`}>
          <b>{id}</b>: {source.cite}
          {'population' in source ? `. ${source.population}` : ''}
          {'licence' in source ? `. Licence: ${source.licence.replace(/ \(.*$/u, '')}` : ''}
        </li>
      ))}
    </ul>
  </>
)
