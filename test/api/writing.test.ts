import { expect, test } from 'vitest'
import { client, forecastBody, pastQuestion, questionBody, resolutionBody } from './client.ts'

const ID = '2026-11-an-interview_a-new-war-begins'

test('one call logs a forecast, with its analyst, source and question', async () => {
  const { get, post } = await client()
  const reply = await post('/api/forecasts', forecastBody())
  expect(reply.status).toBe(201)
  expect(reply.headers.get('location')).toBe(`/api/forecasts/${ID}`)
  expect(reply.json).toEqual({
    record: {
      id: ID,
      question: ID,
      analyst: 'konstantin-kalachev',
      statement: ID,
      said_on: { from: '2026-11-01', to: '2026-11-01' },
      probability: { words: 'there will be no war', categorical: 'no' },
    },
    seq: 9,
    receipt: '/api/log/entries/9/receipt',
  })
  expect((await get(`/api/forecasts/${ID}`)).json).toMatchObject({
    ...(reply.json.record as object),
    seq: 9,
    state: 'open',
    logged: 'live',
    quote: { exact: 'there will be no war' },
    related: { analyst: { name: 'Konstantin Kalachev' }, question: { rev: 0 } },
  })
  for (const path of [
    '/api/analysts/konstantin-kalachev',
    '/api/sources/2026-11-an-interview',
    `/api/questions/${ID}`,
    `/api/statements/${ID}`,
  ])
    expect((await get(path)).status).toBe(200)
})

test('a forecast whose deadline has passed is due, is resolved by two steps, and counts in the same moment', async () => {
  const { get, post } = await client()
  await post('/api/forecasts', forecastBody({ question: pastQuestion() }))
  const due = (await get('/api/due')).json
  expect(due).toEqual({
    due: [
      {
        question: ID,
        title: 'A new war begins',
        deadline: { date: '2026-11-21', time_zone: 'Asia/Yerevan' },
        what: 'deadline',
        due_at: '2026-11-21T20:00:00.000Z',
        days_overdue: 0,
        flagged_at: null,
        answer_by: null,
        open_until: null,
        analysts: [{ id: 'konstantin-kalachev', name: 'Konstantin Kalachev' }],
      },
    ],
    due_soon: [],
    proposed: [],
    disputed: [],
    objection: [],
  })

  const proposed = await post(`/api/questions/${ID}/resolutions`, resolutionBody())
  expect(proposed.status).toBe(201)
  expect(proposed.json.record).toMatchObject({
    id: 'r1',
    state: 'proposed',
    outcome: 'no',
    question: ID,
    rev: 1,
  })
  expect((await get('/api/due')).json).toMatchObject({ due: [], proposed: [{ question: ID }] })
  const before = (await get('/api/analysts/konstantin-kalachev/track-record')).json
  expect(before).toMatchObject({ counts: { proposed: 1, resolved: 0 } })

  const confirmed = await post(`/api/questions/${ID}/resolutions/r1/confirm`)
  expect(confirmed.status).toBe(201)
  expect(confirmed.json.record).toMatchObject({ id: 'r1', state: 'confirmed', question: ID, rev: 2 })
  expect((await get('/api/due')).json).toMatchObject({
    due: [],
    due_soon: [],
    proposed: [],
    disputed: [],
    objection: [{ question: ID, open_until: expect.any(String) }],
  })
  const after = (await get('/api/analysts/konstantin-kalachev/track-record')).json
  expect(after).toMatchObject({ ledger_size: 12, counts: { proposed: 0, resolved: 1 } })

  const again = await post(`/api/questions/${ID}/resolutions/r1/confirm`, '')
  expect([again.status, again.json.code]).toEqual([409, 'already_decided'])
  const twice = await post(`/api/questions/${ID}/resolutions`, resolutionBody())
  expect([twice.status, twice.json.code]).toEqual([409, 'already_decided'])
})

test('a confirmation takes an empty body or {}, and nothing else', async () => {
  const { post, send, token } = await client()
  await post('/api/forecasts', forecastBody({ question: pastQuestion() }))
  await post(`/api/questions/${ID}/resolutions`, resolutionBody())
  const path = `/api/questions/${ID}/resolutions/r1/confirm`
  expect((await post(path, { outcome: 'yes' })).status).toBe(422)
  expect((await post(path, '[]')).status).toBe(422)
  const bare = await send(path, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
  expect(bare.status).toBe(201)
})

test('a disputed resolution is corrected by one that supersedes it, and the history keeps all of it', async () => {
  const { get, post } = await client()
  await post('/api/forecasts', forecastBody({ question: pastQuestion() }))
  const resolutions = `/api/questions/${ID}/resolutions`
  await post(resolutions, resolutionBody())
  await post(`${resolutions}/r1/confirm`)
  const disputed = await post(`${resolutions}/r1/dispute`, { because: 'A report was overlooked.' })
  expect(disputed.json.record).toMatchObject({
    id: 'r1',
    state: 'disputed',
    because: 'A report was overlooked.',
    rev: 3,
  })
  expect((await get('/api/due')).json).toMatchObject({ disputed: [{ question: ID }] })
  expect(
    (await post(resolutions, resolutionBody({ outcome: 'yes', supersedes: 'r1' }))).json.record,
  ).toMatchObject({ id: 'r2' })
  await post(`${resolutions}/r2/confirm`)
  const question = (await get(`/api/questions/${ID}`)).json
  expect(question).toMatchObject({
    outcome: 'yes',
    state: 'resolved',
    disputed: false,
    if_match: `"rev-${question.rev}"`,
  })
  expect((question.resolutions as { state: string }[]).map(({ state }) => state)).toEqual([
    'superseded',
    'confirmed',
  ])
  expect((question.history as { type: string }[]).map(({ type }) => type)).toEqual([
    'question.recorded',
    'resolution.proposed',
    'resolution.confirmed',
    'resolution.disputed',
    'resolution.proposed',
    'resolution.confirmed',
    'resolution.superseded',
  ])
})

test('a retry with the same key answers the same and writes nothing', async () => {
  const { get, post } = await client()
  const key = { 'idempotency-key': 'a-key' }
  const first = await post('/api/forecasts', forecastBody(), key)
  const size = (await get('/api/health')).json.ledger_size
  const second = await post('/api/forecasts', forecastBody(), key)
  expect([second.status, second.json, second.headers.get('location')]).toEqual([
    201,
    first.json,
    first.headers.get('location'),
  ])
  expect((await get('/api/health')).json.ledger_size).toBe(size)
  const other = await post('/api/forecasts', forecastBody({ quote: 'something else' }), key)
  expect([other.status, other.json.code]).toEqual([422, 'idempotency_mismatch'])
  const elsewhere = await post('/api/questions', questionBody(), key)
  expect([elsewhere.status, elsewhere.json.code]).toEqual([422, 'idempotency_mismatch'])
  const reordered = JSON.stringify(Object.fromEntries(Object.entries(forecastBody()).reverse()))
  expect((await post('/api/forecasts', reordered, key)).json).toEqual(first.json)
})

test('two retries at the same moment write once', async () => {
  const { get, post } = await client()
  const key = { 'idempotency-key': 'at-once' }
  const replies = await Promise.all([1, 2, 3].map(() => post('/api/forecasts', forecastBody(), key)))
  expect(replies.map(({ status }) => status)).toEqual([201, 201, 201])
  expect(new Set(replies.map(({ json }) => json.seq)).size).toBe(1)
  expect((await get('/api/forecasts')).json.items).toHaveLength(1)
})

test('every kind of write replays the record it answered first', async () => {
  const { post } = await client()
  await post('/api/forecasts', forecastBody({ question: pastQuestion() }))
  await post('/api/forecasts', forecastBody({ question: questionBody({ title: 'Talks begin' }) }))
  const open = '2026-11-an-interview_talks-begin'
  const writes: [string, unknown][] = [
    ['/api/sources', { title: 'A speech', type: 'speech', published: '2026-11', text: 'Peace is near.' }],
    ['/api/analysts', { name: 'Anna Petrosyan' }],
    ['/api/questions', questionBody({ title: 'A treaty is signed' })],
    [
      '/api/statements',
      {
        analyst: 'konstantin-kalachev',
        source: '2026-11-an-interview',
        quote: 'who needs it?',
        kind: 'untestable',
        reason: 'rhetorical',
      },
    ],
    [`/api/questions/${open}/amendments`, { criteria: 'Delegations meet.', because: 'It was unclear.' }],
    [
      `/api/forecasts/${open}/withdrawal`,
      { withdrawn_on: '2026-11-20', because: 'She took it back on air.' },
    ],
    [`/api/forecasts/${open}/replies`, { text: 'I meant the talks.', replied_on: '2026-11-20' }],
    [`/api/forecasts/${open}/retraction`, { because: 'It was another speaker.' }],
    [`/api/questions/${ID}/resolutions`, resolutionBody()],
    [`/api/questions/${ID}/resolutions/r1/confirm`, {}],
    [`/api/questions/${ID}/resolutions/r1/dispute`, { because: 'A report was overlooked.' }],
    ['/api/members', { name: 'Maria', role: 'recorder' }],
  ]
  for (const [i, [path, body]] of writes.entries()) {
    const key = { 'idempotency-key': `key-${i}` }
    const first = await post(path, body, key)
    expect([path, first.status]).toEqual([path, 201])
    expect((await post(path, body, key)).json).toEqual(first.json)
  }
})

test('If-Match tells a lost update: the rev of the record passes, any other is stale', async () => {
  const { get, post } = await client()
  await post('/api/questions', questionBody())
  const path = '/api/questions/a-new-war-begins'
  const { rev, if_match } = (await get(path)).json as { rev: number; if_match: string }
  expect([rev, if_match]).toEqual([0, '"rev-0"'])
  const amendment = { criteria: 'A war is declared.', because: 'Shorter.' }
  const amended = await post(`${path}/amendments`, amendment, { 'if-match': if_match })
  expect(amended.status).toBe(201)
  expect(amended.json.record).toMatchObject({
    id: 'a-new-war-begins',
    rev: 1,
    criteria: 'A war is declared.',
  })
  for (const stale of ['"rev-0"', 'rev-1', '"nonsense"', 'W/"rev-1"', '*', '"rev-01"']) {
    const reply = await post(`${path}/amendments`, amendment, { 'if-match': stale })
    expect([stale, reply.status, reply.json.code]).toEqual([stale, 412, 'stale'])
  }
  expect(
    (await post('/api/questions', questionBody({ title: 'Other' }), { 'if-match': '"rev-0"' })).status,
  ).toBe(412)
})

test('of two amendments of the same rev at once, one is stale', async () => {
  const { post } = await client()
  await post('/api/questions', questionBody())
  const amend = (criteria: string) =>
    post(
      '/api/questions/a-new-war-begins/amendments',
      { criteria, because: 'Clearer.' },
      { 'if-match': '"rev-0"' },
    )
  const statuses = (await Promise.all([amend('One.'), amend('Two.')])).map(({ status }) => status).sort()
  expect(statuses).toEqual([201, 412])
})

test('an issued token works until it is revoked, and is shown once', async () => {
  const { get, post, host } = await client()
  const member = (await post('/api/members', { name: 'Maria', role: 'recorder' })).json.record as {
    id: string
  }
  const issued = await post('/api/tokens', { member: member.id, name: 'laptop', role: 'recorder' })
  expect(issued.status).toBe(201)
  const { token, id } = issued.json.record as { token: string; id: string }
  expect(issued.json.seq).toBe((await host.head()).seq)
  const hers = { authorization: `Bearer ${token}` }
  expect((await post('/api/forecasts', forecastBody(), hers)).status).toBe(201)
  expect((await get('/api/tokens', hers)).status).toBe(403)
  expect((await post(`/api/tokens/${id}/revocation`, '', hers)).json.record).toMatchObject({
    id,
    state: 'revoked',
  })
  expect((await post('/api/analysts', { name: 'Nobody' }, hers)).status).toBe(401)
})

test('a key is bound to its address: the same body sent elsewhere is another request', async () => {
  const { post } = await client()
  await post('/api/questions', questionBody())
  await post('/api/questions', questionBody({ title: 'Talks begin' }))
  const amendment = { criteria: 'It is announced by both sides.', because: 'It was unclear.' }
  const key = { 'idempotency-key': 'one' }
  expect((await post('/api/questions/a-new-war-begins/amendments', amendment, key)).status).toBe(201)
  const elsewhere = await post('/api/questions/talks-begin/amendments', amendment, key)
  expect([elsewhere.status, elsewhere.json.code]).toEqual([422, 'idempotency_mismatch'])
})

test('asking for a token twice gives two tokens, and both work', async () => {
  const { get, post, unit } = await client()
  const request = { member: unit.by.member, name: 'laptop', role: 'admin' }
  const key = { 'idempotency-key': 'token' }
  const replies = [await post('/api/tokens', request, key), await post('/api/tokens', request, key)]
  const tokens = replies.map(({ json }) => (json.record as { token: string }).token)
  expect(new Set(tokens).size).toBe(2)
  for (const token of tokens)
    expect((await get('/api/members', { authorization: `Bearer ${token}` })).status).toBe(200)
})

test('an id followed by U+0000 or by anything else is no id', async () => {
  const { get, post } = await client()
  await post('/api/forecasts', forecastBody())
  for (const path of [`/api/forecasts/${ID}`, `/api/questions/${ID}`, '/api/analysts/konstantin-kalachev']) {
    expect((await get(path)).status).toBe(200)
    for (const end of ['%00', '%00x', '%20', '%0a', '%ff', '%', '%25', ';a=1', 'a'.repeat(5000)])
      expect([path + end, (await get(path + end)).status]).toEqual([path + end, 404])
  }
})
