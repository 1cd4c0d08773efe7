import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Day, dayText } from '../../src/core/calendar.ts'
import { dateShown, typedDay } from '../../src/core/typed-date.ts'

describe('a day is read in every way of writing it that has one meaning', () => {
  test.each([
    '8 Apr 2025',
    '8 April 2025',
    '08 apr 2025',
    '8th of April, 2025',
    'Tue 8 Apr 2025',
    'Tuesday, 8 April 2025',
    'April 8, 2025',
    'Apr. 8th 2025',
    '8-Apr-2025',
    '2025-04-08',
    '2025/4/8',
    ' 2025.04.08 ',
  ])('%s', (typed) => {
    expect(typedDay(typed)).toEqual({ day: '2025-04-08' })
  })
  test.each([
    ['13/4/2025', '2025-04-13'],
    ['4/13/2025', '2025-04-13'],
    ['13.04.2025', '2025-04-13'],
    ['5/5/2025', '2025-05-05'],
    ['29 Feb 2028', '2028-02-29'],
  ])('%s', (typed, day) => {
    expect(typedDay(typed)).toEqual({ day })
  })
})

test.each([
  ['3/4/2025', 'can be 3 Apr 2025 or 4 Mar 2025: write the month as a word'],
  ['03.04.2025', 'can be 3 Apr 2025 or 4 Mar 2025: write the month as a word'],
  ['3/4/25', 'has a year of two figures: write it like 8 Apr 2025'],
  ['8 Apr 25', 'has a year of two figures: write it like 8 Apr 2025'],
  ['29 Feb 2027', 'is not a day of the calendar'],
  ['31/31/2025', 'is not a day of the calendar'],
  ['1 Jan 1500', 'is not a day of the calendar'],
  ['Apr 2025', 'is no day: write it like 8 Apr 2025'],
  ['next year', 'is no day: write it like 8 Apr 2025'],
  ['', 'is no day: write it like 8 Apr 2025'],
  ['8 Apr 2025'.padEnd(5_000, '!'), 'is no day: write it like 8 Apr 2025'],
])('%.20s is asked about and never guessed', (typed, problem) => {
  expect(typedDay(typed)).toEqual({ problem })
})

const days = fc
  .date({ min: new Date('1800-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

test('whatever is read is a day of the calendar, and a day as it is shown is read as itself', () => {
  fc.assert(
    fc.property(days, (day) => {
      expect([typedDay(dayText(day)), dateShown(day)]).toEqual([{ day }, dayText(day)])
    }),
  )
  const pieces = fc.constantFrom('3', '31', '13', '2025', '99', 'Feb', 'of', '-', '/', ' ', '.', ',')
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const read = typedDay(parts.join(''))
      if ('day' in read) expect(Day.safeParse(read.day).success).toBe(true)
    }),
  )
})

test.each([
  ['2024-04', 'Apr 2024'],
  ['2024', '2024'],
  ['2024-13', '2024-13'],
  ['last spring', 'last spring'],
])('%s is shown as %s', (value, shown) => {
  expect(dateShown(value)).toBe(shown)
})
