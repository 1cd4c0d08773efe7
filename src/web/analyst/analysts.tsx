import * as z from 'zod'
import { nameKey } from '../../core/name.ts'
import * as paths from '../../http/paths.ts'
import { searchOf, words } from '../../http/search-params.ts'
import type { AnalystFigures } from '../../scoring/analysts-document.ts'
import { type AnalystsDocument, readAnalysts } from '../../store/documents/analysts.ts'
import { elsewhereOf } from '../charts/elsewhere.ts'
import { Chip } from '../ui/card.tsx'
import { Page } from '../ui/layout.tsx'
import { ListAsData } from '../ui/link.tsx'
import type { PageHandler } from '../ui/page.ts'
import { Checkables, checkedShare } from './checkables.tsx'
import { ChoosePair } from './choose-pair.tsx'
import { Estimated } from './estimated.tsx'
import { People } from './people.tsx'
import { ToldApart } from './told-apart.tsx'

/** What a page lists, and the most that a menu holds. */
export const MOST_ANALYSTS = 200

/** In which order a list may stand: none of them says who is better. */
const ORDERS = {
  name: 'name',
  claims: 'number of decided claims',
  checkable: 'share that can be checked',
} as const
type Order = keyof typeof ORDERS

const BY: Record<Order, (one: AnalystFigures, other: AnalystFigures) => number> = {
  name: () => 0,
  claims: (one, other) => other.claims.n - one.claims.n,
  checkable: (one, other) => (checkedShare(other) ?? -1) - (checkedShare(one) ?? -1),
}

/** Everybody, never by score: what came true of what each said, and what was to be expected. */
export const analystsPage: PageHandler = async (context) => {
  const { db } = context.host.ledger
  const { after = null, by = 'name' } = searchOf(context.url, {
    after: words(1000).optional(),
    by: z.enum(['name', 'claims', 'checkable']).optional(),
  })
  const all = await readAnalysts(db, context.now)
  // They come by name, and where two are alike they stay so.
  const people = [...all.people].sort(BY[by])
  const first = after === null ? 0 : people.findIndex(({ id }) => id === after) + 1
  const shown = people.slice(first, first + MOST_ANALYSTS)
  const isPart = shown.length < people.length
  const next = first + MOST_ANALYSTS < people.length ? shown.at(-1) : undefined
  const order = by === 'name' ? {} : { by }
  const page = paths.analysts({ ...order, ...(after === null ? {} : { after }) })
  return (
    <Page title="Analysts" context={context} active="analysts" json={paths.api.analysts()}>
      <h1>Analysts</h1>
      <p class="intro">
        What came true of what each said, beside what was to be expected. Nobody is ranked: only those who
        spoke about the same questions can be compared.
      </p>
      {people.length === 0 ? (
        <p class="lead">Nobody is logged yet.</p>
      ) : (
        <>
          <nav class="views" aria-label="Order">
            <span class="soft">In the order of</span>
            {(Object.keys(ORDERS) as Order[]).map((name) => (
              <Chip href={paths.analysts(name === 'name' ? {} : { by: name })} current={name === by}>
                {ORDERS[name]}
              </Chip>
            ))}
          </nav>
          <People
            people={shown}
            everyone={all.people}
            logged={all.logged}
            alarms={all.alarms}
            pairs={all.pairs}
            elsewhere={elsewhereOf(page, 'delivered')}
          />
          <Checkables people={shown} elsewhere={elsewhereOf(page, 'checkable')} />
          {isPart ? (
            <nav class="pages" aria-label="Pages">
              {first === 0 ? null : <a href={paths.analysts(order)}>From the beginning</a>}
              {next === undefined ? null : (
                <a href={paths.analysts({ ...order, after: next.id })} rel="next">
                  Further names
                </a>
              )}
            </nav>
          ) : null}
          <ListAsData json={paths.api.analysts()} />
        </>
      )}
      <Between all={all} />
      <h2 id="compare">Compare two analysts</h2>
      <p>
        On the questions that both of them spoke about, and on no others.
        {isPart
          ? ` The menus hold those on this page; an address can name any two: ${paths.comparison('a', 'b')}.`
          : ''}
      </p>
      <ChoosePair analysts={everybody(shown)} />
    </Page>
  )
}

/** What is said of several at once. */
const Between = ({ all: { people, pairs, estimates, withheld } }: { all: AnalystsDocument }) =>
  people.length < 2 ? null : (
    <>
      <h2>Who can be told apart?</h2>
      <ToldApart pairs={pairs} people={people} />
      <Estimated estimates={estimates} reason={withheld.estimates} />
    </>
  )

type Person = { id: string; name: string }

/** Each once, by name. */
export const everybody = (people: readonly Person[]): Person[] =>
  [...new Map(people.map(({ id, name }) => [id, { id, name }])).values()].sort((a, b) =>
    nameKey(a.name) < nameKey(b.name) ? -1 : 1,
  )
