import { RedactionRequest, redactionKinds } from '../../core/redaction.ts'
import type { Typed } from '../../http/form.ts'
import * as paths from '../../http/paths.ts'
import type { Plan } from '../../ledger/redaction/plan.ts'
import { redact, wouldRedact } from '../../ledger/redaction/redact.ts'
import { readRedactionsPage } from '../../store/documents/settings.ts'
import { rowWords } from '../../store/private-words.ts'
import type { RedactionRow } from '../../store/redactions.ts'
import { CLASS_FIELD } from '../ui/class-field.ts'
import { Instant } from '../ui/date.tsx'
import { FormFields, type FormFrame, FormProblems, type FormTable, type Options } from '../ui/field.tsx'
import { fieldsOf } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { type FormRoute, html, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, emptyDraft, parsed } from '../ui/problem.ts'
import { submitted } from '../ui/submitted.ts'
import { requestOf } from '../ui/typed.ts'

const either = (values: readonly string[], none: string): Options => [
  ['', none],
  ...values.map((value) => [value, value] as const),
]

const FORM: FormTable = {
  '/kind': {
    label: 'All texts of',
    options: either(redactionKinds, 'no record'),
    hint: 'An entry is any other thing that was recorded, such as a reply or an outcome: its number stands in the history. A member is suspended first, and called a former member afterwards.',
  },
  '/id': { label: 'Its id, or the number of the entry', maxlength: 200 },
  '/fields': {
    label: 'Of these only these',
    hint: 'Names with commas between them, such as note, affiliation. Left out, all of them.',
    maxlength: 500,
  },
  '/words': {
    label: 'Words, wherever they stand',
    rows: 3,
    hint: 'One name or sentence a line. Names of people are looked for by themselves when their record is named.',
    maxlength: 10_000,
  },
  '/text': {
    label: 'The kept text of a source, by its id',
    hint: 'The text that quotes were checked with. Its hash stays.',
    maxlength: 80,
  },
  '/because': {
    label: 'Why',
    hint: 'Everybody will read this, for good. Do not repeat here what is to go.',
    rows: 2,
    maxlength: 2000,
    required: true,
  },
  '/class': { ...CLASS_FIELD, required: true },
}

const listed = (value: unknown, between: RegExp): string[] | undefined => {
  const parts = typeof value === 'string' ? value.split(between).map((part) => part.trim()) : []
  const said = parts.filter((part) => part !== '')
  return said.length === 0 ? undefined : said
}

/** What the form asks, as the API would be asked. */
function asked(form: Typed): RedactionRequest {
  const { fields, words, ...request } = requestOf(form)
  const own = listed(fields, /,/u)
  const said = listed(words, /\r?\n/u)
  return parsed(RedactionRequest, {
    ...request,
    ...(own === undefined ? {} : { fields: own }),
    ...(said === undefined ? {} : { words: said }),
  })
}

/** `/settings/redactions`: what an administrator can take out, and what was. */
export async function redactionsPage(context: PageContext, returned?: Draft) {
  const { url, host } = context
  const from = (name: string) => url.searchParams.get(name) ?? undefined
  const draft = returned ?? emptyDraft({ '/kind': from('kind'), '/id': from('id'), '/text': from('text') })
  const frame: FormFrame = { id: 'redaction', fields: FORM, draft }
  const { items } = await readRedactionsPage(host.ledger.db)
  return (
    <Page title="Taking words out" context={context}>
      <p class="crumbs">
        <a href={paths.settings()}>Settings</a> ›
      </p>
      <h1>Taking words out</h1>
      <p class="lead">
        Personal data, or what should never have been written down, goes for good: from the record, the texts
        kept beside it, drafts and everything made of them. Probabilities, deadlines, outcomes and scores
        stay, and each page says that something was taken out.
      </p>
      <p>
        What others hold already cannot be reached from here: backups made before, exports, copies of pages.
        Ask for those to be deleted too.
      </p>
      <form method="post" action={paths.redactionPlan()}>
        <FormProblems frame={frame} />
        <FormFields frame={frame} />
        <button type="submit">Show what would go</button>
      </form>
      <Made rows={items} />
    </Page>
  )
}

const Made = ({ rows }: { rows: readonly RedactionRow[] }) =>
  rows.length === 0 ? null : (
    <>
      <h2>What was taken out</h2>
      <ol class="history">
        {rows.map(({ entry, seq, at, text, because }) => (
          <li>
            <p class="tight">
              {text ? 'The kept text of the source of' : 'Words of'} entry {entry}: <bdi>{because}</bdi>
            </p>
            <p class="small soft tight">
              <Instant at={at} />, entry {seq}
            </p>
          </li>
        ))}
      </ol>
    </>
  )

const SHOWN = 20
const firstOf = (all: readonly string[]): string =>
  `${all.slice(0, SHOWN).join(', ')}${all.length > SHOWN ? ` and ${all.length - SHOWN} more` : ''}`

/** "2 statement.recorded (7, 12), 1 forecast.recorded (8)": the first entries of each type. */
function byType(events: readonly { type: string; seq: number }[]): string {
  const types = [...new Set(events.map(({ type }) => type))]
  return types
    .map((type) => {
      const seqs = events.filter((event) => event.type === type).map(({ seq }) => seq)
      const more = seqs.length > SHOWN ? ` and ${seqs.length - SHOWN} more` : ''
      return `${seqs.length.toLocaleString('en')} ${type} (${seqs.slice(0, SHOWN).join(', ')}${more})`
    })
    .join(', ')
}

/** What would go, and the button that does it. */
function planPage(context: PageContext, plan: Plan, form: Typed) {
  const { changes, texts, rows, renamed, left } = plan
  return (
    <Page title="What would go" context={context}>
      <p class="crumbs">
        <a href={paths.settings()}>Settings</a> › <a href={paths.redactions()}>Taking words out</a> ›
      </p>
      <h1>What would go</h1>
      <p class="lead">Nothing has been taken out yet. Once it is, nobody can bring it back.</p>
      <dl class="facts">
        <dt>Entries</dt>
        <dd>{changes.length === 0 ? 'None.' : byType(changes.map(({ event }) => event))}</dd>
        <dt>Kept texts</dt>
        <dd>{texts.length === 0 ? 'None.' : firstOf(texts.map(({ source }) => source))}</dd>
        <dt>Beside the log</dt>
        <dd>{rows.length === 0 ? 'None.' : firstOf(rows.map(rowWords))}</dd>
        <dt>Ids that change</dt>
        <dd>
          {renamed.size === 0
            ? 'None.'
            : `${firstOf([...renamed.keys()])}. Their old addresses lead nowhere afterwards.`}
        </dd>
        {left.length === 0 ? null : (
          <>
            <dt>Stays</dt>
            <dd>
              The words also stand in {left.map(({ seq, type }) => `entry ${seq} (${type})`).join(', ')},
              which is left as it is: nothing is taken out of what says who may do what.
            </dd>
          </>
        )}
      </dl>
      <form method="post" action={paths.redactionMade()}>
        {[...form].map(([name, [value = '']]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button type="submit">Take it out for good</button> <a href={paths.redactions()}>Leave it as it is</a>
      </form>
    </Page>
  )
}

const route = (path: string, act: FormRoute['act']): FormRoute => ({
  path: `/settings/redactions/${path}`,
  role: 'admin',
  fields: fieldsOf(FORM),
  act,
})

export const redactionForms: readonly FormRoute[] = [
  route('plan', (context) =>
    submitted(
      context,
      async ({ ledger, unit, form }) =>
        html(planPage(context, await wouldRedact(ledger, unit, asked(form)), form)),
      (draft) => redactionsPage(context, draft),
    ),
  ),
  route('made', (context) =>
    submitted(
      context,
      async ({ ledger, unit, form }) => {
        await redact(ledger, unit, asked(form))
        return seeOther(paths.redactions())
      },
      (draft) => redactionsPage(context, draft),
    ),
  ),
]
