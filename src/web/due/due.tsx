import type { Child } from 'hono/jsx'
import * as z from 'zod'
import { may } from '../../core/member.ts'
import { TAKE_BACK_MS } from '../../core/resolution.ts'
import { DUE_SOON_DAYS } from '../../core/state.ts'
import { listOf, searchOf, words } from '../../http/search-params.ts'
import { type DueItem, readDue } from '../../store/due.ts'
import { findQuestion, resolutionsOf } from '../../store/lookups.ts'
import { type Desk, EMPTY_DESK, readDesks } from '../../store/newsroom.ts'
import { familyOf } from '../../store/nouns.ts'
import { readRechecks } from '../../store/rechecks.ts'
import { Chip } from '../ui/card.tsx'
import { DateWithZone, dayText } from '../ui/date.tsx'
import { Page } from '../ui/layout.tsx'
import type { PageContext } from '../ui/page.ts'
import { QuestionCard } from './question-card.tsx'
import { QuoteChanges } from './quote-changes.tsx'
import { readSurround, type Surround } from './resolve.tsx'

/** In the inbox this many of a kind can be decided in place; the others on their own page. */
const IN_PLACE = 25
const SHOWN = 100

const DONE = {
  proposed: 'The outcome is proposed. It is scored once it is confirmed.',
  confirmed: 'The outcome is confirmed, and the track records have changed with it.',
  disputed: 'The dispute is recorded. A new proposal can correct the outcome.',
  condition: 'The condition is recorded as met.',
  'taken-back': 'Taken back, by an entry of its own. The question needs a decision again.',
  desk: 'Kept, for members only.',
}

const DueQuery = {
  assigned: z.literal('me').optional(),
  done: z.enum(Object.keys(DONE) as (keyof typeof DONE)[]).optional(),
  question: listOf(words(161), SHOWN),
}

/** `/due`: everything that needs somebody. */
export async function duePage(context: PageContext) {
  const { host, now, url, viewer } = context
  const { db } = host.ledger
  const [inbox, surround, rechecks] = await Promise.all([
    readDue(db, now),
    readSurround(context),
    viewer === null ? [] : readRechecks(db),
  ])
  const all = [...inbox.due, ...inbox.due_soon, ...inbox.proposed, ...inbox.disputed]
  const desks =
    viewer === null
      ? new Map<string, Desk>()
      : await readDesks(
          db,
          all.map(({ question }) => question),
        )
  const isMine = ({ question }: DueItem) => desks.get(question)?.assignment?.member === viewer?.member
  const onlyMine = viewer !== null && searchOf(url, DueQuery).assigned === 'me'
  const list = async (title: string, says: Child, held: readonly DueItem[]) => {
    const items = onlyMine ? held.filter(isMine) : held
    return items.length === 0 ? null : (
      <Section context={context} title={title} says={says} items={items} surround={surround} desks={desks} />
    )
  }
  const sections = [
    await list(
      'Needs a decision',
      'The deadline has passed, and nobody has said yet what happened.',
      inbox.due.filter(({ what }) => what === 'deadline'),
    ),
    await list(
      'Condition: did it come about?',
      'The day by which a condition had to come about has passed. Record that it did, or annul the question.',
      inbox.due.filter(({ what }) => what === 'condition'),
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
    await list('Due soon', `Within ${DUE_SOON_DAYS} days.`, inbox.due_soon),
  ]
  const mine = new Set(all.filter(isMine).map(({ question }) => question)).size
  return (
    <Page
      title="Due"
      description="Questions that need a decision."
      context={context}
      active="due"
      json="/api/due"
    >
      <Done context={context} />
      <h1>What needs somebody</h1>
      {all.length === 0 ? (
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
          {viewer === null ? (
            <>
              <a href="/sign-in?next=%2Fdue">Sign in</a> to resolve.
            </>
          ) : null}
        </p>
      )}
      {viewer === null || all.length === 0 ? null : (
        <p class="chips">
          <Chip href="/due" current={!onlyMine}>
            Everything
          </Chip>
          <Chip href="/due?assigned=me" current={onlyMine} n={mine}>
            Assigned to me
          </Chip>
        </p>
      )}
      {onlyMine && mine === 0 ? <p>Nothing of this is assigned to you.</p> : null}
      {sections}
      {onlyMine ? null : <QuoteChanges rechecks={rechecks} />}
    </Page>
  )
}

/** What was done just now, and for a minute the way to take it back. */
async function Done({ context: { host, url, viewer } }: { context: PageContext }) {
  const { db } = host.ledger
  const { done, question: ids } = searchOf(url, DueQuery)
  if (done === undefined) return null
  const found = await Promise.all(ids.map((id) => findQuestion(db, id)))
  const questions = found.filter((question) => question !== null)
  const since = new Date(host.now().getTime() - TAKE_BACK_MS).toISOString()
  const undoable = await Promise.all(
    questions.map(async ({ record }) =>
      (await resolutionsOf(db, record.id)).find(
        (row) =>
          row.superseded_by === null &&
          row.disputed_at === null &&
          (row.confirmed_by ?? row.proposed_by) === viewer?.member &&
          (row.confirmed_at ?? row.proposed_at) >= since,
      ),
    ),
  )
  return (
    <div class="notice" role="status">
      <p>{DONE[done]}</p>
      {questions.map(({ record }, i) => (
        <div class="actions">
          <a href={`/questions/${record.id}`}>
            <bdi>{record.title}</bdi>
          </a>
          {undoable[i] === undefined ? null : (
            <form
              method="post"
              action={`/questions/${record.id}/resolutions/${undoable[i].record.id}/withdrawal`}
            >
              <button type="submit" class="quiet">
                Undo
              </button>{' '}
              <span class="soft small">For one minute, as an entry of its own.</span>
            </form>
          )}
        </div>
      ))}
    </div>
  )
}

type SectionProps = {
  context: PageContext
  title: string
  says: Child
  items: readonly DueItem[]
  surround: Surround
  desks: ReadonlyMap<string, Desk>
}

async function Section({ context, title, says, items, surround, desks }: SectionProps) {
  const { db } = context.host.ledger
  const { viewer, now } = context
  const mayResolve = viewer !== null && may(viewer.role, 'resolver')
  const isAside = ({ question }: DueItem) => (desks.get(question)?.snooze?.until_at ?? '') > now.toISOString()
  const aside = items.filter(isAside)
  const shown = items.filter((item) => !isAside(item)).slice(0, SHOWN)
  const inPlace = shown.slice(0, IN_PLACE)
  const resolutions = await Promise.all(
    inPlace.map(({ question, row }) =>
      row.pending !== null || row.disputed ? resolutionsOf(db, question) : [],
    ),
  )
  const families = [...new Set(inPlace.map(({ row }) => row.record.family))].filter(
    (one) => one !== undefined,
  )
  const siblings = new Map(
    await Promise.all(families.map(async (family) => [family, await familyOf(db, family, now)] as const)),
  )
  const line = ({ question, title, deadline }: DueItem, why?: Child) => (
    <p class="tight">
      <a href={mayResolve ? `/questions/${question}/resolve` : `/questions/${question}`}>
        <bdi>{title}</bdi>
      </a>{' '}
      <span class="small">
        <DateWithZone deadline={deadline} />
        {why}
      </span>
    </p>
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
              siblings={siblings.get(item.row.record.family ?? '') ?? []}
              desk={viewer === null ? null : (desks.get(item.question) ?? EMPTY_DESK)}
              {...surround}
            />
          ) : (
            line(item)
          ),
        )}
      </div>
      {items.length - aside.length > SHOWN ? (
        <p>And {items.length - aside.length - SHOWN} more, after these.</p>
      ) : null}
      {aside.length === 0 ? null : (
        <details class="aside-list">
          <summary>
            {aside.length} of {items.length} set aside until later
          </summary>
          {aside.map((item) => {
            const snooze = desks.get(item.question)?.snooze
            return line(
              item,
              snooze == null ? null : (
                <>
                  {' '}
                  · again on {dayText(snooze.until)}: <bdi>{snooze.because}</bdi>
                </>
              ),
            )
          })}
        </details>
      )}
    </section>
  )
}
