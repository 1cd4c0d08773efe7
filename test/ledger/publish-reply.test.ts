import { expect, it } from 'vitest'
import { publishReply } from '../../src/ledger/forecast/publish-reply.ts'
import { retractForecast } from '../../src/ledger/forecast/withdraw-forecast.ts'
import { rebuild } from '../../src/store/migrate.ts'
import { ask } from '../../src/store/query.ts'
import { repliesTo } from '../../src/store/replies.ts'
import { checkLedger } from '../support/check-ledger.ts'
import { testLedger } from '../support/ledger.ts'
import { AFTERWARDS, confirm, log, propose, refusal } from '../support/steps.ts'

const reply = {
  text: 'I spoke of a war between states.',
  url: 'https://example.com/reply',
  replied_on: '2026-11-20',
}

it('a reply is an entry on the stream of its forecast, and a rebuild brings it back', async () => {
  const test = await testLedger()
  const forecast = await log(test)
  const { event } = await publishReply(test.ledger, test.unit, forecast.id, reply)
  expect(event).toMatchObject({
    type: 'reply.published',
    rev: 1,
    payload: { forecast: forecast.id, ...reply },
  })
  const held = await ask(test.ledger.db, repliesTo(forecast.id))
  expect(held.map(({ record }) => record)).toEqual([{ forecast: forecast.id, ...reply }])
  await rebuild(test.ledger.db, { afresh: true })
  expect(await ask(test.ledger.db, repliesTo(forecast.id))).toEqual(held)
  await checkLedger(test)
})

it('is published also after the outcome and after a retraction, as often as the person replies', async () => {
  const test = await testLedger()
  const { id, question } = await log(test)
  test.at(AFTERWARDS)
  await propose(test, question)
  await confirm(test, question, 'r1')
  await publishReply(test.ledger, test.unit, id, reply)
  await retractForecast(test.ledger, test.unit, id, { because: 'Another speaker.' })
  await publishReply(test.ledger, test.unit, id, { text: 'Thank you.', replied_on: '2027-01-02' })
  expect((await ask(test.ledger.db, repliesTo(id))).map(({ record }) => record.text)).toEqual([
    reply.text,
    'Thank you.',
  ])
})

it.each([
  ['tomorrow', { replied_on: '2026-11-24' }, 'invalid', ['/replied_on']],
  ['before it was said', { replied_on: '2026-10-31' }, 'invalid', ['/replied_on']],
])('nobody replies %s', async (_, changes, code, pointers) => {
  const test = await testLedger()
  const { id } = await log(test)
  expect(
    await refusal(() => publishReply(test.ledger, test.unit, id, { ...reply, ...changes })),
  ).toMatchObject({
    code,
    pointers,
  })
})

it('a reader publishes none, and nobody to a forecast that is not there', async () => {
  const test = await testLedger()
  const { id } = await log(test)
  const reader = test.as(await test.join('Rosa', 'reader'))
  expect(await refusal(() => publishReply(test.ledger, reader, id, reply))).toMatchObject({
    code: 'forbidden',
  })
  expect(await refusal(() => publishReply(test.ledger, test.unit, 'no_such', reply))).toMatchObject({
    code: 'not_found',
  })
})
