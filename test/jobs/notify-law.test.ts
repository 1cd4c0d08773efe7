import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ReminderChoices } from '../../src/core/reminder.ts'
import { receiveReport } from '../../src/ledger/correction/report.ts'
import { chooseReminders } from '../../src/ledger/reminders/reminders.ts'
import { testLedger } from '../support/ledger.ts'
import { CHOICES, linkIn, outlets, reminded } from '../support/outlets.ts'
import { log } from '../support/steps.ts'
import { openAnother } from './another.ts'

type Step =
  | { do: 'wait'; minutes: number }
  | { do: 'report' }
  | { do: 'run'; at_once: number }
  | { do: 'break' }
  | { do: 'mend' }
  | { do: 'choose'; choices: Pick<ReminderChoices, 'when' | 'hour' | 'time_zone'> }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 2_000 }) }),
  },
  { weight: 3, arbitrary: fc.constant({ do: 'report' as const }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('run' as const), at_once: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'break' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'mend' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('choose' as const),
      choices: fc.record({
        when: fc.constantFrom('instantly' as const, 'daily' as const, 'weekly' as const),
        hour: fc.integer({ min: 0, max: 23 }),
        time_zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Kiritimati'),
      }),
    }),
  },
)

it('whatever runs, fails, is late or is chosen anew: one message a period, and each notice in exactly one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const test = await testLedger({}, new Date('2026-10-22T10:00:00.000Z'))
      const out = outlets(test)
      const { id } = await log(test, {
        source: { title: 'A', type: 'article', url: 'https://example.com/a', published: '2026-10-01' },
      })
      await reminded(test, out)
      const others = [await openAnother(test), await openAnother(test)]
      let reports = 0
      for (const one of steps) {
        if (one.do === 'wait') test.at(new Date(test.unit.now.getTime() + one.minutes * 60_000).toISOString())
        if (one.do === 'report') {
          await receiveReport(test.ledger, test.unit.now, { about: `forecast:${id}`, text: 'Wrong.' })
          reports++
        }
        if (one.do === 'run')
          await Promise.all([test.ledger, ...others].slice(0, one.at_once).map((ledger) => out.run(ledger)))
        if (one.do === 'mend') out.meets.mail = () => {}
        if (one.do === 'break')
          out.meets.mail = () => {
            throw new Error('450 not now')
          }
        if (one.do === 'choose')
          await chooseReminders(test.ledger, test.unit, {
            ...CHOICES,
            ...one.choices,
            email: 'ada@example.com',
          })
      }
      // Mended, and long enough for every period and try that is left; a target that failed for five days is off.
      out.meets.mail = () => {}
      for (let hours = 0; hours < 9 * 24; hours += 6) {
        test.at(new Date(test.unit.now.getTime() + 6 * 3_600_000).toISOString())
        await out.run()
      }
      const rows = await test.ledger.db.read({
        sql: "SELECT period, since, upto, sent_at, next_at FROM delivery WHERE kind = 'notices' ORDER BY upto",
      })
      const periods = rows.map(({ period }) => String(period))
      expect(new Set(periods).size).toBe(periods.length)
      expect(new Set(out.letters.map((letter) => letter.id)).size).toBe(out.letters.length)
      for (const [n, { since }] of rows.entries())
        expect(Number(since)).toBeGreaterThanOrEqual(Number(rows[n - 1]?.upto ?? 0))
      const [target] = await test.ledger.db.read({ sql: 'SELECT off_at FROM target' })
      const isLost = rows.some(({ sent_at, next_at }) => sent_at === null && next_at === null)
      const told = out.letters.reduce(
        (sum, { text }) => sum + (text.match(/^- there will be no war/gmu) ?? []).length,
        0,
      )
      if (target?.off_at === null && !isLost) expect(told).toBe(reports)
      else expect(told).toBeLessThanOrEqual(reports)
      for (const letter of out.letters) expect(linkIn(letter, '/reminders/off').host).toBe('reckoning.test')
    }),
    { numRuns: 40 },
  )
})
