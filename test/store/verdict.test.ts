import { afterAll, beforeAll, expect, test } from 'vitest'
import { verdictOn } from '../../src/core/verdict.ts'
import { retractForecast } from '../../src/ledger/forecast/withdraw-forecast.ts'
import { listForecasts } from '../../src/store/forecasts.ts'
import { VERDICT_SQL } from '../../src/store/verdict.ts'
import { importWorkedExample, inventedLedger } from '../support/invented.ts'
import type { TestLedger } from '../support/ledger.ts'
import { recordRare } from '../support/rare.ts'

let held: TestLedger & { close: () => Promise<void> }
beforeAll(async () => {
  held = await inventedLedger(12)
  await recordRare(held)
  await importWorkedExample(held)
  // What was logged by mistake has no result, whatever its question was decided as.
  const { items } = await listForecasts(held.ledger.db, { state: 'resolved' }, held.host.now(), {
    limit: 200,
  })
  for (const { forecast } of items.filter((_, i) => i % 40 === 0))
    await retractForecast(held.ledger, held.unit, forecast.record.id, { because: 'Logged by mistake.' })
})
afterAll(async () => {
  await held.close()
})

test('lists and pages say the same of every claim', async () => {
  const rows = await held.ledger.db.read({
    sql: `SELECT forecast.id AS id, ${VERDICT_SQL} AS verdict
      FROM forecast JOIN question ON question.id = forecast.question`,
  })
  const { items } = await listForecasts(held.ledger.db, {}, held.host.now(), { limit: 5000 })
  const inSql = new Map(rows.map(({ id, verdict }) => [String(id), verdict]))
  expect(items.length).toBe(rows.length)
  const kinds = items.map(({ forecast, question }) => {
    const { kind } = verdictOn(forecast, question)
    expect([forecast.record.id, inSql.get(forecast.record.id)]).toEqual([forecast.record.id, kind])
    return kind
  })
  expect([...new Set(kinds)].sort()).toEqual([
    'came_true',
    'did_not',
    'no_result',
    'open',
    'said',
    'too_vague',
  ])
})
