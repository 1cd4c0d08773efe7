import { lastInstantOf, startOfDay } from '../../core/calendar.ts'
import { NOTHING } from '../../core/resolution.ts'
import type { Flag } from '../../store/due.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import type { QuestionRow, ResolutionRow } from '../../store/lookups.ts'
import { type Lane, TimeLine } from '../charts/time-line.tsx'
import { dayText, spanText } from '../ui/date.tsx'

const day = (instant: string) => dayText(instant.slice(0, 10))

type Kind = Lane['moment']['kind']
/** What the world did, at the beginning or the end of a day in a zone. */
const inZone = (kind: Kind, what: string, date: string, zone: string): Lane => ({
  label: `${what} ${dayText(date)}`,
  when: `${dayText(date)}, ${zone}`,
  moment: { kind, from: kind === 'deadline' ? lastInstantOf(date, zone) : startOfDay(date, zone) },
})
/** What somebody did on a day. */
const onDay = (kind: Kind, what: string, date: string, zone: string): Lane => ({
  ...inZone(kind, what, date, zone),
  when: dayText(date),
})
/** What was written into the ledger. */
const written = (kind: Kind, what: string, at: string): Lane => ({
  label: `${what} ${day(at)}`,
  when: day(at),
  moment: { kind, from: new Date(at) },
})

/** When one forecast was said and logged, and taken back where it was. */
export function lanesOf({ forecast, question }: ForecastItem, heading?: string): Lane[] {
  const zone = question.record.deadline.time_zone
  const { from, to } = forecast.record.said_on
  const { withdrawal } = forecast
  return [
    {
      label: `said ${spanText({ from, to })}`,
      when: spanText({ from, to }),
      moment: {
        kind: 'said',
        from: startOfDay(from, zone),
        ...(from === to ? {} : { to: lastInstantOf(to, zone) }),
      },
      ...(heading === undefined ? {} : { heading }),
    },
    written('logged', 'logged', forecast.at),
    ...(withdrawal === null ? [] : [onDay('withdrawn', 'withdrawn', withdrawal.withdrawn_on, zone)]),
  ]
}

/** What happened to the question itself: its deadline, the flags, and the decision. */
export function lanesOfQuestion(
  { record: { deadline, condition }, condition_met }: QuestionRow,
  flags: readonly Flag[],
  resolutions: readonly ResolutionRow[],
): Lane[] {
  const inForce = resolutions.find((row) => row.confirmed_at !== null && row.superseded_by === null)
  const confirmed = resolutions
    .filter((row) => row.superseded_by !== NOTHING)
    .map(({ confirmed_at }) => confirmed_at)
    .filter((at) => at !== null)
  const end = inZone('deadline', 'deadline', deadline.date, deadline.time_zone)
  const by = condition?.deadline
  const known = inForce?.record
  return [
    ...(by === undefined ? [] : [inZone('deadline', 'condition by', by.date, by.time_zone)]),
    ...(condition_met === null
      ? []
      : [onDay('known', 'condition met', condition_met.met_on, deadline.time_zone)]),
    deadline.because === undefined ? end : { ...end, label: `${end.label}, ours` },
    ...(known === undefined ? [] : [inZone('known', 'outcome known', known.known_on, known.time_zone)]),
    ...flags.map(({ flagged_at }) => written('flagged', 'flagged as due', flagged_at)),
    ...confirmed.map((at, i) => written('resolved', i === 0 ? 'resolved' : 'corrected', at)),
  ]
}

const inWords = (lanes: readonly Lane[]): string =>
  `${lanes.map(({ heading, label }) => (heading === undefined ? label : `${heading}: ${label}`)).join('; ')}.`

/** The lanes as a picture, and in words for who cannot see it. */
export const Moments = ({ lanes }: { lanes: readonly Lane[] }) => (
  <>
    <h2>Time line</h2>
    <TimeLine
      id="time"
      title="When it was said, logged, due and decided"
      says={inWords(lanes)}
      lanes={lanes}
      caption="Round: said. Square: written into this ledger. Line: the deadline, and the day the outcome was known."
    />
  </>
)
