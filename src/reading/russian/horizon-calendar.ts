import {
  centurySpan,
  coming,
  comingWeekday,
  type Days,
  dayOn,
  halfSpan,
  monthSpan,
  nthOf,
  type Part,
  partOf,
  quarterSpan,
  seasonSpan,
  unitSpan,
  yearOf,
  yearSpan,
} from '../grammar/day.ts'
import {
  countAt,
  deicticAt,
  monthAt,
  ordinalAt,
  type Read,
  type Reader,
  type Span,
  seasonAt,
  unitAt,
  weekdayAt,
  wordAt,
} from './horizon-word.ts'

const FIRST_YEAR = 1800

const isYearWord = (word: string): boolean =>
  /^(?:год|года|году|годом|годе|годы|годов|годах|годам|г|гг)$/u.test(word)

/** A year in digits or words, with "года" or "г." behind it; a bare number is one from 1900 to 2199. */
export function yearAt(r: Reader, at: number): { year: number; next: number } | null {
  const token = r.tokens[at]
  const { value, raw = '', ordinal } = token ?? {}
  if (value === undefined || !Number.isInteger(value) || !/^\d{4}|^\p{L}/u.test(raw)) return null
  if (value < FIRST_YEAR || value > 9_999) return null
  const next = at + 1
  if (isYearWord(wordAt(r, next)))
    return { year: value, next: wordAt(r, next + 1) === '.' && wordAt(r, next) === 'г' ? next + 2 : next + 1 }
  return ordinal === true ||
    (value >= 1900 && value < 2200 && !/^(?:%|процент|рубл|доллар|человек|тыс)/u.test(wordAt(r, next)))
    ? { year: value, next }
    : null
}

/** The year that a period stands in: named, or "этого года", "следующего года"; or of the next time it comes round. */
function yearBehind(r: Reader, at: number): { year: number | null; next: number } {
  const named = yearAt(r, at)
  if (named !== null) return named
  if (wordAt(r, at) === 'года') return { year: yearOf(r.published), next: at + 1 }
  const later = deicticAt(r, at)
  if (later !== null && unitAt(r, at + 1) === 'year' && wordAt(r, at + 1) !== 'лет')
    return { year: yearOf(r.published) + later, next: at + 2 }
  return { year: null, next: at }
}

const span = (days: Days, next: number, grain: Span['grain'], rule: string, between = false): Span => ({
  kind: 'span',
  next,
  grain,
  rule,
  ...days,
  ...(between ? { between } : {}),
})

/** "20 мая 2025 года", "20.05.2025", "2025-05-20": the day comes first. */
export function dayAt(r: Reader, at: number): Read | null {
  const { raw = '' } = r.tokens[at] ?? {}
  const numeric = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})$/u.exec(raw)
  if (numeric !== null) {
    const [, date = '', month = '', year = ''] = numeric
    return onDay(r, Number(year.length === 2 ? `20${year}` : year), Number(month), Number(date), at + 1)
  }
  const short = /^(\d{1,2})\.(\d{2})$/u.exec(raw)
  // "До 15.08.", and not "15.08 рубля".
  if (short !== null && r.tokens[at + 1]?.kind !== 'word' && Number(short[2]) >= 1 && Number(short[2]) <= 12)
    return nearestDay(r, Number(short[2]), Number(short[1]), at + 1)
  const iso = r.tokens.slice(at, at + 5)
  if (/^\d{4}$/u.test(raw) && iso[1]?.word === '-' && iso[3]?.word === '-' && iso[4]?.value !== undefined)
    return onDay(r, Number(raw), iso[2]?.value ?? 0, iso[4].value, at + 5)
  const date = r.tokens[at]?.value
  const month = monthAt(r, at + 1)
  if (date === undefined || month === 0 || !Number.isInteger(date) || date < 1 || date > 31) return null
  const { year, next } = yearBehind(r, at + 2)
  return year === null ? nearestDay(r, month, date, next) : onDay(r, year, month, date, next)
}

/** That day of this year, or of the next where it is over. */
function nearestDay(r: Reader, month: number, date: number, next: number): Read {
  const thisYear = yearOf(r.published)
  const near = dayOn(thisYear, month, date)
  return onDay(r, near !== null && near >= r.published ? thisYear : thisYear + 1, month, date, next)
}

function onDay(r: Reader, year: number, month: number, date: number, next: number): Read {
  const day = dayOn(year, month, date)
  if (day === null) return { kind: 'asks', next, why: 'is no day of the calendar: which one is meant?' }
  return day < r.published
    ? { kind: 'past', next }
    : span({ from: day, to: day }, next, 'day', 'the day named')
}

const RULES = {
  month: 'the month named, to its end',
  year: 'the year named, to its end',
  season: 'the season named, to its end',
  quarter: 'the quarter named, to its end',
  half: 'the half year named, to its end',
}

/** A month, season, quarter, half or year that is named, without a preposition. */
export function periodAt(r: Reader, at: number): Read | null {
  const later = deicticAt(r, at)
  const begin = later === null ? at : at + 1
  const month = monthAt(r, begin)
  if (month > 0) {
    const second = monthBehind(r, begin)
    const { year, next } = yearBehind(r, second.next)
    const inYear = (y: number): Days => ({
      from: monthSpan(y, month).from,
      to: monthSpan(second.month < month ? y + 1 : y, second.month).to,
    })
    const isEither = second.month !== month && wordAt(r, begin + 1) !== 'и'
    return span(periodIn(r, year, later, inYear), next, 'month', RULES.month, isEither)
  }
  const season = seasonAt(r, begin)
  if (season !== null) {
    const { year, next } = yearBehind(r, begin + 1)
    return span(
      periodIn(r, year, later === 1 ? null : later, (y) => seasonSpan(season, y, false)),
      next,
      'season',
      RULES.season,
    )
  }
  const nth = nthAt(r, at)
  const unit = unitAt(r, at + 1)
  const isHalf = wordAt(r, at + 1).startsWith('половин')
  if (nth !== undefined && (unit === 'quarter' || unit === 'half') && nth <= (unit === 'quarter' ? 4 : 2)) {
    const { year, next } = yearBehind(r, at + 2)
    return span(
      periodIn(r, year, null, (y) => (unit === 'quarter' ? quarterSpan(y, nth) : halfSpan(y, nth))),
      next,
      unit,
      RULES[unit],
    )
  }
  if (nth !== undefined && isHalf && nth <= 2) {
    const whole = periodAt(r, at + 2)
    return whole?.kind === 'span'
      ? {
          ...whole,
          ...partOf(whole, nth === 1 ? 'half1' : 'half2'),
          rule: `the ${nth === 1 ? 'first' : 'second'} half: ${whole.rule}`,
        }
      : null
  }
  if (nth !== undefined && unit === 'century' && nth > 19)
    return span(centurySpan(nth), at + 2, 'century', 'the century named, to its end')
  return yearsAt(r, at) ?? deicticPeriod(r, at)
}

const ROMAN = ['i', 'ii', 'iii', 'iv']

/** Which quarter or half: "третий", "III", "последний". */
function nthAt(r: Reader, at: number): number | undefined {
  const word = wordAt(r, at)
  if (ROMAN.includes(word)) return ROMAN.indexOf(word) + 1
  if (/^последн\p{L}+$/u.test(word)) return unitAt(r, at + 1) === 'quarter' ? 4 : 2
  return ordinalAt(r, at)
}

/** "В мае или июне", "в мае–июне": until the end of the second. */
function monthBehind(r: Reader, at: number): { month: number; next: number } {
  const link = wordAt(r, at + 1)
  const second = monthAt(r, at + 2)
  return second > 0 && (link === 'или' || link === '-' || link === '—' || link === 'и')
    ? { month: second, next: at + 3 }
    : { month: monthAt(r, at), next: at + 1 }
}

function periodIn(
  r: Reader,
  year: number | null,
  later: number | null,
  inYear: (year: number) => Days,
): Days {
  if (year !== null) return inYear(year)
  if (later === 0) return inYear(yearOf(r.published))
  const next = coming(r.published, inYear)
  if (later !== 1) return next
  return inYear(yearOf(r.published) + 1)
}

/** "2026 год", "2026–2027 годах", "2030-х годах", "тридцатых годах". */
function yearsAt(r: Reader, at: number): Read | null {
  const { raw = '', value } = r.tokens[at] ?? {}
  const decade = /^(\d{4}|\d{2})-?(?:х|ых|е|м)$/u.exec(raw)
  if (
    decade !== null &&
    value !== undefined &&
    value % 10 === 0 &&
    /^(?:х|ых)$/u.test(raw.replace(/^\d+-?/u, ''))
  ) {
    const first = value < 100 ? 2000 + value : value
    const next = isYearWord(wordAt(r, at + 1)) ? at + 2 : at + 1
    return span(
      { from: yearSpan(first).from, to: yearSpan(first + 9).to },
      next,
      'decade',
      'the decade named, to its end',
    )
  }
  // "Тридцатых годов" are the thirties of this century.
  const tens = ordinalAt(r, at) ?? 0
  if (tens % 10 === 0 && tens > 0 && tens < 100 && /^(?:годов|годах|годы|годам)$/u.test(wordAt(r, at + 1)))
    return span(
      { from: yearSpan(2000 + tens).from, to: yearSpan(2009 + tens).to },
      at + 2,
      'decade',
      'the decade named, to its end',
    )
  const one = yearAt(r, at)
  if (one === null) {
    const last = wordAt(r, at + 1) === '-' || wordAt(r, at + 1) === '—' ? yearAt(r, at + 2) : null
    return last !== null && (value ?? 0) >= 1900 && (value ?? 0) < last.year
      ? span(
          { from: yearSpan(value ?? 0).from, to: yearSpan(last.year).to },
          last.next,
          'year',
          RULES.year,
          true,
        )
      : null
  }
  const second = /^[-—]$|^или$/u.test(wordAt(r, one.next)) ? yearAt(r, one.next + 1) : null
  const to = second !== null && second.year > one.year ? second : one
  const days = { from: yearSpan(one.year).from, to: yearSpan(to.year).to }
  return span(days, to.next, 'year', RULES.year, to !== one)
}

/** "Этот год", "следующая неделя", "год" in "до конца года". */
function deicticPeriod(r: Reader, at: number): Read | null {
  const later = deicticAt(r, at)
  const unit = unitAt(r, later === null ? at : at + 1)
  if (unit === null || later === null || wordAt(r, at + 1) === 'лет') return null
  if (later < 0) return { kind: 'past', next: at + 2 }
  // "В следующие годы" is vague, and no period of the calendar.
  if (/(?:ие|ых|их)$/u.test(wordAt(r, at))) return null
  return span(
    unitSpan(r.published, unit, later),
    at + 2,
    unit,
    later === 0 ? 'the present one, to its end' : 'the next one, to its end',
  )
}

const PARTS: readonly (readonly [RegExp, Part | 'begin'])[] = [
  [/^(?:конец|конца|концу|конце|исход[еау]?|окончани[яею])$/u, 'end'],
  [/^(?:начал[оауе]|начале)$/u, 'begin'],
  [/^(?:середин[аыуе])$/u, 'mid'],
]

/** "Конец года", "начало 2026 года", "середина мая": `bound` where it is up to that time. */
export function partAt(r: Reader, at: number, bound: boolean): Read | null {
  const few = firstUnitsAt(r, at)
  if (few !== null) return few
  const part = PARTS.find(([pattern]) => pattern.test(wordAt(r, at)))?.[1]
  if (part === undefined) return null
  const whole = periodAt(r, at + 1) ?? runningAt(r, at + 1)
  if (whole?.kind !== 'span') return whole?.kind === 'past' ? whole : null
  const which: Part =
    part === 'begin' ? (bound ? 'start' : 'early') : part === 'end' ? (bound ? 'end' : 'late') : part
  const days = partOf(whole, which)
  return { ...whole, ...days, grain: 'day', rule: `${SAYS[part] ?? 'the part named'}: ${whole.rule}` }
}
const SAYS: Readonly<Record<string, string>> = { end: 'the end', begin: 'the beginning', mid: 'the middle' }

const SOME: Readonly<Record<string, number>> = { day: 7, week: 4, month: 3 }

/** "Первые месяцы 2025 года", "первая неделя мая": so many of them, ours where no number stands. */
function firstUnitsAt(r: Reader, at: number): Read | null {
  const unit = ordinalAt(r, at) === 1 ? unitAt(r, at + 1) : null
  const count = /^(?:ые|ых|ым)$/u.test(wordAt(r, at).slice(-2)) ? SOME[unit ?? ''] : 1
  if (unit === null || count === undefined || SOME[unit] === undefined) return null
  const whole = periodAt(r, at + 2) ?? runningAt(r, at + 2)
  return whole?.kind === 'span'
    ? { ...whole, ...nthOf(whole, 1, count, unit), grain: 'day', rule: 'the part named, to its end' }
    : null
}

/** "Года" alone is the present one. */
const runningAt = (r: Reader, at: number): Read | null => {
  const unit = unitAt(r, at)
  return unit === null || wordAt(r, at) === 'лет' || countAt(r, at - 1) !== undefined
    ? null
    : span(unitSpan(r.published, unit, 0), at + 1, unit, 'the present one, to its end')
}

/** The next Friday; of "в пятницу, 15 апреля" the day that is named. */
export function weekdayAfter(r: Reader, at: number): Read | null {
  const weekday = weekdayAt(r, at)
  if (weekday < 0) return null
  const named = dayAt(r, wordAt(r, at + 1) === ',' ? at + 2 : at + 1)
  if (named !== null) return named
  const day = comingWeekday(r.published, weekday)
  return span({ from: day, to: day }, at + 1, 'day', 'the next such day')
}
