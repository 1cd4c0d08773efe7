import type { Unit } from '../grammar/day.ts'
import type * as time from '../grammar/time.ts'
import type { Token } from '../grammar/token.ts'

/** A sentence that is read for its times, and the day from which they are reckoned. */
export type Reader = { readonly tokens: readonly Token[]; readonly published: string }

export type Span = time.Span & { readonly grain: Unit | 'season' | 'amount' }
export type Read = Span | time.Asked | time.Past

export const wordAt = (r: Reader, at: number): string => r.tokens[at]?.word ?? ''
/** A number that is no ordinal, where one stands. */
export const countAt = (r: Reader, at: number): number | undefined =>
  r.tokens[at]?.ordinal === true ? undefined : r.tokens[at]?.value
export const ordinalAt = (r: Reader, at: number): number | undefined => {
  const { ordinal, value } = r.tokens[at] ?? {}
  return ordinal === true ? value : undefined
}

const MONTHS: readonly RegExp[] = [
  /^янв(?:ар[ьяею]м?)?$/u,
  /^фев(?:рал[ьяею]м?)?$/u,
  /^март(?:а|е|у|ом)?$/u,
  /^апр(?:ел[ьяею]м?)?$/u,
  /^ма[йяею]м?$/u,
  /^июн[ьяею]м?$/u,
  /^июл[ьяею]м?$/u,
  /^авг(?:уст(?:а|е|у|ом)?)?$/u,
  /^сен(?:т(?:ябр[ьяею]м?)?)?$/u,
  /^окт(?:ябр[ьяею]м?)?$/u,
  /^ноя(?:б(?:р[ьяею]м?)?)?$/u,
  /^дек(?:абр[ьяею]м?)?$/u,
]
/** 1 to 12, in whatever case; 0 where it is no month. */
export const monthAt = (r: Reader, at: number): number =>
  MONTHS.findIndex((pattern) => pattern.test(wordAt(r, at))) + 1

const UNITS: readonly (readonly [RegExp, Unit])[] = [
  [/^(?:день|дня|дней|дню|днем|дне|дням|днями|днях|дни|сутки|суток|сутками)$/u, 'day'],
  [/^недел[яиюеь](?:й|м|ми|х)?$/u, 'week'],
  [/^месяц(?:а|у|ем|е|ы|ев|ам|ами|ах)?$/u, 'month'],
  [/^квартал(?:а|у|ом|е|ы|ов|ам|ами|ах)?$/u, 'quarter'],
  [/^полугоди(?:е|я|ю|ем|и|й|ям|ями|ях)$/u, 'half'],
  [/^(?:полгода|полугода)$/u, 'half'],
  [/^(?:год|года|году|годом|годе|годы|годов|годам|годами|годах|лет|годик)$/u, 'year'],
  [/^(?:десятилети(?:е|я|ю|ем|и|й|ям|ями|ях)|декад[аыуе])$/u, 'decade'],
  [/^(?:век|века|веку|веком|веке|веков|столети(?:е|я|ю|ем|и|й))$/u, 'century'],
]
export const unitAt = (r: Reader, at: number): Unit | null =>
  UNITS.find(([pattern]) => pattern.test(wordAt(r, at)))?.[1] ?? null

const SEASONS: readonly (readonly [RegExp, string])[] = [
  [/^(?:весн[аыуе]|весной|весною)$/u, 'spring'],
  [/^(?:лето|лета|лету|летом|лете)$/u, 'summer'],
  [/^(?:осень|осени|осенью)$/u, 'autumn'],
  [/^(?:зим[аыуе]|зимой|зимою)$/u, 'winter'],
]
/** The season as the calendar calls it. */
export const seasonAt = (r: Reader, at: number): string | null =>
  SEASONS.find(([pattern]) => pattern.test(wordAt(r, at)))?.[1] ?? null

const WEEKDAYS: readonly RegExp[] = [
  /^понедельник(?:а|у|ом|е)?$/u,
  /^вторник(?:а|у|ом|е)?$/u,
  /^сред[аыуе]$/u,
  /^четверг(?:а|у|ом|е)?$/u,
  /^пятниц[аыуе]й?$/u,
  /^суббот[аыуе]$/u,
  /^воскресень(?:е|я|ю|ем)$/u,
]
/** 0 is Monday; −1 where it is no day of the week. */
export const weekdayAt = (r: Reader, at: number): number =>
  WEEKDAYS.findIndex((pattern) => pattern.test(wordAt(r, at)))

const DEICTIC: readonly (readonly [RegExp, number])[] = [
  [/^(?:эт(?:от|ого|ому|им|ом|а|ой|у|о|ою)|текущ\p{L}+|нынешн\p{L}+)$/u, 0],
  [/^(?:следующ\p{L}+|будущ\p{L}+|грядущ\p{L}+|наступающ\p{L}+)$/u, 1],
  [/^(?:прошл\p{L}+|минувш\p{L}+|прошедш\p{L}+|истекш\p{L}+)$/u, -1],
]
/** This is 0, next is 1, the last one −1. */
export const deicticAt = (r: Reader, at: number): number | null =>
  DEICTIC.find(([pattern]) => pattern.test(wordAt(r, at)))?.[1] ?? null

export const isNear = (r: Reader, at: number): boolean =>
  /^(?:ближайш\p{L}+|предстоящ\p{L}+)$/u.test(wordAt(r, at))
