import { type DaySpan, type Deadline, dayText } from '../../core/calendar.ts'

export { dayText, MONTHS } from '../../core/calendar.ts'

/** A span as people write it: `1–8 Apr 2024`, `Apr 2024`, `2024`, `28 Mar – 3 Apr 2024`. */
export function spanText({ from, to }: DaySpan): string {
  if (from === to) return dayText(from)
  const [fromYear, fromMonth, fromDay] = from.split('-')
  const [toYear, toMonth] = to.split('-')
  if (from.endsWith('-01-01') && to === `${fromYear}-12-31`) return String(fromYear)
  if (fromYear !== toYear) return `${dayText(from)} – ${dayText(to)}`
  if (fromMonth !== toMonth) return `${dayText(from).replace(/ \d+$/u, '')} – ${dayText(to)}`
  const lastOfMonth = new Date(Date.UTC(Number(toYear), Number(toMonth), 0)).toISOString().slice(0, 10)
  if (fromDay === '01' && to === lastOfMonth) return dayText(from).replace(/^\d+ /u, '')
  return `${Number(fromDay)}–${dayText(to)}`
}

/** A calendar date without a zone. */
export const Day = ({ day }: { day: string }) => <time datetime={day}>{dayText(day)}</time>

/** When something was said or published: a day, or an interval. */
export const Days = ({ span }: { span: DaySpan }) =>
  span.from === span.to ? <Day day={span.from} /> : <span class="days">{spanText(span)}</span>

/** An instant in UTC, to the minute. */
export function Instant({ at }: { at: Date | string }) {
  const iso = (typeof at === 'string' ? new Date(at) : at).toISOString()
  return (
    <time datetime={iso}>
      {dayText(iso.slice(0, 10))}, {iso.slice(11, 16)} UTC
    </time>
  )
}

type DateProps = {
  deadline: Deadline
  /** The zone that is said once for all; another one stands beside its date. */
  usual?: string | null
}

/** A deadline with its zone; one that we set is marked as ours. */
export const DateWithZone = ({ deadline, usual = null }: DateProps) => (
  <span class="deadline" title={`The end of the day in ${deadline.time_zone.replaceAll('_', ' ')}`}>
    <Day day={deadline.date} />{' '}
    {deadline.time_zone === usual ? null : (
      <span class="zone">{deadline.time_zone.replaceAll('_', ' ')}</span>
    )}
    {deadline.because === undefined ? null : (
      <>
        {' '}
        <span class="whose nowrap">our date</span>
      </>
    )}
  </span>
)
