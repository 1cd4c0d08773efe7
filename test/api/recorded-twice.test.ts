import { expect, test } from 'vitest'
import { ProblemAnswer } from '../../src/api/answers.ts'
import { client, forecastBody, pastQuestion, questionBody, resolutionBody } from './client.ts'

const source = { title: 'A talk', type: 'speech', published: '2026-11-10' }
const remark = {
  analyst: { name: 'Konstantin Kalachev' },
  source,
  quote: 'Nobody wants to pay for peace.',
  kind: 'untestable',
  reason: 'motive',
}

test('words that are spelled otherwise are the same words', async () => {
  const { post } = await client()
  const first = await post('/api/statements', {
    ...remark,
    quote: 'Nobody “wants” to pay — not for a cease\u00adfire.',
  })
  expect(first.status, first.text).toBe(201)
  const again = await post('/api/statements', {
    ...remark,
    quote: 'Nobody "wants" to pay - not for a ceasefire.',
  })
  expect([again.status, again.json.existing]).toEqual([
    409,
    expect.objectContaining({ source: '2026-11-a-talk' }),
  ])
})

test('a request sent a second time answers 409 with the ids of what stands, and writes nothing', async () => {
  const { post, get } = await client()
  const size = async () => (await get('/api/health')).json.ledger_size
  const sent: [string, object, object][] = [
    [
      '/api/forecasts',
      forecastBody({ question: pastQuestion() }),
      {
        forecast: '2026-11-an-interview_a-new-war-begins',
        statement: '2026-11-an-interview_a-new-war-begins',
        question: '2026-11-an-interview_a-new-war-begins',
        source: '2026-11-an-interview',
        analyst: 'konstantin-kalachev',
      },
    ],
    ['/api/sources', source, { source: '2026-11-a-talk' }],
    ['/api/sources', { ...source, url: 'https://example.com/talk' }, { source: '2026-11-a-talk-2' }],
    ['/api/analysts', { name: 'Ada Lovelace' }, { analyst: 'ada-lovelace' }],
    ['/api/questions', questionBody(), { question: 'a-new-war-begins' }],
    [
      '/api/statements',
      remark,
      {
        statement: '2026-11-a-talk_nobody-wants-to-pay-for-peace',
        source: '2026-11-a-talk',
        analyst: 'konstantin-kalachev',
      },
    ],
    [
      '/api/forecasts/2026-11-an-interview_a-new-war-begins/replies',
      { text: 'I was right.', replied_on: '2026-11-20' },
      { forecast: '2026-11-an-interview_a-new-war-begins', reply: expect.stringMatching(/^\d+$/u) },
    ],
    [
      '/api/questions/2026-11-an-interview_a-new-war-begins/resolutions',
      resolutionBody(),
      { question: '2026-11-an-interview_a-new-war-begins', resolution: 'r1' },
    ],
    [
      '/api/questions/2026-11-an-interview_a-new-war-begins/resolutions/r1/dispute',
      { because: 'It was another war.' },
      { question: '2026-11-an-interview_a-new-war-begins', resolution: 'r1' },
    ],
  ]
  for (const [path, body, existing] of sent) {
    expect([path, (await post(path, body)).status]).toEqual([path, 201])
    const held = await size()
    const again = await post(path, body)
    expect([path, again.status, again.json.existing]).toEqual([path, 409, existing])
    expect(ProblemAnswer.safeParse(again.json).error?.issues).toBeUndefined()
    for (const id of Object.values(existing).filter((one) => typeof one === 'string'))
      if (!id.startsWith('r')) expect(again.text).toContain(id)
    expect(await size()).toBe(held)
  }
})

test('a retry under its own key still answers what was written, and another key is no way round', async () => {
  const { post } = await client()
  const first = await post('/api/forecasts', forecastBody(), { 'idempotency-key': 'a' })
  expect((await post('/api/forecasts', forecastBody(), { 'idempotency-key': 'a' })).json).toEqual(first.json)
  const other = await post('/api/forecasts', forecastBody(), { 'idempotency-key': 'b' })
  expect([other.status, other.json.code]).toEqual([409, 'duplicate'])
})

test('the same request many times at once is recorded once', async () => {
  const { post } = await client()
  const statuses = (
    await Promise.all(Array.from({ length: 12 }, () => post('/api/forecasts', forecastBody())))
  ).map(({ status }) => status)
  expect(statuses.toSorted()).toEqual([201, ...Array(11).fill(409)])
})
