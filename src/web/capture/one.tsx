import * as z from 'zod'
import { requestOfOne } from '../../capture/one.ts'
import { ForecastRequest, StatementRequest } from '../../core/forecast.ts'
import type { Typed } from '../../http/form.ts'
import * as paths from '../../http/paths.ts'
import { searchOf, words } from '../../http/search-params.ts'
import { forecastAsLogged, recordForecast } from '../../ledger/forecast/record-forecast.ts'
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
import { type FormContext, html, type PageAnswer, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, emptyDraft, parsed, typedIn } from '../ui/problem.ts'
import { submitted } from '../ui/submitted.ts'
import { rungsAmong } from './around.ts'
import { CheckedClaim, readChecked } from './checked.tsx'
import { oneForm } from './fields.tsx'
import { oneFrom, placedProblems } from './form.ts'
import { type Known, QuestionOfOne, RemarkOfOne, SaidOfOne, SourceOfOne } from './one-form.tsx'
import { StepBar } from './step-bar.tsx'

const MOST = 200

type What = 'forecast' | 'remark'

const OneQuery = {
  what: z.enum(['forecast', 'remark']).optional(),
  source: words(80).optional(),
  question: words(161).optional(),
  analyst: words(200).optional(),
}

export const oneFields: Fields = {
  own: {
    ...onceEach([...Object.keys(oneForm), 'key']),
    do: once(z.enum(['check', 'change', 'log'])),
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
      <StepBar
        at="text"
        words={{ text: 'Words' }}
        without={what === 'forecast' ? ['mark'] : ['mark', 'check']}
      />
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
          {what === 'forecast' ? (
            <button type="submit" formaction={paths.captureOneCheck()}>
              Check this forecast
            </button>
          ) : (
            <button type="submit">Log this remark</button>
          )}
        </p>
      </form>
    </Page>
  )
}

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

/** What the form asks the ledger to record. */
async function requestFrom({ form, host }: FormContext, kind: string) {
  const one = oneFrom(form, kind)
  const { db } = host.ledger
  const recorded = typeof one.source === 'string' ? await findSource(db, one.source) : null
  const asks = { accept_vague: one.accept_vague === true }
  return { request: requestOfOne(one, recorded?.record ?? null), recorded: recorded?.record ?? null, asks }
}

const returned = (context: FormContext, what: What) => (held: Draft) =>
  formPage(context, what, { ...held, problems: placedProblems(held.problems, held.typed) })

/** Records what the form says; the receipt leads on to the next one, with the source and the analyst. */
function taken(context: FormContext, what: What, kind: string) {
  const { form } = context
  const { ledger } = context.host
  const write = async () => {
    const { request, asks } = await requestFrom(context, kind)
    const unit = { ...context.unit, idempotency: idempotency(form) }
    const { event } =
      what === 'forecast'
        ? await recordForecast(ledger, unit, parsed(ForecastRequest, request), asks)
        : await recordStatement(ledger, unit, parsed(StatementRequest, request))
    const { id } = event.payload as { id: string }
    const analyst = typedIn({ typed: form }, '/analyst/name')
    return seeOther(paths.oneLogged(id, { analyst: analyst === '' ? undefined : analyst }))
  }
  return submitted(context, write, returned(context, what))
}

export const logForecast = (context: FormContext) => taken(context, 'forecast', 'forecast')

export const logStatement = (context: FormContext) =>
  taken(context, 'remark', typedIn({ typed: context.form }, '/kind'))

/** What would be logged, as the sentences under which it counts; `change` brings the form back as it was typed. */
export function checkForecast(context: FormContext): Promise<PageAnswer> {
  const { form, host, unit } = context
  const draw = async () => {
    if (typedIn({ typed: form }, 'do') === 'change')
      return formPage(context, 'forecast', { typed: form, problems: [], message: null })
    const { request, recorded, asks } = await requestFrom(context, 'forecast')
    const entries = await forecastAsLogged(host.ledger, unit, parsed(ForecastRequest, request), asks)
    const { forecasts } = await readChecked(host.ledger.db, entries)
    const language = recorded?.language ?? (typedIn({ typed: form }, '/source/language') || undefined)
    return (
      <Page title="Check before it is sealed" context={context} active="capture">
        <StepBar at="check" words={{ text: 'Words' }} without={['mark']} />
        <h1 tabindex={-1} autofocus>
          Check before it is sealed
        </h1>
        <p class="intro">
          Read the sentence as somebody who wants to know who was right. Nothing is logged yet; afterwards
          nothing is edited.
        </p>
        {forecasts.map((claim) => (
          <CheckedClaim claim={claim} language={language} change={null} />
        ))}
        <form method="post" action={paths.captureOne()} class="seal" data-seal>
          {[...form]
            .filter(([name]) => name !== 'do')
            .flatMap(([name, values]) => values.map((value) => [name, value] as const))
            .map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
          <p class="actions">
            <button type="submit">Log this forecast</button>
            <button type="submit" class="quiet" formaction={paths.captureOneCheck()} name="do" value="change">
              Change it
            </button>
          </p>
          <p class="status small soft" role="status" id="status" />
        </form>
      </Page>
    )
  }
  return submitted(context, async () => html(draw()), returned(context, 'forecast'))
}
