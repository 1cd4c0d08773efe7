import * as paths from '../../http/paths.ts'
import type { SpokenRow } from '../../scoring/everybodys-words.ts'
import { type ToldPart, toldWords } from '../../scoring/told-parts.ts'
import { readWords } from '../../store/documents/words.ts'
import { type CountedClaim, CountedRows } from '../charts/counted-rows.tsx'
import { elsewhereOf } from '../charts/elsewhere.ts'
import { shareRange } from '../charts/number.ts'
import { dayText } from '../ui/date.tsx'
import { Page } from '../ui/layout.tsx'
import { counted } from '../ui/number.ts'
import type { PageHandler } from '../ui/page.ts'

type Told = ToldPart<SpokenRow>

/** What the words of everybody together turned out to mean. */
export const wordsPage: PageHandler = async (context) => {
  const { rows, n, people } = await readWords(context.host.ledger.db, context.now)
  const told = toldWords(rows) as Told[]
  return (
    <Page
      title="What words turn out to mean"
      description={findingOf(told, n)}
      context={context}
      json={paths.api.words()}
    >
      <h1>What words turn out to mean</h1>
      {n === 0 ? (
        <p class="lead">{NOTHING}</p>
      ) : (
        <>
          <Rows told={told} n={n} people={people} />
          <p>
            What readers hear in each phrase was measured by asking them;{' '}
            <a href={paths.methods()}>Methods</a> has the picture. How one person uses a phrase stands on the
            page of that person.
          </p>
        </>
      )}
    </Page>
  )
}

/** What was written down late is in no figure here, so that it may be decided all the same. */
const NOTHING =
  'Nothing is decided yet that was said in words which readers were asked about, and written down in time.'

/** The finding over all: which phrases differ, allowing for all of them. */
function findingOf(told: readonly Told[], n: number): string {
  const differing = told.filter(({ differs }) => differs)
  const [first] = differing
  if (n === 0) return NOTHING
  if (first === undefined)
    return `No phrase can be told apart from what readers hear in it, in ${counted(n, 'decided claim')}.`
  const { label, row, reading, expected } = first
  const others = differing.length - 1
  return `After “${label}” it happened ${reading}: ${row.happened} of ${row.n}, where readers expect ${expected}${
    others === 0 ? '' : `; ${counted(others, 'more phrase')} ${others === 1 ? 'differs' : 'differ'}`
  }.`
}

type RowsProps = { told: readonly Told[]; n: number; people: ReadonlyMap<string, string> }

function Rows({ told, n, people }: RowsProps) {
  const claimsOf = ({ claims }: SpokenRow): CountedClaim[] =>
    claims.map(({ forecast, analyst, said_on, happened }) => ({
      href: paths.forecast(forecast),
      happened,
      says: `${happened ? 'Happened' : 'Did not happen'}: said by ${people.get(analyst) ?? analyst}, ${dayText(said_on)}`,
    }))
  const several = told.some(({ row }) => row.frame.per_square > 1)
  return (
    <CountedRows
      id="words"
      title="The words of everybody: how often it happened, and how often readers expect it"
      heading={findingOf(told, n)}
      how={`${counted(n, 'decided claim')} in words, one square each, filled when the event happened. The frame is where the filling should end if the words mean what eight of ten readers hear. A row in colour differs by more than chance would bring, allowing for all ${counted(told.length, 'phrase')}; of the others that cannot be said.${several ? ' In a row of more than 60 a square stands for several.' : ''}`}
      elsewhere={elsewhereOf(paths.words(), 'words')}
      what={['phrase', 'phrases']}
      rows={told.map(({ row, label, expected, reading, differs }) => ({
        ...row,
        label: `“${label}”`,
        differs,
        claims: claimsOf(row),
        note: `${row.happened} of ${row.n} happened${differs ? `, ${reading}` : ''}; readers expect ${expected}; said by ${counted(row.people, 'person', 'people')}`,
      }))}
      numbers={{
        head: [
          'Words',
          'Used',
          'By',
          'Independent groups',
          'Happened',
          'To be expected',
          'Readers hear',
          'It happens',
          'So it happened',
        ],
        rows: told.map(({ row, label, expected, reading }) => [
          label,
          row.n,
          row.people,
          row.clusters,
          row.happened,
          expected,
          shareRange([row.readers[0], row.readers[2]]),
          row.meant === null ? '—' : shareRange(row.meant.interval),
          reading,
        ]),
      }}
    />
  )
}
