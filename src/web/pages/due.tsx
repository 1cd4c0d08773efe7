import type { Child } from 'hono/jsx'
import { notFound } from '../../core/error.ts'
import { may } from '../../core/member.ts'
import { ConditionRequest, DisputeRequest } from '../../core/resolution.ts'
import { confirmResolution } from '../../ledger/confirm-resolution.ts'
import { disputeResolution } from '../../ledger/dispute-resolution.ts'
import { proposeResolution } from '../../ledger/propose-resolution.ts'
import { recordCondition } from '../../ledger/record-condition.ts'
import { type DueItem, readDue } from '../../store/due.ts'
import { forecastsOn } from '../../store/forecasts.ts'
import { findQuestion, resolutionsOf } from '../../store/lookups.ts'
import { listMembers, readPolicy } from '../../store/members.ts'
import { DateWithZone, dayText } from '../components/date.tsx'
import type { Names } from '../components/resolution.tsx'
import { draftOf, parsed } from '../forms/problem.ts'
import { requestOf } from '../forms/request.ts'
import { resolutionRequest } from '../forms/resolution.tsx'
import { Page } from '../layout.tsx'
import { type FormContext, html, type PageContext, seeOther } from '../page.ts'
import { QuestionCard, type Returned } from './question-card.tsx'

/** In the inbox this many of a kind can be decided in place; the others on their own page. */
const IN_PLACE = 25
const SHOWN = 100

const DONE: Readonly<Record<string, string>> = {
  proposed: 'The outcome is proposed. It is scored once it is confirmed.',
  confirmed: 'The outcome is confirmed, and the track records have changed with it.',
  disputed: 'The dispute is recorded. A new proposal can correct the outcome.',
  condition: 'The condition is recorded as met.',
}

/** `/due`: everything that needs somebody. */
export async function duePage(context: PageContext) {
  const { host, now, url } = context
  const { db } = host.ledger
  const [inbox, surround] = await Promise.all([readDue(db, now), readSurround(context)])
  const conditions = inbox.due.filter(({ what }) => what === 'condition')
  const due = inbox.due.filter(({ what }) => what === 'deadline')
  const soon = inbox.due_soon
  const isEmpty = [inbox.due, soon, inbox.proposed, inbox.disputed].every((list) => list.length === 0)
  const done = DONE[url.searchParams.get('done') ?? '']
  const question = url.searchParams.get('question')
  const list = async (title: string, says: Child, items: readonly DueItem[]) =>
    items.length === 0 ? null : (
      <Section context={context} title={title} says={says} items={items} surround={surround} />
    )
  const sections = [
    await list('Needs a decision', 'The deadline has passed, and nobody has said yet what happened.', due),
    await list(
      'Condition: did it come about?',
      'The day by which a condition had to come about has passed. Record that it did, or annul the question.',
      conditions,
    ),
    await list(
      'Waiting for confirmation',
      'An outcome is proposed. It counts once it is confirmed.',
      inbox.proposed,
    ),
    await list(
      'Disputed',
      'Somebody disagrees with the outcome. A correction supersedes it.',
      inbox.disputed,
    ),
    await list('Due soon', 'Within 14 days.', soon),
  ]
  return (
    <Page
      title="Due"
      description="Questions that need a decision."
      context={context}
      active="due"
      json="/api/due"
    >
      {done === undefined ? null : (
        <div class="notice" role="status">
          <p>
            {done}{' '}
            {question === null || !/^[a-z0-9_-]{1,170}$/u.test(question) ? null : (
              <a href={`/questions/${question}`}>Look at the question</a>
            )}
          </p>
        </div>
      )}
      <h1>What needs somebody</h1>
      {isEmpty ? (
        <p class="lead">
          Nothing due.{' '}
          {inbox.next === null ? (
            'No question is open.'
          ) : (
            <>
              Next: {dayText(inbox.next.deadline.date)},{' '}
              <a href={`/questions/${inbox.next.question}`}>
                <bdi>{inbox.next.title}</bdi>
              </a>
              .
            </>
          )}
        </p>
      ) : (
        <p class="intro">
          Only people decide what happened, with dated evidence.{' '}
          {context.viewer === null ? (
            <>
              <a href="/sign-in?next=%2Fdue">Sign in</a> to resolve.
            </>
          ) : null}
        </p>
      )}
      {sections}
    </Page>
  )
}

type Surround = { names: Names; four_eyes: boolean }

async function readSurround({ host }: PageContext): Promise<Surround> {
  const [members, policy] = await Promise.all([listMembers(host.ledger.db), readPolicy(host.ledger.db)])
  return {
    names: new Map(members.map(({ id, name }) => [id, name])),
    four_eyes: policy?.four_eyes_in_force ?? false,
  }
}

type SectionProps = {
  context: PageContext
  title: string
  says: Child
  items: readonly DueItem[]
  surround: Surround
}

async function Section({ context, title, says, items, surround }: SectionProps) {
  const { db } = context.host.ledger
  const mayResolve = context.viewer !== null && may(context.viewer.role, 'resolver')
  const shown = items.slice(0, SHOWN)
  const resolutions = await Promise.all(
    shown.map(({ question, row }) =>
      row.pending !== null || row.disputed ? resolutionsOf(db, question) : [],
    ),
  )
  return (
    <section>
      <h2>
        {title} <span class="soft">{items.length}</span>
      </h2>
      <p class="soft tight">{says}</p>
      <div class="tasks">
        {shown.map((item, i) =>
          i < IN_PLACE ? (
            <QuestionCard
              context={context}
              question={item.row}
              resolutions={resolutions[i] ?? []}
              analysts={item.analysts}
              notified={item.times_notified}
              {...surround}
            />
          ) : (
            <p class="tight">
              <a href={mayResolve ? `/questions/${item.question}/resolve` : `/questions/${item.question}`}>
                <bdi>{item.title}</bdi>
              </a>{' '}
              <span class="small">
                <DateWithZone deadline={item.deadline} />
              </span>
            </p>
          ),
        )}
      </div>
      {items.length > SHOWN ? <p>And {items.length - SHOWN} more, after these.</p> : null}
    </section>
  )
}

/** One question with its forms open: to resolve it early, to correct it, and where a form comes back. */
export async function resolvePage(context: PageContext, returned?: Returned) {
  const { host, now, params } = context
  const { db } = host.ledger
  const id = params.id ?? ''
  const [question, resolutions, forecasts, surround] = await Promise.all([
    findQuestion(db, id),
    resolutionsOf(db, id),
    forecastsOn(db, id, now),
    readSurround(context),
  ])
  if (question === null) throw notFound('question', id)
  const analysts = new Map(
    forecasts.map(({ analyst }) => [analyst.id, { id: analyst.id, name: analyst.name }]),
  )
  return (
    <Page title={`Resolve: ${question.record.title}`} context={context} active="due">
      <p class="crumbs">
        <a href="/due">Due</a>
      </p>
      <h1>What happened?</h1>
      <div class="tasks">
        <QuestionCard
          context={context}
          question={question}
          resolutions={resolutions}
          analysts={[...analysts.values()]}
          returned={returned}
          open
          {...surround}
        />
      </div>
    </Page>
  )
}

/** Does what a form asks, and goes on to the inbox; a refusal brings the form back as it was typed. */
async function taken(
  context: FormContext,
  form: Returned['form'],
  done: string,
  write: (question: string) => Promise<unknown>,
) {
  const id = context.params.id ?? ''
  try {
    await write(id)
  } catch (error) {
    const { error: refused, ...draft } = draftOf(context.form, error)
    if (refused.code === 'not_found' || refused.code === 'forbidden') throw refused
    return html(resolvePage(context, { form, draft }), context.surroundings.problems[refused.code].status)
  }
  return seeOther(`/due?done=${done}&question=${encodeURIComponent(id)}`)
}

export const propose = (context: FormContext) =>
  taken(context, 'resolution', 'proposed', async (id) => {
    const { ledger } = context.host
    const question = await findQuestion(ledger.db, id)
    if (question === null) throw notFound('question', id)
    return proposeResolution(ledger, context.unit, id, resolutionRequest(context.form, question.record))
  })

export const confirm = (context: FormContext) =>
  taken(context, 'dispute', 'confirmed', (id) =>
    confirmResolution(context.host.ledger, context.unit, id, context.params.rid ?? ''),
  )

export const dispute = (context: FormContext) =>
  taken(context, 'dispute', 'disputed', (id) =>
    disputeResolution(
      context.host.ledger,
      context.unit,
      id,
      context.params.rid ?? '',
      parsed(DisputeRequest, requestOf(context.form)),
    ),
  )

export const meetCondition = (context: FormContext) =>
  taken(context, 'condition', 'condition', (id) =>
    recordCondition(
      context.host.ledger,
      context.unit,
      id,
      parsed(ConditionRequest, { evidence: [], ...requestOf(context.form) }),
    ),
  )
