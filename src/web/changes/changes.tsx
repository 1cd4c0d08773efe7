import { AsOfText } from '../../core/as-of.ts'
import { notFound } from '../../core/error.ts'
import { reserveWord } from '../../core/objection.ts'
import { QuestionId, Slug } from '../../core/slug.ts'
import { capitalised } from '../../core/text.ts'
import type { PastMoment } from '../../http/host.ts'
import { besideEarlier } from '../../http/past.ts'
import * as paths from '../../http/paths.ts'
import { searchOf } from '../../http/search-params.ts'
import type { Change, ChangeType } from '../../store/changes.ts'
import { type Moved, readChanges } from '../../store/documents/changes.ts'
import { Instant } from '../ui/date.tsx'
import { Page } from '../ui/layout.tsx'
import { NotFinal } from '../ui/not-final.tsx'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import type { PageContext, PageHandler } from '../ui/page.ts'
import { MomentField, WhenItWas } from '../ui/past.tsx'
import { ShortQuote } from '../ui/quote.tsx'

const ChangesQuery = {
  since: AsOfText.optional(),
  analyst: Slug.optional(),
  question: QuestionId.optional(),
}

/** In this order, each with what one of them is called. */
const GROUPS: readonly (readonly [ChangeType, heading: string, one: string, many: string])[] = [
  ['forecast.recorded', 'Logged', 'forecast was logged', 'forecasts were logged'],
  ['resolution.confirmed', 'Decided', 'outcome was confirmed', 'outcomes were confirmed'],
  ['resolution.disputed', 'Disputed', 'outcome was disputed', 'outcomes were disputed'],
  ['resolution.superseded', 'Corrected', 'outcome was corrected', 'outcomes were corrected'],
  ['question.amended', 'Amended', 'question was amended', 'questions were amended'],
  ['forecast.withdrawn', 'Withdrawn by who said it', 'forecast was withdrawn', 'forecasts were withdrawn'],
  ['retracted', 'Logged by mistake', 'forecast was retracted', 'forecasts were retracted'],
]

/** What has changed between an earlier moment and the one that is shown. */
export const changesPage: PageHandler = (context) => {
  const { host, now, url } = context
  const { since, analyst, question } = searchOf(url, ChangesQuery)
  if (since === undefined) return <Asking context={context} of={{ analyst, question }} />
  return besideEarlier(host, since, async (then) => {
    const made = await readChanges(
      { db: host.ledger.db, now },
      { ...then, seq: then.moment.seq },
      { analyst, question },
    )
    if (made === null)
      throw analyst === undefined ? notFound('question', question ?? '') : notFound('analyst', analyst)
    return <Changes context={context} then={then.moment} since={since} {...made} />
  })
}

type Made = NonNullable<Awaited<ReturnType<typeof readChanges>>>

function Changes({
  context,
  then,
  since,
  analyst,
  question,
  counts,
  changes,
  more,
  figures,
}: Made & { context: PageContext; then: PastMoment; since: string }) {
  const { head } = context
  const of = { analyst: analyst?.id, question: question?.id }
  const told = GROUPS.filter(([type]) => (counts[type] ?? 0) > 0)
  return (
    <Page
      title={`What changed after entry ${then.seq}`}
      description={`The difference of two moments of the record: after entry ${then.seq} and after entry ${head.seq}.`}
      context={context}
      json={paths.api.changes({ since, ...of })}
    >
      <Crumbs analyst={analyst} question={question} />
      <h1>What changed</h1>
      <p class="lead">
        {told.length === 0
          ? 'Nothing that a reader would see has changed.'
          : `${told.map(([type, , one, many]) => `${counts[type]} ${counts[type] === 1 ? one : many}`).join(', ')}.`}
      </p>
      <p class="soft">
        From the record <WhenItWas moment={then} /> (entry {then.seq}) to that after entry {head.seq}
        {head.at === null ? null : (
          <>
            , <Instant at={head.at} />
          </>
        )}
        .
      </p>
      <Figures figures={figures} />
      {told.map(([type, heading]) => (
        <section>
          <h2>{heading}</h2>
          <ol class="changes">
            {changes
              .filter((change) => change.type === type)
              .map((change) => (
                <Line change={change} />
              ))}
          </ol>
        </section>
      ))}
      <NotFinal reserves={changes.map(({ reserve }) => reserve)} />
      {more === 0 ? null : <p>And {counted(more, 'earlier change')}, which are not listed.</p>}
      <Asking context={context} of={of} since={since} bare />
    </Page>
  )
}

const Line = ({ change }: { change: Change }) => (
  <li>
    {change.forecast === null || change.quote === null ? (
      <a href={paths.question(change.question)}>
        <Original>{change.question_title}</Original>
      </a>
    ) : (
      <>
        <a href={paths.forecast(change.forecast)}>
          <ShortQuote exact={change.quote} voice={change.voice ?? 'quote'} />
        </a>{' '}
        <Original>{change.analyst ?? ''}</Original>
      </>
    )}
    {change.happened === null ? null : <>: {change.happened}</>}
    {change.reserve === null ? null : <span class="soft nowrap"> ({reserveWord(change.reserve)})</span>}{' '}
    <span class="small soft nowrap">
      entry {change.entry}, <Instant at={change.at} />
    </span>
  </li>
)

const shown = (value: Moved['after']): string =>
  value === null
    ? '–'
    : typeof value === 'string'
      ? value
      : (Math.round(value * 1000) / 1000).toLocaleString('en', { maximumFractionDigits: 3 })

/** Those that moved; the others are counted. */
function Figures({ figures }: { figures: readonly Moved[] }) {
  const moved = figures.filter(({ before, after }) => shown(before) !== shown(after))
  const same = figures.length - moved.length
  if (figures.length === 0) return null
  if (moved.length === 0) return <p>No figure moved.</p>
  return (
    <>
      <table class="moved">
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col">Then</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {moved.map(({ figure, before, after }) => (
            <tr>
              <th scope="row">{capitalised(figure)}</th>
              <td>{shown(before)}</td>
              <td>{shown(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {same === 0 ? null : <p class="small soft">{counted(same, 'other figure')} did not move.</p>}
    </>
  )
}

const Crumbs = ({ analyst, question }: Pick<Made, 'analyst' | 'question'>) =>
  analyst === null && question === null ? null : (
    <p class="crumbs">
      {analyst === null ? null : (
        <a href={paths.analyst(analyst.id)}>
          <Original>{analyst.name}</Original>
        </a>
      )}
      {question === null ? null : (
        <a href={paths.question(question.id)}>
          <Original>{question.title}</Original>
        </a>
      )}
    </p>
  )

type AskingProps = {
  context: PageContext
  of: { analyst?: string | undefined; question?: string | undefined }
  since?: string
  bare?: boolean
}

/** Since when: a page of its own where nothing was asked yet. */
function Asking({ context, of, since = '', bare = false }: AskingProps) {
  const form = (
    <form action={paths.changes()} method="get" class="another-moment">
      {Object.entries(of).map(([name, value]) =>
        value === undefined ? null : <input type="hidden" name={name} value={value} />,
      )}
      <MomentField name="since" value={since}>
        What changed since
      </MomentField>
    </form>
  )
  if (bare) return form
  return (
    <Page title="What changed" description="The difference of two moments of the record." context={context}>
      <h1>What changed</h1>
      <p class="lead">
        What was logged, decided, amended or retracted between a moment of your choice and now, and which
        figures moved.
      </p>
      <p>Give a day, of which the end counts, or the number of an entry.</p>
      {form}
    </Page>
  )
}
