import type { Child } from 'hono/jsx'
import type { Source } from '../../core/source.ts'
import type { State } from '../../core/state.ts'
import * as paths from '../../http/paths.ts'
import type { SourceFunnel } from '../../scoring/funnel.ts'
import { type Facet, readLedger } from '../../store/documents/ledger.ts'
import type { Facets } from '../../store/forecasts.ts'
import type { Held } from '../../store/lookups.ts'
import type { Totals } from '../../store/nouns.ts'
import { firstWords, MOST_WORDS } from '../../store/search.ts'
import { Card, Chip } from '../ui/card.tsx'
import { Page } from '../ui/layout.tsx'
import { ListAsData } from '../ui/link.tsx'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import type { PageContext } from '../ui/page.ts'
import { Steps } from '../ui/steps.tsx'
import { ForecastRows } from './forecast-rows.tsx'
import { FoundBesides } from './found.tsx'
import { filterOf, type LedgerQuery, readQuery, searchWith } from './query.ts'

/** `/`: every forecast, narrowed by what the address says. */
export async function ledgerPage(context: PageContext) {
  const { host, now, url } = context
  const query = readQuery(url)
  const isNarrowed = Object.values(filterOf(query)).some((value) => value !== undefined)
  const { page, totals, facets, analyst, besides, only } = await readLedger(host.ledger.db, query, now)
  const { items, next } = page
  const searched = query.q === undefined ? null : firstWords(query.q)
  return (
    <Page
      title={isNarrowed ? 'Forecasts' : 'Reckoning'}
      description="Who predicted what, word for word, and what happened."
      context={context}
      active="ledger"
      json={paths.api.forecasts(searchWith(query))}
    >
      <h1>What was predicted, and what happened</h1>
      <p class="intro">
        {isNarrowed ? (
          <>
            Here: <b>{counted(facets.counts.all, 'forecast')}</b>. <a href={paths.ledger()}>Show all</a>. The
            whole ledger:{' '}
          </>
        ) : null}
        {totals.forecasts === 0 && totals.untestable === 0 ? (
          <>
            Here will stand who predicted what, word for word, and what became of it.{' '}
            <a href={paths.methods()}>How this works</a>
          </>
        ) : (
          <Sums totals={totals} />
        )}
      </p>
      {only === null ? null : <FirstSight {...only} />}
      {totals.forecasts === 0 ? (
        <NothingYet context={context} />
      ) : (
        <div class="split ledger">
          <section class="results" aria-label="Forecasts">
            <p class="to-filters">
              <a href="#filters">Narrow the list</a>
            </p>
            <Asked query={query} analyst={analyst?.record.name ?? query.analyst} />
            {searched === null ? null : (
              <p class="soft">
                A search goes by its first {MOST_WORDS} words. These were looked for: “<bdi>{searched}</bdi>”.
              </p>
            )}
            {items.length === 0 ? (
              <Card tone="quiet">
                <p>
                  {query.q === undefined
                    ? 'No forecast fits. Take a filter away, or '
                    : 'No forecast fits. A search finds what holds every word; the last may be unfinished. Take a word or a filter away, or '}
                  <a href={paths.ledger()}>show all {totals.forecasts.toLocaleString('en')}</a>.
                </p>
              </Card>
            ) : (
              <ForecastRows items={items} now={now} caption="Forecasts, latest entry first" />
            )}
            <nav class="pages" aria-label="Pages">
              {query.before === undefined ? null : <a href={paths.ledger(searchWith(query))}>Newest</a>}
              {next === null ? null : (
                <a href={paths.ledger(searchWith(query, { before: String(next) }))} rel="next">
                  Older forecasts
                </a>
              )}
            </nav>
            {besides === null ? null : <FoundBesides besides={besides} q={query.q ?? ''} />}
          </section>
          <Filters query={query} without={facets.without} />
        </div>
      )}
    </Page>
  )
}

const Sums = ({ totals }: { totals: Totals }) => (
  <>
    {counted(totals.forecasts, 'forecast')} by {counted(totals.analysts, 'analyst')} from{' '}
    {counted(totals.sources, 'source')}. Also logged, and in no score:{' '}
    {counted(totals.duplicates, 'duplicate')}, {counted(totals.untestable, 'untestable remark')}.{' '}
    <a href={paths.methods()}>How to read this</a>
  </>
)

const STATE_WORDS: Record<State, string> = {
  open: 'open',
  due: 'needs a decision',
  proposed: 'outcome proposed',
  resolved: 'resolved',
  annulled: 'annulled',
  ambiguous: 'ambiguous',
}
const WHOSE = { theirs: 'the analyst’s', ours: 'ours' } as const
const LOGGED = { before: 'before the outcome', afterwards: 'after the outcome' } as const

/** What the list is narrowed by, each with the way to take it away. */
function Asked({ query, analyst }: { query: LedgerQuery; analyst: string | undefined }) {
  const words: Partial<Record<keyof LedgerQuery, Child>> = {
    q: query.q && <>“{query.q}”</>,
    state: query.state && STATE_WORDS[query.state],
    analyst,
    source: query.source && `source ${query.source}`,
    tag: query.tag,
    deadline: query.deadline && `deadline ${WHOSE[query.deadline]}`,
    logged: query.logged && `logged ${LOGGED[query.logged]}`,
  }
  const asked = Object.entries(words).filter(([, said]) => said !== undefined)
  if (asked.length === 0) return null
  return (
    <ul class="chips" aria-label="Narrowed by">
      {asked.map(([name, said]) => (
        <li>
          <a class="chip" href={paths.ledger(searchWith(query, { [name]: undefined }))} aria-current="true">
            <bdi>{said}</bdi> <span aria-hidden="true">×</span>
            <span class="unseen">, take this filter away</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function Filters({ query, without }: { query: LedgerQuery; without: Record<Facet, Facets> }) {
  const chip = (facet: Facet, value: string, words: Child, n: number) => {
    const current = query[facet] === value
    return n === 0 && !current ? null : (
      <li>
        <Chip
          href={paths.ledger(searchWith(query, { [facet]: current ? undefined : value }))}
          current={current}
          n={n}
        >
          {words}
        </Chip>
      </li>
    )
  }
  const group = (title: string, chips: readonly Child[]) =>
    chips.every((made) => made === null) ? null : (
      <>
        <h2>{title}</h2>
        <ul class="chips">{chips}</ul>
      </>
    )
  const entries = <K extends string>(words: Record<K, string>) => Object.entries(words) as [K, string][]
  return (
    <aside class="facets" id="filters" aria-label="Filters">
      {group(
        'State',
        entries(STATE_WORDS).map(([state, words]) => chip('state', state, words, without.state.state[state])),
      )}
      {group(
        'Topic',
        without.tag.tags.map(({ tag, n }) => chip('tag', tag, tag, n)),
      )}
      {group(
        'Whose deadline',
        entries(WHOSE).map(([whose, words]) =>
          chip('deadline', whose, words, without.deadline.deadline[whose]),
        ),
      )}
      {group(
        'Logged',
        entries(LOGGED).map(([when, words]) => chip('logged', when, words, without.logged.logged[when])),
      )}
      {without.analyst.analysts.length < 2 && query.analyst === undefined
        ? null
        : group(
            'Analyst',
            without.analyst.analysts.map(({ id, name, n }) => chip('analyst', id, name, n)),
          )}
      <ListAsData json={paths.api.forecasts(searchWith(query))} />
    </aside>
  )
}

/** While the ledger holds one source, its page is the best first sight. */
const FirstSight = ({ source, funnel }: { source: Held<Source>; funnel: SourceFunnel }) => (
  <section class="card first-sight" aria-labelledby="first-sight">
    <h2 id="first-sight">
      Begin with one source:{' '}
      <a href={paths.source(source.record.id)}>
        <Original language={source.record.language}>{source.record.title}</Original>
      </a>
    </h2>
    <Steps funnel={funnel} />
    <p class="soft small">
      Every passage in its order, and what became of each. Informative: decided, and not hard to get wrong.
    </p>
  </section>
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
        <a href={paths.captures()}>Log a forecast</a>
      )}
    </p>
    <p>
      Or write files into <code>predictions/</code> and run <code>npx reckon import</code>; a program can{' '}
      <a href={paths.docs()}>post to the API</a>.
    </p>
  </Card>
)
