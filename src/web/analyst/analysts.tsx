import { nameKey } from '../../core/name.ts'
import * as paths from '../../http/paths.ts'
import { searchOf, words } from '../../http/search-params.ts'
import type { AnalystSummary, Estimates } from '../../scoring/analysts.ts'
import { promisedText } from '../../scoring/verdict.ts'
import { readAnalystSummaries } from '../../store/summaries.ts'
import { NumbersTable } from '../charts/chart.tsx'
import { IntervalRows } from '../charts/interval-rows.tsx'
import { decimal, listed } from '../charts/number.ts'
import { Withheld } from '../ui/card.tsx'
import { Page } from '../ui/layout.tsx'
import { ListAsData } from '../ui/link.tsx'
import { percent, unbroken } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import type { PageHandler } from '../ui/page.ts'
import { TableHead } from '../ui/table-head.tsx'
import { ChoosePair } from './choose-pair.tsx'

/** What a page lists, and the most that a menu holds. */
export const MOST_ANALYSTS = 200

/** Everybody by name: a list, and estimates where they can be given; no rank where none can be told. */
export const analystsPage: PageHandler = async (context) => {
  const { db } = context.host.ledger
  const { after = null } = searchOf(context.url, { after: words(1000).optional() })
  const { summaries: all, estimates, logged } = await readAnalystSummaries(db, context.now)
  const first = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1
  const summaries = all.slice(first, first + MOST_ANALYSTS)
  const isPart = summaries.length < all.length
  const next = first + MOST_ANALYSTS < all.length ? summaries.at(-1) : undefined
  return (
    <Page title="Analysts" context={context} active="analysts" json={paths.api.analysts()}>
      <h1>Analysts</h1>
      <p class="intro">
        By name, not by rank. Only what was logged live counts in this list: before the outcome was known, and
        within 30 days of being said. What was logged later stands on each analyst’s own page.
      </p>
      {summaries.length === 0 ? (
        <p class="lead">Nobody is logged yet.</p>
      ) : (
        <>
          <List summaries={summaries} logged={logged} />
          {isPart ? (
            <nav class="pages" aria-label="Pages">
              {first === 0 ? null : <a href={paths.analysts()}>From the beginning</a>}
              {next === undefined ? null : (
                <a href={paths.analysts({ after: next.id })} rel="next">
                  Further names
                </a>
              )}
            </nav>
          ) : null}
          <ListAsData json={paths.api.analysts()} />
        </>
      )}
      <h2>Can anybody be told apart?</h2>
      {estimates === null ? (
        <Withheld>
          No estimates are shown. They need two analysts with at least 20 stated probabilities each, from at
          least 10 independent groups, decided and logged live.
        </Withheld>
      ) : (
        <Told estimates={isPart ? estimatesOf(estimates, summaries) : estimates} />
      )}
      <h2 id="compare">Compare two analysts</h2>
      <p>
        On the questions that both of them spoke about, and on no others.
        {isPart
          ? ` The menus hold those on this page; an address can name any two: ${paths.comparison('a', 'b')}.`
          : ''}
      </p>
      <ChoosePair analysts={everybody(summaries)} />
    </Page>
  )
}

type Person = { id: string; name: string }

/** Each once, by name. */
export const everybody = (people: readonly Person[]): Person[] =>
  [...new Map(people.map(({ id, name }) => [id, { id, name }])).values()].sort((a, b) =>
    nameKey(a.name) < nameKey(b.name) ? -1 : 1,
  )

/** What is said of those who stand on this page. */
function estimatesOf(estimates: Estimates, summaries: readonly AnalystSummary[]): Estimates {
  const here = new Set(summaries.map(({ id }) => id))
  return {
    ...estimates,
    estimates: estimates.estimates.filter(({ id }) => here.has(id)),
    groups: estimates.groups
      .map((group) => group.filter((id) => here.has(id)))
      .filter((group) => group.length > 0),
  }
}

const FIGURES = ['Forecasts', 'Logged live', 'Decided (n)', 'Came true', 'Promised', 'Too vague']

const figuresOf = (line: AnalystSummary, logged: number) => [
  logged,
  line.forecasts,
  line.claims,
  line.claims === 0 ? '—' : line.came_true,
  line.claims === 0 ? '—' : promisedText(line.promised),
  line.too_vague,
]

type ListProps = { summaries: readonly AnalystSummary[]; logged: ReadonlyMap<string, number> }

const List = ({ summaries, logged }: ListProps) => (
  <>
    <table class="rows stacked people">
      <TableHead columns={['Analyst', ...FIGURES]} figures={FIGURES} />
      <tbody>
        {summaries.map((line) => (
          <tr>
            <th scope="row">
              <a href={paths.analyst(line.id)}>
                <Original>{line.name}</Original>
              </a>
            </th>
            {figuresOf(line, logged.get(line.id) ?? line.forecasts).map((figure, i) => (
              <td class="num" data-name={FIGURES[i]}>
                {figure}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
    <p class="small soft">
      Came true: the event ended the way the claim leaned. Promised: how many should have, if the words mean
      what readers hear. Too vague: readers are so far apart about the words that the claim cannot be wrong;
      it counts nowhere else. A dash: nothing decided.
    </p>
  </>
)

/** Shrunken differences from a recorded reference, and who cannot be told from whom. */
function Told({ estimates }: { estimates: Estimates }) {
  const nameOf = new Map(estimates.estimates.map(({ id, name }) => [id, name]))
  const reach = Math.max(0.05, ...estimates.estimates.flatMap(({ interval }) => interval.map(Math.abs)))
  const end = Math.ceil(reach * 20) / 20
  const together = estimates.groups
    .filter((group) => group.length > 1)
    .map((group) => listed(group.map((id) => nameOf.get(id) ?? id)))
  const alone = estimates.groups
    .filter((group) => group.length === 1)
    .map(([id]) => nameOf.get(id as string) ?? '')
  const differ = estimates.questions_differ ? (
    <Withheld>
      Where no reference was recorded it is always saying {percent(0.5)}. Then questions that differ in
      difficulty look like analysts who differ in skill.
    </Withheld>
  ) : null
  if (!estimates.detectable)
    return (
      <>
        <p>
          <b>No detectable differences: these analysts cannot be told apart.</b> What their mean scores differ
          by could be luck alone, so there is no estimate for each of them.
        </p>
        <NumbersTable
          title="Mean Brier score minus that of the reference"
          numbers={{
            head: ['Analyst', 'n', 'G', 'Mean Brier minus the reference’s'],
            rows: estimates.estimates.map((line) => [
              line.name,
              line.n,
              line.clusters,
              decimal(line.mean, 3),
            ]),
          }}
        />
        <p class="small soft">
          Below 0 is better than a recorded reference. In the order of names. n: stated probabilities; G:
          independent groups.
        </p>
        {differ}
      </>
    )
  return (
    <>
      <p>
        {together.length === 0 ? '' : <>{together.join('; ')} cannot be told apart. </>}
        {alone.length === 0 ? '' : <>{listed(alone)} can be told from the others.</>}
      </p>
      <p>
        Each line is an estimate of the mean Brier score minus that of a recorded reference; further left is
        better. It is drawn towards the average of all, the more so the less is known, since the first few
        results mostly show luck.
      </p>
      <IntervalRows
        id="estimates"
        title="Estimated score against the reference"
        says={estimates.estimates
          .map(
            (line) =>
              `${line.name} ${decimal(line.estimate, 3)}, from ${decimal(line.interval[0], 3)} to ${decimal(line.interval[1], 3)}`,
          )
          .join('; ')}
        domain={[-end, end]}
        ticks={[-end, 0, end].map((value) => ({
          value,
          label: value === 0 ? '0, as the reference' : decimal(value, 2),
        }))}
        mark={{ value: 0, label: 'as the reference' }}
        rows={estimates.estimates.map((line) => ({
          label: line.name,
          note: unbroken(`n = ${line.n}, G = ${line.clusters}`),
          dot: line.estimate,
          whisker: line.interval,
        }))}
        numbers={{
          head: ['Analyst', 'n', 'G', 'Mean difference', 'Estimate', '95 % interval'],
          rows: estimates.estimates.map((line) => [
            line.name,
            line.n,
            line.clusters,
            decimal(line.mean, 3),
            decimal(line.estimate, 3),
            `${decimal(line.interval[0], 3)} to ${decimal(line.interval[1], 3)}`,
          ]),
        }}
        caption="In the order of names. n: stated probabilities; G: independent groups."
      />
      {differ}
    </>
  )
}
