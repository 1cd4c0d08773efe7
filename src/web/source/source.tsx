import type { Child } from 'hono/jsx'
import { type DaySpan, spanOf } from '../../core/calendar.ts'
import { notFound } from '../../core/error.ts'
import { may } from '../../core/member.ts'
import { coverageOf, type Source } from '../../core/source.ts'
import * as paths from '../../http/paths.ts'
import { Place, searchOf } from '../../http/search-params.ts'
import type { ArchivedRow } from '../../store/archives.ts'
import { readSourcePage, readSources, type StatementTally } from '../../store/documents/source.ts'
import type { RedactionRow } from '../../store/redactions.ts'
import { elsewhereOf } from '../charts/elsewhere.ts'
import { orderText, passagesIn } from '../charts/passage.ts'
import { Passages } from '../charts/passages.tsx'
import { CodedByTwo } from '../coding/on-source.tsx'
import { Fact } from '../forecast/layers.tsx'
import { AmendedLately, TellUs } from '../ui/amended.tsx'
import { ArchivedSource } from '../ui/archived.tsx'
import { Day, Days, Instant, spanText } from '../ui/date.tsx'
import { feedsOf } from '../ui/feeds.tsx'
import { sourceData } from '../ui/json-ld.tsx'
import { Page } from '../ui/layout.tsx'
import { ExternalLink, ListAsData } from '../ui/link.tsx'
import { memberNames } from '../ui/member-names.ts'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import type { PageContext, PageHandler } from '../ui/page.ts'
import type { Draft } from '../ui/problem.ts'
import { languageText } from '../ui/quote.tsx'
import { Stamped } from '../ui/stamped.tsx'
import { Steps } from '../ui/steps.tsx'
import { TakenOut, TakeOut } from '../ui/taken-out.tsx'
import { ArchiveForm, archiveFormOn } from './archive-form.tsx'
import { Claims } from './claims.tsx'
import { Outlets } from './outlets.tsx'

/** A document and what became of every claim in it. */
export async function sourcePage(context: PageContext, returned?: Draft) {
  const { host, now, params } = context
  const id = params.id ?? ''
  // What one page shows; the rest of a long source is counted, and reached through the ledger.
  const read = await readSourcePage(host.ledger.db, id, now)
  if (read === null) throw notFound('source', id)
  const {
    source: held,
    statements,
    tally,
    speakers,
    funnel,
    forecasts: items,
    rounds,
    members,
    stamp,
    taken,
  } = read
  const source = held.record
  const works = context.viewer !== null && may(context.viewer.role, 'recorder')
  const shown = statements.map(({ record }) => record)
  const byId = new Map(items.map((item) => [item.forecast.record.id, item]))
  return (
    <Page
      title={source.title}
      description={`${tallyText(tally)}: what became of each claim.`}
      context={context}
      active="sources"
      json={paths.api.source(id)}
      feeds={feedsOf({ source: id })}
      data={sourceData(source, items, read.archived, context.origin)}
    >
      <div class="with-strip">
        <div class="strip-head">
          <p class="crumbs">
            <a href={paths.sources()}>Sources</a> › <bdi>{source.publisher ?? TYPES[source.type]}</bdi>
          </p>
          <h1>
            <Original language={source.language}>{source.title}</Original>
          </h1>
          <AmendedLately notices={read.notices} />
          <p class="soft">
            <Outlet source={source} />
            {speakers.map((speaker, i) => (
              <>
                {i === 0 ? ' · with ' : ', '}
                <a href={paths.analyst(speaker.id)}>
                  <Original>{speaker.name}</Original>
                </a>
              </>
            ))}
          </p>
          <TakenOut rows={taken} />
          {funnel.claims === 0 ? (
            <p class="lead">No claim of this source is logged yet.</p>
          ) : (
            <>
              <Steps funnel={funnel} />
              <p class="small soft">
                {tallyText(tally)}. To check: an event can show it right or wrong, counted once however often
                it was said. {coverageText(source)}
              </p>
            </>
          )}
        </div>
        {shown.length === 0 ? null : (
          <aside class="strip-side" aria-label="All passages">
            <Passages
              id="passages"
              title={`Every passage ${orderText(shown)}, by what became of it`}
              how={`${counted(shown.length, 'passage')} ${orderText(shown)}, by what became of each.`}
              elsewhere={elsewhereOf(paths.source(id), 'passages')}
              passages={passagesIn(source, shown, byId)}
            />
          </aside>
        )}
        <div class="strip-list">
          {shown.length === 0 ? null : (
            <Claims source={source} mayVerify={works} statements={shown} forecasts={byId} />
          )}
          {funnel.claims > shown.length ? (
            <p>
              The first {shown.length} of {funnel.claims.toLocaleString('en')} claims. All are in{' '}
              <a href={paths.api.statements({ source: id })}>the API</a>.
            </p>
          ) : null}
        </div>
      </div>
      <CodedByTwo rounds={rounds} source={id} works={works} outcome={read.outcome} />
      <h2 id="about">About this source</h2>
      <About source={source} gone={taken.find(({ text }) => text)}>
        <Fact name="Logged">
          By <bdi>{memberNames(members)(held.by)}</bdi> on <Instant at={held.at} />, entry {held.seq} of the
          ledger
          <Stamped at={stamp} />
        </Fact>
        {read.archived === null ? null : <InArchive archived={read.archived} />}
      </About>
      {works && source.url !== undefined ? <ArchiveForm id={id} returned={returned} /> : null}
      <p>
        <a href={paths.api.source(id)}>This page as JSON</a>
      </p>
      <TakeOut viewer={context.viewer} kind="source" id={id} />
      <TellUs about={`source:${id}`} />
    </Page>
  )
}

export const archiveForm = archiveFormOn(sourcePage)

const InArchive = ({ archived }: { archived: ArchivedRow }) => (
  <Fact name="In an archive">
    <ArchivedSource archived={archived} />
  </Fact>
)

const Outlet = ({ source }: { source: Source }) => (
  <>
    {TYPES[source.type]}
    {source.publisher === undefined ? null : (
      <>
        , <Original>{source.publisher}</Original>
      </>
    )}
    , <Days span={spanOf(source.published)} />
  </>
)

type AboutProps = { source: Source; gone?: RedactionRow | undefined; children?: Child }

/** `gone`: that its text is no longer kept, since when and why. */
const About = ({ source, gone, children }: AboutProps) => (
  <dl class="facts compact">
    <Fact name="Dated">{datedText(source)}</Fact>
    {source.url === undefined ? null : (
      <Fact name="Where">
        <ExternalLink href={source.url} />
        {source.archive_url === undefined ? null : (
          <>
            {' '}
            · <ExternalLink href={source.archive_url}>archived copy</ExternalLink>
          </>
        )}
        {source.accessed === undefined ? null : (
          <>
            , read on <Day day={source.accessed} />
          </>
        )}
      </Fact>
    )}
    {source.language === undefined ? null : <Fact name="Language">{translationText(source)}</Fact>}
    {source.transcript === undefined ? null : (
      <Fact name="Written down">
        {source.transcript === 'machine'
          ? 'By a machine: what is quoted is not verified by ear unless it says so.'
          : 'By a person.'}
      </Fact>
    )}
    <Fact name="Its text">
      {source.text_sha256 === undefined ? (
        'Not held here: a quote marked unchecked was not compared with it.'
      ) : gone === undefined ? (
        'Kept privately to check the quotes; only they are shown.'
      ) : (
        <>
          No longer kept here, since <Instant at={gone.at} />: <bdi>{gone.because}</bdi> What was checked with
          it then stays so, and whoever has the text can compare its hash.
        </>
      )}
    </Fact>
    {children}
  </dl>
)

function translationText({ language, translated_from: from, translated_by: by }: Source): string {
  const spoken = languageText(language as string)
  if (from === undefined) return spoken
  return `${spoken}, translated from ${languageText(from)}${by === undefined ? '' : ` by ${by}`}: the words are the translator’s.`
}

const TYPES: Record<Source['type'], string> = {
  interview: 'Interview',
  article: 'Article',
  broadcast: 'Broadcast',
  post: 'Post',
  speech: 'Speech',
  report: 'Report',
  dataset: 'Data set',
  other: 'Document',
}

/** "4 forecasts, 3 said twice, 9 with nothing to check". */
const tallyText = (tally: StatementTally): string =>
  [
    counted(tally.forecast, 'forecast'),
    `${tally.duplicate.toLocaleString('en')} said twice`,
    `${tally.untestable.toLocaleString('en')} with nothing to check`,
  ].join(', ')

function coverageText(source: Source): string {
  switch (coverageOf(source)) {
    case 'complete':
      return 'Read from end to end: every forecast in it was logged, and what is no forecast was counted.'
    case 'selected':
      return `Selected passages only, because: ${source.selected_because ?? 'no reason was kept'} What is logged from it afterwards stays out of averages.`
    default:
      return 'Nobody has said whether it was read from end to end, so it counts as selected: what is logged from it afterwards stays out of averages.'
  }
}

function datedText(source: Source): string {
  const { published } = source
  const span: DaySpan = spanOf(published)
  const late =
    span.from === span.to
      ? ''
      : ' It counts as said on the last of these days, so foresight is never credited.'
  return typeof published === 'object' && published.because !== undefined
    ? `${spanText(span)}, by us, because: ${published.because}${late}`
    : `${spanText(span)}, as given when it was logged.${late}`
}

/** Every source, latest first. */
export const sourcesPage: PageHandler = async (context) => {
  const { host, url } = context
  const { after } = searchOf(url, { after: Place.optional() })
  const { page, outlets } = await readSources(host.ledger.db, { limit: 100, after }, context.now)
  const { items, next } = page
  return (
    <Page title="Sources" context={context} active="sources" json={paths.api.sources()}>
      <h1>Sources</h1>
      <p class="intro">
        The documents in which somebody said something, latest first. Whether one was read from end to end
        stands beside it.
      </p>
      {after === undefined ? <Outlets outlets={outlets} /> : null}
      <ul class="sources plain-list">
        {items.map(({ record, claims, forecasts }) => (
          <li>
            <a href={paths.source(record.id)}>
              <Original language={record.language}>{record.title}</Original>
            </a>
            <p class="small soft tight">
              <Outlet source={record} /> · {counted(claims, 'claim')}, {counted(forecasts, 'forecast')} ·{' '}
              {coverageOf(record) === 'complete'
                ? 'read from end to end'
                : coverageOf(record) === 'selected'
                  ? 'selected passages'
                  : 'not said whether all of it was read'}
            </p>
          </li>
        ))}
      </ul>
      {items.length === 0 ? (
        <p class="soft">Nothing is logged yet.</p>
      ) : (
        <ListAsData json={paths.api.sources()} />
      )}
      {next === null ? null : (
        <p class="pages">
          <a href={paths.sources({ after: next })}>Earlier sources</a>
        </p>
      )}
    </Page>
  )
}
