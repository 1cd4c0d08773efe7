import { expect, test } from 'vitest'
import { allRoutes } from '../../src/api/routes.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { client, forecastBody, pastQuestion, resolutionBody } from './client.ts'

const routes = await allRoutes()

const ID = '2026-11-an-interview_a-new-war-begins'
const addressOf = (path: string) =>
  `/api${path.replace(':id', 'x').replace(':rid', 'r1').replace(':seq', '0')}`

test('nothing is written without a token, whichever the route', async () => {
  const { send } = await client()
  // What anybody may send is tried where reports are.
  for (const { path } of routes.filter(({ method, role }) => method === 'POST' && role !== null)) {
    const reply = await send(addressOf(path), {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    })
    expect([path, reply.status, reply.json.code]).toEqual([path, 401, 'unauthenticated'])
    expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer/u)
  }
})

test.each([
  'Bearer ',
  'Bearer null',
  'Basic YWRtaW46YWRtaW4=',
  `Bearer ${'a'.repeat(8000)}`,
  'Bearer rk_pat_x',
  '',
])('what is no token is refused, for reading too: %s', async (authorization) => {
  const { get, post } = await client()
  expect((await post('/api/analysts', { name: 'Anna' }, { authorization })).status).toBe(401)
  expect((await get('/api/analysts', { authorization })).status).toBe(401)
})

test('a session is never accepted by the API', async () => {
  const { ledger, unit, host, get, send } = await client({ public: false })
  const session = await openSecret(ledger, host.now(), unit.by.member, 'session')
  for (const name of ['sid', '__Host-sid'])
    expect((await get('/api/forecasts', { cookie: `${name}=${session}` })).status).toBe(401)
  const headers = { 'content-type': 'application/json', cookie: `sid=${session}` }
  expect((await send('/api/analysts', { method: 'POST', body: '{"name":"Anna"}', headers })).status).toBe(401)
  expect((await get('/api/forecasts', { authorization: `Bearer ${session}` })).status).toBe(401)
})

test('each write asks for its role before it looks at the body', async () => {
  const { join, post } = await client()
  const reader = await join('Reader', 'reader')
  const recorder = await join('Recorder', 'recorder')
  for (const { path, role } of routes.filter(({ method, role }) => method === 'POST' && role !== null)) {
    const asReader = await post(addressOf(path), '{', { authorization: `Bearer ${reader.token}` })
    expect([path, asReader.status]).toEqual([path, role === 'reader' ? 400 : 403])
    const asRecorder = await post(addressOf(path), '{', { authorization: `Bearer ${recorder.token}` })
    expect([path, asRecorder.status]).toEqual([path, role === 'reader' || role === 'recorder' ? 400 : 403])
  }
})

test('with a second resolver, nobody confirms what they proposed, be they administrator', async () => {
  const { join, post } = await client()
  await post('/api/forecasts', forecastBody({ question: pastQuestion() }))
  const resolver = await join('Resolver', 'resolver')
  await post(`/api/questions/${ID}/resolutions`, resolutionBody())
  const own = await post(`/api/questions/${ID}/resolutions/r1/confirm`)
  expect([own.status, own.json.code]).toEqual([403, 'four_eyes'])
  const other = await post(
    `/api/questions/${ID}/resolutions/r1/confirm`,
    {},
    { authorization: `Bearer ${resolver.token}` },
  )
  expect(other.status).toBe(201)
})

test('a ledger that is not public is read with a token only, but says that it is alive', async () => {
  const { get, join } = await client({ public: false })
  const { token } = await join('Reader', 'reader')
  for (const path of [
    '/api/forecasts',
    '/api/forecasts.csv',
    '/api/due',
    '/api/log/entries/0',
    '/api/calibration',
  ])
    expect([
      path,
      (await get(path)).status,
      (await get(path, { authorization: `Bearer ${token}` })).status,
    ]).toEqual([path, 401, 200])
  for (const path of ['/api/health', '/api/ready', '/api/openapi.json'])
    expect((await get(path)).status).toBe(200)
})

test('an answer for a member is never kept for the public', async () => {
  const { get, join } = await client({ public: false })
  const { token } = await join('Reader', 'reader')
  const reply = await get('/api/forecasts', { authorization: `Bearer ${token}` })
  expect(reply.headers.get('cache-control')).toBe('private, no-cache')
  expect((await get('/api/forecasts')).status).toBe(401)
})

test('who is a member is for members to know, and tokens for administrators', async () => {
  const { get, join } = await client()
  const { token } = await join('Reader', 'reader')
  const reader = { authorization: `Bearer ${token}` }
  expect([(await get('/api/members')).status, (await get('/api/members', reader)).status]).toEqual([401, 200])
  expect([(await get('/api/tokens')).status, (await get('/api/tokens', reader)).status]).toEqual([401, 403])
  expect((await get('/api/tokens', reader)).text).not.toContain('rk_pat')
})

test('entries of members, tokens and policy are shown sealed, all others with what opens them', async () => {
  const { get, post, host } = await client()
  await post('/api/forecasts', forecastBody())
  const { seq } = await host.head()
  const seen: [string, boolean][] = []
  for (let at = 0; at <= seq; at++) {
    const { json } = await get(`/api/log/entries/${at}`)
    const { type } = json.envelope as { type: string }
    seen.push([type, json.withheld as boolean])
    expect((json.disclosure === null) === json.withheld).toBe(true)
    expect((json.payload === null) === json.withheld).toBe(true)
  }
  expect(seen.filter(([, withheld]) => withheld).map(([type]) => type.split('.')[0])).toEqual([
    'member',
    'member',
    'member',
    'policy',
    'token',
  ])
  expect(seen.filter(([, withheld]) => !withheld)).toHaveLength(5)
  expect((await get(`/api/log/entries/${seq + 1}`)).status).toBe(404)
})

test('ten anonymous writes a minute and no more, whatever address they claim to come from', async () => {
  const { send, at, post } = await client({ rate_limit: 6000 })
  const anonymous = (n: number) =>
    send('/api/analysts', {
      method: 'POST',
      headers: { forwarded: `for=10.0.0.${n}`, 'x-forwarded-for': `10.0.0.${n}` },
    })
  for (let n = 1; n <= 10; n++) expect((await anonymous(n)).status).toBe(401)
  const refused = await anonymous(11)
  expect([refused.status, refused.json.code, refused.headers.get('retry-after')]).toEqual([
    429,
    'rate_limited',
    '6',
  ])
  expect((await post('/api/analysts', { name: 'Anna' })).status).toBe(201)
  at('2026-11-22T10:00:06.000Z')
  expect((await anonymous(12)).status).toBe(401)
  expect((await anonymous(13)).status).toBe(429)
})

test('guessing tokens counts as writing without one', async () => {
  const { post } = await client({ rate_limit: 6000 })
  const statuses = []
  for (let n = 0; n < 12; n++)
    statuses.push((await post('/api/analysts', {}, { authorization: 'Bearer guess' })).status)
  expect(statuses).toEqual([...Array(10).fill(401), 429, 429])
})

test('a token has a rate of its own, and 0 turns all limits off', async () => {
  const limited = await client({ rate_limit: 3 })
  const statuses = []
  for (let n = 0; n < 5; n++)
    statuses.push((await limited.post('/api/analysts', { name: `Anna ${n}` })).status)
  expect(statuses).toEqual([201, 201, 201, 429, 429])
  expect((await limited.get('/api/analysts', { authorization: `Bearer ${limited.token}` })).status).toBe(200)
  const free = await client({ rate_limit: 0 })
  for (let n = 0; n < 15; n++) expect((await free.send('/api/analysts', { method: 'POST' })).status).toBe(401)
})
