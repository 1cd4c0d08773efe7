import type { Probability } from '../../core/probability.ts'
import type { Outcome } from '../../core/resolution.ts'
import * as paths from '../../http/paths.ts'
import type { ForecastLine } from '../../scoring/forecast-lines.ts'
import { type readAnalystPage, SHOWN, type Shown } from '../../store/documents/analyst.ts'
import type { Saying } from '../../store/units.ts'
import { ProbabilityBand, probabilityText } from '../ui/band.tsx'
import { Chip } from '../ui/card.tsx'
import { DateWithZone, Day, Days } from '../ui/date.tsx'
import { Titled } from '../ui/link.tsx'
import { NotFinal } from '../ui/not-final.tsx'
import type { PageContext } from '../ui/page.ts'
import { Quote } from '../ui/quote.tsx'
import { WHY_NOT } from '../ui/record-words.ts'
import { TableHead } from '../ui/table-head.tsx'
import { VerdictTold } from '../ui/verdict-mark.tsx'

type Read = NonNullable<Awaited<ReturnType<typeof readAnalystPage>>>
type Props = { read: Read; context: PageContext }

const TABS: Record<Shown, string> = {
  latest: 'Latest decided',
  surprises: 'Biggest surprises',
  open: 'Open',
  phrases: 'By how sure',
}
/** What one sees in each, where it does not say it itself. */
const ABOUT: Partial<Record<Shown, string>> = {
  surprises:
    'What was farthest from what happened, on the reading kindest to whoever said it. Such a list begins with what did not come true; the pictures above show all.',
  phrases: 'From what was called most likely to what was called least likely.',
}

/** The claims, in the order that was asked for. */
export function ForecastTable({ read, context }: Props) {
  const { record, analyst, shown, sayings } = read
  const { chosen, lines, counts } = shown
  const all = record.forecasts.length
  if (all === 0) return null
  return (
    <section id="claims">
      <h2>
        The claims <span class="soft">{all.toLocaleString('en')}</span>
      </h2>
      <nav class="chips" aria-label="Which claims">
        {SHOWN.filter((one) => counts[one] > 0 || one === chosen).map((one) => (
          <Chip
            href={`${otherwise(context, one)}#claims`}
            current={one === chosen}
            {...(one === 'open' || one === 'latest' ? { n: counts[one] } : {})}
          >
            {TABS[one]}
          </Chip>
        ))}
        <Chip href={paths.ledger({ analyst: analyst.id })}>Everything, in the ledger</Chip>
      </nav>
      {ABOUT[chosen] === undefined ? null : <p class="small soft">{ABOUT[chosen]}</p>}
      {lines.length === 0 ? (
        <p class="soft">None.</p>
      ) : (
        <table class="rows claims-table">
          <TableHead
            columns={[
              'What became of it',
              'What was said, and what we asked',
              'How likely it was called',
              'Deadline',
            ]}
          />
          <tbody>
            {lines.map((line) => {
              const saying = sayings.get(line.id)
              return saying === undefined ? null : <Line line={line} saying={saying} />
            })}
          </tbody>
        </table>
      )}
      <NotFinal reserves={lines.map(({ id }) => sayings.get(id)?.reserve)} />
      {counts[chosen] > lines.length ? (
        <p class="small soft">
          The first {lines.length} of {counts[chosen].toLocaleString('en')}.
        </p>
      ) : null}
    </section>
  )
}

/** This address with other claims shown. */
function otherwise({ url }: PageContext, show: Shown): string {
  const query = new URLSearchParams(url.search)
  query.set('show', show)
  return `?${query}`
}

function Line({ line, saying }: { line: ForecastLine; saying: Saying }) {
  const { statement, source, said_on, deadline, probability, reserve } = saying
  return (
    <tr class={line.why_not === 'retracted' ? 'struck' : ''}>
      <td>
        <VerdictTold words={{ ...line.verdict, said: null }} state={stateOfLine(line)} reserve={reserve} />
      </td>
      <td class="main">
        <a class="said" href={paths.forecast(line.id)}>
          <Quote statement={statement} source={source} />
        </a>
        <p class="ours">
          <Titled href={paths.question(line.question)} plain>
            {line.title}
          </Titled>{' '}
          · said <Days span={said_on} />
        </p>
      </td>
      <td class="reads">
        <ProbabilityBand
          probability={probability}
          outcome={line.outcome as Outcome | null}
          voice={statement.voice}
        />
        <Changed changed={line.changed} />
        <Unscored line={line} />
      </td>
      <td class="when small">
        <DateWithZone deadline={deadline} />
      </td>
    </tr>
  )
}

/** Why it is in no figure, where it is in none. */
const Unscored = ({ line: { why_not } }: { line: ForecastLine }) =>
  why_not === undefined ? null : <p class="small soft tight">{WHY_NOT[why_not]}</p>

/** What was said of it afterwards: listed, and in no figure. */
function Changed({ changed }: Pick<ForecastLine, 'changed'>) {
  const last = changed.at(-1)
  if (last === undefined) return null
  return (
    <p class="small soft tight">
      {changed.length === 1 ? 'Changed once' : `Changed ${changed.length} times, last`} on{' '}
      <Day day={last.said_on} />:{' '}
      {last.probability === null ? 'withdrawn' : probabilityText(last.probability as Probability)}. The first
      statement counts.
    </p>
  )
}

const stateOfLine = ({ why_not }: ForecastLine) => (why_not === 'due' ? why_not : undefined)
