import { notFound } from '../../core/error.ts'
import type { Source } from '../../core/source.ts'
import * as paths from '../../http/paths.ts'
import { searchOf, words } from '../../http/search-params.ts'
import { findCapture } from '../../store/captures.ts'
import { type LoggedItem, readLogged } from '../../store/documents/logged.ts'
import { Day } from '../ui/date.tsx'
import { Page } from '../ui/layout.tsx'
import { Original } from '../ui/original.tsx'
import { type PageAnswer, type PageContext, seeOther } from '../ui/page.ts'
import { ShortQuote } from '../ui/quote.tsx'
import { StepBar, type StepBarProps } from './step-bar.tsx'
import { inWords } from './suggestion.tsx'
import { shortened } from './words.ts'

/** `/captures/:id/logged`: what a capture became, with the number of each entry. */
export async function captureReceipt(context: PageContext): Promise<PageAnswer> {
  const { db } = context.host.ledger
  const id = context.params.id ?? ''
  const found = await findCapture(db, id)
  if (found === null) throw notFound('capture', id)
  if ('capture' in found) return seeOther(paths.captureCheck(id))
  const { source, statements } = found.logged
  const { items, source: held } = await readLogged(db, source, statements)
  return drawReceipt(context, held?.record ?? null, items, {})
}

/** `/capture/one/logged/:id`: the same of what was logged without its text. */
export async function oneReceipt(context: PageContext): Promise<PageAnswer> {
  const { analyst } = searchOf(context.url, { analyst: words(200).optional() })
  const id = context.params.id ?? ''
  const source = id.slice(0, id.indexOf('_'))
  const read = await readLogged(context.host.ledger.db, source, [id])
  if (read.items.length === 0) throw notFound('statement', id)
  const isForecast = read.items.every(({ record }) => record.kind === 'forecast')
  return drawReceipt(context, read.source?.record ?? null, read.items, {
    analyst,
    steps: { words: { text: 'Words' }, without: isForecast ? ['mark'] : ['mark', 'check'] },
  })
}

function drawReceipt(
  context: PageContext,
  source: Source | null,
  items: readonly LoggedItem[],
  { analyst, steps = {} }: { analyst?: string | undefined; steps?: Omit<StepBarProps, 'at'> },
) {
  const ofKind = (kind: string) => items.filter(({ record }) => record.kind === kind)
  const [forecasts, duplicates, untestable] = ['forecast', 'duplicate', 'untestable'].map(ofKind) as [
    LoggedItem[],
    LoggedItem[],
    LoggedItem[],
  ]
  const counts = inWords({
    forecasts: forecasts.length,
    duplicates: duplicates.length,
    remarks: untestable.length,
  })
  const one = items.length === 1
  const last = Math.max(...items.map(({ seq, forecast_seq }) => forecast_seq ?? seq))
  return (
    <Page title={`Logged: ${counts}`} context={context} active="capture">
      <StepBar at="logged" {...steps} />
      <h1 tabindex={-1} autofocus>
        Logged: {counts}
      </h1>
      <p class="intro" role="status">
        {one ? 'It is' : 'They stand in the ledger, up to'} entry {last.toLocaleString('en')}
        {one ? ' of the ledger' : ''}. Each entry is sealed: what is wrong with one is corrected by another.
      </p>
      <ReceiptTable title="Forecasts" items={forecasts} />
      <ReceiptTable title="In no score" items={[...untestable, ...duplicates]} />
      <p class="actions">
        {source === null ? null : (
          <a class="button" href={paths.source(source.id)}>
            The page of the source
          </a>
        )}
        <a class="button quiet" href={paths.captures()}>
          Log another text
        </a>
        {source === null ? null : (
          <a class="button quiet" href={paths.captureOne({ source: source.id, analyst })}>
            Log another from this source
          </a>
        )}
      </p>
      {source === null ? null : (
        <p class="small soft">
          Source: <Original language={source.language}>{source.title}</Original>
        </p>
      )}
    </Page>
  )
}

const KINDS = { forecast: '', duplicate: 'says again', untestable: 'not testable' } as const

const ReceiptTable = ({ title, items }: { title: string; items: readonly LoggedItem[] }) =>
  items.length === 0 ? null : (
    <table class="receipt">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col" class="num">
            Entry
          </th>
          <th scope="col">What was said</th>
          <th scope="col">Our question</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ seq, record, forecast_seq, question }) => (
          <tr>
            <td class="num">{(forecast_seq ?? seq).toLocaleString('en')}</td>
            <td>
              <a
                href={
                  record.kind === 'forecast'
                    ? paths.forecast(record.id)
                    : paths.statement(record.source, record.id)
                }
              >
                <ShortQuote exact={shortened(record.quote.exact)} voice={record.voice} />
              </a>
            </td>
            <td>
              {question === null ? (
                <span class="soft">{KINDS[record.kind]}</span>
              ) : (
                <>
                  <a class="plain" href={paths.question(question.id)}>
                    <bdi dir="auto">{question.title}</bdi>
                  </a>{' '}
                  <span class="small soft nowrap">
                    deadline <Day day={question.deadline.date} />
                  </span>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
