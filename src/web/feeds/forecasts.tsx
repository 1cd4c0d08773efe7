import * as paths from '../../http/paths.ts'
import {
  type BecameDue,
  type Decided,
  FED,
  readBecameDue,
  readDecided,
  readNewlyLogged,
} from '../../store/documents/feeds.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import { type AtomEntry, atomAnswer, uuidOf, uuidOfText } from '../ui/atom.tsx'
import { probabilityText } from '../ui/band.tsx'
import { claimTitle } from '../ui/claim-title.ts'
import { dayText, Instant } from '../ui/date.tsx'
import { outcomeText } from '../ui/mark.tsx'
import { memberNames, type NameOf } from '../ui/member-names.ts'
import type { PageHandler } from '../ui/page.ts'
import { itemVerdictText } from '../ui/verdict-mark.tsx'
import { type Asked, askedOf, latestOf } from './narrowed.ts'
import { ClaimList, deadlineText, outcomeTold, SaidThere, Told } from './told.tsx'

/** `/feeds/new.atom`: the forecasts that were logged last, of all or of those that a filter of the ledger leaves. */
export const newFeed: PageHandler = async (context) => {
  const asked = askedOf(context)
  const { filter, titled, outside } = asked
  const { logged, members, analyst } = await readNewlyLogged(context.host.ledger.db, filter, context.now)
  const nameOf = memberNames(members)
  const entries = logged.map(({ item, leaf, changed }): AtomEntry => {
    const { forecast } = item
    return {
      id: uuidOf(leaf),
      title: claimTitle(item),
      published: asked.notAhead(forecast.at),
      updated: asked.notAhead(changed),
      author: nameOf(forecast.by),
      page: outside(paths.forecast(forecast.record.id)),
      categories: item.question.record.tags ?? [],
      content: <NewlyLogged item={item} nameOf={nameOf} origin={context.origin} />,
    }
  })
  return atomAnswer({
    title: titled('Newly logged', analyst?.record.name),
    subtitle: `The ${FED} forecasts that were logged last; the ledger has all of them. The author of an entry is who logged it; who said it stands in its title.`,
    self: outside(paths.newFeed(filter)),
    page: outside(paths.ledger(filter)),
    updated: latestOf(entries),
    entries,
  })
}

function NewlyLogged({ item, nameOf, origin }: { item: ForecastItem; nameOf: NameOf; origin: string }) {
  const { forecast, question, statement } = item
  const { record } = question
  const { withdrawal, retraction } = forecast
  return (
    <Told>
      <SaidThere item={item} origin={origin} />
      <p>How it was read: {probabilityText(forecast.record.probability, statement.voice)}</p>
      <p>
        Our question: <a href={origin + paths.question(record.id)}>{record.title}</a>, by{' '}
        {deadlineText(record.deadline)}.
      </p>
      <p>Resolves as: {record.criteria}</p>
      <p>
        Logged by {nameOf(forecast.by)}, <Instant at={forecast.at} />, entry {forecast.seq}.
      </p>
      {question.outcome === null ? null : (
        <p>What became of it: {itemVerdictText({ ...item, reserve: null })}</p>
      )}
      {withdrawal === null ? null : (
        <p>
          Withdrawn by who said it, as of {dayText(withdrawal.withdrawn_on)}: {withdrawal.because}
        </p>
      )}
      {retraction === null ? null : <p>Retracted, logged by mistake: {retraction.because}</p>}
    </Told>
  )
}

type ClaimsOf = Awaited<ReturnType<typeof readBecameDue>>['claims']

const claimsOf = ({ items, counts }: ClaimsOf, question: string, origin: string) => (
  <ClaimList
    items={items.filter((item) => item.question.record.id === question)}
    all={counts.get(question) ?? 0}
    origin={origin}
  />
)

/** `/feeds/due.atom`: the questions whose deadline passed last. */
export const dueFeed: PageHandler = async (context) => {
  const asked = askedOf(context)
  const { filter, titled, outside } = asked
  const { due, claims, analyst } = await readBecameDue(context.host.ledger.db, filter, context.now)
  const entries = due.map((one) => dueEntry(one, claims, asked, context.origin))
  return atomAnswer({
    title: titled('Due', analyst?.record.name),
    subtitle: `The ${FED} questions that became due last, as the scheduled job flags them; the inbox has all that wait. It decides nothing: people do.`,
    self: outside(paths.dueFeed(filter)),
    page: outside(isNarrow(filter) ? paths.ledger({ ...filter, state: 'due' }) : paths.due()),
    updated: latestOf(entries),
    entries,
  })
}

const isNarrow = (filter: Asked['filter']): boolean => Object.keys(filter).length > 0

function dueEntry(
  { question, what, flagged_at, leaf, changed }: BecameDue,
  claims: ClaimsOf,
  { outside, notAhead }: Asked,
  origin: string,
): AtomEntry {
  const { id, title, criteria, deadline, condition, tags = [] } = question.record
  const isCondition = what === 'condition' && condition !== undefined
  return {
    id: uuidOfText(`${leaf} ${id} ${what}`),
    title: isCondition ? `Due, the condition of: ${title}` : `Due: ${title}`,
    published: notAhead(flagged_at),
    updated: notAhead(changed),
    page: outside(paths.question(id)),
    categories: tags,
    content: (
      <Told>
        <p>
          {isCondition
            ? `It was to be known by ${deadlineText(condition.deadline)} whether its condition was met: ${condition.text}`
            : `Its deadline was ${deadlineText(deadline)}. It waits for somebody to decide it with evidence.`}
        </p>
        <p>Resolves as: {criteria}</p>
        {claimsOf(claims, id, origin)}
      </Told>
    ),
  }
}

/** `/feeds/decided.atom`: the outcomes that were decided last, and those among them that no longer hold. */
export const decidedFeed: PageHandler = async (context) => {
  const asked = askedOf(context)
  const { filter, titled, outside } = asked
  const { decided, claims, members, analyst } = await readDecided(context.host.ledger.db, filter, context.now)
  const nameOf = memberNames(members)
  const entries = decided.map((one) => decidedEntry(one, claims, nameOf, asked, context.origin))
  return atomAnswer({
    title: titled('Decided', analyst?.record.name),
    subtitle: `The ${FED} outcomes that were decided, disputed or superseded last; the ledger has all of them. The author of an entry proposed the outcome, the contributor confirmed it.`,
    self: outside(paths.decidedFeed(filter)),
    page: outside(paths.ledger({ ...filter, sort: 'decided' })),
    updated: latestOf(entries),
    entries,
  })
}

function decidedEntry(
  { row, question, leaf, changed }: Decided,
  claims: ClaimsOf,
  nameOf: NameOf,
  { outside, notAhead }: Asked,
  origin: string,
): AtomEntry {
  const { record, confirmed_at, confirmed_by, proposed_by, superseded_by, disputed_at } = row
  const { id, title, criteria, tags = [] } = question.record
  const holds = superseded_by === null
  const outcome = outcomeText(record.outcome)
  return {
    id: uuidOf(leaf),
    title: `${holds ? 'Decided' : 'No longer holds'}: ${title}: ${outcome}`,
    published: notAhead(confirmed_at ?? changed),
    updated: notAhead(changed),
    author: nameOf(proposed_by),
    contributor: confirmed_by === null || confirmed_by === proposed_by ? undefined : nameOf(confirmed_by),
    page: outside(paths.question(id)),
    categories: tags,
    content: (
      <Told>
        {holds ? null : (
          <p>
            This outcome no longer holds.{' '}
            {question.outcome === null
              ? 'Nothing is decided in its place.'
              : 'Another one took its place, with an entry of its own.'}
          </p>
        )}
        {holds && disputed_at !== null ? (
          <p>
            It was disputed, <Instant at={disputed_at} />: {row.disputed_because}
          </p>
        ) : null}
        <p>
          Outcome: {outcomeTold(question.record, record)}, known on {dayText(record.known_on)}.
        </p>
        <p>Resolves as: {criteria}</p>
        <p>Because: {record.rationale}</p>
        <ul>
          {record.evidence.map(({ url, says }) => (
            <li>
              <a href={url}>{url}</a>: {says}
            </li>
          ))}
        </ul>
        {holds ? claimsOf(claims, id, origin) : null}
      </Told>
    ),
  }
}
