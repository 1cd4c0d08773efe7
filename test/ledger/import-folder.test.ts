import { describe, expect, it } from 'vitest'
import type { Payload } from '../../src/core/entry.ts'
import { importFolder } from '../../src/ledger/import/import-folder.ts'
import { machineMember } from '../../src/ledger/members/membership.ts'
import { readRecords } from '../../src/store/records.ts'
import { testLedger } from '../support/ledger.ts'
import { AFTERWARDS, aQuestion, aResolution, evidence, log, refusal, theLog } from '../support/steps.ts'
import { codes, folder, importing, resolved } from './a-folder.ts'

describe('an import', () => {
  it('writes what the files say in one batch, by the member import', async () => {
    const test = await testLedger()
    const result = await importing(test, folder())
    expect(result).toEqual({
      entries: 7,
      recorded: { analyst: 1, source: 1, statement: 3, question: 1, forecast: 1 },
      unchanged: 0,
      refused: [],
    })
    const events = await theLog(test)
    const { member } = await machineMember(test.ledger, 'import')
    expect(events.every(({ by }) => by === member)).toBe(true)
    const forecast = events.at(-1) as { payload: Payload<'forecast.recorded'>; refs: string[] }
    expect(forecast.payload).toMatchObject({
      id: 'talk_war',
      probability: { words: 'likely', low: 0.6, mid: 0.75, high: 0.85 },
    })
    const streams = new Map(events.map(({ type, stream }) => [type, stream]))
    expect(forecast.refs).toEqual([
      streams.get('question.recorded'),
      streams.get('analyst.recorded'),
      events[2]?.stream,
    ])
  })

  it('again changes nothing, also from what the ledger itself would write out', async () => {
    const test = await testLedger()
    await importing(test, folder())
    const { length } = await theLog(test)
    for (const records of [folder(), await readRecords(test.ledger.db)])
      expect(await importing(test, records)).toEqual({ entries: 0, recorded: {}, unchanged: 7, refused: [] })
    expect(await theLog(test)).toHaveLength(length)
  })

  it('again changes nothing after the deadline either, although an editor’s numbers could no longer be logged', async () => {
    const test = await testLedger()
    const own = {
      statement: {
        probability: { words: 'likely', low: 0.8, mid: 0.9, high: 0.95, because: 'He was sure.' },
      },
    }
    await importing(test, folder(own))
    test.at(AFTERWARDS)
    expect(await importing(test, folder(own))).toMatchObject({ entries: 0, unchanged: 7, refused: [] })
    expect(await importing(test, await readRecords(test.ledger.db))).toMatchObject({
      entries: 0,
      unchanged: 7,
      refused: [],
    })
    const fresh = await testLedger()
    fresh.at(AFTERWARDS)
    expect(codes(await importing(fresh, folder(own)))).toEqual(['forecast invalid'])
  })

  it('again changes nothing when everything that can happen to its records has happened', async () => {
    const test = await testLedger()
    test.at(AFTERWARDS)
    const condition = { text: 'An attack happens.', deadline: { date: '2026-12-01', time_zone: 'UTC' } }
    const full = folder({
      question: { condition },
      statement: {
        ...resolved,
        condition_met: { met_on: '2026-11-30', evidence },
        withdrawn: { withdrawn_on: '2026-12-01', because: 'x' },
        retracted: { because: 'y' },
      },
    })
    expect(await importing(test, full)).toMatchObject({ entries: 12, refused: [] })
    expect(await importing(test, full)).toMatchObject({ entries: 0, refused: [] })
    expect(await importing(test, await readRecords(test.ledger.db))).toMatchObject({
      entries: 0,
      refused: [],
    })
  })

  it('of which half is wrong writes nothing, and says everything that is wrong', async () => {
    const test = await testLedger()
    const result = await importing(
      test,
      folder({
        analysts: [
          { id: 'jane-roe', name: 'Jane Roe' },
          { id: 'jane-roe-too', name: 'JANE ROE' },
        ],
        statement: { probability: { words: 'que sera, sera' } },
        questions: [
          { ...aQuestion(), id: 'early', resolution: { ...aResolution(), known_on: '2026-11-20' } },
          { ...aQuestion(), id: 'unfit', resolution: { ...aResolution({ outcome: 'maybe' }) } },
          { ...aQuestion(), id: 'unmet', condition_met: { met_on: '2026-11-20', evidence } },
        ],
      }),
    )
    expect(codes(result)).toEqual([
      'analyst duplicate',
      'forecast invalid',
      'resolution not_decidable_yet',
      'resolution invalid',
      'condition conflict',
    ])
    expect(result.entries).toBe(0)
    expect(await theLog(test)).toEqual([])
  })

  it('takes no name and no address that belongs to another record of the ledger', async () => {
    const test = await testLedger()
    await log(test, {
      analyst: { name: 'J. Roe' },
      source: { title: 'x', type: 'post', url: 'https://example.com/talk/', published: '2026-11' },
    })
    const result = await importing(test, folder())
    expect(result.refused).toEqual([
      { noun: 'analyst', id: 'jane-roe', code: 'duplicate', message: '/name belongs to j-roe' },
      {
        noun: 'source',
        id: 'talk',
        code: 'duplicate',
        message: '/url belongs to 2026-11-x: log into that source, or correct the address',
      },
    ])
  })

  it('checks quotes where the text is held, and says so per statement', async () => {
    const test = await testLedger()
    await log(test, {
      source: { title: 'Talk', type: 'post', published: '2026-11', text: 'there will be no war' },
    })
    const result = await importing(
      test,
      folder({
        source: {
          id: '2026-11-talk',
          url: undefined,
          title: 'Talk',
          type: 'post',
          published: '2026-11',
          coverage: undefined,
        },
      }),
    )
    expect(codes(result)).toEqual(['statement quote_not_found', 'statement quote_not_found'])
  })

  it('is allowed to those who may record', async () => {
    const test = await testLedger()
    const reader = await test.join('Rita', 'reader')
    expect(await refusal(() => importFolder(test.ledger, test.as(reader), folder()))).toMatchObject({
      code: 'forbidden',
    })
  })
})

it('an import of more than five thousand entries is written whole, and again changes nothing', async () => {
  const test = await testLedger()
  const many = folder({
    more: Array.from({ length: 950 }, (_, n) => ({
      id: `remark-${n}`,
      quote: `remark ${n}`,
      untestable: { reason: 'motive' },
    })),
    questions: Array.from({ length: 4_200 }, (_, n) => ({
      ...aQuestion(),
      id: `rung-${n}`,
      title: `Rung ${n}`,
    })),
  })
  expect(await importing(test, many)).toMatchObject({ entries: 7 + 950 + 4_200, refused: [] })
  expect(await importing(test, many)).toMatchObject({ entries: 0, unchanged: 7 + 950 + 4_200 })
})
