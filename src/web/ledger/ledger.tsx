import type { Search } from '../../http/paths.ts'
import * as paths from '../../http/paths.ts'
import { ON_A_PAGE, readLedger } from '../../store/documents/ledger.ts'
import { SORTS } from '../../store/forecast-filter.ts'
import type { Totals } from '../../store/nouns.ts'
import { firstWords, MOST_WORDS } from '../../store/search.ts'
import { Card } from '../ui/card.tsx'
import { feedsOf } from '../ui/feeds.tsx'
import { Page } from '../ui/layout.tsx'
import { counted } from '../ui/number.ts'
import type { PageContext } from '../ui/page.ts'
import { Filters, NarrowedBy } from './filters.tsx'
import { ForecastRows, SORT_WORDS, SortLink } from './forecast-rows.tsx'
import { FoundBesides } from './found.tsx'
import { finderOf } from './found-text.tsx'
import { Pager, pagesOf } from './pager.tsx'
import { filterOf, type LedgerQuery, readQuery, searchWith, sortingOf, twinSearch } from './query.ts'

/** `/ledger`: every forecast, narrowed and ordered by what the address says. */
export async function ledgerPage(context: PageContext) {
  const { host, now, head, url } = context
  const query = readQuery(url)
  const filter = filterOf(query)
  const isNarrowed = Object.keys(filter).length > 0
  const { page: number = 1, upto } = query
  const { page, totals, counts, analyst, besides } = await readLedger(
    host.ledger.db,
    {
      filter: upto === undefined ? filter : { ...filter, upto },
      sorting: sortingOf(query),
      page: number,
      grouped: query.group !== undefined,
    },
    { now, seq: head.seq },
  )
  const { items } = page
  const name = analyst?.record.name ?? query.analyst
  const searched = query.q === undefined ? null : firstWords(query.q)
  return (
    <Page
      title={isNarrowed ? 'Forecasts' : 'Ledger'}
      description="Who predicted what, word for word, and what happened."
      context={context}
      active="ledger"
      json={paths.api.forecasts(twinSearch(query))}
      feeds={feedsOf(filterOf(query) as Search)}
    >
      <h1>What was predicted, and what happened</h1>
      <p class="intro">
        {totals.forecasts === 0 && totals.untestable === 0 ? (
          <>
            Here will stand who predicted what, word for word, and what became of it.{' '}
            <a href={paths.methods()}>How this works</a>
          </>
        ) : (
          <Sums totals={totals} isNarrowed={isNarrowed} />
        )}
      </p>
      {totals.forecasts === 0 ? (
        <NothingYet context={context} />
      ) : (
        <div class="split ledger">
          <Filters query={query} counts={counts} />
          <section class="results" id="results" aria-label="Forecasts" tabindex={-1}>
            <NarrowedBy query={query} analyst={name} />
            {searched === null ? null : (
              <p class="soft">
                A search goes by its first {MOST_WORDS} words. These were looked for: “<bdi>{searched}</bdi>”.
              </p>
            )}
            <Toolbar query={query} all={counts.all} shown={items.length} head={head.seq} />
            {items.length > 0 ? (
              <ForecastRows items={items} now={now} query={query} find={finderOf(query.q)} />
            ) : counts.all > 0 ? (
              <BeyondTheEnd query={query} all={counts.all} />
            ) : (
              <NothingFits query={query} all={totals.forecasts} />
            )}
            <Pager query={query} all={counts.all} head={head.seq} />
            {besides === null ? null : <FoundBesides besides={besides} q={query.q ?? ''} />}
          </section>
        </div>
      )}
    </Page>
  )
}

const Sums = ({ totals, isNarrowed }: { totals: Totals; isNarrowed: boolean }) => (
  <>
    {isNarrowed ? 'The whole ledger: ' : null}
    {counted(totals.forecasts, 'forecast')} by {counted(totals.analysts, 'analyst')} from{' '}
    {counted(totals.sources, 'source')}. Also logged, and in no score:{' '}
    {counted(totals.duplicates, 'duplicate')}, {counted(totals.untestable, 'untestable remark')}.{' '}
    <a href={paths.methods()}>How to read this</a>
  </>
)

type ToolbarProps = { query: LedgerQuery; all: number; shown: number; head: number }

/** Which of how many these are, in what order, and how else they can be shown. */
function Toolbar({ query, all, shown, head }: ToolbarProps) {
  const { page = 1, upto } = query
  const { sort, order } = sortingOf(query)
  const first = (page - 1) * ON_A_PAGE + 1
  const n = (value: number) => value.toLocaleString('en')
  return (
    <div class="toolbar">
      <p>
        <b>{shown === 0 ? `0 of ${n(all)}` : `${n(first)}–${n(first + shown - 1)} of ${n(all)}`}</b>
        <span class="soft">, {SORT_WORDS[sort][order]}</span>
        {upto === undefined || upto >= head ? null : (
          <span class="soft">
            . Up to entry {n(upto)}: <a href={paths.ledger(searchWith(query))}>with what was logged since</a>
          </span>
        )}
      </p>
      <p class="shown-as">
        {sort === 'logged' ? null : (
          <a href={paths.ledger(searchWith(query, { sort: undefined, order: undefined }))}>
            Latest entry first
          </a>
        )}
        <a
          href={paths.ledger(
            searchWith(query, { group: query.group === undefined ? 'question' : undefined }),
          )}
        >
          {query.group === undefined ? 'Group by question' : 'One by one'}
        </a>
        <a
          href={paths.ledger(
            searchWith(query, { rows: query.rows === undefined ? 'comfortable' : undefined }),
          )}
        >
          {query.rows === undefined ? 'Comfortable rows' : 'Compact rows'}
        </a>
      </p>
      <p class="sorts">
        Sort:{' '}
        {SORTS.map((by) => (
          <>
            <SortLink query={query} by={by} />{' '}
          </>
        ))}
      </p>
    </div>
  )
}

/** Nothing is left: what to do. What was asked stands above, each with the way to take it away. */
const NothingFits = ({ query, all }: { query: LedgerQuery; all: number }) => (
  <Card tone="quiet">
    <p>
      {query.q === undefined
        ? 'No forecast fits all of this. Take a filter away, or '
        : 'No forecast fits. A search finds what holds every word; the last may be unfinished. Take a word or a filter away, or '}
      <a href={paths.ledger()}>show all {all.toLocaleString('en')}</a>.
    </p>
  </Card>
)

const BeyondTheEnd = ({ query, all }: { query: LedgerQuery; all: number }) => (
  <Card tone="quiet">
    <p>
      This list has {counted(pagesOf(all), 'page')}.{' '}
      <a href={paths.ledger(searchWith(query, { page: pagesOf(all), upto: query.upto }))}>The last one</a>
    </p>
  </Card>
)

const NothingYet = ({ context }: { context: PageContext }) => (
  <Card>
    <h2>The ledger is empty</h2>
    <p>
      Log what somebody said: the words, the event they are about, and the day on which one can tell.{' '}
      {context.viewer === null ? (
        <>
          <a href={paths.signIn()}>Sign in</a> first, then <a href={paths.captures()}>log a forecast</a>.
        </>
      ) : (
        <>
          <a href={paths.captures()}>Log a forecast</a>, or <a href={paths.imports()}>import a file</a>.
        </>
      )}
    </p>
    <p>
      Or write files into <code>predictions/</code> and run <code>npx reckon import</code>; a program can{' '}
      <a href={paths.apiReference()}>post to the API</a>.
    </p>
  </Card>
)
