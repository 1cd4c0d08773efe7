import { expect, test } from 'vitest'
import { AFTERWARDS, confirm, propose } from '../support/steps.ts'
import { client, forecastBody, questionBody } from './client.ts'

const STATUS_QUO = { kind: 'nothing_changes', probability: 0.02 }
const RATE = { kind: 'base_rate', of: { k: 3, n: 20, class: 'years' }, source: 'The almanac' }
const ID = '2026-11-an-interview_a-new-war-begins'
const path = `/api/questions/${ID}/references`

test('a key makes a retry safe, and answers with the reference although it was declared in the same call', async () => {
  const held = await client()
  await held.post('/api/forecasts', forecastBody())
  const send = () => held.post(path, { ...RATE, primary: true }, { 'idempotency-key': 'one' })
  const [first, second] = [await send(), await send()]
  expect([first.status, second.status]).toEqual([201, 201])
  expect(second.json).toEqual(first.json)
  expect(first.headers.get('location')).toBe(`/api/questions/${ID}`)
  expect(first.json.record).toMatchObject({ id: 'ref1', question: ID, kind: 'base_rate', probability: 0.15 })
  expect((await held.post(path, RATE)).json).toMatchObject({
    status: 409,
    code: 'duplicate',
    existing: { question: ID },
  })
})

test('a question answers with what counts, what is hindsight and what was withdrawn', async () => {
  const held = await client()
  await held.post('/api/forecasts', forecastBody())
  await held.post(path, STATUS_QUO)
  await held.post(path, RATE)
  await held.post(`${path}/ref2/primary`)
  await held.post(`${path}/ref1/withdrawal`, { because: 'There is a war.' })
  held.at(AFTERWARDS)
  const { id } = await propose(held, ID)
  await confirm(held, ID, id)
  await held.post(path, { kind: 'crowd', probability: 0.1, source: 'Readers', primary: true })
  const { json } = await held.get(`/api/questions/${ID}`)
  expect(json.references).toMatchObject([
    {
      id: 'ref1',
      primary: false,
      hindsight: false,
      withdrawn: { because: 'There is a war.', hindsight: false },
    },
    { id: 'ref2', probability: 0.15, primary: true, hindsight: false, withdrawn: null },
    { id: 'ref3', primary: false, hindsight: true, withdrawn: null },
  ])
  expect((json.references as object[])[0]).not.toHaveProperty('question')
})

test('a question takes what it is compared with in the same call: all of it, or nothing', async () => {
  const held = await client()
  const asked = {
    ...questionBody({ title: 'The bridge opens' }),
    references: [STATUS_QUO, { ...RATE, primary: true }],
  }
  const send = (body: object, headers = {}) => held.post('/api/questions', body, headers)
  const [first, again] = [
    await send(asked, { 'idempotency-key': 'one' }),
    await send(asked, { 'idempotency-key': 'one' }),
  ]
  expect([first.status, again.status, again.json]).toEqual([201, 201, first.json])
  expect(first.json.record).toMatchObject({ id: 'the-bridge-opens', title: 'The bridge opens' })
  expect(first.json.record).not.toHaveProperty('references')
  const { json } = await held.get('/api/questions/the-bridge-opens')
  expect(json.references).toMatchObject([
    { id: 'ref1', kind: 'nothing_changes', primary: false },
    { id: 'ref2', kind: 'base_rate', probability: 0.15, primary: true },
  ])
  expect(json.history).toMatchObject([{ rev: 0 }, { rev: 1 }, { rev: 2 }, { rev: 3 }])

  const other = (references: object[]) => send({ ...questionBody({ title: 'The tunnel opens' }), references })
  const far = { ...RATE, probability: 0.9 }
  const refused = [
    await other([STATUS_QUO, far]),
    await other([STATUS_QUO, STATUS_QUO]),
    await other([{ kind: 'market', probability: 0.4 }]),
    await other(Array.from({ length: 21 }, () => STATUS_QUO)),
  ]
  expect(
    refused.map(({ status, json }) => [status, (json.errors as { pointer: string }[])[0]?.pointer]),
  ).toEqual([
    [422, '/references/1/probability'],
    [409, '/references/1/kind'],
    [422, '/references/0/url'],
    [422, '/references'],
  ])
  expect((await held.get('/api/questions/the-tunnel-opens')).status).toBe(404)
})

test('members write up to their day’s entries, and a reader none', async () => {
  const quotas = { daily_entries: 7, daily_mb: 0, drafts: 0, drafts_mb: 0, tokens: 0, sessions: 0 }
  const held = await client({ quotas })
  await held.post('/api/forecasts', forecastBody())
  expect((await held.post(path, STATUS_QUO)).status).toBe(201)
  expect((await held.post(path, { ...RATE, primary: true })).status).toBe(429)
  const { token } = await held.join('Rea', 'reader')
  expect((await held.post(path, RATE, { authorization: `Bearer ${token}` })).status).toBe(403)
  expect((await held.send(path, { method: 'POST', body: JSON.stringify(RATE) })).status).toBe(401)
})

test('a rule stands in a comparison on what was recorded in advance, and is no analyst', async () => {
  const held = await client()
  const asked = (n: number) => questionBody({ title: `Event ${n}` })
  for (let n = 0; n < 12; n++) {
    const source = {
      title: `Talk ${n}`,
      type: 'interview',
      url: `https://example.com/${n}`,
      published: '2026-11-01',
    }
    const body = { question: asked(n), source, quote: `event ${n}, sixty percent`, probability: 0.6 }
    const { status, text } = await held.post(
      '/api/forecasts',
      forecastBody({ ...body, reference: STATUS_QUO }),
    )
    expect([status, text]).toEqual([201, text])
  }
  held.at(AFTERWARDS)
  for (let n = 0; n < 12; n++) {
    const question = `2026-11-talk-${n}_event-${n}`
    const { id } = await propose(held, question, { outcome: 'no' })
    await confirm(held, question, id)
  }
  const { status, json } = await held.get('/api/compare?analysts=konstantin-kalachev,rule:nothing-changes')
  expect([status, json.common]).toEqual([200, 12])
  expect(json).toMatchObject({ b: { name: '“Nothing changes” (a rule)' }, earlier: null, later_by: null })
  expect(json.verdict).toMatch(
    /^“Nothing changes” \(a rule\) scores better than Konstantin Kalachev on their 12/u,
  )
  const rules = await held.get('/api/compare?analysts=rule:nothing-changes,rule:base-rate')
  expect([rules.status, rules.json.common]).toEqual([200, 0])
  for (const pair of ['rule:oracle,konstantin-kalachev', 'rule:oracle,rule:market'])
    expect((await held.get(`/api/compare?analysts=${pair}`)).status).toBe(404)
  expect((await held.get('/api/compare?analysts=rule:market,rule:market')).status).toBe(400)
  expect((await held.get('/api/analysts/rule:nothing-changes')).status).toBe(404)
  expect(JSON.stringify((await held.get('/api/analysts')).json)).not.toContain('rule:')
  const record = await held.get('/api/analysts/konstantin-kalachev/track-record')
  expect(record.json).toMatchObject({
    nothing_changes: { in_advance: { n: 12, came_true: 12 }, with_hindsight: { n: 0, came_true: 0 } },
    reference: { n: 12 },
  })
})
