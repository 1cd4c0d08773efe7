import { dayText } from '../../core/calendar.ts'
import { CODED_WORDS, type CodedKind } from '../../core/coding-round.ts'
import type { State } from '../../core/state.ts'
import type { Verdict } from '../../core/verdict.ts'
import * as paths from '../../http/paths.ts'
import type { Choice, Counts, Facet } from '../../store/forecast-counts.ts'
import { DateTyped } from '../ui/field.tsx'
import { ListAsData } from '../ui/link.tsx'
import { Hidden } from './pager.tsx'
import { FILTERS, type FilterName, type LedgerQuery, searchWith, twinSearch } from './query.ts'

const VERDICT_WORDS: Record<Verdict['kind'], string> = {
  came_true: 'Came true',
  did_not: 'Did not come true',
  said: 'Took no side',
  too_vague: 'Too vague to be wrong',
  no_result: 'No result',
  open: 'Open',
}
const STATE_WORDS: Record<State, string> = {
  open: 'Before its deadline',
  due: 'Needs a decision',
  proposed: 'Outcome proposed',
  resolved: 'Decided',
  annulled: 'Annulled',
  ambiguous: 'Criteria do not decide',
}
/** Where a question stands while nothing is decided: the rest the verdicts say. */
const UNDECIDED: readonly State[] = ['open', 'due', 'proposed']
const WHOSE = { theirs: 'The analyst’s', ours: 'Ours' } as const
const LOGGED = {
  before: 'Before the outcome',
  afterwards: 'After the outcome',
  proven: 'Proven to be before',
} as const
const CODED: Record<CodedKind, string> = {
  blind: 'Blind',
  seen: 'With a reading published before',
  knowing: 'When the outcome was known',
}
const LOGGED_WORDS = {
  before: 'logged before the outcome was known',
  afterwards: 'logged after the outcome was known',
  proven: 'proven to be logged before the outcome was known',
} as const

/** How many values of a facet stand there at once. */
const AT_ONCE = 8

const small = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

type Asked = { query: LedgerQuery; analyst: string | undefined }

/** What the list is narrowed by, in words. */
export function askedFor({ query, analyst }: Asked): [name: FilterName, said: string][] {
  const words: Record<FilterName, string | undefined> = {
    q: query.q && `“${query.q}”`,
    verdict: query.verdict && small(VERDICT_WORDS[query.verdict]),
    state: query.state && small(STATE_WORDS[query.state]),
    analyst,
    outlet: query.outlet,
    source: query.source && `source ${query.source}`,
    question: query.question && `question ${query.question}`,
    tag: query.tag,
    said_from: query.said_from && `said from ${dayText(query.said_from)}`,
    said_to: query.said_to && `said up to ${dayText(query.said_to)}`,
    deadline_from: query.deadline_from && `deadline from ${dayText(query.deadline_from)}`,
    deadline_to: query.deadline_to && `deadline up to ${dayText(query.deadline_to)}`,
    deadline: query.deadline && `deadline ${small(WHOSE[query.deadline])}`,
    logged: query.logged && LOGGED_WORDS[query.logged],
    coded: query.coded && CODED_WORDS[query.coded],
  }
  return FILTERS.flatMap((name) => {
    const said = words[name]
    return said === undefined ? [] : [[name, said]]
  })
}

/** The same, each with the way to take it away. */
export function NarrowedBy(asked: Asked) {
  const said = askedFor(asked)
  if (said.length === 0) return null
  return (
    <ul class="chips" aria-label="Narrowed by">
      {said.map(([name, words]) => (
        <li>
          <a
            class="chip"
            href={paths.ledger(searchWith(asked.query, { [name]: undefined }))}
            aria-current="true"
          >
            <bdi>{words}</bdi> <span aria-hidden="true">×</span>
            <span class="unseen">, take this filter away</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

type FiltersProps = { query: LedgerQuery; counts: Counts }

/** By what the list can be narrowed. It comes before the list; on a narrow screen it is folded. */
export function Filters({ query, counts }: FiltersProps) {
  const group = (facet: Facet, title: string, choices: readonly (readonly [Choice, string])[]) => (
    <Group {...{ query, facet, title, choices }} />
  )
  const few = <K extends string>(facet: Facet, words: Record<K, string>, among?: readonly K[]) =>
    (among ?? (Object.keys(words) as K[])).map(
      (value) =>
        [
          counts[facet].find((choice) => choice.value === value) ?? { value, name: value, n: 0 },
          words[value],
        ] as const,
    )
  const many = (facet: Facet) => counts[facet].map((choice) => [choice, choice.name] as const)
  const asked = FILTERS.filter((name) => name !== 'q' && query[name] !== undefined).length
  return (
    <details class="facets" id="filters">
      <summary>Filters{asked === 0 ? '' : ` (${asked} in force)`}</summary>
      <a class="skip" href="#results">
        Skip the filters
      </a>
      <nav aria-label="Filters">
        {group('verdict', 'What became of it', few('verdict', VERDICT_WORDS))}
        {group('state', 'Undecided', few('state', STATE_WORDS, UNDECIDED))}
        {group('analyst', 'Who', many('analyst'))}
        {group('outlet', 'Where', many('outlet'))}
        {group('tag', 'Topic', many('tag'))}
        {group('deadline', 'Whose deadline', few('deadline', WHOSE))}
        {group('logged', 'Logged', few('logged', LOGGED))}
        {group('coded', 'Coded by two', few('coded', CODED))}
      </nav>
      <Days query={query} />
      <ListAsData json={paths.api.forecasts(twinSearch(query))} />
    </details>
  )
}

type GroupProps = {
  query: LedgerQuery
  facet: Facet
  title: string
  choices: readonly (readonly [Choice, string])[]
}

function Group({ query, facet, title, choices }: GroupProps) {
  const shown = choices.filter(([{ value, n }]) => n > 0 || query[facet] === value)
  // One value that all have narrows nothing.
  if (shown.length < 2 && query[facet] === undefined) return null
  const chosen = shown.findIndex(([{ value }]) => query[facet] === value)
  const ahead =
    chosen < AT_ONCE
      ? shown
      : [shown[chosen] as (typeof shown)[number], ...shown.filter((_, i) => i !== chosen)]
  const rest = ahead.slice(AT_ONCE)
  const line = ([{ value, n }, words]: (typeof shown)[number]) => {
    const current = query[facet] === value
    return (
      <li>
        <a
          href={paths.ledger(searchWith(query, { [facet]: current ? undefined : value }))}
          aria-current={current ? 'true' : undefined}
        >
          <bdi>{words}</bdi> <span class="n">{n.toLocaleString('en')}</span>
        </a>
      </li>
    )
  }
  return (
    <>
      <h2>{title}</h2>
      <ul class="values">{ahead.slice(0, AT_ONCE).map(line)}</ul>
      {rest.length === 0 ? null : (
        <details class="more">
          <summary>{rest.length} more</summary>
          <ul class="values">{rest.map(line)}</ul>
        </details>
      )}
    </>
  )
}

const DAYS = [
  ['Said', 'said_from', 'said_to'],
  ['Deadline', 'deadline_from', 'deadline_to'],
] as const

/** From when to when, as people write days. */
function Days({ query }: { query: LedgerQuery }) {
  const others = Object.fromEntries(
    DAYS.flatMap(([, from, to]) => [from, to]).map((name) => [name, undefined]),
  )
  const field = (name: (typeof DAYS)[number][1 | 2], words: string, label: string) => (
    <p>
      <label for={`f-${name}`}>
        {words} <span class="unseen">(day on which it was {label})</span>
      </label>
      <DateTyped
        id={`f-${name}`}
        name={name}
        value={query[name] ?? ''}
        kind="date"
        placeholder="8 Apr 2025"
      />
    </p>
  )
  return (
    <form action={paths.ledger()} method="get" class="days-form">
      <Hidden search={searchWith(query, others)} />
      {DAYS.map(([title, from, to]) => (
        <fieldset>
          <legend>{title}</legend>
          {field(from, 'from', title === 'Said' ? 'said' : 'due')}
          {field(to, 'to', title === 'Said' ? 'said' : 'due')}
        </fieldset>
      ))}
      <button type="submit" class="quiet">
        Show these days
      </button>
    </form>
  )
}
