import { describe, expect, it } from 'vitest'
import { AmendmentRequest } from '../../src/core/question.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import type { Unit } from '../../src/ledger/ledger.ts'
import { amendQuestion } from '../../src/ledger/question/amend-question.ts'
import { aForecast, type TestLedger, testLedger } from '../support/ledger.ts'
import { log, propose, refusal, theLog } from '../support/steps.ts'

const keyed = (test: TestLedger, key = 'a', fingerprint = 'f'): Unit => ({
  ...test.unit,
  idempotency: { key, fingerprint },
})

describe('an idempotency key', () => {
  it('answers a repetition with what was written the first time, and writes nothing', async () => {
    const test = await testLedger()
    const first = await recordForecast(test.ledger, keyed(test), aForecast())
    const { length } = await theLog(test)
    test.at('2026-11-23T10:00:00.000Z')
    const second = await recordForecast(test.ledger, keyed(test), aForecast())
    expect(second).toEqual({ event: first.event, replayed: true })
    expect(await theLog(test)).toHaveLength(length)
  })

  it('answers with the record as it was written, whatever happened to it since', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    const amendment = AmendmentRequest.parse({ title: 'A war begins', because: 'Shorter.' })
    const first = await amendQuestion(test.ledger, keyed(test), question, amendment, 0)
    await amendQuestion(
      test.ledger,
      test.unit,
      question,
      AmendmentRequest.parse({ title: 'War', because: 'Shorter still.' }),
    )
    await propose(test, question, { outcome: 'yes', known_on: '2026-11-20' })
    expect(await amendQuestion(test.ledger, keyed(test), question, amendment, 0)).toEqual({
      event: first.event,
      replayed: true,
    })
  })

  it('of another request is refused', async () => {
    const test = await testLedger()
    await recordForecast(test.ledger, keyed(test), aForecast())
    expect(
      await refusal(() => recordForecast(test.ledger, keyed(test, 'a', 'g'), aForecast())),
    ).toMatchObject({ code: 'idempotency_mismatch' })
  })

  it('belongs to one member', async () => {
    const test = await testLedger()
    const ruth = await test.join('Ruth', 'recorder')
    await recordForecast(test.ledger, keyed(test), aForecast())
    const other = await recordForecast(
      test.ledger,
      { ...test.as(ruth), idempotency: { key: 'a', fingerprint: 'g' } },
      aForecast({ quote: 'no war at all' }),
    )
    expect(other.replayed).toBe(false)
  })

  it('is free again after a refusal', async () => {
    const test = await testLedger()
    expect(
      await refusal(() => recordForecast(test.ledger, keyed(test), aForecast({ analyst: 'nobody' }))),
    ).toMatchObject({ code: 'invalid' })
    expect((await recordForecast(test.ledger, keyed(test, 'a', 'g'), aForecast())).replayed).toBe(false)
  })

  it('used many times at once writes once and answers all alike', async () => {
    const test = await testLedger()
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => recordForecast(test.ledger, keyed(test), aForecast())),
    )
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
    for (const { event } of answers) expect(event).toEqual(answers[0]?.event)
    expect(await theLog(test)).toHaveLength(5)
  })

  it('of each command that shared a batch answers with that command’s entry', async () => {
    const test = await testLedger()
    const request = (n: number) =>
      aForecast({
        analyst: { name: `Analyst ${'ABCDEF'[n]}` },
        source: { title: `Talk ${n}`, type: 'post', published: '2026-11-01' },
      })
    const send = () =>
      Promise.all(
        [0, 1, 2, 3, 4, 5].map((n) => recordForecast(test.ledger, keyed(test, `key ${n}`), request(n))),
      )
    const first = await send()
    const second = await send()
    expect(second).toEqual(first.map(({ event }) => ({ event, replayed: true })))
    expect(new Set(second.map(({ event }) => event.seq)).size).toBe(6)
  })

  it('used for two requests at once writes one and refuses the other', async () => {
    const test = await testLedger()
    const both = await Promise.all(
      ['f', 'g'].map((print) =>
        refusal(() => recordForecast(test.ledger, keyed(test, 'a', print), aForecast())),
      ),
    )
    expect(both.map((refused) => refused?.code ?? 'recorded').toSorted()).toEqual([
      'idempotency_mismatch',
      'recorded',
    ])
    expect(await theLog(test)).toHaveLength(5)
  })
})
