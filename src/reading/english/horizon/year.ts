import { type Reader, rawAt, touches, wordAt, wordSet } from './reader.ts'

const FIRST_YEAR = 1800
const LAST_LIKELY = 2199

/** What makes a count of the number before it. */
const COUNTED = wordSet(
  '% percent per percentage million billion trillion thousand points point people jobs troops soldiers homes houses seats votes dollars euros pounds yen roubles rubles cases deaths tonnes tons barrels miles kilometres kilometers km kg metres meters feet megawatts mw gw members employees workers units men women children times villages cities',
)

/** A year in digits, in words ("two thousand and thirty", "twenty thirty") or as '27; `the year` may stand before it. */
export function yearAt(r: Reader, at: number): { year: number; next: number } | null {
  const named = wordAt(r, at) === 'the' && wordAt(r, at + 1) === 'year'
  const begin = named ? at + 2 : wordAt(r, at) === 'year' ? at + 1 : at
  const found = bareYear(r, begin)
  if (found === null || wordSetHas(r, found.next)) return null
  const isLikely = found.year <= LAST_LIKELY || begin > at || !/^[\p{L}\p{N}$€£]/u.test(rawAt(r, found.next))
  return isLikely ? found : null
}

const wordSetHas = (r: Reader, at: number): boolean => COUNTED.has(wordAt(r, at))

function bareYear(r: Reader, at: number): { year: number; next: number } | null {
  const token = r.tokens[at]
  if (token === undefined) return null
  if (/^'\d\d$/u.test(token.word)) {
    return { year: 2000 + Number(token.word.slice(1)), next: at + 1 }
  }
  const { value = Number.NaN, ordinal } = token
  if (ordinal === true || !Number.isInteger(value)) return null
  if (token.kind === 'number') {
    // 2030.5 and 2,030 are no years, nor is the first number of 2030/5/20.
    const isYear = /^\d{4}$/u.test(token.raw) && value >= FIRST_YEAR
    return isYear ? { year: value, next: at + 1 } : null
  }
  const more = r.tokens[at + (wordAt(r, at + 1) === 'and' ? 2 : 1)]
  const rest = more?.kind === 'word' && more.ordinal !== true ? (more.value ?? 0) : 0
  if (value === 2_000 && wordAt(r, at + 1) === 'and' && rest > 0 && rest < 100)
    return { year: 2_000 + rest, next: at + 3 }
  if (value === 20 && more === r.tokens[at + 1] && rest >= 10 && rest < 100)
    return { year: 2_000 + rest, next: at + 2 }
  return value >= 2_000 && value < 2_200 ? { year: value, next: at + 1 } : null
}

/** The last year of "2026-27", "2026/27" and "2026-2028", or null. */
export function rangeOfYears(r: Reader, at: number): { year: number; to: number; next: number } | null {
  const first = yearAt(r, at)
  if (first === null) return null
  const mark = wordAt(r, first.next)
  if (mark !== '-' && mark !== '/') return null
  if (!touches(r, first.next - 1) || !touches(r, first.next)) return null
  const second = rawAt(r, first.next + 1)
  if (!/^\d{2}$|^\d{4}$/u.test(second)) return null
  const year = second.length === 4 ? Number(second) : Math.floor(first.year / 100) * 100 + Number(second)
  // 2025-05-20 goes on.
  const goesOn = wordAt(r, first.next + 2) === mark && touches(r, first.next + 1)
  return year > first.year && !goesOn ? { year: first.year, to: year, next: first.next + 2 } : null
}
