import * as z from 'zod'
import type { Analyst } from '../../core/analyst.ts'
import { Day as DaySchema } from '../../core/calendar.ts'
import { notFound } from '../../core/error.ts'
import { Slug } from '../../core/slug.ts'
import * as paths from '../../http/paths.ts'
import { searchOf } from '../../http/search-params.ts'
import { isIllustration } from '../../scoring/funnel.ts'
import { readAnalystPage } from '../../store/documents/analyst.ts'
import type { RecordDocument, RecordFilter } from '../../store/documents/track-record.ts'
import { Funnel } from '../charts/funnel.tsx'
import { listed } from '../charts/number.ts'
import { ShareCode } from '../share/embed.tsx'
import { Chip } from '../ui/card.tsx'
import { dayText } from '../ui/date.tsx'
import { Page } from '../ui/layout.tsx'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import type { PageContext, PageHandler } from '../ui/page.ts'
import { verdictText } from '../ui/record-words.ts'
import { CameTrue, WordsTable } from './claims.tsx'
import { OtherKinds, Selection, Topics } from './groups.tsx'
import { EveryForecast, OverTime, Score, WhenSaid } from './score.tsx'
import { ForStatisticians } from './statistics.tsx'
import { ForecastTable } from './table.tsx'
import { NotShown } from './withheld.tsx'

/** One analyst's record: the sentence first, then what it rests on; nothing hidden without saying why. */
export const analystPage: PageHandler = async (context) => {
  const { host, now, params } = context
  const id = params.id ?? ''
  const { logged, ...filter } = searchOf(context.url, RecordQuery)
  const read = await readAnalystPage(host.ledger.db, id, { logged, ...filter }, now)
  if (read === null) throw notFound('analyst', id)
  const { analyst, all, view, record, topics, sayings } = read
  const { name } = analyst
  const { counts } = record
  return (
    <Page
      title={name}
      description={record.verdict}
      context={context}
      active="analysts"
      json={paths.api.trackRecord(id, { logged: view === 'live' ? view : undefined })}
      card={paths.pictureOf(paths.analyst(id))}
    >
      <p class="crumbs">
        <a href={paths.analysts()}>Analysts</a>
      </p>
      <h1>
        <Original>{name}</Original>
      </h1>
      <Person analyst={analyst} record={all} />
      {counts.scored > 0 && isIllustration(record) ? (
        <p class="hindsight">
          <b>Logged with hindsight: an illustration.</b> Whoever logged this could know how it ended, and so
          could choose what to log.
        </p>
      ) : null}
      <p class="lead">
        {counts.forecasts === 0 && all.counts.forecasts > 0 && view === 'live'
          ? `None of the ${counted(all.counts.forecasts, 'forecast')} by ${name} was logged live.`
          : verdictText(record.verdict)}
      </p>
      <Views all={all} view={view} context={context} />
      <Filtered filter={filter} id={id} />
      <Steps record={record} />
      <CameTrue record={record} />
      <WordsTable record={record} />
      <Score record={record} name={name} />
      <EveryForecast record={record} />
      <WhenSaid record={record} name={name} />
      <OverTime record={record} />
      <OtherKinds record={record} />
      <Topics topics={topics} />
      <h2>Every forecast</h2>
      <ForecastTable record={record} sayings={sayings} analyst={id} />
      <h2>How the sources were selected</h2>
      <Selection record={record} />
      <NotShown record={record} />
      <ForStatisticians record={record} />
      <p>
        <a href={paths.api.trackRecord(id, { logged: view === 'live' ? view : undefined })}>
          The record as JSON
        </a>{' '}
        · <a href={paths.csvOf(paths.api.forecasts({ analyst: id }))}>the forecasts as CSV</a> ·{' '}
        <a href={`${paths.analysts()}#compare`}>Compare with somebody</a> ·{' '}
        <a href={paths.methods()}>How this is computed</a>
      </p>
      <ShareCode origin={context.origin} path={paths.analyst(id)} title={name} height={360} />
    </Page>
  )
}

const RecordQuery = {
  logged: z.enum(['live', 'all']).optional(),
  tag: Slug.optional(),
  from: DaySchema.optional(),
  to: DaySchema.optional(),
}

function Person({ analyst, record }: { analyst: Analyst; record: RecordDocument }) {
  const { role, affiliation, aliases = [], note } = analyst
  const years = record.forecasts.map((line) => line.said_on.slice(0, 4)).sort()
  const [first, last] = [years[0], years.at(-1)]
  const facts = [
    [role, affiliation].filter((part) => part !== undefined).join(', '),
    aliases.length === 0 ? '' : `also ${aliases.join(', ')}`,
    `${counted(record.coverage.sources, 'source')}${first === undefined ? '' : `, ${first === last ? first : `${first}–${last}`}`}`,
  ].filter((part) => part !== '')
  return (
    <>
      <p class="soft tight">
        <bdi>{facts.join(' · ')}</bdi>
      </p>
      {note === undefined ? null : <p class="small soft">{note}</p>}
    </>
  )
}

/** Live or all: every figure exists for both. */
function Views({ all, view, context }: { all: RecordDocument; view: 'live' | 'all'; context: PageContext }) {
  const { live, late, afterwards, forecasts } = all.counts
  const href = (logged: string) => {
    const query = new URLSearchParams(context.url.search)
    query.set('logged', logged)
    return `?${query}`
  }
  return (
    <nav class="views" aria-label="Which forecasts count">
      <Chip href={href('all')} current={view === 'all'} n={forecasts}>
        All
      </Chip>
      <Chip href={href('live')} current={view === 'live'} n={live}>
        Logged live
      </Chip>
      <span class="small soft">
        Live: logged before the outcome was known and within 30 days of being said. Late: {late}. After the
        outcome was known: {afterwards}.
      </span>
    </nav>
  )
}

const Filtered = ({ filter, id }: { filter: RecordFilter; id: string }) =>
  Object.keys(filter).length === 0 ? null : (
    <p class="notice">
      Only {filter.tag === undefined ? 'what was said' : `the topic ${filter.tag}`}
      {filter.from === undefined ? '' : ` from ${dayText(filter.from)}`}
      {filter.to === undefined ? '' : ` until ${dayText(filter.to)}`}.{' '}
      <a href={paths.analyst(id)}>Show the whole record</a>
    </p>
  )

/** From logged to scored, and what fell away on the way. */
function Steps({ record: { funnel, counts } }: { record: RecordDocument }) {
  const away = [
    [counts.open, 'open'],
    [counts.due, 'in need of a decision'],
    [counts.proposed, 'proposed'],
    [counts.condition_not_met, 'annulled because the condition never arose'],
    [counts.moot, 'annulled because it became moot'],
    [counts.ambiguous, 'ambiguous'],
    [counts.too_late, 'said too late'],
    [counts.too_vague, 'too vague to be wrong'],
    [counts.selected, 'logged afterwards from a source not coded completely'],
    [counts.awaiting_deadline, 'decided early and waiting for the deadline'],
    [counts.retracted, 'logged by mistake and retracted'],
  ] as const
  const fallen = away.filter(([n]) => n > 0).map(([n, what]) => `${n} ${what}`)
  return (
    <div class="halves">
      <Funnel
        id="funnel"
        title="From logged to scored"
        steps={[
          { label: 'logged', n: funnel.logged },
          { label: 'past their deadline', n: funnel.past_deadline },
          { label: 'resolved', n: funnel.resolved },
          { label: 'scored', n: funnel.scored },
        ]}
      />
      <div>
        <p>
          Scored: resolved, past the deadline, said in time, and clear enough to be right or wrong.{' '}
          {counts.stated} in numbers, {counts.worded} in words.
        </p>
        {fallen.length === 0 ? null : <p>Not scored: {listed(fallen)}.</p>}
        <p class="soft">
          Besides: {counted(counts.duplicates, 'duplicate')},{' '}
          {counted(counts.untestable, 'untestable remark')}.
          {counts.disputed === 0 ? '' : ` ${counts.disputed} disputed: scored until corrected.`}
        </p>
      </div>
    </div>
  )
}
