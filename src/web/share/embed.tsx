import type { Child } from 'hono/jsx'
import { notFound } from '../../core/error.ts'
import * as paths from '../../http/paths.ts'
import { readForecastItem } from '../../store/documents/forecast.ts'
import { type RecordDocument, readTrackRecord } from '../../store/documents/track-record.ts'
import { assetOf } from '../ui/asset.ts'
import { ProbabilityBand } from '../ui/band.tsx'
import { claimTitle } from '../ui/claim-title.ts'
import { DateWithZone, Days, Instant } from '../ui/date.tsx'
import { Banner } from '../ui/layout.tsx'
import { Original, Outlet } from '../ui/original.tsx'
import type { PageContext, PageHandler } from '../ui/page.ts'
import { QuoteInContext } from '../ui/quote.tsx'
import { LOGGED, sentenceText, totalsText } from '../ui/record-words.ts'
import { VerdictMark } from '../ui/verdict-mark.tsx'
import { escaped } from './flow.ts'

type FrameProps = { context: PageContext; title: string; path: string; children?: Child }

/** A page that anybody may frame: no navigation, no form, nothing of whoever is signed in. */
export const Framed = ({ context: { host, now }, title, path, children }: FrameProps) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="robots" content="noindex" />
      <base target="_blank" />
      <title>{`${title} · Reckoning`}</title>
      <link rel="stylesheet" href={assetOf(host, 'style.css')} />
    </head>
    <body class="embed">
      {host.settings.banner === null ? null : <Banner text={host.settings.banner} />}
      <main>
        {children}
        <p class="small soft">
          <a href={path} target="_blank" rel="noopener">
            Everything about it in Reckoning
          </a>
          , as of <Instant at={now} />
        </p>
      </main>
    </body>
  </html>
)

/** `/embed/forecasts/:id`: the words, our question, our reading, what happened. */
export const forecastEmbed: PageHandler = async (context) => {
  const { db } = context.host.ledger
  const id = context.params.id ?? ''
  const item = await readForecastItem(db, id, context.now)
  if (item === null) throw notFound('forecast', id)
  const { forecast, question, statement, analyst, source } = item
  return (
    <Framed context={context} title={claimTitle(item)} path={paths.forecast(forecast.record.id)}>
      <div class={forecast.retraction === null ? undefined : 'struck'}>
        <h1 class="unseen">
          A forecast by <Original>{analyst.name}</Original>
        </h1>
        <QuoteInContext statement={statement} source={source} />
        <p class="byline">
          <Original>{analyst.name}</Original>, <Outlet source={source} />,{' '}
          <Days span={forecast.record.said_on} />
        </p>
        <p class="event">
          <span class="soft">Our question:</span> <bdi>{question.record.title}</bdi>
        </p>
        <ProbabilityBand
          probability={forecast.record.probability}
          outcome={question.outcome}
          voice={statement.voice}
        />
        <p class="standing">
          <VerdictMark item={item} now={context.now} said={false} whole />
          <span class="small">
            Deadline <DateWithZone deadline={question.record.deadline} />
          </span>
          <span class="label">{LOGGED[item.logged]}</span>
          {forecast.retraction === null ? null : <span class="label">retracted: logged by mistake</span>}
        </p>
      </div>
    </Framed>
  )
}

/** `/embed/analysts/:id`: the sentence, and what it rests on. */
export const analystEmbed: PageHandler = async (context) => {
  const id = context.params.id ?? ''
  const record = await readTrackRecord(context.host.ledger.db, id, { now: context.now, simulate: false })
  if (record === null) throw notFound('analyst', id)
  const name = record.analyst?.name ?? id
  return (
    <Framed context={context} title={name} path={paths.analyst(id)}>
      <FramedRecord name={name} record={record} />
    </Framed>
  )
}

/** A record in few words: the sentence, how sure it is, and what it rests on. */
export const FramedRecord = ({ name, record }: { name: string; record: RecordDocument }) => (
  <>
    <h1>
      <Original>{name}</Original>
    </h1>
    <p class="lead">{sentenceText(record.lead.sentence)}</p>
    {[record.lead.numbers, record.lead.how_sure].map((text) =>
      text === null ? null : <p>{sentenceText(text)}</p>,
    )}
    <p class="soft">{totalsText(record)}</p>
  </>
)

/** The code of a frame for another page. */
export const frameCode = (address: string, title: string, width: number | string, height: number): string =>
  `<iframe src="${escaped(address)}" title="${escaped(title)}" width="${width}" height="${height}" frameborder="0" loading="lazy"></iframe>`

type ShareProps = { origin: string; path: string; title: string; height: number }

/** How to show this elsewhere: the code of a frame, and the picture. */
export function ShareCode({ origin, path, title, height }: ShareProps) {
  const code = frameCode(origin + paths.frameOf(path), title, '100%', height)
  return (
    <details class="cite">
      <summary>Embed or share</summary>
      <h3>A frame for another page</h3>
      <pre tabindex={0} class="secret">
        {code}
      </pre>
      <p class="small">
        <a href={paths.frameOf(path)}>How the frame looks</a> ·{' '}
        <a href={paths.pictureOf(path)}>A picture of 1200 × 630</a>
      </p>
    </details>
  )
}
