import * as z from 'zod'
import { requestOfOne } from '../../capture/one.ts'
import { ForecastRequest, StatementRequest } from '../../core/forecast.ts'
import { StatementId } from '../../core/slug.ts'
import type { Typed } from '../../http/form.ts'
import * as paths from '../../http/paths.ts'
import { searchOf, words } from '../../http/search-params.ts'
import { recordForecast } from '../../ledger/forecast/record-forecast.ts'
import { recordStatement } from '../../ledger/forecast/record-statement.ts'
import { newId } from '../../ledger/ledger.ts'
import { textHash } from '../../log/entry.ts'
import { speakersNamed } from '../../store/documents/capture.ts'
import { listForecasts } from '../../store/forecasts.ts'
import { findQuestion, findSource } from '../../store/lookups.ts'
import { listAnalysts, listQuestions, listSources, statementsOf } from '../../store/nouns.ts'
import { ask } from '../../store/query.ts'
import { type FormFrame, FormProblems } from '../ui/field.tsx'
import { type Fields, once, onceEach, text } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { type FormContext, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, emptyDraft, parsed, typedIn } from '../ui/problem.ts'
import { submitted } from '../ui/submitted.ts'
import { rungsAmong } from './around.ts'
import { oneForm } from './fields.tsx'
import { oneFrom, placedProblems } from './form.ts'
import { type Known, QuestionOfOne, RemarkOfOne, SaidOfOne, SourceOfOne } from './one-form.tsx'

const MOST = 200

type What = 'forecast' | 'remark'

const OneQuery = {
  what: z.enum(['forecast', 'remark']).optional(),
  source: words(80).optional(),
  question: words(161).optional(),
  analyst: words(200).optional(),
  /** What was logged just now. */
  logged: StatementId.optional(),
}

export const oneFields: Fields = {
  own: {
    ...onceEach([...Object.keys(oneForm), 'key']),
    '/source/text': once(text(Number.POSITIVE_INFINITY)),
    accept_vague: once(z.literal('yes')),
    by_machine: once(z.literal('yes')),
    verified_by_ear: once(z.literal('yes')),
  },
}

/** `/capture/one`: a form that logs one forecast, or one remark that is none. */
export function captureOnePage(context: PageContext) {
  const { what = 'forecast', source, question, analyst } = searchOf(context.url, OneQuery)
  const draft = emptyDraft({
    source,
    question,
    '/analyst/name': analyst,
    '/voice': 'quote',
    '/kind': 'untestable',
    '/source/type': 'interview',
    '/source/coverage': 'unstated',
    '/question/type': 'binary',
    '/question/deadline/time_zone': 'UTC',
    manner: 'worded',
    key: newId(context.host.ledger),
  })
  return formPage(context, what, draft)
}

async function formPage(context: PageContext, what: What, draft: Draft) {
  const known = await readKnown(context, draft, what)
  const frame: FormFrame = { id: 'capture', fields: oneForm, draft }
  const { logged } = searchOf(context.url, OneQuery)
  const kept = Object.fromEntries(
    [...context.url.searchParams].filter(
      ([name]) => name === 'source' || name === 'analyst' || name === 'question',
    ),
  )
  const tab = (name: What, words: string) => (
    <li>
      <a
        class="chip"
        href={paths.captureOne({ ...kept, what: name === 'remark' ? name : undefined })}
        aria-current={what === name ? 'true' : undefined}
      >
        {words}
      </a>
    </li>
  )
  return (
    <Page title={what === 'forecast' ? 'Log a forecast' : 'Log a remark'} context={context} active="capture">
      {logged === undefined ? null : <Logged id={logged} what={what} />}
      <h1>{what === 'forecast' ? 'Log a forecast' : 'Log a remark that is no forecast'}</h1>
      <p class="intro">
        {what === 'forecast'
          ? 'First the words as they were said, then our question about them, then how likely they made it. Nothing is edited later: a correction is a new entry with its reason.'
          : 'Duplicates and remarks that nothing can test are in no score. They are counted beside every one.'}
      </p>
      <ul class="chips" aria-label="What to log">
        {tab('forecast', 'A forecast')}
        {tab('remark', 'A remark that is no forecast')}
      </ul>
      <FormProblems frame={frame} />
      <form
        method="post"
        action={what === 'forecast' ? paths.captureOne() : paths.captureOneStatement()}
        class="capture"
      >
        <input type="hidden" name="key" value={typedIn(draft, 'key')} />
        <SourceOfOne frame={frame} known={known} />
        <SaidOfOne frame={frame} known={known} remark={what === 'remark'} />
        {what === 'forecast' ? (
          <QuestionOfOne frame={frame} known={known} />
        ) : (
          <RemarkOfOne frame={frame} known={known} />
        )}
        <p class="actions">
          <button type="submit">{what === 'forecast' ? 'Log this forecast' : 'Log this remark'}</button>
        </p>
      </form>
    </Page>
  )
}

const Logged = ({ id, what }: { id: string; what: What }) => (
  <div class="notice" role="status">
    <p>
      Logged:{' '}
      <a href={what === 'forecast' ? paths.forecast(id) : paths.source(id.slice(0, id.indexOf('_')))}>{id}</a>
      . The next one from the same source can follow here.
    </p>
  </div>
)

/** What can be chosen; what the address or the form names is among it even where the list is longer. */
async function readKnown({ host, now }: PageContext, draft: Draft, what: What): Promise<Known> {
  const { db } = host.ledger
  const source = typedIn(draft, 'source')
  const question = typedIn(draft, 'question')
  const name = typedIn(draft, '/analyst/name').trim()
  const [sources, questions, analysts, ownSource, ownQuestion, statements, speakers] = await Promise.all([
    listSources(db, { limit: MOST }),
    what === 'forecast' ? listQuestions(db, {}, now, { limit: MOST }) : { items: [] },
    listAnalysts(db, {}, { limit: MOST }),
    source === '' ? null : findSource(db, source),
    question === '' ? null : findQuestion(db, question),
    what === 'forecast'
      ? []
      : source === ''
        ? listForecasts(db, {}, now, { limit: MOST }).then(({ items }) =>
            items.map(({ statement }) => statement),
          )
        : statementsOf(db, source).then((held) =>
            held.map(({ record }) => record).filter(({ kind }) => kind === 'forecast'),
          ),
    ask(db, speakersNamed(name === '' ? [] : [name])),
  ])
  const withOwn = <T extends { record: { id: string; title: string } }>(
    items: readonly T[],
    own: T | null,
  ): [string, string][] => {
    const all =
      own === null || items.some(({ record }) => record.id === own.record.id) ? items : [own, ...items]
    return all.map(({ record }) => [record.id, record.title])
  }
  const undecided = questions.items.filter(({ outcome }) => outcome === null)
  return {
    sources: withOwn(sources.items, ownSource),
    rungs: rungsAmong(questions.items),
    questions: withOwn<{ record: { id: string; title: string } }>(undecided, ownQuestion),
    analysts: analysts.items.map(({ record }) => record.name),
    speakers,
    statements: statements.map(({ id, quote }) => [id, quote.exact.slice(0, 100)]),
  }
}

/** A form sent twice as it is logs once: its key is that of the page and everything typed. */
const idempotency = (typed: Typed) => {
  const fingerprint = textHash(JSON.stringify([...typed]))
  return { key: `form-${fingerprint}`, fingerprint }
}

/** Records what the form says and goes on to the next one: the source and the analyst stay. */
function taken(context: FormContext, what: What, kind: string) {
  const { form } = context
  const { ledger } = context.host
  const write = async () => {
    const one = oneFrom(form, kind)
    const recorded = typeof one.source === 'string' ? await findSource(ledger.db, one.source) : null
    const request = requestOfOne(one, recorded?.record ?? null)
    const unit = { ...context.unit, idempotency: idempotency(form) }
    const { event } =
      what === 'forecast'
        ? await recordForecast(ledger, unit, parsed(ForecastRequest, request), {
            accept_vague: one.accept_vague === true,
          })
        : await recordStatement(ledger, unit, parsed(StatementRequest, request))
    const { id } = event.payload as { id: string }
    const search = {
      source: id.slice(0, id.indexOf('_')),
      analyst: typedIn({ typed: form }, '/analyst/name'),
      logged: id,
      ...(what === 'remark' ? { what } : {}),
    }
    return seeOther(paths.captureOne(search))
  }
  return submitted(context, write, (held) =>
    formPage(context, what, { ...held, problems: placedProblems(held.problems, held.typed) }),
  )
}

export const logForecast = (context: FormContext) => taken(context, 'forecast', 'forecast')

export const logStatement = (context: FormContext) =>
  taken(context, 'remark', typedIn({ typed: context.form }, '/kind'))
