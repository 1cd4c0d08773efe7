import * as paths from '../../http/paths.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import { ProbabilityBand } from '../ui/band.tsx'
import { Byline } from '../ui/byline.tsx'
import { DateWithZone, Day } from '../ui/date.tsx'
import { Titled } from '../ui/link.tsx'
import { Quote } from '../ui/quote.tsx'
import { ForecastHead } from '../ui/table-head.tsx'
import { VerdictMark } from '../ui/verdict.tsx'

type RowsProps = { items: readonly ForecastItem[]; now: Date; caption: string }

/** Forecasts as a dense table: the outcome, the words and our question, the band, the deadline. */
export const ForecastRows = ({ items, now, caption }: RowsProps) => (
  <table class="rows">
    <caption class="unseen">{caption}</caption>
    <ForecastHead />
    <tbody>
      {items.map((item) => (
        <Row item={item} now={now} />
      ))}
    </tbody>
  </table>
)

function Row({ item, now }: { item: ForecastItem; now: Date }) {
  const { forecast, question, statement, analyst, source } = item
  const { record } = forecast
  return (
    <tr class={forecast.retraction === null ? undefined : 'struck'}>
      <td>
        <VerdictMark item={item} now={now} said={false} />
      </td>
      <td class="main">
        <a class="said" href={paths.forecast(record.id)}>
          <Quote statement={statement} source={source} />
        </a>
        <p class="tight">
          <Byline analyst={analyst} source={source} said_on={record.said_on} />
        </p>
        <p class="ours">
          Our question:{' '}
          <Titled href={paths.question(question.record.id)} plain>
            {question.record.title}
          </Titled>
        </p>
        <Labels item={item} />
      </td>
      <td class="reads">
        <ProbabilityBand
          probability={record.probability}
          outcome={question.outcome}
          voice={statement.voice}
        />
      </td>
      <td class="when small">
        <DateWithZone deadline={question.record.deadline} />
      </td>
    </tr>
  )
}

function Labels({ item: { forecast, question, logged } }: { item: ForecastItem }) {
  const { retraction, withdrawal } = forecast
  const low = question.record.low_information !== undefined
  if (logged !== 'afterwards' && !low && retraction === null && withdrawal === null) return null
  return (
    <p class="labels">
      {logged === 'afterwards' ? <span class="label">logged after the outcome was known</span> : null}
      {low ? <span class="label">hard to get wrong</span> : null}
      {withdrawal === null ? null : (
        <span class="label">
          withdrawn <Day day={withdrawal.withdrawn_on} />
        </span>
      )}
      {retraction === null ? null : <span class="label">retracted: logged by mistake</span>}
    </p>
  )
}
