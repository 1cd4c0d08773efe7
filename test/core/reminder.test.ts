import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { periodAt, type ReminderChoices } from '../../src/core/reminder.ts'

const choices = (changes: Partial<ReminderChoices>): ReminderChoices => ({
  when: 'daily',
  hour: 8,
  time_zone: 'UTC',
  events: [],
  ...changes,
})

describe('the period of a digest', () => {
  it.each([
    ['2027-01-01T12:59:59.999Z', 'America/New_York', 8, 'daily', '2026-12-31'],
    ['2027-01-01T13:00:00.000Z', 'America/New_York', 8, 'daily', '2027-01-01'],
    // Two does not come on that day in Berlin; three does.
    ['2026-03-29T00:59:59.999Z', 'Europe/Berlin', 2, 'daily', '2026-03-28'],
    ['2026-03-29T01:00:00.000Z', 'Europe/Berlin', 2, 'daily', '2026-03-29'],
    // Two comes twice on that day.
    ['2026-10-25T00:00:00.000Z', 'Europe/Berlin', 2, 'daily', '2026-10-25'],
    ['2026-10-25T01:30:00.000Z', 'Europe/Berlin', 2, 'daily', '2026-10-25'],
    ['2027-01-04T07:59:00.000Z', 'UTC', 8, 'weekly', '2026-12-28'],
    ['2027-01-04T08:00:00.000Z', 'UTC', 8, 'weekly', '2027-01-04'],
    ['2027-01-10T23:00:00.000Z', 'UTC', 8, 'weekly', '2027-01-04'],
  ] as const)('at %s by the clocks of %s, at %d, %s, is %s', (at, time_zone, hour, when, period) => {
    expect(periodAt(new Date(at), choices({ time_zone, hour, when }))).toBe(period)
  })

  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'America/Santiago',
    'Africa/Cairo',
    'Pacific/Apia',
    'Pacific/Kiritimati',
  ]
  it('never goes back, and begins once a day or a week, wherever clocks are changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom('daily' as const, 'weekly' as const),
        fc.integer({ min: 0, max: 20_000 }),
        (time_zone, hour, when, day) => {
          const from = Date.UTC(2000, 0, 1) + day * 86_400_000
          const days = when === 'daily' ? 4 : 22
          const periods = Array.from({ length: days * 48 }, (_, n) =>
            periodAt(new Date(from + n * 1_800_000), choices({ time_zone, hour, when })),
          )
          expect([...periods].sort()).toEqual(periods)
          const n = new Set(periods).size
          // Apia once left out a day.
          expect(n).toBeGreaterThanOrEqual(when === 'daily' ? 3 : 3)
          expect(n).toBeLessThanOrEqual(when === 'daily' ? 6 : 5)
        },
      ),
    )
  })
})
