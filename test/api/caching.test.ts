import { expect, test, vi } from 'vitest'
import { LedgerError } from '../../src/core/error.ts'
import { answerCache } from '../../src/http/answer-cache.ts'
import { keepingAnswers } from '../../src/http/kept-answers.ts'
import { client, forecastBody, questionBody } from './client.ts'

test('an answer is fresh until the head moves or a quarter-hour passes', async () => {
  const { get, post, at } = await client()
  const etagNow = async () => (await get('/api/forecasts')).headers.get('etag') as string
  const etag = await etagNow()
  expect((await get('/api/forecasts')).headers.get('cache-control')).toBe(
    'public, max-age=0, must-revalidate',
  )
  const unchanged = await get('/api/forecasts', { 'if-none-match': etag })
  expect([unchanged.status, unchanged.text, unchanged.headers.get('etag')]).toEqual([304, '', etag])
  at('2026-11-22T10:14:59.999Z')
  expect((await get('/api/forecasts', { 'if-none-match': `"x", W/${etag}` })).status).toBe(304)
  at('2026-11-22T10:15:00.000Z')
  expect((await get('/api/forecasts', { 'if-none-match': etag })).status).toBe(200)
  const later = await etagNow()
  await post('/api/forecasts', forecastBody())
  const moved = await get('/api/forecasts', { 'if-none-match': later })
  expect([moved.status, (moved.json.items as unknown[]).length]).toEqual([200, 1])
})

test('two addresses, two builds and two roles never share an ETag', async () => {
  const { get, host, join, token } = await client()
  const { token: reader } = await join('Reader', 'reader')
  const tags = [
    await get('/api/forecasts'),
    await get('/api/questions'),
    await get('/api/forecasts?limit=1'),
    await get('/api/forecasts', { authorization: `Bearer ${token}` }),
    await get('/api/forecasts', { authorization: `Bearer ${reader}` }),
  ].map(({ headers }) => headers.get('etag'))
  host.build = 'other'
  tags.push((await get('/api/forecasts?limit=2')).headers.get('etag'))
  expect(new Set(tags).size).toBe(6)
  expect(tags[5]).toContain('-other-')
})

test('a member is told 304 too, for the ETag of their role only', async () => {
  const { get, token } = await client()
  const headers = { authorization: `Bearer ${token}` }
  const etag = (await get('/api/forecasts', headers)).headers.get('etag') as string
  expect((await get('/api/forecasts', { ...headers, 'if-none-match': etag })).status).toBe(304)
  expect((await get('/api/forecasts', { 'if-none-match': etag })).status).toBe(200)
})

test('what was answered once to everybody is answered again without the database', async () => {
  const { get, host } = await client()
  const first = await get('/api/sources')
  const head = await host.head()
  vi.spyOn(host, 'head').mockResolvedValue(head)
  const read = vi.spyOn(host.ledger.db, 'readAll')
  const second = await get('/api/sources')
  expect(read).not.toHaveBeenCalled()
  expect([second.status, second.text]).toEqual([200, first.text])
  expect([...second.headers]).toEqual([...first.headers])
  await get('/api/sources?limit=9')
  expect(read).toHaveBeenCalled()
  read.mockRestore()
})

test('a kept answer is not given to somebody who cannot take it', async () => {
  const { get } = await client()
  await get('/api/analysts')
  expect((await get('/api/analysts', { accept: 'image/png' })).status).toBe(406)
  expect((await get('/api/analysts', { accept: 'text/html, application/json;q=0.1' })).status).toBe(200)
  expect((await get('/api/analysts', { range: 'bytes=0-,0-' })).status).toBe(416)
})

test('no refusal is kept or may be stored', async () => {
  const { get, post } = await client()
  const missing = await get('/api/questions/a-new-war-begins')
  expect([missing.status, missing.headers.get('cache-control'), missing.headers.get('etag')]).toEqual([
    404,
    'no-store',
    null,
  ])
  await post('/api/questions', questionBody())
  expect((await get('/api/questions/a-new-war-begins')).status).toBe(200)
})

test('HEAD answers what GET answers, without the body', async () => {
  const { get, send } = await client()
  const first = await send('/api/due', { method: 'HEAD' })
  const whole = await get('/api/due')
  expect(whole.json).toHaveProperty('due')
  const second = await send('/api/due', { method: 'HEAD' })
  for (const head of [first, second]) {
    expect([head.status, head.text]).toEqual([200, ''])
    expect(head.headers.get('etag')).toBe(whole.headers.get('etag'))
  }
})

test('every answer carries the security headers, kept or not, good or bad', async () => {
  const { get, post, token } = await client()
  const replies = [
    await get('/api/due'),
    await get('/api/due'),
    await get('/api/nothing'),
    await get('/api/forecasts.csv'),
    await get('/api/members', { authorization: `Bearer ${token}` }),
    await post('/api/analysts', { name: 'Anna' }),
    await post('/api/analysts', '{'),
  ]
  for (const { headers } of replies) {
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
  }
})

const answer = (size: number) => ({
  headers: {},
  notModified: {},
  status: 200,
  body: new Uint8Array(size),
  etag: '"x"',
  media: 'application/json',
})

test('the cache holds one moment, and no more bytes than it may', () => {
  const cache = answerCache(10_000)
  const now = { seq: 5, quarter: 1 }
  for (const name of ['a', 'b', 'c', 'd']) cache.put(now, name, answer(2000))
  expect(['a', 'b', 'c', 'd'].map((name) => cache.get(now, name) !== undefined)).toEqual([
    false,
    true,
    true,
    true,
  ])
  cache.put(now, 'b', answer(1))
  cache.put(now, 'huge', answer(5 * 1024 * 1024))
  expect(cache.get(now, 'huge')).toBeUndefined()
  expect(cache.get({ seq: 6, quarter: 1 }, 'b')).toBeUndefined()
  cache.put({ seq: 6, quarter: 1 }, 'e', answer(1))
  expect(cache.get(now, 'b')).toBeUndefined()
  cache.put(now, 'late', answer(1))
  expect(cache.get({ seq: 6, quarter: 1 }, 'e')).toBeDefined()
  expect(cache.get({ seq: 6, quarter: 2 }, 'e')).toBeUndefined()
})

test('when the database is away, reads say so and nothing of it is kept', async () => {
  const { get, host } = await client()
  const away = new LedgerError('unavailable', 'The database cannot be reached; try again in a moment.')
  const head = vi.spyOn(host, 'head').mockRejectedValue(away)
  const read = vi.spyOn(host.ledger.db, 'readAll').mockRejectedValue(away)
  const reply = await get('/api/sources')
  expect([reply.status, reply.json.code, reply.headers.get('retry-after')]).toEqual([503, 'unavailable', '5'])
  head.mockRestore()
  read.mockRestore()
  expect((await get('/api/sources')).status).toBe(200)
})

test('an empty Authorization header is refused, whether the answer is kept or not', async () => {
  const { get } = await client()
  for (const _ of [1, 2]) {
    expect((await get('/api/sources')).status).toBe(200)
    expect((await get('/api/analysts', { authorization: '' })).status).toBe(401)
  }
})

test('only a whole answer with status 200 is kept', async () => {
  const { host } = await client()
  let asked = 0
  const fetch = keepingAnswers(host, () => {
    asked++
    return new Response('moved', { status: 303, headers: { location: '/elsewhere' } })
  })
  for (const _ of [1, 2]) {
    const answer = await fetch(new Request('http://localhost/'))
    expect([answer.status, answer.headers.get('location'), answer.headers.get('etag')]).toEqual([
      303,
      '/elsewhere',
      null,
    ])
  }
  expect(asked).toBe(2)
})

test('an answer knows the time to the last quarter-hour only', async () => {
  const { get, at } = await client()
  at('2026-11-22T10:07:31.415Z')
  expect((await get('/api/calibration')).json.as_of).toBe('2026-11-22T10:00:00.000Z')
})
