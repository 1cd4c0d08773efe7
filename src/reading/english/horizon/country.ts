import { addDays } from '../../../core/calendar.ts'
import type { Token } from '../words/token.ts'
import { type Day, type Days, firstOf, unitSpan, yearOf } from './day.ts'

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

const SOUTHERN = new Set('AU NZ ZA AR CL UY PY BO BR PE NA BW ZW MZ LS SZ'.split(' '))
export const isSouthern = (country: string | null): boolean => SOUTHERN.has(country ?? '')

/** Where 3/4 is the fourth of March. */
const MONTH_FIRST = new Set(['US', 'PH', 'FM', 'PW', 'MH'])
export const writesMonthFirst = (country: string): boolean => MONTH_FIRST.has(country)

/** The month in which a public fiscal year ends, and whether it is called by the year in which it begins. */
const FISCAL: ReadonlyMap<string, readonly [month: number, begins: 0 | 1]> = new Map([
  ['US', [9, 0]],
  ['GB', [3, 0]],
  ['IN', [3, 0]],
  ['CA', [3, 0]],
  ['ZA', [3, 0]],
  ['JP', [3, 1]],
  ['AU', [6, 0]],
  ['NZ', [6, 0]],
])

/** The public fiscal year of a country: that of a name, or the one running so many years after a day. */
export function fiscalYear(
  country: string,
  which: { named: number } | { ending: number } | { on: Day; later: number },
): Days | null {
  const rule = FISCAL.get(country)
  if (rule === undefined) return null
  const [month, begins] = rule
  const endingIn = (year: number): Days => {
    const from = firstOf(year - 1, month + 1)
    return { from, to: addDays(firstOf(year, month + 1), -1) }
  }
  if ('ending' in which) return endingIn(which.ending)
  if ('named' in which) return endingIn(which.named + begins)
  const year = yearOf(which.on)
  const isOver = unitSpan(which.on, 'month').from > firstOf(year, month)
  return endingIn(year + (isOver ? 1 : 0) + which.later)
}
