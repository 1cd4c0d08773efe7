import { addDays } from '../../../core/calendar.ts'
import { type Day, type Days, firstOf, unitSpan, yearOf } from '../../grammar/day.ts'
import type { Token } from '../words/token.ts'

const NAMES: ReadonlyMap<string, string> = new Map(
  [
    ['US', 'u.s. u.s u.s.a. usa america american americans federal washington'],
    ['GB', 'u.k. u.k uk britain british england english scotland scottish'],
    ['IN', 'india indian'],
    ['JP', 'japan japanese'],
    ['AU', 'australia australian'],
    ['NZ', 'zealand'],
    ['CA', 'canada canadian'],
    ['ZA', 'africa'],
    ['DE', 'germany german'],
    ['AR', 'argentina argentine'],
    ['CL', 'chile chilean'],
    ['BR', 'brazil brazilian'],
    ['FR', 'france french'],
    ['IT', 'italy italian'],
    ['ES', 'spain spanish'],
    ['PL', 'poland polish'],
    ['UA', 'ukraine ukrainian'],
    ['RU', 'russia russian'],
    ['CN', 'china chinese'],
    ['TR', 'turkey turkish'],
    ['MX', 'mexico mexican'],
    ['EG', 'egypt egyptian'],
    ['PK', 'pakistan pakistani'],
    ['AM', 'armenia armenian'],
    ['AZ', 'azerbaijan azerbaijani'],
    ['GE', 'georgian tbilisi'],
  ].flatMap(([country = '', names = '']) => names.split(' ').map((name) => [name, country] as const)),
)

export const countryOf = (name: string, raw: string): string | null =>
  raw === 'US' ? 'US' : (NAMES.get(name) ?? null)

/** The country that a sentence names, as ISO 3166, or null; two of them name none. */
export function countryIn(tokens: readonly Token[]): string | null {
  const found = new Set<string>()
  for (const [i, { word, raw }] of tokens.entries()) {
    const name = word.endsWith("'s") ? word.slice(0, -2) : word
    const country = countryOf(name, raw)
    if (country !== null && (name !== 'africa' || tokens[i - 1]?.word === 'south')) found.add(country)
  }
  const [country = null] = found
  return found.size === 1 ? country : null
}

/** The one country that a whole text names; null where it names none or several. */
export function countryOfText(text: string): string | null {
  const found = new Set<string>()
  for (const { 0: raw, index } of text.matchAll(/\p{Lu}[\p{L}.]*/gu)) {
    const name = raw.toLowerCase()
    const country = countryOf(name, raw) ?? countryOf(name.replace(/\.$/u, ''), raw)
    if (country !== null && (name !== 'africa' || /South $/u.test(text.slice(Math.max(0, index - 6), index))))
      found.add(country)
    if (found.size > 1) return null
  }
  const [country = null] = found
  return country
}

const SOUTHERN = new Set('AU NZ ZA AR CL UY PY BO BR PE NA BW ZW MZ LS SZ'.split(' '))
export const isSouthern = (country: string | null): boolean => SOUTHERN.has(country ?? '')

/** Where 3/4 is the fourth of March. */
const MONTH_FIRST = new Set(['US', 'PH', 'FM', 'PW', 'MH'])
export const writesMonthFirst = (country: string): boolean => MONTH_FIRST.has(country)

/** The month in which a public fiscal year ends, and whether it is called by the year in which it begins. */
const FISCAL: ReadonlyMap<string, readonly [month: number, begins: 0 | 1]> = new Map(
  [
    [9, 0, 'US'],
    [3, 0, 'GB IN CA ZA'],
    [3, 1, 'JP'],
    [6, 0, 'AU NZ EG PK'],
    [12, 0, 'DE FR IT ES PL UA RU CN TR MX BR AR CL AM AZ GE'],
  ].flatMap(([month, begins, countries]) =>
    String(countries)
      .split(' ')
      .map((country) => [country, [Number(month), begins === 1 ? 1 : 0]] as const),
  ),
)

/** The public fiscal year of a country: that of a name, or the one running so many years after a day. */
export function fiscalYear(
  country: string,
  which: { named: number } | { ending: number } | { on: Day; later: number },
): Days | null {
  const rule = FISCAL.get(country)
  if (rule === undefined) return null
  const [month, begins] = rule
  // The day after it ends, which of a calendar year is in the next one.
  const after = (year: number): Day => (month === 12 ? firstOf(year + 1, 1) : firstOf(year, month + 1))
  const endingIn = (year: number): Days => ({ from: after(year - 1), to: addDays(after(year), -1) })
  if ('ending' in which) return endingIn(which.ending)
  if ('named' in which) return endingIn(which.named + begins)
  const year = yearOf(which.on)
  const isOver = unitSpan(which.on, 'month').from > firstOf(year, month)
  return endingIn(year + (isOver ? 1 : 0) + which.later)
}
