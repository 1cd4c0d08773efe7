import type { Child } from 'hono/jsx'
import * as z from 'zod'
import { may } from '../../core/member.ts'
import { ANSWER_DAYS, instantText } from '../../core/objection.ts'
import { TAKE_BACK_MS } from '../../core/resolution.ts'
import { DUE_SOON_DAYS } from '../../core/state.ts'
import * as paths from '../../http/paths.ts'
import { listOf, searchOf, words } from '../../http/search-params.ts'
import { readCards, readInbox } from '../../store/documents/due.ts'
import type { DueInbox, DueItem } from '../../store/due.ts'
import type { QuestionRow, ResolutionRow } from '../../store/lookups.ts'
import { type Desk, EMPTY_DESK } from '../../store/newsroom.ts'
import { Horizon } from '../charts/horizon.tsx'
import { Chip } from '../ui/card.tsx'
import { DateWithZone, dayText } from '../ui/date.tsx'
import { DUE_FEEDS } from '../ui/feeds.tsx'
import { Page } from '../ui/layout.tsx'
import { Titled } from '../ui/link.tsx'
import type { PageContext } from '../ui/page.ts'
import { QuestionCard } from './question-card.tsx'
import { QuoteChanges } from './quote-changes.tsx'
import { type Surround, surroundOf } from './resolve.tsx'
import { WaitingReplies } from './waiting-replies.tsx'

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
  const { done, question: ids, assigned } = searchOf(url, DueQuery)
  const read = await readInbox(db, now, viewer !== null, done === undefined ? [] : ids)
  const { inbox, desks } = read
  const waiting = [...inbox.due, ...inbox.due_soon, ...inbox.proposed, ...inbox.disputed]
  const all = [...waiting, ...inbox.objection]
  const isMine = ({ question }: DueItem) => desks.get(question)?.assignment?.member === viewer?.member
  const onlyMine = viewer !== null && assigned === 'me'
  const isAside = ({ question }: DueItem) => (desks.get(question)?.snooze?.until_at ?? '') > now.toISOString()
  const lists = listsOf(inbox, onlyMine ? isMine : () => true, isAside)
  const cards = await readCards(
    db,
    lists.flatMap(({ inPlace }) => inPlace),
    now,
  )
  const surround = surroundOf(read)
  const mine = new Set(all.filter(isMine).map(({ question }) => question)).size
  return (
    <Page
      title="To decide"
      description="Questions that need a decision."
      context={context}
      active="due"
      json={paths.api.due()}
      feeds={DUE_FEEDS}
    >
      {done === undefined ? null : (
        <Done context={context} done={done} questions={ids.flatMap((id) => read.done?.get(id) ?? [])} />
      )}
      <h1>To decide</h1>
      {waiting.length === 0 ? (
        <p class="lead">
          Nothing to decide.{' '}
          {inbox.next === null ? (
            'No question is open.'
          ) : (
            <>
              Next: {dayText(inbox.next.deadline.date)},{' '}
              <Titled href={paths.question(inbox.next.question)}>{inbox.next.title}</Titled>.
            </>
          )}
        </p>
      ) : (
        <p class="intro">
          Only people decide what happened, with dated evidence.{' '}
          {viewer === null ? (
            <>
              <a href={paths.signIn({ next: paths.due() })}>Sign in</a> to resolve.
            </>
          ) : null}
        </p>
      )}
      {/* It is of every question: beside one's own it would show what is others'. */}
      {onlyMine || read.horizon.all < 2 ? null : (
        <Horizon id="horizon" title="What is not decided yet" horizon={read.horizon} now={now} />
      )}
      {viewer === null || all.length === 0 ? null : (
        <p class="chips">
          <Chip href={paths.due()} current={!onlyMine}>
            Everything
          </Chip>
          <Chip href={paths.due({ assigned: 'me' })} current={onlyMine} n={mine}>
            Assigned to me
          </Chip>
        </p>
      )}
      {onlyMine && mine === 0 ? <p>Nothing of this is assigned to you.</p> : null}
      <div class={lists.length > 1 ? 'with-rail' : undefined}>
        <div>
          {lists.map((listed) => (
            <Section
              context={context}
              surround={surround}
              desks={desks}
              reminded={read.reminded}
              cards={cards}
              {...listed}
            />
          ))}
          {onlyMine ? null : (
            <WaitingReplies
              replies={read.replies}
              answerDays={read.policy?.answer_days ?? ANSWER_DAYS}
              nameOf={surround.nameOf}
              now={now}
            />
          )}
          {onlyMine || read.reports === 0 ? null : <FromReaders n={read.reports} />}
          {onlyMine ? null : <QuoteChanges rechecks={read.rechecks} />}
        </div>
        {lists.length > 1 ? <Contents lists={lists} /> : null}
      </div>
    </Page>
  )
}

/** What waits, by kind: which of it can be decided in place, and what follows as a line each. */
function listsOf(inbox: DueInbox, isShown: (item: DueItem) => boolean, isAside: (item: DueItem) => boolean) {
  const list = (title: string, says: string, held: readonly DueItem[]) => {
    const items = held.filter(isShown)
    const [aside, open] = [items.filter(isAside), items.filter((item) => !isAside(item))]
    const isLined = held === inbox.objection
    return {
      title,
      says,
      items,
      aside,
      // What only waits for time has nothing to decide in place.
      inPlace: isLined ? [] : open.slice(0, IN_PLACE),
      inLines: open.slice(isLined ? 0 : IN_PLACE, SHOWN),
    }
  }
  return [
    list(
      'Needs a decision',
      'The deadline has passed, and nobody has said yet what happened.',
      inbox.due.filter(({ what }) => what === 'deadline'),
    ),
    list(
      'Condition: did it come about?',
      'The day by which a condition had to come about has passed. Record that it did, or annul the question.',
      inbox.due.filter(({ what }) => what === 'condition'),
    ),
    list(
      'Waiting for confirmation',
      'An outcome is proposed. It counts once it is confirmed.',
      inbox.proposed,
    ),
    list(
      'Disputed',
      'Somebody disagrees with the outcome. A correction supersedes it. The first to be answered comes first.',
      inbox.disputed,
    ),
    list(
      'Open to objection',
      'Decided and counted. Until the time beside it whoever may resolve can dispute it; only then is it final.',
      inbox.objection,
    ),
    list('Due soon', `Within ${DUE_SOON_DAYS} days.`, inbox.due_soon),
  ].filter(({ items }) => items.length > 0)
}
/** What readers say is wrong. */
const FromReaders = ({ n }: { n: number }) => (
  <section id="from-readers">
    <h2>
      From readers <span class="soft">{n}</span>
    </h2>
    <p>
      <a href={paths.reports()}>
        {n === 1 ? 'A report waits' : `${n} reports wait`} for somebody to look at what is wrong
      </a>
    </p>
  </section>
)

/** What waits, in numbers, and the way to it. */
const Contents = ({ lists }: { lists: readonly { title: string; items: readonly unknown[] }[] }) => (
  <nav class="rail" aria-label="What waits">
    <dl>
      {lists.map(({ title, items }) => (
        <>
          <dt>
            <a href={`#${anchorOf(title)}`}>{title}</a>
          </dt>
          <dd>{items.length}</dd>
        </>
      ))}
    </dl>
  </nav>
)

const anchorOf = (title: string) =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z]+/gu, '-')
    .replace(/-$/u, '')

type DoneProps = {
  context: PageContext
  done: keyof typeof DONE
  questions: readonly { question: QuestionRow; resolutions: readonly ResolutionRow[] }[]
}

/** What was done just now, and for a minute the way to take it back. */
function Done({ context: { host, viewer }, done, questions }: DoneProps) {
  const since = new Date(host.now().getTime() - TAKE_BACK_MS).toISOString()
  const isUndoable = (row: ResolutionRow) =>
    row.superseded_by === null &&
    row.disputed_at === null &&
    (row.confirmed_by ?? row.proposed_by) === viewer?.member &&
    (row.confirmed_at ?? row.proposed_at) >= since
  return (
    <div class="notice" role="status">
      <p>{DONE[done]}</p>
      {questions.map(({ question: { record }, resolutions }) => {
        const undoable = resolutions.find(isUndoable)
        return (
          <div class="actions">
            <Titled href={paths.question(record.id)}>{record.title}</Titled>
            {undoable === undefined ? null : (
              <form method="post" action={paths.takeBack(record.id, undoable.record.id)}>
                <button type="submit" class="quiet">
                  Undo
                </button>{' '}
                <span class="soft small">For one minute, as an entry of its own.</span>
              </form>
            )}
          </div>
        )
      })}
    </div>
  )
}

type SectionProps = {
  context: PageContext
  title: string
  says: string
  items: readonly DueItem[]
  /** Set aside until later. */
  aside: readonly DueItem[]
  /** What can be decided here, and what follows as a line each. */
  inPlace: readonly DueItem[]
  inLines: readonly DueItem[]
  surround: Surround
  desks: ReadonlyMap<string, Desk>
  reminded: ReadonlyMap<string, string>
  cards: Awaited<ReturnType<typeof readCards>>
}

function Section({ context, title, says, surround, desks, reminded, cards, ...lists }: SectionProps) {
  const { items, aside, inPlace, inLines } = lists
  const { viewer } = context
  const mayResolve = viewer !== null && may(viewer.role, 'resolver')
  const line = ({ question, title, deadline, open_until }: DueItem, why?: Child) => (
    <p class="tight">
      <Titled href={mayResolve ? paths.resolve(question) : paths.question(question)}>{title}</Titled>{' '}
      <span class="small">
        {open_until === null ? (
          <DateWithZone deadline={deadline} />
        ) : (
          `objections until ${instantText(open_until)}`
        )}
        {why}
      </span>
    </p>
  )
  return (
    <section id={anchorOf(title)}>
      <h2>
        {title} <span class="soft">{items.length}</span>
      </h2>
      <p class="soft tight">{says}</p>
      <div class="tasks">
        {inPlace.map((item) => (
          <QuestionCard
            context={context}
            question={item.row}
            resolutions={cards.resolutionsOf(item)}
            analysts={item.analysts}
            flagged={item.flagged_at}
            reminded={reminded.get(item.question)}
            answerBy={item.answer_by}
            siblings={cards.siblingsOf(item)}
            desk={viewer === null ? null : (desks.get(item.question) ?? EMPTY_DESK)}
            {...surround}
          />
        ))}
        {inLines.map((item) => line(item))}
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
