import { TZDate, tzOffset } from '@date-fns/tz'
import { addMonths } from 'date-fns/addMonths'
import * as z from 'zod'
import { ascending, jsonSchema } from './json-schema.ts'
import { prose } from './text.ts'

export { dayText, MONTHS } from './typed-date.ts'

const daysInMonth = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

const YEAR = '(?:1[89]|2[0-9])[0-9]{2}'
const LEAP_YEAR = '(?:(?:1[89]|2[0-9])(?:0[48]|[2468][048]|[13579][26])|(?:20|24|28)00)'
/** A day of the calendar, as a pattern of JSON Schema. */
export const DAY = `(?:${YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|${LEAP_YEAR}-02-29)`

/** The last day that a record can name. */
export const LAST_DAY = '2999-12-31'

/** A calendar date, `2025-04-08`, from 1800 to 2999. */
export const Day = z
  .string('must be a date such as "2025-04-08"')
  .regex(/^(1[89]|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$/u, 'must be a date such as 2025-04-08')
  .refine(isDay, 'is not a day of the calendar')
  .register(jsonSchema, { pattern: `^${DAY}$`, examples: ['2025-04-08'] })

/** A day, a month or a year: what a source may say of its own date. */
export const CoarseDate = z
  .string('must be a date such as "2025-04-08"')
  .regex(
    /^(1[89]|2[0-9])[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?$/u,
    'must be a day, a month or a year: 2025-04-08, 2025-04 or 2025',
  )
  .refine((text) => isDay(firstDay(text)), 'is not in the calendar')
  .register(jsonSchema, {
    pattern: `^(?:${YEAR}(?:-(?:0[1-9]|1[0-2]))?|${DAY})$`,
    examples: ['2025-04-08', '2025-04', '2025'],
  })

export const DaySpan = z
  .strictObject({ from: Day, to: Day })
  .refine((span) => span.from <= span.to, { message: 'must not lie before from', path: ['to'] })
  .register(jsonSchema, ascending('/from', '/to'))
export type DaySpan = z.infer<typeof DaySpan>

/** When something was said or published: a date, or an interval with its reason. */
export const Dated = z.union(
  [
    CoarseDate,
    z
      .strictObject({ from: Day, to: Day, because: prose(2000).optional() })
      .refine((span) => span.from <= span.to, { message: 'must not lie before from', path: ['to'] })
      .register(jsonSchema, ascending('/from', '/to')),
  ],
  {
    error: (issue) =>
      typeof issue.input === 'string'
        ? 'must be a day, a month or a year of the calendar: 2025-04-08, 2025-04 or 2025'
        : undefined,
  },
)
export type Dated = z.infer<typeof Dated>

const firstDay = (coarse: string): string => `${coarse}-01-01`.slice(0, 10)

function lastDay(coarse: string): string {
  if (coarse.length === 10) return coarse
  if (coarse.length === 4) return `${coarse}-12-31`
  const [year = 0, month = 0] = coarse.split('-').map(Number)
  return `${coarse}-${String(daysInMonth(year, month)).padStart(2, '0')}`
}

/** The first and the last day a coarse date can mean. */
export const spanOf = (dated: Dated): DaySpan =>
  typeof dated === 'string'
    ? { from: firstDay(dated), to: lastDay(dated) }
    : { from: dated.from, to: dated.to }

// A formatter costs tens of microseconds, and every record names one of a few zones.
const zones = new Map<string, boolean>()
const ZONES_KEPT = 2_000

function isZone(zone: string): boolean {
  const known = zones.get(zone)
  if (known !== undefined) return known
  if (zones.size >= ZONES_KEPT) zones.clear()
  const found = hasFormatter(zone)
  zones.set(zone, found)
  return found
}

function hasFormatter(zone: string): boolean {
  if (!/^(UTC|[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+)$/u.test(zone)) return false
  try {
    // An alias such as Asia/Kolkata may come back under another name; another case of letters is a typing error.
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions()
    return timeZone === zone || timeZone.toLowerCase() !== zone.toLowerCase()
  } catch {
    return false
  }
}

/** An IANA zone such as Asia/Yerevan, or UTC. */
export const TimeZone = z
  .string()
  .max(64)
  .refine(isZone, 'is not an IANA time zone such as Asia/Yerevan')
  .register(jsonSchema, { $ref: '#/components/schemas/TimeZone' })

/** The zones that this machine lists; it knows older names of them too. */
export const timeZones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter(isZone)]

/** The last day on which the event counts; `because` is present exactly when the date is ours. */
export const Deadline = z.strictObject({
  date: Day,
  time_zone: TimeZone,
  because: prose(2000).optional(),
})
export type Deadline = z.infer<typeof Deadline>

const DAY_MS = 86_400_000
const offsetMs = (zone: string, instant: number) => tzOffset(zone, new Date(instant)) * 60_000

/** What the clocks of a zone show at an instant, as year-month-dayThour:minute:second. */
export const clockTime = (instant: number, zone: string): string =>
  new Date(instant + offsetMs(zone, instant)).toISOString().slice(0, 19)

/**
 * 00:00 of a day in its zone: the first of two where the clock is put back over midnight, the first instant of the
 * day where it skips midnight, that of the next day where the zone leaves the day out. The machine's zone plays no part.
 */
export function startOfDay(day: string, zone: string): Date {
  const key = `${day} ${zone}`
  const known = starts.get(key)
  if (known !== undefined) return new Date(known)
  const midnight = utc(day).getTime()
  const before = midnight - offsetMs(zone, midnight - DAY_MS)
  const after = midnight - offsetMs(zone, midnight + DAY_MS)
  const isThatDay = (instant: number) => dayOf(instant + offsetMs(zone, instant)) === day
  const start = [Math.min(before, after), Math.max(before, after)].find(isThatDay) ?? before
  if (starts.size >= STARTS_KEPT) starts.clear()
  starts.set(key, start)
  return new Date(start)
}

// Asking Intl for an offset costs microseconds, and the same days come again with every record of a ledger.
const starts = new Map<string, number>()
const STARTS_KEPT = 20_000

/** The first instant after the day in its zone: a deadline is due from here on. */
export const endOfDay = (day: string, zone: string): Date => startOfDay(addDays(day, 1), zone)

/** The last instant of the day, to the millisecond: what a coarse "said on" counts as. */
export const lastInstantOf = (day: string, zone: string): Date => new Date(endOfDay(day, zone).getTime() - 1)

export const dueAt = (deadline: Deadline): Date => endOfDay(deadline.date, deadline.time_zone)

const utc = (day: string) => new Date(`${day}T00:00:00.000Z`)
const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10)

/** Whole days later, in the calendar, free of zones. */
export function addDays(day: string, days: number): string {
  return dayOf(utc(day).getTime() + days * DAY_MS)
}

/** The same day of the month, `months` later; the last one where the month is shorter. */
export const addMonthsTo = (day: string, months: number): string =>
  addMonths(new TZDate(utc(day).getTime(), 'UTC'), months)
    .toISOString()
    .slice(0, 10)

/** An instant as records and requests write it: UTC, to the millisecond. */
export const NO_INSTANT = 'must be an instant such as 2027-01-31T00:00:00.000Z'
export const Instant = z.iso.datetime({ precision: 3, error: NO_INSTANT })

/** The house rule where no horizon was named: the latest publication date and twelve months. */
export const HOUSE_RULE = 'No horizon was named; house rule of 12 months.'
export const houseDeadline = (published: Dated): string => addMonthsTo(spanOf(published).to, 12)

/** The calendar date somewhere on earth where it is latest: nothing can be said or known after it. */
export const latestDate = (now: Date): string => dayOf(now.getTime() + 14 * 3_600_000)

/** Why a day cannot be that of something said, known or read, or null; `latest` is the latest date on earth. */
export const futureProblem = (day: string, latest: string): string | null =>
  day > latest ? 'lies in the future' : null

/** Why what follows a saying cannot be of that day, or null. */
export const earlierProblem = (day: string, said: DaySpan): string | null =>
  day < said.from ? `lies before the statement of ${said.from}` : null

/** Whole days from the instant on, down to 0. */
export const daysSince = (from: Date, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - from.getTime()) / DAY_MS))

const QUARTER_HOUR_MS = 900_000

/** Which quarter-hour of UTC it is, counted from 1970: every zone's midnight begins one. */
export const quarterOf = (now: Date): number => Math.floor(now.getTime() / QUARTER_HOUR_MS)

/** Pages depend on time only through the last quarter-hour. */
export const quarterHour = (now: Date): Date => new Date(quarterOf(now) * QUARTER_HOUR_MS)
