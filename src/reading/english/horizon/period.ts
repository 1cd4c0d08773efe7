import {
  centurySpan,
  coming,
  type Days,
  halfSpan,
  isSeason,
  monthSpan,
  quarterSpan,
  seasonSpan,
  unitSpan,
  yearOf,
  yearSpan,
} from '../../grammar/day.ts'
import { countryOf, fiscalYear, isSouthern } from './country.ts'
import {
  bareAt,
  longest,
  type Read,
  type Reader,
  rawAt,
  type Span,
  table,
  touches,
  wordAt,
  wordSet,
} from './reader.ts'
import { monthAt } from './written.ts'
import { rangeOfYears, yearAt } from './year.ts'

const NTH_DECADE: ReadonlyMap<string, number> = new Map(
  'twenties thirties forties fifties sixties seventies eighties nineties'
    .split(' ')
    .map((name, i) => [name, 20 + 10 * i] as const),
)

type How = Pick<Span, 'grain' | 'rule' | 'free' | 'dated' | 'asks' | 'end' | 'named' | 'between'>
const spanOf = (next: number, { from, to }: Days, how: How): Read => ({
  kind: 'span',
  next,
  from,
  to,
  ...how,
})

const REACH = table<'this' | 'next'>([
  ['this year|the current year|this calendar year|the calendar year', 'this'],
  ['next year|the next year|the coming year|next calendar year|the following year', 'next'],
])

/** The year that a quarter, a month or a season is of: "of 2026", "in 2026", "2026", "'26", "of next year". */
export function yearOfAt(r: Reader, at: number): { year: number; next: number } | null {
  const link = ['of', 'in', ','].includes(wordAt(r, at)) ? 1 : 0
  const comma = wordAt(r, at) === ','
  const isOfTheYear =
    link === 1 && wordAt(r, at + 1) === 'the' && wordAt(r, at + 2) === 'year' && yearAt(r, at + 1) === null
  if (isOfTheYear && !comma) return { year: yearOf(r.published), next: at + 3 }
  const reach = comma ? null : longest(REACH, r, at + link)
  if (reach !== null)
    return { year: yearOf(r.published) + (reach.value === 'next' ? 1 : 0), next: reach.next }
  const range = comma ? null : rangeOfYears(r, at + link)
  return range ?? yearAt(r, at + link)
}

/** A period that comes every year: of the year that is named, or the first that has not ended. */
function yearly(r: Reader, next: number, inYear: (year: number) => Days, how: How): Read {
  const year = yearOfAt(r, next)
  return year === null
    ? spanOf(next, coming(r.published, inYear), how)
    : spanOf(year.next, inYear(year.year), { ...how, dated: true, free: true })
}

function readMonth(r: Reader, at: number): Read | null {
  const dated = yearOfAt(r, at + 1) !== null
  const found = monthAt(r, at, dated)
  if (found === null) return null
  const how: How = { grain: 'month', rule: 'the month named, to its end' }
  return yearly(r, found.next, (year) => monthSpan(year, found.month), how)
}

const QUARTER = /^(?:q([1-4])|([1-4])q)(\d\d|\d{4})?$/u
const HALF = /^(?:h([12])|([12])h)(\d\d|\d{4})?$/u

/** Q3, 3Q25, H1 2026, "the third quarter", "the second half of next year". */
function readShare(r: Reader, at: number): Read | null {
  const word = bareAt(r, at)
  const quarter = QUARTER.exec(word)
  const half = HALF.exec(word)
  const [, before, after, year] = quarter ?? half ?? []
  const nth = Number(before ?? after)
  if (nth > 0) return share(r, at + 1, nth, quarter === null ? 'half' : 'quarter', year)
  const first = word === 'the' ? at + 1 : at
  // The second or third quarter is the third.
  const isEither = r.tokens[first]?.ordinal === true && r.tokens[first + 2]?.ordinal === true
  const begin = isEither && EITHER.has(wordAt(r, first + 1)) ? first + 2 : first
  const noun = wordAt(r, begin + 1)
  if (noun !== 'quarter' && noun !== 'half') return null
  const { value, ordinal } = r.tokens[begin] ?? {}
  const is = ordinal === true ? value : ENDS.get(wordAt(r, begin))
  if (is === undefined || is > (noun === 'half' ? 2 : 4)) return null
  const which = is > 0 ? is : noun === 'half' ? 2 : 4
  // Of a month, a decade and so on it is another part: the edges read that. "The first half of the match" is none.
  const isOf = wordAt(r, begin + 2) === 'of' && yearOfAt(r, begin + 2) === null
  if (isOf) return null
  const read = share(r, begin + 2, which, noun)
  // Third-quarter growth needs no preposition.
  const isAdjective = noun === 'quarter' && word !== 'the' && wordAt(r, at - 1) !== 'the'
  return isAdjective && read.kind === 'span' ? { ...read, free: true } : read
}
const EITHER = wordSet('or and to')
const ENDS: ReadonlyMap<string, number> = new Map([
  ['last', 0],
  ['final', 0],
  ['closing', 0],
  ['opening', 1],
  ['latter', 0],
])

function share(r: Reader, next: number, nth: number, grain: 'half' | 'quarter', year?: string): Read {
  const inYear = (of: number): Days => (grain === 'half' ? halfSpan(of, nth) : quarterSpan(of, nth))
  const rule = grain === 'half' ? 'the half-year named' : 'the calendar quarter named'
  if (year === undefined) return yearly(r, next, inYear, { grain, rule })
  return spanOf(next, inYear(year.length === 4 ? Number(year) : 2_000 + Number(year)), {
    ...{ grain, rule },
    ...{ dated: true, free: true },
  })
}

/** 2027, 2026-27, the 2030s, "the thirties", the 22nd century. */
function readYears(r: Reader, at: number): Read | null {
  const begin = wordAt(r, at) === 'the' ? at + 1 : at
  const decade = decadeAt(r, begin)
  if (decade !== null) {
    const { year, next } = decade
    const isCentury = year % 100 === 0 && year > 2_000 && wordAt(r, begin).startsWith(String(year))
    const days = isCentury
      ? { from: yearSpan(year).from, to: yearSpan(year + 99).to }
      : { from: yearSpan(year).from, to: yearSpan(year + 9).to }
    const rule = 'the decade named, to its end'
    const how: How = { grain: 'decade', rule, dated: true, free: true, named: true }
    return spanOf(next, days, isCentury ? { ...how, grain: 'century', rule: 'the century named' } : how)
  }
  const { value = 0, ordinal } = r.tokens[begin] ?? {}
  if (ordinal === true && wordAt(r, begin + 1) === 'century') {
    if (value < 19 || value > 99) return null
    return spanOf(begin + 2, centurySpan(value), { grain: 'century', rule: 'the century named', dated: true })
  }
  const range = rangeOfYears(r, at)
  if (range !== null) {
    const days = { from: yearSpan(range.year).from, to: yearSpan(range.to).to }
    return spanOf(range.next, days, {
      grain: 'year',
      rule: 'the last of the years named',
      dated: true,
      between: true,
    })
  }
  const year = yearAt(r, at)
  return year === null
    ? null
    : spanOf(year.next, yearSpan(year.year), {
        grain: 'year',
        rule: 'the year named, to its end',
        dated: true,
      })
}

function decadeAt(r: Reader, at: number): { year: number; next: number } | null {
  const word = wordAt(r, at)
  const full = /^(\d{3}0)s$/u.exec(word)?.[1]
  if (full !== undefined) return { year: Number(full), next: at + 1 }
  const possessive =
    wordAt(r, at + 1) === "'" && wordAt(r, at + 2) === 's' && touches(r, at) && touches(r, at + 1)
  if (/^\d{3}0$/u.test(rawAt(r, at)) && possessive) return { year: Number(rawAt(r, at)), next: at + 3 }
  const short = /^'?(\d0)s$/u.exec(word)?.[1]
  if (short !== undefined) return { year: 2_000 + Number(short), next: at + 1 }
  const twenty = wordAt(r, at) === 'twenty' ? NTH_DECADE.get(wordAt(r, at + 1)) : undefined
  return twenty === undefined ? null : { year: 2_000 + twenty, next: at + 2 }
}

function readSeason(r: Reader, at: number): Read | null {
  const begin = wordAt(r, at) === 'the' ? at + 1 : at
  const name = bareAt(r, begin)
  if (!isSeason(name)) return null
  const year = yearOfAt(r, begin + 1)
  // The fall of the government is no season, and who falls is none.
  if (year === null && wordAt(r, begin + 1) === 'of') return null
  const southern = isSouthern(r.country)
  const half = southern ? 'southern' : 'northern'
  return yearly(r, begin + 1, (of) => seasonSpan(name, of, southern), {
    grain: 'season',
    rule: `${name} as an interval (${half}, whole months), its end is the deadline`,
  })
}

const FISCAL = table<'this' | 'next' | 'named'>([
  ['fy|fiscal|fiscal year|financial year|the fiscal year|the financial year|tax year|the tax year', 'named'],
  [
    'this fiscal year|this financial year|this fiscal|the current fiscal year|the current financial year',
    'this',
  ],
  ['this federal fiscal year|the current federal fiscal year|this tax year|the current tax year', 'this'],
  ['next fiscal year|next financial year|the next fiscal year|the next financial year|next fiscal', 'next'],
  ['the coming fiscal year|the coming financial year|next federal fiscal year|next tax year', 'next'],
  ['federal fiscal|federal fiscal year|the federal fiscal year|federal fy', 'named'],
])
const WHOSE = 'is a fiscal year: whose is it, and on which day does it end?'

/** A fiscal year ends with the calendar of whoever keeps it: asked for, unless the sentence names the country. */
function readFiscal(r: Reader, from: number): Read | null {
  // The US fiscal year, India's fiscal 2026.
  const name = wordAt(r, from) === 'the' ? from + 1 : from
  const at =
    countryOf(bareAt(r, name), rawAt(r, name)) !== null && wordAt(r, name) !== 'federal' ? name + 1 : from
  const joined = /^fy'?(\d\d|\d{4})$/u.exec(bareAt(r, at))?.[1]
  const found = joined === undefined ? longest(FISCAL, r, at) : { next: at + 1, value: 'named' as const }
  if (found === null) return null
  const digits = joined ?? rawAt(r, found.next).replace("'", '')
  const isNamed = joined !== undefined || (found.value === 'named' && /^(?:\d\d|20\d\d)$/u.test(digits))
  if (!isNamed && /^(?:fy|fiscal|federal)$/u.test(wordAt(r, found.next - 1))) {
    if (found.value === 'named') return null
  }
  const range = joined === undefined ? rangeOfYears(r, found.next) : null
  const next = range?.next ?? (isNamed && joined === undefined ? found.next + 1 : found.next)
  const year = Number(digits) < 100 ? 2_000 + Number(digits) : Number(digits)
  const later = found.value === 'next' ? 1 : 0
  const which = range !== null ? { ending: range.to } : isNamed ? { named: year } : { on: r.published, later }
  const days = r.whose === null ? null : fiscalYear(r.whose, which)
  if (days === null) return { kind: 'asks', next, why: WHOSE, free: true }
  // The country of the source, or the one that the text is about, does not say whose fiscal year it is.
  if (!r.named) return { kind: 'asks', next, why: WHOSE, date: days.to, free: true }
  return spanOf(next, days, { grain: 'year', rule: 'the public fiscal year', dated: true, free: true })
}

const ABBREVIATED: ReadonlyMap<string, 'day' | 'week' | 'month' | 'quarter' | 'year'> = new Map([
  ['eod', 'day'],
  ['cob', 'day'],
  ['eow', 'week'],
  ['eom', 'month'],
  ['eoq', 'quarter'],
  ['eoy', 'year'],
])

/** EOY and the like. */
function readAbbreviated(r: Reader, at: number): Read | null {
  const joined = /^(eoy)(\d\d|\d{4})$/u.exec(wordAt(r, at))
  const unit = ABBREVIATED.get(joined?.[1] ?? wordAt(r, at))
  if (unit === undefined) return null
  const rule = `the end of the ${unit}`
  const how: How = { grain: unit, rule, free: true, dated: true, end: true }
  if (unit !== 'year') return spanOf(at + 1, unitSpan(r.published, unit), how)
  const digits = Number(joined?.[2])
  const year = Number.isNaN(digits) ? yearOfAt(r, at + 1) : { year: (digits % 1000) + 2_000, next: at + 1 }
  return spanOf(year?.next ?? at + 1, yearSpan(year?.year ?? yearOf(r.published)), how)
}

/** A period of the calendar by its name. */
export const readPeriod = (r: Reader, at: number): Read | null =>
  readFiscal(r, at) ??
  readMonth(r, at) ??
  readShare(r, at) ??
  readYears(r, at) ??
  readSeason(r, at) ??
  readAbbreviated(r, at)
