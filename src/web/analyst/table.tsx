import type { Probability } from '../../core/probability.ts'
import type { Outcome } from '../../core/resolution.ts'
import * as paths from '../../http/paths.ts'
import { scoreText } from '../../scoring/figure-text.ts'
import type { ForecastLine } from '../../scoring/forecast-lines.ts'
import type { TrackRecord } from '../../scoring/track-record.ts'
import { LINES_SHOWN } from '../../store/documents/analyst.ts'
import type { Saying } from '../../store/units.ts'
import { ProbabilityBand, probabilityText } from '../ui/band.tsx'
import { DateWithZone, Day, Days } from '../ui/date.tsx'
import { Titled } from '../ui/link.tsx'
import { Quote } from '../ui/quote.tsx'
import { LOGGED, WHY_NOT } from '../ui/record-words.ts'
import { ForecastHead } from '../ui/table-head.tsx'
import { VerdictTold } from '../ui/verdict.tsx'

type Props = { record: TrackRecord; sayings: ReadonlyMap<string, Saying>; analyst: string }

/** Every forecast with its outcome, and why it has no score where it has none. */
export function ForecastTable({ record, sayings, analyst }: Props) {
  const lines = record.forecasts.slice(-LINES_SHOWN).reverse()
  if (lines.length === 0) return <p class="soft">No forecast is logged.</p>
  return (
    <>
      <table class="rows">
        <ForecastHead />
        <tbody>
          {lines.map((line) => {
            const saying = sayings.get(line.id)
            return saying === undefined ? null : <Line line={line} saying={saying} />
          })}
        </tbody>
      </table>
      <p>
        {record.forecasts.length > lines.length
          ? `The latest ${lines.length} of ${record.forecasts.length.toLocaleString('en')}. `
          : ''}
        <a href={paths.ledger({ analyst })}>All in the ledger</a>
      </p>
    </>
  )
}

function Line({ line, saying }: { line: ForecastLine; saying: Saying }) {
  const { statement, source, said_on, deadline, probability, disputed } = saying
  return (
    <tr class={line.why_not === 'retracted' ? 'struck' : ''}>
      <td>
        <VerdictTold words={{ ...line.verdict, said: null }} state={stateOfLine(line)} disputed={disputed} />
      </td>
      <td class="main">
        <a class="said" href={paths.forecast(line.id)}>
          <Quote statement={statement} source={source} />
        </a>
        <p class="tight small soft">
          Said <Days span={said_on} />, {LOGGED[line.logged]}
        </p>
        <p class="ours">
          Our question:{' '}
          <Titled href={paths.question(line.question)} plain>
            {line.title}
          </Titled>
        </p>
      </td>
      <td class="reads">
        <ProbabilityBand
          probability={probability}
          outcome={line.outcome as Outcome | null}
          voice={statement.voice}
        />
        <Changed changed={line.changed} />
        <p class="small soft tight">
          {line.brier === null ? '' : `Score ${scoreText(line.brier)}. `}
          {line.why_not === undefined ? '' : WHY_NOT[line.why_not]}
        </p>
      </td>
      <td class="when small">
        <DateWithZone deadline={deadline} />
      </td>
    </tr>
  )
}

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
