import { tooVague } from '../../core/probability.ts'
import { languageName } from '../../reading/languages.ts'
import type { LexiconRow } from '../../store/lexicons.ts'
import { IntervalRows } from '../charts/interval-rows.tsx'
import { share, shareRange } from '../charts/number.ts'
import { dayText } from '../ui/date.tsx'
import { percent } from '../ui/number.ts'

/** What this ledger measured with its own readers: of each language the newest lexicon, which is in use. */
export function OwnLexicons({ lexicons }: { lexicons: readonly LexiconRow[] }) {
  const inUse = lexicons.filter(
    ({ record }, at) => lexicons.findIndex((other) => other.record.language === record.language) === at,
  )
  return (
    <>
      <h3 id="own-words">Words in other languages</h3>
      <p>
        What is measured in English says nothing of another language: no band goes through a dictionary. In
        Russian the sentences are read, and no survey of its words is shipped; other languages are not read at
        all. An editor gives a band with a reason, or the claim counts as come true or not, with what was to
        be expected unknown.{' '}
        {inUse.length === 0
          ? 'This ledger has measured no words of its own.'
          : 'What follows this ledger measured with its own readers, and it is used here alone.'}
      </p>
      {inUse.map(({ record }) => (
        <OwnLexicon {...record} />
      ))}
    </>
  )
}

const OwnLexicon = ({ language, version, measured_on, readers, rows, note }: LexiconRow['record']) => (
  <IntervalRows
    id={version}
    title={`${languageName(language)}: what our own readers understand, lexicon ${version}`}
    says={`${rows.length} phrases, each with the band that holds eight of ten readers.`}
    domain={[0, 1]}
    ticks={[0, 0.25, 0.5, 0.75, 1].map((value) => ({ value, label: percent(value) }))}
    rows={rows
      .toSorted((a, b) => b.mid - a.mid || b.low - a.low)
      .map((row) => ({
        label: row.words,
        note: [shareRange([row.low, row.high]), ...(tooVague(row) ? ['too vague'] : [])].join(' · '),
        band: [row.low, row.mid, row.high],
        assumed: false,
      }))}
    numbers={{
      head: ['Phrase', '10 % of readers below', 'Median', '10 % above', 'n'],
      rows: rows.map((row) => [row.words, share(row.low), share(row.mid), share(row.high), row.n]),
    }}
    caption={`Measured by this ledger on ${dayText(measured_on)} with ${readers} readers${note === undefined ? '' : `: ${note}`}. Answers more than four standard deviations from the mean of a phrase are left out. The mirror of a phrase that is denied is assumed.`}
  />
)
