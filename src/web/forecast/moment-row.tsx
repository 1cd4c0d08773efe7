import { type DaySpan, lastInstantOf, startOfDay } from '../../core/calendar.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import type { ResolutionRow } from '../../store/lookups.ts'
import { Days } from '../ui/date.tsx'

type Moment = { what: string; span: DaySpan; order: Date; note?: string | null }
type Props = { item: Pick<ForecastItem, 'forecast' | 'question'>; resolutions: readonly ResolutionRow[] }

/** What happened around a forecast, in the order in which it did: it shows what could be known when. */
export function momentsOf({ item: { forecast, question }, resolutions }: Props): Moment[] {
  const { deadline } = question.record
  const zone = deadline.time_zone
  const on = (what: string, day: string, order = startOfDay(day, zone), note: string | null = null) => ({
    what,
    span: { from: day, to: day },
    order,
    note,
  })
  const { said_on } = forecast.record
  const { withdrawal } = forecast
  const { condition_met } = question
  const inForce = resolutions.find((row) => row.confirmed_at !== null && row.superseded_by === null)
  const ours = deadline.because === undefined ? null : 'our date'
  const moments: Moment[] = [
    { what: 'Said', span: said_on, order: startOfDay(said_on.from, zone) },
    ...(withdrawal === null ? [] : [on('Taken back', withdrawal.withdrawn_on)]),
    ...(condition_met === null ? [] : [on('Condition met', condition_met.met_on)]),
    on('Deadline', deadline.date, lastInstantOf(deadline.date, zone), ours),
    ...(inForce === undefined ? [] : [on('Known', inForce.record.known_on)]),
    on('Written down', forecast.at.slice(0, 10), new Date(forecast.at)),
  ]
  return moments.sort((a, b) => a.order.getTime() - b.order.getTime())
}

/** Said, due, known, written down, in one row. */
export const MomentRow = (props: Props) => (
  <ol class="moments" aria-label="In the order of time">
    {momentsOf(props).map(({ what, span, note }) => (
      <li>
        <span class="what">
          {what}
          {note == null ? null : `, ${note}`}
        </span>
        <b>
          <Days span={span} />
        </b>
      </li>
    ))}
  </ol>
)
