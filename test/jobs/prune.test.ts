import { expect, test } from 'vitest'
import { CaptureDraft } from '../../src/core/capture.ts'
import { runPrune } from '../../src/jobs/prune.ts'
import { saveCapture } from '../../src/ledger/capture/save-capture.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { listCaptures } from '../../src/store/captures.ts'
import { aForecast, NOW, type TestLedger, testLedger } from '../support/ledger.ts'
import { log, refusal } from '../support/steps.ts'

const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000)
const draft = (text: string) => CaptureDraft.parse({ source: {}, text, marks: [] })
const titles = async ({ ledger }: TestLedger) =>
  (await listCaptures(ledger.db, {}, { limit: 50 })).items.map(({ title }) => title)
const count = async ({ ledger }: TestLedger, table: string) =>
  Number((await ledger.db.read({ sql: `SELECT count(*) AS n FROM ${table}` }))[0]?.n)

/** The log goes on at that time, and the job runs then. */
async function pruneAfter(test: TestLedger, days: number) {
  const at = later(days)
  test.at(at.toISOString())
  await log(test, { quote: `no war after ${days} days` })
  return runPrune(test.ledger, at)
}

test('a key of a request is forgotten after thirty days, and the request is still not recorded twice', async () => {
  const test = await testLedger()
  const send = () =>
    recordForecast(test.ledger, { ...test.unit, idempotency: { key: 'a', fingerprint: 'f' } }, aForecast())
  const first = await send()
  expect(await pruneAfter(test, 29)).toMatchObject({ keys: 0 })
  expect(await send()).toEqual({ event: first.event, replayed: true })
  expect(await pruneAfter(test, 31)).toMatchObject({ keys: 1 })
  expect(await runPrune(test.ledger, later(31))).toEqual({ secrets: 0, keys: 0, captures: 0 })
  expect(await refusal(send)).toMatchObject({ code: 'duplicate' })
})

test('more keys than one batch drops go in one run', async () => {
  const test = await testLedger()
  const { event } = await recordForecast(test.ledger, test.unit, aForecast())
  const rows = JSON.stringify(Array.from({ length: 2_500 }, (_, i) => `key ${i}`))
  await test.ledger.db.write([
    {
      sql: `INSERT INTO idempotency (member, key, fingerprint, seq) SELECT 'x', value, '', :seq FROM json_each(:rows)`,
      args: { rows, seq: BigInt(event.seq) },
    },
  ])
  expect(await pruneAfter(test, 31)).toMatchObject({ keys: 2_500 })
})

test('a capture that nobody saved for 180 days is thrown away, and no other', async () => {
  const test = await testLedger()
  await saveCapture(test.ledger, test.unit, draft('Old.'))
  test.at(later(10).toISOString())
  await saveCapture(test.ledger, test.unit, draft('Younger.'))
  expect(await pruneAfter(test, 180)).toMatchObject({ captures: 0 })
  expect(await pruneAfter(test, 181)).toMatchObject({ captures: 1 })
  expect(await titles(test)).toEqual(['Younger.'])
})

test('a capture that was old before the rule is kept as long as one that was saved on its day', async () => {
  const test = await testLedger()
  await saveCapture(test.ledger, { ...test.unit, now: later(-400) }, draft('Ancient.'))
  expect(await pruneAfter(test, 179)).toMatchObject({ captures: 0 })
  expect(await pruneAfter(test, 181)).toMatchObject({ captures: 1 })
})

test('a clock that is years ahead drops nothing', async () => {
  const test = await testLedger()
  await saveCapture(test.ledger, test.unit, draft('Mine.'))
  await openSecret(test.ledger, NOW, test.unit.by.member, 'session')
  await recordForecast(
    test.ledger,
    { ...test.unit, idempotency: { key: 'a', fingerprint: 'f' } },
    aForecast(),
  )
  expect(await runPrune(test.ledger, later(2_000))).toEqual({ secrets: 0, keys: 0, captures: 0 })
  expect(await titles(test)).toEqual(['Mine.'])
})

test('sessions, links and tokens that have ended are dropped', async () => {
  const test = await testLedger()
  const before = await count(test, 'secret')
  await openSecret(test.ledger, NOW, test.unit.by.member, 'session')
  await openSecret(test.ledger, NOW, test.unit.by.member, 'link')
  expect(await pruneAfter(test, 1)).toMatchObject({ secrets: 1 })
  expect(await pruneAfter(test, 31)).toMatchObject({ secrets: 1 })
  expect(await count(test, 'secret')).toBe(before)
})
