import { expect, it } from 'vitest'
import { timetable } from '../../src/jobs/timetable.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { parseCheckpoint } from '../../src/log/checkpoint.ts'
import { aForecast, testLedger } from '../support/ledger.ts'
import { signedBy } from '../support/log.ts'

const job = timetable.find(({ name }) => name === 'publish-checkpoint')

it('every entry is in a signed checkpoint 60 seconds after it was recorded, by the clock alone', async () => {
  expect(job?.cron).toBe('* * * * *')
  const held = await testLedger()
  const ledger = await signedBy(held.ledger)
  const start = Date.parse('2026-11-22T10:00:00.000Z')
  /** When each number of entries was first signed. */
  const signed: { at: number; size: number }[] = []
  const recorded: { at: number; size: number }[] = []
  // Seconds at which somebody records: just after a run, just before one, several in a minute, after a silence.
  const writes = [0.001, 59.999, 60.001, 75, 75.5, 119.999, 400, 401]
  for (let second = 0; second <= 480; second += 60) {
    for (const write of writes.filter((at) => at > second - 60 && at <= second)) {
      held.at(new Date(start + write * 1000).toISOString())
      await recordForecast(held.ledger, held.unit, aForecast({ quote: `no war, said after ${write} s` }))
      const [row] = await ledger.db.read({ sql: 'SELECT max(seq) + 1 AS size FROM entry' })
      recorded.push({ at: write, size: Number(row?.size) })
    }
    await job?.run(ledger, new Date(start + second * 1000))
    const [row] = await ledger.db.read({ sql: 'SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1' })
    signed.push({ at: second, size: parseCheckpoint(String(row?.note))?.size ?? 0 })
  }
  expect(recorded).toHaveLength(writes.length)
  for (const { at, size } of recorded) {
    const first = signed.find((one) => one.at >= at && one.size >= size)
    expect((first?.at ?? Number.POSITIVE_INFINITY) - at, `recorded after ${at} s`).toBeLessThanOrEqual(60)
  }
})

it('an idle log has nothing to tell, and is signed no second time', async () => {
  const held = await testLedger()
  const ledger = await signedBy(held.ledger)
  expect(await job?.run(ledger, new Date())).toMatchObject({ isNew: true })
  expect(await job?.run(ledger, new Date())).toBeNull()
})
