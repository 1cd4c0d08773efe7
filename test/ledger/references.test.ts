import { describe, expect, it } from 'vitest'
import type { Draft } from '../../src/core/entry.ts'
import { ReferenceRequest } from '../../src/core/reference.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { newId, type Unit } from '../../src/ledger/ledger.ts'
import {
  chooseReference,
  recordReference,
  withdrawReference,
} from '../../src/ledger/question/record-reference.ts'
import { pause, random } from '../../src/node/runtime.ts'
import { append } from '../../src/store/append.ts'
import { readQuestion } from '../../src/store/documents/question.ts'
import { toUnits, unitRows } from '../../src/store/units.ts'
import { verified } from '../support/check-ledger.ts'
import { aForecast, type TestLedger, testLedger } from '../support/ledger.ts'
import {
  AFTERWARDS,
  aQuestion,
  confirm,
  log,
  propose,
  questionOf,
  refusal,
  theLog,
  typesOf,
} from '../support/steps.ts'

const STATUS_QUO = { kind: 'nothing_changes', probability: 0.02, source: 'There is no war.' }
const RATE = {
  kind: 'base_rate',
  of: { k: 2, n: 20, class: 'years without a treaty' },
  source: 'The almanac',
}
const PRICE = {
  kind: 'market',
  probability: 0.2,
  url: 'https://market.example/war',
  observed_at: '2026-11-22T09:00:00.000Z',
}

const record = async (test: TestLedger, question: string, request: object, unit: Unit = test.unit) => {
  const { event } = await recordReference(test.ledger, unit, question, ReferenceRequest.parse(request))
  return (event.payload as { id: string }).id
}
const withdraw = (test: TestLedger, question: string, id: string, unit: Unit = test.unit) =>
  withdrawReference(test.ledger, unit, question, id, { because: 'It was of another war.' })

/** The unit of the analyst on a question. */
async function unitOf(test: TestLedger, question: string) {
  const rows = await test.ledger.db.read(unitRows('forecast.question = :question', { question }))
  const [read] = toUnits(rows, test.host.now())
  if (read === undefined) throw new Error('nobody answers it')
  return read.unit
}
async function resolve(test: TestLedger, question: string, changes: Record<string, unknown> = {}) {
  const { id } = await propose(test, question, changes)
  await confirm(test, question, id)
}

describe('a reference', () => {
  it('is an entry of its question with who recorded it and when; the first counts', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    const ruth = await test.join('Ruth', 'recorder')
    expect(await record(test, question, STATUS_QUO, test.as(ruth))).toBe('ref1')
    expect(await record(test, question, RATE)).toBe('ref2')
    const { stream } = await questionOf(test, question)
    const entries = (await theLog(test)).filter(({ type }) => type === 'reference.recorded')
    expect(entries.map((entry) => [entry.stream, entry.by])).toEqual([
      [stream, ruth.member],
      [stream, test.unit.by.member],
    ])
    expect(entries[1]?.payload).toEqual({ id: 'ref2', question, ...RATE, probability: 0.1 })
    expect(await unitOf(test, question)).toMatchObject({
      reference: 0.02,
      references: [
        { kind: 'nothing_changes', primary: true, hindsight: false },
        { kind: 'base_rate', probability: 0.1, primary: false, hindsight: false },
      ],
    })
  })

  it('that is declared counts from then on; to declare it again is refused', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    await record(test, question, STATUS_QUO)
    await record(test, question, RATE)
    await chooseReference(test.ledger, test.unit, question, 'ref2')
    expect((await unitOf(test, question)).reference).toBe(0.1)
    expect(await refusal(() => chooseReference(test.ledger, test.unit, question, 'ref2'))).toMatchObject({
      code: 'already_decided',
    })
    await record(test, question, { ...PRICE, primary: true })
    expect((await unitOf(test, question)).reference).toBe(0.2)
    expect(typesOf(await theLog(test)).slice(-2)).toEqual(['reference.recorded', 'reference.chosen'])
  })

  it('recorded when the outcome was known is hindsight, by the time of its entry, and in no figure', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    await resolve(test, question, { outcome: 'yes', known_on: '2026-11-20' })
    await record(test, question, STATUS_QUO)
    expect(await unitOf(test, question)).toMatchObject({
      reference: null,
      references: [{ hindsight: true, primary: false }],
    })
  })

  it('recorded before the day on which the outcome was known becomes hindsight where that day lay before it', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    await record(test, question, STATUS_QUO)
    test.at('2026-12-01T10:00:00.000Z')
    await resolve(test, question, { outcome: 'yes', known_on: '2026-11-23' })
    expect((await unitOf(test, question)).reference).toBe(0.02)
    const { id } = await propose(test, question, {
      outcome: 'yes',
      known_on: '2026-11-21',
      supersedes: 'r1',
    })
    await confirm(test, question, id)
    expect((await unitOf(test, question)).reference).toBeNull()
  })

  it('recorded after the deadline is hindsight although nothing is decided', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    test.at('2026-12-31T19:59:59.999Z')
    await record(test, question, RATE)
    test.at('2026-12-31T20:00:00.000Z')
    await record(test, question, { ...STATUS_QUO, primary: true })
    expect(await unitOf(test, question)).toMatchObject({
      reference: 0.1,
      references: [{ hindsight: false }, { hindsight: true }],
    })
  })

  it('beside a forecast becomes one of the question in the same call, in the short form of an unstated kind', async () => {
    const test = await testLedger()
    const { id, question } = await log(test, { reference: { probability: 0.1, says: 'The market that day' } })
    expect(typesOf(await theLog(test))).toEqual([
      'analyst.recorded',
      'source.recorded',
      'statement.recorded',
      'question.recorded',
      'reference.recorded',
      'forecast.recorded',
    ])
    const { references } = (await readQuestion(test.ledger.db, question, test.host.now())) as never as {
      references: { record: object }[]
    }
    expect(references.map((row) => row.record)).toEqual([
      { id: 'ref1', question, kind: 'unstated', probability: 0.1, source: 'The market that day' },
    ])
    const again = aForecast({
      question,
      quote: 'no war',
      source: { title: 'Later', type: 'interview', published: '2026-11-02' },
      reference: { probability: 0.1, says: 'The market that day' },
    })
    const { event } = await recordForecast(test.ledger, test.unit, again)
    expect(event.type).toBe('forecast.recorded')
    expect(typesOf(await theLog(test)).slice(-3)).toEqual([
      'source.recorded',
      'statement.recorded',
      'forecast.recorded',
    ])
    expect(id).not.toBe((event.payload as { id: string }).id)
  })

  it('beside a forecast that is logged afterwards is not taken for one that was fixed in advance', async () => {
    const test = await testLedger()
    test.at(AFTERWARDS)
    const { question } = await log(test, { reference: { probability: 0.1, says: 'The market that day' } })
    await resolve(test, question)
    expect((await unitOf(test, question)).reference).toBeNull()
  })

  it('of an old entry of a forecast is read as one of the question, recorded when the forecast was', async () => {
    const test = await testLedger()
    const { question, ...forecast } = await log(test)
    const payload = {
      ...forecast,
      question,
      id: '2026-11-an-interview_old',
      statement: '2026-11-an-interview_old',
      analyst: forecast.analyst,
      reference: { probability: 0.3, says: 'A market' },
    }
    const entry = {
      type: 'forecast.recorded',
      stream: newId(test.ledger),
      rev: 0,
      by: test.unit.by.member,
      refs: [],
      payload,
    } as Draft
    await append(test.ledger.db, [{ entries: [entry] }], test.host.now(), random, pause)
    expect(await unitOf(test, question)).toMatchObject({
      reference: 0.3,
      references: [{ kind: 'unstated' }],
    })
    await withdraw(test, question, '2026-11-an-interview_old')
    expect(await unitOf(test, question)).toMatchObject({ reference: null, references: [] })
  })

  it('is taken back with a reason, and stays; with hindsight it takes nothing out', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    await record(test, question, STATUS_QUO)
    await record(test, question, RATE)
    await withdraw(test, question, 'ref1')
    expect((await unitOf(test, question)).reference).toBe(0.1)
    expect(await refusal(() => withdraw(test, question, 'ref1'))).toMatchObject({ code: 'already_decided' })
    expect(await refusal(() => chooseReference(test.ledger, test.unit, question, 'ref1'))).toMatchObject({
      code: 'already_decided',
    })
    expect(await record(test, question, STATUS_QUO)).toBe('ref3')
    test.at(AFTERWARDS)
    await resolve(test, question)
    await withdraw(test, question, 'ref2')
    expect((await unitOf(test, question)).reference).toBe(0.1)
  })

  it('of somebody else takes a member who may resolve, with four eyes in force', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    const [ruth, rita] = [await test.join('Ruth', 'recorder'), await test.join('Rita', 'resolver')]
    await record(test, question, STATUS_QUO)
    await record(test, question, RATE, test.as(ruth))
    expect(await refusal(() => withdraw(test, question, 'ref1', test.as(ruth)))).toMatchObject({
      code: 'four_eyes',
    })
    await withdraw(test, question, 'ref2', test.as(ruth))
    await withdraw(test, question, 'ref1', test.as(rita))
  })

  it('is refused twice, of what is no yes or no, of what does not add up, and from the future', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    await record(test, question, STATUS_QUO)
    const other = async (changes: object) =>
      (await log(test, { quote: 'it rises', probability: { interval: [1, 2], level: 0.8 }, ...changes }))
        .question
    const numeric = await other({
      question: aQuestion({ title: 'The rate', type: 'numeric', range: { low: 0, high: 9 } }),
    })
    const early = await other({
      quote: 'so it is',
      probability: 0.9,
      question: aQuestion({ title: 'Known' }),
    })
    await resolve(test, early, { outcome: 'yes', known_on: '2026-11-22' })
    const asked = [
      [question, STATUS_QUO],
      [numeric, STATUS_QUO],
      [question, { ...RATE, probability: 0.9 }],
      [question, { ...PRICE, observed_at: '2026-11-22T10:00:00.001Z' }],
      [early, PRICE],
      ['nothing', STATUS_QUO],
    ] as const
    const refused = []
    for (const [of, request] of asked) refused.push(await refusal(() => record(test, of, request)))
    expect(refused.map((each) => [each?.code, ...(each?.pointers ?? [])])).toEqual([
      ['duplicate', '/kind'],
      ['invalid', '/kind'],
      ['invalid', '/probability'],
      ['invalid', '/observed_at'],
      ['invalid', '/observed_at'],
      ['not_found'],
    ])
    expect(
      await refusal(() =>
        log(test, {
          question: numeric,
          quote: 'it falls',
          source: { title: 'Later', type: 'interview', published: '2026-11-02' },
          probability: { interval: [1, 2], level: 0.8 },
          reference: STATUS_QUO,
        }),
      ),
    ).toMatchObject({ code: 'invalid', pointers: ['/reference/kind'] })
    const reader = test.as(await test.join('Rea', 'reader'))
    expect(await refusal(() => record(test, question, RATE, reader))).toMatchObject({ code: 'forbidden' })
  })

  it('two at one moment both come in, one after the other', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    const ids = await Promise.all([record(test, question, STATUS_QUO), record(test, question, RATE)])
    expect(ids.toSorted()).toEqual(['ref1', 'ref2'])
    const same = await Promise.allSettled([record(test, question, PRICE), record(test, question, PRICE)])
    expect(same.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  it('makes the kept summary of whoever answers its question anew', async () => {
    const test = await testLedger()
    const { question } = await log(test, { probability: 0.2 })
    test.at(AFTERWARDS)
    await resolve(test, question)
    await record(test, question, STATUS_QUO)
    const [row] = await test.ledger.db.read({
      sql: 'SELECT changed, (SELECT max(seq) FROM entry) AS last FROM analyst',
    })
    expect(row?.changed).toEqual(row?.last)
  })

  it('that was stamped by a wrong clock counts as recorded with the correction', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    await record(test, question, STATUS_QUO)
    const row = async () => (await unitOf(test, question)).references?.[0]?.recorded_at.toISOString()
    expect(await row()).toBe('2026-11-22T10:00:00.000Z')
    const correction = {
      type: 'clock.corrected',
      stream: newId(test.ledger),
      rev: 0,
      by: test.unit.by.member,
      refs: [],
      payload: { from: 10, because: 'It stood wrong.' },
    } as Draft
    await append(
      test.ledger.db,
      [{ entries: [correction] }],
      new Date('2026-11-20T00:00:00.000Z'),
      random,
      pause,
    )
    test.spoil()
    expect(await row()).toBe('2026-11-20T00:00:00.000Z')
  })

  it.each([
    [
      'an instant after the entry',
      'reference.recorded',
      { ...PRICE, observed_at: '2026-11-22T10:00:00.001Z' },
    ],
    ['a declaration of nothing', 'reference.chosen', {}],
    ['a withdrawal of nothing', 'reference.withdrawn', { because: 'It was never there.' }],
  ] as const)('verify finds %s', async (_, type, fields) => {
    const test = await testLedger()
    const { question } = await log(test)
    const { stream, rev } = await questionOf(test, question)
    const payload = { question, id: 'ref1', ...fields }
    const entry = { type, stream, rev: rev + 1, by: test.unit.by.member, refs: [], payload } as Draft
    await append(test.ledger.db, [{ entries: [entry] }], test.host.now(), random, pause)
    test.spoil()
    const { findings } = await verified(test.ledger.db)
    expect(findings.map(({ code }) => code)).toEqual(['reference'])
  })
})
