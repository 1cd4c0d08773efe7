import { describe, expect, it } from 'vitest'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { findForecast, findQuestion, findStatement } from '../../src/store/lookups.ts'
import { aForecast, testLedger } from '../support/ledger.ts'
import { AFTERWARDS, aQuestion, log, refusal, theLog, typesOf } from '../support/steps.ts'

describe('a forecast', () => {
  it('is logged in one call, with its analyst, source, statement and question, five entries that refer to each other', async () => {
    const test = await testLedger()
    const { event, replayed } = await recordForecast(
      test.ledger,
      test.unit,
      aForecast({ tags: ['caucasus'] }),
    )
    const events = await theLog(test)
    expect(typesOf(events)).toEqual([
      'analyst.recorded',
      'source.recorded',
      'statement.recorded',
      'question.recorded',
      'forecast.recorded',
    ])
    const [analyst, source, statement, question, forecast] = events.map(({ stream }) => stream)
    expect(events.map(({ refs }) => refs)).toEqual([
      [],
      [],
      [source, analyst],
      [],
      [question, analyst, statement],
    ])
    expect(new Set([analyst, source, statement, question, forecast]).size).toBe(5)
    expect(
      events.every(
        ({ rev, by, at }) => rev === 0 && by === test.unit.by.member && at === test.unit.now.toISOString(),
      ),
    ).toBe(true)
    expect(events.map(({ payload }) => payload)).toEqual([
      { record: { id: 'konstantin-kalachev', name: 'Konstantin Kalachev' } },
      {
        record: {
          id: '2026-11-an-interview',
          title: 'An interview',
          type: 'interview',
          url: 'https://example.com/interview',
          published: '2026-11-01',
        },
      },
      {
        id: '2026-11-an-interview_a-new-war-begins',
        source: '2026-11-an-interview',
        analyst: 'konstantin-kalachev',
        quote: { exact: 'there will be no war' },
        voice: 'quote',
        kind: 'forecast',
        checked: 'unchecked',
      },
      { id: '2026-11-an-interview_a-new-war-begins', ...aQuestion(), tags: ['caucasus'] },
      {
        id: '2026-11-an-interview_a-new-war-begins',
        question: '2026-11-an-interview_a-new-war-begins',
        analyst: 'konstantin-kalachev',
        statement: '2026-11-an-interview_a-new-war-begins',
        said_on: { from: '2026-11-01', to: '2026-11-01' },
        probability: { words: 'there will be no war', categorical: 'no' },
      },
    ])
    expect({ event, replayed }).toEqual({ event: events[4], replayed: false })
  })

  it('on a known question, by a known analyst in a known source, is two entries', async () => {
    const test = await testLedger()
    const first = await log(test)
    await log(test, { source: { title: 'A talk', type: 'interview', published: '2026-11-15' } })
    const { seq } = (await theLog(test)).at(-1) ?? { seq: 0 }
    const second = await log(test, {
      analyst: first.analyst,
      source: '2026-11-a-talk',
      question: first.question,
      quote: 'no war at all',
    })
    const events = (await theLog(test)).filter((event) => event.seq > seq)
    expect(typesOf(events)).toEqual(['statement.recorded', 'forecast.recorded'])
    expect(second).toMatchObject({
      id: '2026-11-a-talk_a-new-war-begins-2',
      question: first.question,
      analyst: first.analyst,
    })
    const question = await findQuestion(test.ledger.db, first.question)
    expect(events[1]?.refs[0]).toBe(question?.stream)
  })

  it('keeps what was said about it: voice, time code, day and quote', async () => {
    const test = await testLedger()
    const forecast = await log(test, {
      voice: 'paraphrase',
      timecode: '1:02:03',
      said_on: '2026-10',
      quote: { exact: 'no war', prefix: 'there will be ', suffix: '.' },
      probability: { low: 0.1, high: 0.2 },
    })
    expect(forecast).toMatchObject({
      said_on: { from: '2026-10-01', to: '2026-10-31' },
      probability: { low: 0.1, high: 0.2 },
    })
    expect((await findStatement(test.ledger.db, forecast.id))?.record).toMatchObject({
      voice: 'paraphrase',
      timecode: '1:02:03',
      quote: { exact: 'no war', prefix: 'there will be ', suffix: '.' },
    })
  })

  it.each([0, 1, 0.1, 1 / 3, 0.30000000000000004, 1e-6, 5e-7 + 0.5])(
    'keeps its probability of %d to the last bit',
    async (probability) => {
      const test = await testLedger()
      const { id } = await log(test, { probability })
      expect((await findForecast(test.ledger.db, id))?.record.probability).toBe(probability)
    },
  )

  it('is logged for every type of question', async () => {
    const test = await testLedger()
    const asked = [
      [
        { type: 'multiple_choice', options: ['Baku', 'Yerevan'] },
        { Baku: 0.3, Yerevan: 0.7 },
      ],
      [{ type: 'numeric', range: { low: 0, high: 10 } }, { quantiles: { '0.1': 1, '0.5': 2.5, '0.9': 7 } }],
      [
        { type: 'numeric', range: { low: 0, high: 10 } },
        { interval: [1, 2], level: 0.8 },
      ],
      [
        { type: 'date', range: { low: '2026-01-01', high: '2026-12-31' } },
        { quantiles: { '0.5': '2026-12-01' } },
      ],
    ] as const
    for (const [i, [fields, probability]] of asked.entries()) {
      const said = { quote: `Claim ${i}.`, question: aQuestion(fields), probability }
      expect((await log(test, said)).probability).toEqual(probability)
    }
  })
})

describe('a forecast is refused', () => {
  it.each([
    [
      'with a deadline before the statement',
      { question: aQuestion({ deadline: { date: '2026-10-31', time_zone: 'UTC' } }) },
      'invalid',
      '/question/deadline/date',
    ],
    ['when it was said in the future', { said_on: '2999-01-01' }, 'invalid', '/said_on'],
    [
      'from a source of the future',
      { source: { title: 'x', type: 'post', published: '2026-11-24' } },
      'invalid',
      '/source/published',
    ],
    ['in a headline', { voice: 'headline' }, 'invalid', '/voice'],
    ['by an analyst nobody knows', { analyst: 'nobody' }, 'invalid', '/analyst'],
    ['from a source nobody knows', { source: 'nothing' }, 'invalid', '/source'],
    ['on a question nobody asked', { question: 'nothing' }, 'invalid', '/question'],
    ['with options for a yes/no question', { probability: { Baku: 1 } }, 'invalid', '/probability'],
    [
      'with an option that is none',
      {
        question: aQuestion({ type: 'multiple_choice', options: ['a', 'b'] }),
        probability: { a: 0.5, c: 0.5 },
      },
      'invalid',
      '/probability',
    ],
    [
      'with a number for options',
      { question: aQuestion({ type: 'multiple_choice', options: ['a', 'b'] }), probability: 0.5 },
      'invalid',
      '/probability',
    ],
    [
      'with dates for a number',
      {
        question: aQuestion({ type: 'numeric', range: { low: 0, high: 1 } }),
        probability: { interval: ['2026-01-01', '2026-02-01'], level: 0.5 },
      },
      'invalid',
      '/probability',
    ],
    [
      'with more tags than a question has',
      {
        tags: Array.from({ length: 20 }, (_, i) => `a${i}`),
        question: aQuestion({ tags: ['b'] }),
      },
      'invalid',
      '/tags',
    ],
  ])('%s, and nothing is written', async (_, changes, code, pointer) => {
    const test = await testLedger()
    expect(await refusal(() => log(test, changes))).toMatchObject({ code, pointers: [pointer] })
    expect(await theLog(test)).toEqual([])
  })

  it('for everything that is wrong with it at once, each thing at its place', async () => {
    const test = await testLedger()
    const refused = await refusal(() =>
      log(test, {
        analyst: 'nobody',
        source: { title: 'A talk', type: 'speech', published: '2026-12-24', text: 'Something else.' },
        voice: 'headline',
        question: aQuestion({
          deadline: { date: '2026-10-31', time_zone: 'UTC' },
          family: 'talks',
          implies: 'nothing',
        }),
        probability: { Baku: 1 },
      }),
    )
    expect(refused).toEqual({
      code: 'invalid',
      message: 'Nothing was recorded: 7 things are to be mended first.',
      pointers: [
        '/source/published',
        '/voice',
        '/analyst',
        '/quote',
        '/question/implies',
        '/question/deadline/date',
        '/probability',
      ],
    })
    expect(await theLog(test)).toEqual([])
  })

  it('with tags for a question that has its own already', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    expect(await refusal(() => log(test, { question, tags: ['x'] }))).toMatchObject({
      code: 'invalid',
      pointers: ['/tags'],
    })
  })

  it('when it was said after the deadline of the question it is about', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    test.at(AFTERWARDS)
    const later = { question, source: { title: 'Later', type: 'post', published: '2027-01-01' } }
    expect(await refusal(() => log(test, later))).toMatchObject({ code: 'invalid', pointers: ['/question'] })
    expect(
      await refusal(() =>
        log(test, { ...later, source: { title: 'Later', type: 'post', published: '2026-12' } }),
      ),
    ).toBeNull()
  })

  it('to a reader, and a recorder may log', async () => {
    const test = await testLedger()
    const reader = await test.join('Rita', 'reader')
    const recorder = await test.join('Ruth', 'recorder')
    expect(await refusal(() => log(test, {}, test.as(reader)))).toMatchObject({ code: 'forbidden' })
    expect(await refusal(() => log(test, {}, test.as(recorder)))).toBeNull()
    expect((await theLog(test)).at(-1)?.by).toBe(recorder.member)
  })
})
