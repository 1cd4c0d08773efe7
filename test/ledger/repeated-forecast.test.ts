import { describe, expect, it } from 'vitest'
import { RetractionRequest, StatementRequest, WithdrawalRequest } from '../../src/core/forecast.ts'
import { recordStatement } from '../../src/ledger/forecast/record-statement.ts'
import { retractForecast, withdrawForecast } from '../../src/ledger/forecast/withdraw-forecast.ts'
import { findQuestion } from '../../src/store/lookups.ts'
import { readRecords } from '../../src/store/records.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { log, refusal, theLog } from '../support/steps.ts'
import { codes, folder, importing } from './a-folder.ts'

const because = 'It was another man.'
const later = { title: 'Another talk', type: 'interview', published: '2026-11-15' }
const answering = { id: 'still', quote: 'still no war', question: 'talk_war', probability: 0.1 }

const retract = async (test: TestLedger, id: string) =>
  retractForecast(
    test.ledger,
    test.as(await test.join('Second', 'admin')),
    id,
    RetractionRequest.parse({ because }),
  )

describe('the same claim again in one source', () => {
  it('is no forecast, and the refusal says which one it repeats', async () => {
    const test = await testLedger()
    const first = await log(test)
    const { length } = await theLog(test)
    for (const probability of [{ words: 'there will be no war', categorical: 'no' }, 0.2]) {
      const refused = await refusal(() =>
        log(test, { question: first.question, quote: 'no war at all', probability }),
      )
      expect(refused).toMatchObject({ code: 'duplicate', pointers: ['/question'] })
    }
    const error = await log(test, { question: first.question, quote: 'no war at all' }).catch((e) => e)
    expect(error.problems[0].message).toContain(`duplicate_of "${first.id}"`)
    expect(await theLog(test)).toHaveLength(length)
  })

  it('is logged as a duplicate of it', async () => {
    const test = await testLedger()
    const { id, analyst } = await log(test)
    const { event } = await recordStatement(
      test.ledger,
      test.unit,
      StatementRequest.parse({
        analyst,
        source: '2026-11-an-interview',
        quote: 'no war at all',
        kind: 'duplicate',
        duplicate_of: id,
      }),
    )
    expect(event.payload).toMatchObject({ kind: 'duplicate', duplicate_of: id })
  })

  it('is a forecast in a later source, by another analyst, and on another question', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    const revised = { question, source: later, probability: 0.3 }
    expect(await refusal(() => log(test, revised))).toBeNull()
    expect(await refusal(() => log(test, { question, analyst: { name: 'Anna Petrosyan' } }))).toBeNull()
    expect(await refusal(() => log(test, { quote: 'and no escalation' }))).toBeNull()
  })

  it('takes the place of one that was retracted, and not of one that was withdrawn', async () => {
    const test = await testLedger()
    const { id, question } = await log(test)
    await withdrawForecast(
      test.ledger,
      test.unit,
      id,
      WithdrawalRequest.parse({ withdrawn_on: '2026-11-20', because }),
    )
    expect(await refusal(() => log(test, { question }))).toMatchObject({ code: 'duplicate' })
    await retract(test, id)
    expect(await refusal(() => log(test, { question }))).toBeNull()
    expect(await refusal(() => log(test, { question }))).toMatchObject({ code: 'duplicate' })
  })

  it('said at the same moment by several who log it is recorded once', async () => {
    const test = await testLedger()
    const { question, analyst } = await log(test)
    await log(test, { source: later })
    const saying = { question, analyst, source: '2026-11-another-talk' }
    const all: Promise<{ code: string } | null>[] = []
    for (const quote of ['no war', 'never a war', 'not a war', 'no, no war', 'none']) {
      all.push(refusal(() => log(test, { ...saying, quote })))
      // Each begins while the one before is between its decision and its batch.
      await findQuestion(test.ledger.db, question)
    }
    const codes = (await Promise.all(all)).map((refused) => refused?.code ?? 'recorded')
    expect(codes.toSorted()).toEqual([...Array(4).fill('duplicate'), 'recorded'])
  })
})

describe('a file that says the same claim again', () => {
  it('is refused, in one file and beside what the ledger holds', async () => {
    const test = await testLedger()
    expect(codes(await importing(test, folder({ more: [answering] })))).toEqual(['forecast duplicate'])
    expect(await importing(test, folder())).toMatchObject({ refused: [] })
    const { refused } = await importing(test, folder({ more: [answering] }))
    expect(refused).toMatchObject([{ noun: 'forecast', id: 'talk_still', code: 'duplicate' }])
    expect(refused[0]?.message).toContain('talk_war')
  })

  it('is taken where it comes from another source or the first is retracted, and changes nothing again', async () => {
    const test = await testLedger()
    await importing(test, folder())
    const again = folder({ statement: { retracted: { because } }, more: [answering] })
    expect(await importing(test, again)).toMatchObject({
      refused: [],
      recorded: { statement: 1, forecast: 1, retraction: 1 },
    })
    expect(await importing(test, again)).toMatchObject({ entries: 0, refused: [] })
    expect(await importing(test, await readRecords(test.ledger.db))).toMatchObject({
      entries: 0,
      refused: [],
    })
    await log(test, { question: 'talk_war', analyst: 'jane-roe', source: later })
    expect(await importing(test, await readRecords(test.ledger.db))).toMatchObject({
      entries: 0,
      refused: [],
    })
  })

  it('is refused where only the ledger holds the first', async () => {
    const test = await testLedger()
    await importing(test, folder())
    await retract(test, 'talk_war')
    await log(test, { question: 'talk_war', analyst: 'jane-roe', source: 'talk' })
    const only = folder({ more: [answering] })
    const { forecasts, statements } = only
    expect(
      codes(
        await importing(test, {
          ...only,
          questions: [],
          statements: statements.filter(({ id }) => id === 'talk_still'),
          forecasts: forecasts.filter(({ record }) => record.id === 'talk_still'),
        }),
      ),
    ).toEqual(['forecast duplicate'])
  })
})
