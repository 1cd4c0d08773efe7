import { addDays } from '../../../core/calendar.ts'
import {
  coming,
  type Day,
  type Days,
  dayOn,
  firstOf,
  partOf,
  unitSpan,
  weekdayIn,
} from '../../grammar/day.ts'
import { longest, type Read, type Reader, rawAt, table, wordAt, wordSet } from './reader.ts'
import { yearAt } from './year.ts'

/** Easter Sunday by the rule of Gauss, in the form of Meeus, Jones and Butcher. */
function easter(year: number): Day {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100]
  const [d, e] = [Math.floor(b / 4), b % 4]
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const [i, k] = [Math.floor(c / 4), c % 4]
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return dayOn(year, Math.floor(n / 31), (n % 31) + 1) ?? firstOf(year, 4)
}

/** Easter Sunday of the Julian calendar, by the Gregorian one. */
function orthodoxEaster(year: number): Day {
  const d = (19 * (year % 19) + 15) % 30
  const e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
  const n = d + e + 114
  const behind = Math.floor(year / 100) - Math.floor(year / 400) - 2
  return addDays(dayOn(year, Math.floor(n / 31), (n % 31) + 1) ?? firstOf(year, 4), behind)
}

type Holiday = {
  /** The day of a year, or none where it must be asked for. */
  readonly on?: (year: number, country: string | null) => Day
  /** Days before and after it that the name covers. */
  readonly until?: number
  /** A question that stays where these countries are not the ones. */
  readonly whose?: readonly string[]
  readonly asks?: true
}
const fixed =
  (month: number, date: number) =>
  (year: number): Day =>
    dayOn(year, month, date) ?? firstOf(year, month)
const afterEaster = (days: number) => (year: number) => addDays(easter(year), days)

/** Month and day of what each country calls so. */
const INDEPENDENCE: Readonly<Record<string, readonly [month: number, date: number]>> = {
  US: [7, 4],
  IN: [8, 15],
  PK: [8, 14],
  UA: [8, 24],
  PL: [11, 11],
  BR: [9, 7],
  MX: [9, 16],
  AM: [9, 21],
  AZ: [5, 28],
  GE: [5, 26],
}

/** By their names: of two that begin alike the longer is taken. */
const HOLIDAYS = table<Holiday>([
  ['christmas|christmas day|xmas|noel', { on: fixed(12, 25) }],
  ['christmas eve', { on: fixed(12, 24) }],
  ['boxing day', { on: fixed(12, 26) }],
  ["new year's eve|new years eve|hogmanay", { on: fixed(12, 31) }],
  ["new year|new year's|new year's day|new years day|new years", { on: fixed(1, 1) }],
  ["valentine's day|valentine's", { on: fixed(2, 14) }],
  ["st patrick's day|saint patrick's day", { on: fixed(3, 17) }],
  ['easter|easter sunday', { on: easter }],
  ['good friday', { on: afterEaster(-2) }],
  ['ash wednesday|lent', { on: afterEaster(-46) }],
  ['easter monday', { on: afterEaster(1) }],
  ['ascension day|ascension', { on: afterEaster(39) }],
  ['pentecost|whitsun|whit sunday', { on: afterEaster(49) }],
  ['orthodox easter|greek easter|russian easter|coptic easter', { on: orthodoxEaster }],
  ['orthodox christmas|russian christmas', { on: fixed(1, 7) }],
  ['nowruz|nowrooz|novruz|norouz', { on: fixed(3, 21) }],
  ['may day', { on: fixed(5, 1) }],
  ['victory day', { on: fixed(5, 9) }],
  ['memorial day', { on: (year) => weekdayIn(year, 5, 0, -1) }],
  ['fourth of july|4th of july', { on: fixed(7, 4) }],
  [
    'independence day',
    {
      on: (year, country) => fixed(...(INDEPENDENCE[country ?? ''] ?? ([7, 4] as const)))(year),
      whose: Object.keys(INDEPENDENCE),
    },
  ],
  ['labor day', { on: (year) => weekdayIn(year, 9, 0, 1) }],
  [
    'labour day',
    {
      on: (year, country) => (country === 'CA' ? weekdayIn(year, 9, 0, 1) : fixed(5, 1)(year)),
      whose: ['CA', 'GB', 'IN', 'DE', 'ZA'],
    },
  ],
  ['halloween|hallowe en', { on: fixed(10, 31) }],
  ['veterans day|armistice day|remembrance day', { on: fixed(11, 11) }],
  [
    'thanksgiving|thanksgiving day',
    {
      on: (year, country) => (country === 'CA' ? weekdayIn(year, 10, 0, 2) : weekdayIn(year, 11, 3, 4)),
      whose: ['US', 'CA'],
    },
  ],
  ['black friday', { on: (year) => addDays(weekdayIn(year, 11, 3, 4), 1) }],
  [
    'ramadan|eid|eid al fitr|eid al adha|chinese new year|lunar new year|diwali|holi|passover|rosh hashanah|yom kippur|hanukkah|ashura|jewish new year|carnival|bastille day|national day|republic day|constitution day|unity day|liberation day|election day|election night|inauguration day|midsummer|midwinter|ides of march|bank holiday|the holidays|the holiday season',
    { asks: true },
  ],
])

const ALSO_WORDS = wordSet('lent carnival ascension holi may')
const ASKS = 'is a holiday whose day depends on the year or on the country: when is it?'

/** "In the new year" is soon after it has begun. */
function newYear(r: Reader, next: number): Read {
  const days = partOf(unitSpan(r.published, 'year', 1), 'early')
  const asks = 'The words name no day; keep the proposal or set another.'
  return {
    kind: 'span',
    next,
    grain: 'season',
    ...days,
    rule: 'the early part of next year',
    vague: true,
    asks,
  }
}

/** A holiday by its name, of the year that is named or the next to come. */
export function readHoliday(r: Reader, at: number): Read | null {
  const begin = wordAt(r, at) === 'the' ? at + 1 : at
  const found = longest(HOLIDAYS, r, begin)
  if (found === null || (ALSO_WORDS.has(wordAt(r, begin)) && !/^\p{Lu}/u.test(rawAt(r, begin)))) return null
  const { on, whose } = found.value
  if (
    wordAt(r, begin) === 'new' &&
    wordAt(r, begin - 2) === 'in' &&
    begin > at &&
    wordAt(r, found.next - 1) === 'year'
  )
    return newYear(r, found.next)
  const link = wordAt(r, found.next) === 'of' || wordAt(r, found.next) === ',' ? 1 : 0
  const year = yearAt(r, found.next + link)
  const next = year?.next ?? found.next
  if (on === undefined) return { kind: 'asks', next, why: ASKS }
  const inYear = (of: number): Days => ({ from: on(of, r.whose), to: on(of, r.whose) })
  const span = year === null ? coming(r.published, inYear) : inYear(year.year)
  if (whose !== undefined && !whose.includes(r.whose ?? ''))
    return { kind: 'asks', next, why: ASKS, date: span.to }
  return {
    kind: 'span',
    next,
    grain: 'day',
    ...span,
    rule: 'the holiday named',
    ...(year ? { dated: true } : {}),
  }
}
