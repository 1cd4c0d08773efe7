import * as z from 'zod'
import type { Analyst } from '../../core/analyst.ts'
import { Day as DaySchema } from '../../core/calendar.ts'
import { notFound } from '../../core/error.ts'
import { Slug } from '../../core/slug.ts'
import * as paths from '../../http/paths.ts'
import { searchOf } from '../../http/search-params.ts'
import { readAnalystPage } from '../../store/documents/analyst.ts'
import type { RecordDocument, RecordFilter } from '../../store/documents/track-record.ts'
import { ShareCode } from '../share/embed.tsx'
import { Chip } from '../ui/card.tsx'
import { dayText } from '../ui/date.tsx'
import { Page } from '../ui/layout.tsx'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import type { PageContext, PageHandler } from '../ui/page.ts'
import { RecordParts } from './record.tsx'
import { ForecastTable } from './table.tsx'

/** One analyst: who it is, and the record of what was logged live or of all. */
export const analystPage: PageHandler = async (context) => {
  const { host, now, params } = context
  const id = params.id ?? ''
  const { logged, ...filter } = searchOf(context.url, RecordQuery)
  const read = await readAnalystPage(host.ledger.db, id, { logged, ...filter }, now)
  if (read === null) throw notFound('analyst', id)
  const { analyst, all, view, record, topics, sayings } = read
  const { name } = analyst
  return (
    <Page
      title={name}
      description={record.finding.sentence}
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
      <RecordParts
        record={record}
        name={name}
        topics={topics}
        forecasts={<ForecastTable record={record} sayings={sayings} analyst={id} />}
      >
        <Views all={all} view={view} context={context} />
        <Filtered filter={filter} id={id} />
      </RecordParts>
      <p>
        <a href={paths.api.trackRecord(id, { logged: view === 'live' ? view : undefined })}>
          The record as JSON
        </a>{' '}
        · <a href={paths.api.receipt(id, { logged: view, ...filter })}>how these figures came about</a> ·{' '}
        <a href={paths.csvOf(paths.api.forecasts({ analyst: id }))}>the forecasts as CSV</a> ·{' '}
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
