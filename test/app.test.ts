import { expect, test } from 'vitest'
import { openSecret } from '../src/ledger/members/membership.ts'
import { client, forecastBody } from './api/client.ts'

test('one app serves the API under /api and the pages beside it', async () => {
  const { get, post } = await client()
  await post('/api/forecasts', forecastBody())
  for (const path of [
    '/',
    '/due',
    '/analysts',
    '/analysts/konstantin-kalachev',
    '/docs',
    '/docs/problems',
    '/methods',
    '/sign-in',
  ]) {
    const page = await get(path)
    expect([path, page.status, page.headers.get('content-type')]).toEqual([
      path,
      200,
      'text/html; charset=utf-8',
    ])
  }
  expect((await get('/api/health')).headers.get('content-type')).toBe('application/json')
})

test('an unknown address is a problem under /api and a page elsewhere', async () => {
  const { get } = await client()
  for (const path of ['/api', '/api/', '/api/none', '/api/forecasts/', '/api/%E0%A4%A', '/api//forecasts']) {
    const reply = await get(path)
    expect([path, reply.status, reply.headers.get('content-type')]).toEqual([
      path,
      404,
      'application/problem+json',
    ])
  }
  for (const path of ['/none', '/%E0%A4%A', '/forecasts/%00', '/..%2f..%2fetc%2fpasswd']) {
    const reply = await get(path)
    expect([path, reply.status, reply.headers.get('content-type')]).toEqual([
      path,
      404,
      'text/html; charset=utf-8',
    ])
  }
})

test('pages are kept like the API, and never those of somebody who signed in', async () => {
  const { get, post, ledger, host, unit } = await client()
  const first = await get('/ledger')
  expect(first.headers.get('cache-control')).toMatch(/^public/u)
  const etag = first.headers.get('etag') as string
  expect((await get('/ledger', { 'if-none-match': etag })).status).toBe(304)
  await post('/api/forecasts', forecastBody())
  const moved = await get('/ledger', { 'if-none-match': etag })
  expect([moved.status, moved.text.includes('A new war begins')]).toEqual([200, true])
  const session = await openSecret(ledger, host.now(), unit.by.member, 'session')
  const signedIn = await get('/ledger', { cookie: `sid=${session}` })
  expect([signedIn.status, signedIn.headers.get('cache-control')]).toEqual([200, 'private, no-cache'])
  expect(signedIn.text).toContain('administrator')
  expect((await get('/ledger')).text).not.toContain('administrator')
})

test('every answer of every face carries the same security headers', async () => {
  const { get, send } = await client()
  const replies = [
    await get('/ledger'),
    await get('/ledger'),
    await get('/none'),
    await get('/api/due'),
    await get('/api/none'),
    await send('/sign-in', { method: 'POST', headers: { origin: 'https://evil.example' } }),
  ]
  const policies = new Set(replies.map(({ headers }) => headers.get('content-security-policy')))
  expect(policies.size).toBe(1)
  expect([...policies][0]).toMatch(/^default-src 'none'; style-src 'self'; script-src 'self'/u)
  expect([...policies][0]).not.toMatch(/unsafe|\*|https?:/u)
  for (const { headers } of replies) expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('sign-in is tried ten times a minute and no more', async () => {
  const { send } = await client({ rate_limit: 6000 })
  const tries = []
  for (let n = 0; n < 11; n++)
    tries.push(
      await send('/sign-in', {
        method: 'POST',
        body: 'token=wrong',
        headers: {
          origin: 'http://localhost',
          'content-type': 'application/x-www-form-urlencoded',
          'x-forwarded-for': `10.0.0.${n}`,
        },
      }),
    )
  expect(tries.map(({ status }) => status)).toEqual([...Array(10).fill(401), 429])
  expect(tries.at(-1)?.headers.get('retry-after')).toBe('6')
})

test('a ledger that is not public shows no page and keeps none for others', async () => {
  const { get, post, ledger, host, unit } = await client({ public: false })
  await post('/api/forecasts', forecastBody())
  const session = await openSecret(ledger, host.now(), unit.by.member, 'session')
  const page = await get('/ledger', { cookie: `sid=${session}` })
  expect([page.status, page.text.includes('A new war begins')]).toEqual([200, true])
  const anonymous = await get('/ledger')
  expect([anonymous.status, anonymous.text.includes('A new war begins')]).toEqual([401, false])
})
