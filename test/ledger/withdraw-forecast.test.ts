import { describe, expect, it } from 'vitest'
import { RetractionRequest, WithdrawalRequest } from '../../src/core/forecast.ts'
import { retractForecast, withdrawForecast } from '../../src/ledger/forecast/withdraw-forecast.ts'
import { findForecast } from '../../src/store/lookups.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { confirm, log, propose, refusal } from '../support/steps.ts'

const withdraw = (test: TestLedger, id: string, withdrawn_on = '2026-11-20', unit = test.unit) =>
  withdrawForecast(
    test.ledger,
    unit,
    id,
    WithdrawalRequest.parse({ withdrawn_on, because: 'He said he was wrong.' }),
  )
const retract = (test: TestLedger, id: string, unit = test.unit) =>
  retractForecast(test.ledger, unit, id, RetractionRequest.parse({ because: 'Another man said it.' }))

describe('a forecast is withdrawn', () => {
  it('by its analyst, on a day, once', async () => {
    const test = await testLedger()
    const { id } = await log(test)
    const { event } = await withdraw(test, id)
    expect(event).toMatchObject({ type: 'forecast.withdrawn', rev: 1 })
    expect((await findForecast(test.ledger.db, id))?.withdrawal).toMatchObject({
      withdrawn_on: '2026-11-20',
      because: 'He said he was wrong.',
    })
    expect(await refusal(() => withdraw(test, id))).toMatchObject({ code: 'already_decided' })
  })

  it.each([
    ['before it was said', '2026-10-31'],
    ['in the future', '2026-11-24'],
  ])('not %s', async (_, day) => {
    const test = await testLedger()
    const { id } = await log(test)
    expect(await refusal(() => withdraw(test, id, day))).toMatchObject({
      code: 'invalid',
      pointers: ['/withdrawn_on'],
    })
  })

  it('not after the deadline, also not with an earlier day', async () => {
    const test = await testLedger()
    const { id } = await log(test)
    test.at('2026-12-31T20:00:00.000Z')
    expect(await refusal(() => withdraw(test, id))).toMatchObject({ code: 'frozen' })
  })

  it('not once an outcome was proposed or is in force', async () => {
    const test = await testLedger()
    const { id, question } = await log(test)
    await propose(test, question, { outcome: 'yes', known_on: '2026-11-20' })
    expect(await refusal(() => withdraw(test, id))).toMatchObject({ code: 'frozen' })
    await confirm(test, question, 'r1')
    expect(await refusal(() => withdraw(test, id))).toMatchObject({ code: 'frozen' })
  })

  it('not when it is not there, and not by a reader', async () => {
    const test = await testLedger()
    const { id } = await log(test)
    const reader = await test.join('Rita', 'reader')
    expect(await refusal(() => withdraw(test, 'a_b'))).toMatchObject({ code: 'not_found' })
    expect(await refusal(() => withdraw(test, id, '2026-11-20', test.as(reader)))).toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('a forecast is retracted', () => {
  it('with a reason, once, and stays', async () => {
    const test = await testLedger()
    const { id } = await log(test)
    const { event } = await retract(test, id)
    expect(event).toMatchObject({ type: 'retracted', rev: 1 })
    expect(await findForecast(test.ledger.db, id)).toMatchObject({
      retraction: { because: 'Another man said it.' },
      withdrawal: null,
    })
    expect(await refusal(() => retract(test, id))).toMatchObject({ code: 'already_decided' })
    expect(await refusal(() => withdraw(test, id))).toMatchObject({ code: 'already_decided' })
  })

  it('after it was withdrawn, too', async () => {
    const test = await testLedger()
    const { id } = await log(test)
    await withdraw(test, id)
    expect((await retract(test, id)).event.rev).toBe(2)
  })

  it('by a second person where there is one', async () => {
    const test = await testLedger()
    const { id } = await log(test)
    const ruth = await test.join('Ruth', 'resolver')
    expect(await refusal(() => retract(test, id))).toMatchObject({ code: 'four_eyes' })
    expect(await refusal(() => retract(test, id, test.as(ruth)))).toBeNull()
  })

  it('not by a recorder, and not when it is not there', async () => {
    const test = await testLedger()
    const { id } = await log(test)
    const recorder = await test.join('Ruth', 'recorder')
    expect(await refusal(() => retract(test, id, test.as(recorder)))).toMatchObject({ code: 'forbidden' })
    expect(await refusal(() => retract(test, 'a_b'))).toMatchObject({ code: 'not_found' })
  })
})
