import * as z from 'zod'
import type { Analyst } from '../../core/analyst.ts'
import { Day as DaySchema } from '../../core/calendar.ts'
import { notFound } from '../../core/error.ts'
import { Slug } from '../../core/slug.ts'
import * as paths from '../../http/paths.ts'
import { searchOf } from '../../http/search-params.ts'
import type { View } from '../../scoring/eligibility.ts'
import type { ProvenCounts } from '../../scoring/proven.ts'
import { readAnalystPage, SHOWN } from '../../store/documents/analyst.ts'
import type { RecordFilter } from '../../store/documents/track-record.ts'
import { elsewhereOf } from '../charts/elsewhere.ts'
import { Horizon } from '../charts/horizon.tsx'
import { Cite, recordCitation } from '../share/cite.tsx'
import { ShareCode } from '../share/embed.tsx'
import { AmendedLately, TellUs } from '../ui/amended.tsx'
import { Chip } from '../ui/card.tsx'
import { dayText } from '../ui/date.tsx'
import { feedsOf } from '../ui/feeds.tsx'
import { personOf, wikidataOf } from '../ui/json-ld.tsx'
import { Page } from '../ui/layout.tsx'
import { ExternalLink } from '../ui/link.tsx'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import type { PageContext, PageHandler } from '../ui/page.ts'
import { TakenOut, TakeOut } from '../ui/taken-out.tsx'
import { Lead, Rail } from './lead.tsx'
import { RecordParts } from './record.tsx'
import { ForecastTable } from './table.tsx'

type Read = NonNullable<Awaited<ReturnType<typeof readAnalystPage>>>

/** One analyst: the finding first, then what it rests on, of what was logged live or of all. */
export const analystPage: PageHandler = async (context) => {
  const { host, now, params, url } = context
  const id = params.id ?? ''
  const { show, ...filter } = searchOf(url, RecordQuery)
  const read = await readAnalystPage(host.ledger.db, id, filter, now, show)
  if (read === null) throw notFound('analyst', id)
  const { analyst, all, view, record, topics } = read
  const { name } = analyst
  const { logged: _, ...part } = filter
  const isPart = Object.values(part).some((value) => value !== undefined)
  const { sentence, numbers } = record.lead
  const page = `${paths.analyst(id)}${paths.query({ logged: filter.logged, ...part })}`
  const json = paths.api.trackRecord(id, { logged: view === 'all' ? undefined : view, ...part })
  return (
    <Page
      title={part.tag === undefined ? name : `${name} on ${part.tag}`}
      description={[sentence, numbers].filter((text) => text !== null).join(' ')}
      context={context}
      active="analysts"
      json={json}
      feeds={feedsOf({ analyst: id, tag: part.tag })}
      data={personOf(analyst, context.origin)}
      view={VIEW_WORDS[view]}
    >
      <div class="with-rail">
        <div>
          <p class="crumbs">
            <a href={paths.analysts()}>Analysts</a>
          </p>
          <h1>
            <Original>{name}</Original>
          </h1>
          <AmendedLately notices={read.notices} />
          <Person analyst={analyst} all={all} />
          {isPart ? <Filtered filter={part} id={id} /> : null}
          <TakenOut rows={read.taken} />
          <Lead lead={record.lead} />
          <Views all={all} view={view} proven={record.proven} context={context} />
        </div>
        <Rail record={record} logged={all.logged} note={analyst.note}>
          <a href={paths.pictureOf(page)}>Share image</a>
          <a href="#share">Embed</a>
          <a href={json}>Data</a>
          <a href={`${paths.analysts()}#compare`}>Compare</a>
          <a href={paths.api.receipt(id, { logged: view, ...filter })}>How this came about</a>
          <a href="#cite">Cite</a>
          <button type="button" class="link" data-print>
            Print
          </button>
        </Rail>
      </div>
      <RecordParts
        record={record}
        name={name}
        topics={topics}
        elsewhere={(chart) => elsewhereOf(page, chart)}
        forecasts={
          <>
            {isPart ? null : <OpenQuestions horizon={read.horizon} now={now} page={page} />}
            <ForecastTable read={read} context={context} />
          </>
        }
      />
      <p>
        <a href={json}>The record as JSON</a> ·{' '}
        <a href={paths.api.receipt(id, { logged: view, ...filter })}>how these figures came about</a> ·{' '}
        <a href={paths.csvOf(paths.api.forecasts({ analyst: id }))}>the forecasts as CSV</a> ·{' '}
        <a href={paths.methods()}>How this is computed</a>
      </p>
      <TakeOut viewer={context.viewer} kind="analyst" id={id} />
      <TellUs about={`analyst:${id}`} />
      <div id="cite">
        <Cite what="this record" citation={recordCitation(id, name, record.lead, context)} />
      </div>
      <div id="share">
        <ShareCode origin={context.origin} path={paths.analyst(id)} title={name} height={360} />
      </div>
    </Page>
  )
}

/** What they spoke about and nobody has decided yet. */
const OpenQuestions = ({ horizon, now, page }: { horizon: Read['horizon']; now: Date; page: string }) => (
  <Horizon
    id="horizon"
    title="What is not decided yet"
    heading="What is not decided yet"
    how="Our questions that this record has forecasts on, at their deadlines; the larger the mark, the more people have spoken. Red has passed and waits for a decision."
    elsewhere={elsewhereOf(page, 'horizon')}
    horizon={horizon}
    now={now}
  />
)

const RecordQuery = {
  logged: z.enum(['live', 'proven', 'all']).optional(),
  tag: Slug.optional(),
  from: DaySchema.optional(),
  to: DaySchema.optional(),
  show: z.enum(SHOWN).optional(),
}

function Person({ analyst, all: { days, sources } }: { analyst: Analyst; all: Read['all'] }) {
  const { role, affiliation, aliases = [] } = analyst
  const [first, last] = days?.map((day) => day.slice(0, 4)) ?? []
  const facts = [
    [role, affiliation].filter((part) => part !== undefined).join(', '),
    aliases.length === 0 ? '' : `also ${aliases.join(', ')}`,
    `${counted(sources, 'source')}${first === undefined ? '' : `, ${first === last ? first : `${first}–${last}`}`}`,
  ].filter((part) => part !== '')
  return (
    <p class="soft tight">
      <bdi>{facts.join(' · ')}</bdi>
      {analyst.wikidata === undefined ? null : (
        <>
          {' '}
          · <ExternalLink href={wikidataOf(analyst.wikidata)}>Wikidata</ExternalLink>
        </>
      )}
    </p>
  )
}

/** This address with something else in it, without the place that was shown in the table of claims. */
export function otherwise(context: PageContext, search: Record<string, string>): string {
  const query = new URLSearchParams(context.url.search)
  for (const [name, value] of Object.entries(search)) query.set(name, value)
  return `?${query}`
}

const VIEW_WORDS: Record<View, string> = {
  live: 'only what was written down in time',
  proven: 'only what is proven to be written down in time',
  all: 'all that was written down, also afterwards',
}

/** By whose clock what was logged in time was logged in time. */
function liveText({ live, proven, by }: ProvenCounts): string {
  if (live === 0) return ''
  if (proven === 0) return 'In time goes by our own clock: nobody outside attests it.'
  const whose = by.map(({ by: who, forecasts }) => `${who} (${forecasts})`).join(', ')
  return `Proven: somebody outside attests a checkpoint of the log that holds it, from before the outcome: ${proven} of ${live}, by ${whose}.`
}

/** Live, proven or all: every figure exists for each. */
function Views({
  all: { logged },
  view,
  proven,
  context,
}: {
  all: Read['all']
  view: View
  proven: ProvenCounts
  context: PageContext
}) {
  const { live, late, afterwards, forecasts } = logged
  if (forecasts === 0) return null
  return (
    <nav class="views" aria-label="Which forecasts count">
      <Chip href={otherwise(context, { logged: 'live' })} current={view === 'live'} n={live}>
        Written down in time
      </Chip>
      {proven.proven === 0 && view !== 'proven' ? null : (
        <Chip href={otherwise(context, { logged: 'proven' })} current={view === 'proven'} n={proven.proven}>
          Proven in time
        </Chip>
      )}
      <Chip href={otherwise(context, { logged: 'all' })} current={view === 'all'} n={forecasts}>
        All
      </Chip>
      <span class="small soft">
        {`In time: within 30 days of being said and before the outcome was known. Later, but before it:\u00a0${late}. Afterwards:\u00a0${afterwards}. ${liveText(proven)}`}
      </span>
    </nav>
  )
}

const Filtered = ({ filter: { tag, from, to }, id }: { filter: RecordFilter; id: string }) => (
  <p class="notice">
    Only {tag === undefined ? 'what was said' : `the topic ${tag}`}
    {from === undefined ? '' : ` from ${dayText(from)}`}
    {to === undefined ? '' : ` until ${dayText(to)}`}: everything on this page is of that part.{' '}
    <a href={paths.analyst(id)}>Show the whole record</a>
  </p>
)
