import { lastInstantOf, startOfDay } from '../../core/calendar.ts'
import { NOTHING } from '../../core/resolution.ts'
import type { Flag } from '../../store/due.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import type { QuestionRow, ResolutionRow } from '../../store/lookups.ts'
import { type Lane, TimeLine } from '../charts/time-line.tsx'
import { dayText, spanText } from '../ui/date.tsx'

const day = (instant: string) => dayText(instant.slice(0, 10))

/** When one forecast was said and logged, and taken back where it was. */
export function lanesOf({ forecast, question }: ForecastItem, heading?: string): Lane[] {
  const zone = question.record.deadline.time_zone
  const { from, to } = forecast.record.said_on
  const said: Lane = {
    label: `said ${spanText({ from, to })}`,
    when: spanText({ from, to }),
    moment: {
      kind: 'said',
      from: startOfDay(from, zone),
      ...(from === to ? {} : { to: lastInstantOf(to, zone) }),
    },
    ...(heading === undefined ? {} : { heading }),
  }
  const lanes: Lane[] = [
    said,
    {
      label: `logged ${day(forecast.at)}`,
      when: day(forecast.at),
      moment: { kind: 'logged', from: new Date(forecast.at) },
    },
  ]
  const { withdrawal } = forecast
  if (withdrawal !== null)
    lanes.push({
      label: `withdrawn ${dayText(withdrawal.withdrawn_on)}`,
      when: dayText(withdrawal.withdrawn_on),
      moment: { kind: 'withdrawn', from: startOfDay(withdrawal.withdrawn_on, zone) },
    })
  return lanes
}

/** What happened to the question itself: its deadline, the flags, and the decision. */
export function lanesOfQuestion(
  question: QuestionRow,
  flags: readonly Flag[],
  resolutions: readonly ResolutionRow[],
): Lane[] {
  const { deadline, condition } = question.record
  const inForce = resolutions.find((row) => row.confirmed_at !== null && row.superseded_by === null)
  const end = (date: string, zone: string) => lastInstantOf(date, zone)
  return [
    ...(condition === undefined
      ? []
      : [
          {
            label: `condition by ${dayText(condition.deadline.date)}`,
            when: `${dayText(condition.deadline.date)}, ${condition.deadline.time_zone}`,
            moment: {
              kind: 'deadline' as const,
              from: end(condition.deadline.date, condition.deadline.time_zone),
            },
          },
        ]),
    ...(question.condition_met === null
      ? []
      : [
          {
            label: `condition met ${dayText(question.condition_met.met_on)}`,
            when: dayText(question.condition_met.met_on),
            moment: {
              kind: 'known' as const,
              from: startOfDay(question.condition_met.met_on, deadline.time_zone),
            },
          },
        ]),
    {
      label: `deadline ${dayText(deadline.date)}${deadline.because === undefined ? '' : ', ours'}`,
      when: `${dayText(deadline.date)}, ${deadline.time_zone}`,
      moment: { kind: 'deadline', from: end(deadline.date, deadline.time_zone) },
    },
    ...(inForce === undefined
      ? []
      : [
          {
            label: `outcome known ${dayText(inForce.record.known_on)}`,
            when: `${dayText(inForce.record.known_on)}, ${inForce.record.time_zone}`,
            moment: {
              kind: 'known' as const,
              from: startOfDay(inForce.record.known_on, inForce.record.time_zone),
            },
          },
        ]),
    ...flags.map((flag) => ({
      label: `flagged as due ${day(flag.flagged_at)}`,
      when: day(flag.flagged_at),
      moment: { kind: 'flagged' as const, from: new Date(flag.flagged_at) },
    })),
    ...resolutions
      .filter((row) => row.superseded_by !== NOTHING)
      .map(({ confirmed_at }) => confirmed_at)
      .filter((at) => at !== null)
      .map((at, i) => ({
        label: `${i === 0 ? 'resolved' : 'corrected'} ${day(at)}`,
        when: day(at),
        moment: { kind: 'resolved' as const, from: new Date(at) },
      })),
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
