import { type DaySpan, spanOf } from '../../core/calendar.ts'
import { notFound } from '../../core/error.ts'
import { coverageOf, type Source } from '../../core/source.ts'
import type { Statement } from '../../core/statement.ts'
import type { SourceFunnel } from '../../scoring/funnel.ts'
import { type ForecastItem, listForecasts } from '../../store/forecasts.ts'
import { findSource } from '../../store/lookups.ts'
import { listSources, statementsOf } from '../../store/nouns.ts'
import { readSourceFunnel } from '../../store/track-record.ts'
import { Funnel } from '../charts/funnel.tsx'
import { listed } from '../charts/number.ts'
import { ProbabilityBand } from '../components/band.tsx'
import { DateWithZone, Day, Days, Instant } from '../components/date.tsx'
import { ExternalLink } from '../components/link.tsx'
import { StateMark } from '../components/mark.tsx'
import { counted } from '../components/number.ts'
import { Quote } from '../components/quote.tsx'
import { Page } from '../layout.tsx'
import type { PageHandler } from '../page.ts'
import { Fact, languageText } from './layers.tsx'
import { memberNames } from './names.ts'
import { UNTESTABLE } from './record-words.ts'

const MOST = 2000

/** A document and what became of every claim in it. */
export const sourcePage: PageHandler = async (context) => {
  const { host, now, params } = context
  const { db } = host.ledger
  const id = params.id ?? ''
  const held = await findSource(db, id)
  if (held === null) throw notFound('source', id)
  const [statements, { items }, funnel, nameOf] = await Promise.all([
    statementsOf(db, id),
    listForecasts(db, { source: id }, now, { limit: MOST }),
    readSourceFunnel(db, id, now),
    memberNames(db),
  ])
  const source = held.record
  const forecasts = new Map(items.map((item) => [item.forecast.record.id, item]))
  const speakers = new Map(items.map(({ analyst }) => [analyst.id, analyst.name]))
  return (
    <Page
      title={source.title}
      description={`${tallyOf(statements)}: what became of each claim.`}
      context={context}
      json={`/api/sources/${id}`}
    >
      <p class="crumbs">
        <a href="/sources">Sources</a> › <bdi>{source.publisher ?? source.type}</bdi>
      </p>
      <h1 class="sober">
        <bdi>{source.title}</bdi>
      </h1>
      <p class="soft">
        {TYPES[source.type]}
        {source.publisher === undefined ? null : (
          <>
            , <bdi>{source.publisher}</bdi>
          </>
        )}
        , <Days span={spanOf(source.published)} />
        {speakers.size === 0 ? null : (
          <>
            {' '}
            · with{' '}
            {[...speakers].map(([speaker, name], i) => (
              <>
                {i === 0 ? null : ', '}
                <a href={`/analysts/${speaker}`}>
                  <bdi>{name}</bdi>
                </a>
              </>
            ))}
          </>
        )}
      </p>
      {statements.length === 0 ? (
        <p class="lead">No claim of this source is logged yet.</p>
      ) : (
        <>
          <p class="lead">{tallyOf(statements)}.</p>
          <Becoming funnel={funnel} />
        </>
      )}
      {statements.length === 0 ? null : (
        <>
          <h2>What was said, and what became of it</h2>
          <ol class="claims">
            {statements.map(({ record }) => (
              <Claim
                statement={record}
                item={forecasts.get(record.id) ?? null}
                statements={statements.map((s) => s.record)}
              />
            ))}
          </ol>
        </>
      )}
      <h2>About this source</h2>
      <dl class="facts">
        <Fact name="How complete">{coverageText(source)}</Fact>
        <Fact name="Dated">
          <Days span={spanOf(source.published)} />
          <span class="aside">{datedText(source)}</span>
        </Fact>
        {source.url === undefined ? null : (
          <Fact name="Where">
            <ExternalLink href={source.url} />
            {source.archive_url === undefined ? null : (
              <>
                {' '}
                · <ExternalLink href={source.archive_url}>archived copy</ExternalLink>
              </>
            )}
          </Fact>
        )}
        {source.language === undefined ? null : (
          <Fact name="Language">
            {languageText(source.language)}
            {source.translated_from === undefined
              ? ''
              : `, translated from ${languageText(source.translated_from)}`}
            {source.translated_by === undefined
              ? ''
              : ` by ${source.translated_by}: the words are the translator’s`}
          </Fact>
        )}
        {source.accessed === undefined ? null : (
          <Fact name="Read on">
            <Day day={source.accessed} />
          </Fact>
        )}
        <Fact name="Its text">
          {source.text_sha256 === undefined
            ? 'Not held here, so quotes were not compared with it unless they are marked otherwise.'
            : 'Kept privately to check the quotes; only they are shown.'}
        </Fact>
        <Fact name="Logged">
          By <bdi>{nameOf(held.by)}</bdi> on <Instant at={held.at} />, entry {held.seq} of the ledger
        </Fact>
      </dl>
      <p>
        <a href={`/api/sources/${id}`}>JSON</a>
      </p>
    </Page>
  )
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

/** "4 forecasts, 3 duplicates, 9 not testable". */
export function tallyOf(statements: readonly { record: Statement }[]): string {
  const count = (kind: Statement['kind']) => statements.filter(({ record }) => record.kind === kind).length
  return [
    counted(count('forecast'), 'forecast'),
    counted(count('duplicate'), 'duplicate'),
    `${count('untestable')} not testable`,
  ].join(', ')
}

const Becoming = ({ funnel }: { funnel: SourceFunnel }) => (
  <>
    <p class="steps">
      <span>
        <b>{funnel.claims}</b> {funnel.claims === 1 ? 'claim' : 'claims'}
      </span>{' '}
      <Arrow />{' '}
      <span>
        <b>{funnel.testable}</b> testable
      </span>{' '}
      <Arrow />{' '}
      <span>
        <b>{funnel.decided}</b> decided
      </span>{' '}
      <Arrow />{' '}
      <span>
        <b>{funnel.informative}</b> informative
      </span>
    </p>
    <Funnel
      id="funnel"
      title="From claims to evidence"
      steps={[
        { label: funnel.claims === 1 ? 'claim' : 'claims', n: funnel.claims },
        { label: 'testable', n: funnel.testable },
        { label: 'decided', n: funnel.decided },
        { label: 'informative', n: funnel.informative },
      ]}
      caption="Testable: a forecast that some event can show right or wrong, counted once however often it was said. Decided: resolved yes or no; what was annulled or ambiguous is not. Informative: not hard to get wrong."
    />
  </>
)

const Arrow = () => <span class="arrow">→</span>

function coverageText(source: Source): string {
  switch (coverageOf(source)) {
    case 'complete':
      return 'Coded completely: every forecast in it was logged, and what is no forecast was counted.'
    case 'selected':
      return `Selected passages only, because: ${source.selected_because ?? 'no reason was kept'} What is logged from it afterwards stays out of averages.`
    default:
      return 'Nobody has said whether it was coded completely, so it counts as selected: what is logged from it afterwards stays out of averages.'
  }
}

function datedText(source: Source): string {
  const { published } = source
  const span: DaySpan = spanOf(published)
  const late =
    span.from === span.to
      ? ''
      : ' It counts as said on the last of these days, so foresight is never credited.'
  if (typeof published === 'object' && published.because !== undefined)
    return `By us, because: ${published.because}${late}`
  return `As the source says.${late}`
}

type ClaimProps = { statement: Statement; item: ForecastItem | null; statements: readonly Statement[] }

function Claim({ statement, item, statements }: ClaimProps) {
  return (
    <li
      id={statement.id}
      class={`claim ${statement.kind} ${item?.forecast.retraction == null ? '' : 'struck'}`}
    >
      <div class="passage">
        <Quote statement={statement} />
        {statement.timecode === undefined ? null : <span class="small soft"> at {statement.timecode}</span>}
        {statement.checked === 'unchecked' ? <span class="label">unchecked</span> : null}
      </div>
      <div class="fate">
        {statement.kind === 'forecast' && item !== null ? <Fate item={item} /> : null}
        {statement.kind === 'duplicate' ? <Duplicate statement={statement} statements={statements} /> : null}
        {statement.kind === 'untestable' && statement.reason !== undefined ? (
          <p class="tight">
            <b>Not testable:</b> {UNTESTABLE[statement.reason]}.
            {statement.because === undefined ? null : <span class="soft"> {statement.because}</span>}
          </p>
        ) : null}
      </div>
    </li>
  )
}

function Fate({ item }: { item: ForecastItem }) {
  const { question, forecast, state } = item
  return (
    <>
      <p class="tight">
        <b>Forecast</b> <StateMark state={state} outcome={question.outcome} disputed={question.disputed} />
        {question.record.low_information === undefined ? null : <span class="label">hard to get wrong</span>}
      </p>
      <p class="tight">
        <span class="soft small">Our question</span>{' '}
        <a href={`/forecasts/${forecast.record.id}`}>
          <bdi>{question.record.title}</bdi>
        </a>
      </p>
      <ProbabilityBand probability={forecast.record.probability} outcome={question.outcome} />
      <p class="small soft tight">
        Deadline <DateWithZone deadline={question.record.deadline} />
      </p>
    </>
  )
}

function Duplicate({ statement, statements }: Pick<ClaimProps, 'statement' | 'statements'>) {
  const original = statements.find(({ id }) => id === statement.duplicate_of)
  return (
    <p class="tight">
      <b>Duplicate</b> of{' '}
      {original === undefined ? (
        <a href={`/forecasts/${statement.duplicate_of}`}>{statement.duplicate_of}</a>
      ) : (
        <a href={`#${original.id}`}>
          <Quote statement={original} />
        </a>
      )}
      , logged once.
    </p>
  )
}

/** Every source, latest first. */
export const sourcesPage: PageHandler = async (context) => {
  const { host, url } = context
  const after = url.searchParams.get('after')
  const from = after !== null && /^\d{1,15}$/u.test(after) ? Number(after) : undefined
  const { items, next } = await listSources(host.ledger.db, { limit: 100, after: from })
  return (
    <Page title="Sources" context={context} json="/api/sources">
      <h1>Sources</h1>
      <p class="intro">
        The documents in which somebody said something, latest first. How completely each was coded stands
        beside it.
      </p>
      <ul class="sources plain-list">
        {items.map(({ record, claims, forecasts }) => (
          <li>
            <a href={`/sources/${record.id}`}>
              <bdi>{record.title}</bdi>
            </a>
            <p class="small soft tight">
              {listed([
                [TYPES[record.type], record.publisher].filter((part) => part !== undefined).join(', '),
              ])}
              , <Days span={spanOf(record.published)} /> · {counted(claims, 'claim')},{' '}
              {counted(forecasts, 'forecast')} ·{' '}
              {coverageOf(record) === 'complete'
                ? 'coded completely'
                : coverageOf(record) === 'selected'
                  ? 'selected passages'
                  : 'coverage not stated'}
            </p>
          </li>
        ))}
      </ul>
      {items.length === 0 ? <p class="soft">Nothing is logged yet.</p> : null}
      {next === null ? null : (
        <p class="pages">
          <a href={`/sources?after=${next}`}>Earlier sources</a>
        </p>
      )}
    </Page>
  )
}
