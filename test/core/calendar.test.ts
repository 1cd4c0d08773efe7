import fc from 'fast-check'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  addDays,
  addMonthsTo,
  CoarseDate,
  Dated,
  Day,
  DaySpan,
  Deadline,
  daysSince,
  dueAt,
  endOfDay,
  houseDeadline,
  lastInstantOf,
  latestDate,
  quarterHour,
  spanOf,
  startOfDay,
  TimeZone,
} from '../../src/core/calendar.ts'

const accepts = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success

const ZONES = [
  'UTC',
  'Asia/Yerevan',
  'Asia/Baku',
  'Asia/Kathmandu',
  'Africa/Cairo',
  'America/Havana',
  'America/Los_Angeles',
  'America/Santiago',
  'America/Sao_Paulo',
  'Asia/Beirut',
  'Asia/Tehran',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
] as const
const zone = fc.constantFrom(...ZONES)
const day = fc.integer({ min: 0, max: 55_000 }).map((days) => addDays('1996-01-01', days))
const dayThere = (instant: Date, timeZone: string) =>
  new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(instant)

describe('a day', () => {
  it.each(['2024-02-29', '2000-02-29', '1800-01-01', '2999-12-31'])('can be %s', (text) => {
    expect(accepts(Day, text)).toBe(true)
  })

  it.each([
    '2025-02-29',
    '2100-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-00-10',
    '2026-13-01',
    '2026-01-00',
    '2026-01-32',
    '2026-6-1',
    '1799-12-31',
    '3000-01-01',
    '2026-060',
    ' 2026-01-01',
    '2026-01-01\n',
    '2026-01-01T00:00:00Z',
    '２０２６-01-01',
    '',
    'now',
    1767225600000,
    null,
    new Date(0),
  ])('cannot be %j', (text) => {
    expect(accepts(Day, text)).toBe(false)
  })
})

describe('a coarse date', () => {
  it.each([
    ['2024-02-29', '2024-02-29', '2024-02-29'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2023-02', '2023-02-01', '2023-02-28'],
    ['2025-12', '2025-12-01', '2025-12-31'],
    ['2025', '2025-01-01', '2025-12-31'],
  ])('of %s can mean any day from %s to %s', (text, from, to) => {
    expect(spanOf(Dated.parse(text))).toEqual({ from, to })
  })

  it.each(['2025-00', '2025-13', '2025-02-30', '20', '202', '2025-1', '1799'])('cannot be %s', (text) => {
    expect(accepts(CoarseDate, text)).toBe(false)
    expect(accepts(Dated, text)).toBe(false)
  })

  it('can be an interval with a reason, which counts from its first to its last day', () => {
    const dated = Dated.parse({ from: '2024-04-01', to: '2024-04-08', because: 'The page carries no date.' })
    expect(spanOf(dated)).toEqual({ from: '2024-04-01', to: '2024-04-08' })
  })

  it.each([
    [{ from: '2024-04-08', to: '2024-04-01' }, 'must not lie before from'],
    [{ from: '2024-04', to: '2024-05' }, 'must be a date such as 2025-04-08'],
    [{ from: '2024-04-01', to: '2024-04-08', because: ' ' }, 'must not be blank'],
    [{ from: '2024-04-01', to: '2024-04-08', because: 'half \ud800' }, 'contains half of a surrogate pair'],
    ['April 2024', 'must be a day, a month or a year'],
  ])('%j says what is wrong with it', (value, message) => {
    expect(JSON.stringify(Dated.safeParse(value).error?.issues ?? [])).toContain(message)
  })

  it('of no kind at all is refused without a word about the calendar', () => {
    expect(accepts(Dated, 2024)).toBe(false)
    expect(accepts(DaySpan, { from: '2024-04-08', to: '2024-04-01' })).toBe(false)
  })
})

describe('a zone', () => {
  it.each(['UTC', 'Asia/Yerevan', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5', 'America/Port-au-Prince'])(
    'can be %s',
    (name) => {
      expect(accepts(TimeZone, name)).toBe(true)
    },
  )

  it.each([
    'Asia/Erevan_',
    'Mars/Olympus',
    'EST',
    '+04:00',
    'utc',
    'asia/yerevan',
    'Asia/',
    '',
    'Europe/../UTC',
    'A'.repeat(70),
  ])('cannot be %j', (name) => {
    expect(accepts(TimeZone, name)).toBe(false)
  })

  it('is read once: asking again costs no second look into the tables of the machine', () => {
    const formats = vi.spyOn(Intl, 'DateTimeFormat')
    onTestFinished(() => formats.mockRestore())
    for (const name of ['Asia/Tbilisi', 'Asia/Nowhere']) {
      const first = accepts(TimeZone, name)
      formats.mockClear()
      expect(accepts(TimeZone, name)).toBe(first)
      expect(formats).not.toHaveBeenCalled()
    }
  })

  it('is part of a deadline, whose reason is text like any other', () => {
    const deadline = { date: '2025-04-08', time_zone: 'Asia/Yerevan' }
    expect(accepts(Deadline, deadline)).toBe(true)
    expect(accepts(Deadline, { ...deadline, because: 'No horizon was given.' })).toBe(true)
    for (const because of ['', '  ', 'a\u0000b', 'half \udc00', '\u202eback'])
      expect(accepts(Deadline, { ...deadline, because }), JSON.stringify(because)).toBe(false)
    expect(accepts(Deadline, { date: '2025-04-08' })).toBe(false)
    expect(accepts(Deadline, { ...deadline, instant: '2025-04-08T00:00:00Z' })).toBe(false)
  })
})

describe('the end of a deadline', () => {
  it.each([
    ['2025-04-08', 'Asia/Yerevan', '2025-04-08T20:00:00.000Z'],
    ['2025-04-08', 'UTC', '2025-04-09T00:00:00.000Z'],
    ['2025-04-08', 'America/Los_Angeles', '2025-04-09T07:00:00.000Z'],
    ['2025-04-08', 'Pacific/Kiritimati', '2025-04-08T10:00:00.000Z'],
    ['2025-04-08', 'Asia/Kathmandu', '2025-04-08T18:15:00.000Z'],
    ['2024-02-29', 'Asia/Baku', '2024-02-29T20:00:00.000Z'],
    ['2999-12-31', 'UTC', '3000-01-01T00:00:00.000Z'],
    // The day it was decided on is 23 or 25 hours long.
    ['2024-03-30', 'Europe/Berlin', '2024-03-30T23:00:00.000Z'],
    ['2024-03-31', 'Europe/Berlin', '2024-03-31T22:00:00.000Z'],
    ['2024-10-27', 'Europe/Berlin', '2024-10-27T23:00:00.000Z'],
  ])('of %s in %s is %s', (date, time_zone, instant) => {
    expect(dueAt({ date, time_zone }).toISOString()).toBe(instant)
  })

  it.each([
    ['2018-11-03', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['2024-04-25', 'Africa/Cairo', '2024-04-25T22:00:00.000Z'],
    ['2023-03-25', 'Asia/Beirut', '2023-03-25T22:00:00.000Z'],
    ['2024-03-09', 'America/Havana', '2024-03-10T05:00:00.000Z'],
    ['2021-03-21', 'Asia/Tehran', '2021-03-21T20:30:00.000Z'],
    ['2024-03-30', 'Atlantic/Azores', '2024-03-31T01:00:00.000Z'],
  ])('of %s in %s is %s, where the clock skips the midnight after it', (date, time_zone, instant) => {
    expect(dueAt({ date, time_zone }).toISOString()).toBe(instant)
  })

  it.each([
    ['2024-11-02', 'America/Havana', '2024-11-03T04:00:00.000Z'],
    ['2024-10-26', 'Atlantic/Azores', '2024-10-27T00:00:00.000Z'],
  ])('of %s in %s is %s, the first of the two midnights after it', (date, time_zone, instant) => {
    expect(dueAt({ date, time_zone }).toISOString()).toBe(instant)
  })

  it('is the first instant of the next day there, whatever the zone of the machine', () => {
    fc.assert(
      fc.property(day, zone, (date, time_zone) => {
        const due = dueAt({ date, time_zone })
        expect(dayThere(due, time_zone)).toBe(addDays(date, 1))
        expect(dayThere(new Date(due.getTime() - 1), time_zone)).toBe(date)
        expect(lastInstantOf(date, time_zone).getTime()).toBe(due.getTime() - 1)
      }),
      { numRuns: 300 },
    )
  })

  it('strictly increases from day to day, by 22 to 26 hours', () => {
    fc.assert(
      fc.property(day, zone, (date, time_zone) => {
        const hours =
          (endOfDay(addDays(date, 1), time_zone).getTime() - endOfDay(date, time_zone).getTime()) / 3_600_000
        expect(hours).toBeGreaterThanOrEqual(22)
        expect(hours).toBeLessThanOrEqual(26)
      }),
      { numRuns: 300 },
    )
  })

  it('of a day that a zone left out is the end of the day before it', () => {
    const before = dueAt({ date: '2011-12-29', time_zone: 'Pacific/Apia' })
    expect(dayThere(before, 'Pacific/Apia')).toBe('2011-12-31')
    expect(startOfDay('2011-12-30', 'Pacific/Apia')).toEqual(before)
  })
})

describe('calendar arithmetic', () => {
  it('knows the months and leap years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('2023-02-28', 1)).toBe('2023-03-01')
    expect(addDays('2024-01-01', -1)).toBe('2023-12-31')
    expect(addMonthsTo('2024-01-31', 1)).toBe('2024-02-29')
    expect(addMonthsTo('2024-02-29', 12)).toBe('2025-02-28')
    expect(addMonthsTo('2024-12-31', -1)).toBe('2024-11-30')
  })

  it.each([
    ['2024-04-08', '2025-04-08'],
    ['2024-02-29', '2025-02-28'],
    ['2024-04', '2025-04-30'],
    ['2024', '2025-12-31'],
    [{ from: '2024-04-01', to: '2024-04-08' }, '2025-04-08'],
  ])('puts the house deadline twelve months after the last day that %j can mean', (published, date) => {
    expect(houseDeadline(published)).toBe(date)
  })

  it('takes the future to begin where the date is latest on earth', () => {
    expect(latestDate(new Date('2026-11-22T09:59:59.999Z'))).toBe('2026-11-22')
    expect(latestDate(new Date('2026-11-22T10:00:00.000Z'))).toBe('2026-11-23')
  })

  it('counts whole days from an instant, and none before it', () => {
    const from = new Date('2026-11-20T20:00:00Z')
    expect(daysSince(from, new Date('2026-11-21T19:59:59Z'))).toBe(0)
    expect(daysSince(from, new Date('2026-11-21T20:00:00Z'))).toBe(1)
    expect(daysSince(from, new Date('2026-11-01T00:00:00Z'))).toBe(0)
  })

  it('every midnight of today’s zones is a quarter-hour', () => {
    expect(quarterHour(new Date('2026-11-22T10:14:59.999Z')).toISOString()).toBe('2026-11-22T10:00:00.000Z')
    fc.assert(
      fc.property(zone, fc.integer({ min: 0, max: 3000 }), (time_zone, days) => {
        const due = dueAt({ date: addDays('2020-01-01', days), time_zone })
        expect(quarterHour(due)).toEqual(due)
      }),
    )
  })
})
