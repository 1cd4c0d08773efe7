// The script of the pages takes this in: no schema stands here.

export const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `2025-04-08` as people write it: `8 Apr 2025`. */
export function dayText(day: string): string {
  const [year, month, date] = day.split('-')
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`
}

/** The names of the months, short and in full, as a pattern. */
export const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
const WEEKDAY = '(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*'
const DATE = '(\\d{1,2})(?:st|nd|rd|th)?'
const ISO = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$/u
const NUMBERS = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/u
const DAY_FIRST = new RegExp(`^(?:${WEEKDAY} )?${DATE} (?:of )?(${MONTH}) (\\d{4}|\\d{2})$`, 'iu')
const MONTH_FIRST = new RegExp(`^(?:${WEEKDAY} )?(${MONTH}) ${DATE} (\\d{4}|\\d{2})$`, 'iu')
const COARSE = /^(\d{4})(?:-(\d{2}))?$/u
const LONGEST = 100

const EXAMPLE = 'write it like 8 Apr 2025'

/** 1 to 12 by how the name of a month begins; 0 for anything else. */
export const monthNumber = (name: string): number =>
  MONTHS.findIndex((month) => month.toLowerCase() === name.slice(0, 3).toLowerCase()) + 1

const two = (number: string | number) => String(number).padStart(2, '0')

/** One day as it was typed, as `2025-04-08`; or why nobody can tell which. */
export type TypedDay = { day: string } | { problem: string }

/**
 * Reads a day in every way of writing it that has one meaning: 8 Apr 2025, April 8th 2025, 2025-04-08, 13/4/2025.
 * 3/4/2025 is April to some and March to others, and is asked about.
 */
export function typedDay(typed: string): TypedDay {
  const text = typed.trim()
  if (text.length > LONGEST) return { problem: `is no day: ${EXAMPLE}` }
  const numbers = ISO.exec(text)
  if (numbers !== null) return dayOf(numbers[1], Number(numbers[2]), numbers[3])
  const either = NUMBERS.exec(text)
  if (either !== null) return eitherOrder(Number(either[1]), Number(either[2]), either[3] as string)
  const words = text
    .replaceAll(/[,.\-/]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
  const first = DAY_FIRST.exec(words)
  if (first !== null) return dayOf(first[3], monthNumber(first[2] as string), first[1])
  const second = MONTH_FIRST.exec(words)
  if (second !== null) return dayOf(second[3], monthNumber(second[1] as string), second[2])
  return { problem: `is no day: ${EXAMPLE}` }
}

function dayOf(year = '', month: number, date = ''): TypedDay {
  if (year.length < 4) return { problem: `has a year of two figures: ${EXAMPLE}` }
  const day = `${year}-${two(month)}-${two(date)}`
  return isDay(day) ? { day } : { problem: 'is not a day of the calendar' }
}

/** What `Day` in `core/calendar.ts` takes, of what has its form. */
function isDay(text: string): boolean {
  const [year, month, date] = text.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return year >= 1800 && year <= 2999 && month >= 1 && month <= 12 && date >= 1 && date <= last
}

function eitherOrder(a: number, b: number, year: string): TypedDay {
  const [one, other] = [dayOf(year, b, String(a)), dayOf(year, a, String(b))]
  if ('problem' in one) return 'day' in other ? other : one
  if ('problem' in other || one.day === other.day) return one
  return {
    problem: `can be ${dayText(one.day)} or ${dayText(other.day)}: write the month as a word`,
  }
}

/** A day, a month or a year of a record, as people write it; anything else as it is. */
export function dateShown(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/u.test(value) && isDay(value)) return dayText(value)
  const [, year, month] = COARSE.exec(value) ?? []
  const name = MONTHS[Number(month) - 1]
  return name === undefined ? value : `${name} ${year}`
}
