import { expect, test } from 'vitest'
import * as z from 'zod'
import { captureRoutes } from '../../src/api/capture-routes.ts'
import { textRoutes } from '../../src/api/text-routes.ts'
import { normalisedText } from '../../src/core/normalised-text.ts'
import { fetchArticle } from '../../src/node/page-fetch.ts'
import { cases } from '../support/bad-inputs.ts'
import { aCapture, TEXT, withMark } from '../support/capture.ts'
import { page, web } from '../support/web.ts'
import { client, forecastBody, type Reply } from './client.ts'

type Capture = { id: string; rev: number; if_match: string; title: string; capture: unknown }

/** Holds an answer against the schema that its route describes. */
function described(method: string, path: string, reply: Reply): Reply {
  const route = [...captureRoutes, ...textRoutes].find(
    (each) =>
      each.method === method &&
      new RegExp(`^/api${each.path.replaceAll(/:\w+/gu, '[^/]+')}$`, 'u').test(path),
  )
  expect([path, route?.status, z.safeParse(route?.answer as z.ZodType, reply.json).error?.issues]).toEqual([
    path,
    reply.status,
    undefined,
  ])
  return reply
}

/** The app with the two methods that only captures have. */
async function capturing(settings: Parameters<typeof client>[0] = {}) {
  const held = await client(settings)
  const bearer = { authorization: `Bearer ${held.token}` }
  return {
    ...held,
    host: held.host,
    read: async (path: string) => described('GET', path, await held.get(path, bearer)),
    put: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      held.send(path, {
        method: 'PUT',
        body: JSON.stringify(body),
        headers: { ...bearer, 'content-type': 'application/json', ...headers },
      }),
    remove: (path: string, headers: Record<string, string> = {}) =>
      held.send(path, { method: 'DELETE', headers: { ...bearer, ...headers } }),
  }
}

test('a capture is kept, read, kept again, and logged at once', async () => {
  const { post, put, read, get } = await capturing()
  const draft = aCapture()
  const made = described('POST', '/api/captures', await post('/api/captures', draft))
  const first = made.json as unknown as Capture
  expect(made.headers.get('location')).toBe(`/api/captures/${first.id}`)
  expect([first.rev, first.if_match, first.title, first.capture]).toEqual([
    0,
    '"rev-0"',
    'The talks will fail',
    draft,
  ])
  const path = `/api/captures/${first.id}`
  const changed = withMark(draft, 'm3', { because: 'A guess at what others want.' })
  const saved = described('PUT', path, await put(path, changed, { 'if-match': first.if_match }))
  expect((await read(path)).json).toEqual(saved.json)
  expect((await read('/api/captures')).json.items).toMatchObject([{ id: first.id, rev: 1, marks: 4 }])

  const logged = described('POST', `${path}/log`, await post(`${path}/log`, {}, { 'if-match': '"rev-1"' }))
  expect(logged.headers.get('location')).toBe('/api/sources/2026-11-the-talks-will-fail')
  expect(logged.json.record).toMatchObject({ id: first.id, forecasts: 2, duplicates: 1, untestable: 1 })
  expect((await get('/api/forecasts')).json.items).toHaveLength(2)
  expect((await post(`${path}/log`)).json).toEqual(logged.json)
  expect((await read('/api/captures')).json.items).toEqual([])
})

test('a capture is private: no cache keeps it, nobody else reads it, and no public answer holds its text', async () => {
  const { post, put, get, send, token, join } = await capturing()
  const { id } = (await post('/api/captures', aCapture())).json as unknown as Capture
  const path = `/api/captures/${id}`
  const mine = { authorization: `Bearer ${token}` }
  const before = await get(path, mine)
  expect([before.headers.get('etag'), before.headers.get('cache-control')]).toEqual([
    null,
    'private, no-store',
  ])
  await put(path, aCapture({ text: `${TEXT} More.` }), { 'if-match': '"rev-0"' })
  expect((await get(path, { ...mine, 'if-none-match': '*' })).json).toMatchObject({ rev: 1 })
  const reader = { authorization: `Bearer ${(await join('Rita', 'reader')).token}` }
  for (const address of ['/api/captures', path]) {
    expect((await get(address)).status).toBe(401)
    expect((await get(address, reader)).status).toBe(403)
  }
  expect((await send(path, { method: 'DELETE' })).status).toBe(401)
  expect((await send(path, { method: 'DELETE', headers: reader })).status).toBe(403)
})

test('a version that is not the last is not saved over it, nor logged, nor thrown away', async () => {
  const { post, put, remove, read } = await capturing()
  const { id } = (await post('/api/captures', aCapture())).json as unknown as Capture
  const path = `/api/captures/${id}`
  const theirs = aCapture({ text: `${TEXT} Theirs.` })
  await put(path, theirs, { 'if-match': '"rev-0"' })
  const stale = { 'if-match': '"rev-0"' }
  const replies = [
    await put(path, aCapture(), stale),
    await put(path, aCapture()),
    await post(`${path}/log`, {}, stale),
    await remove(path, stale),
  ]
  expect(replies.map(({ status, json }) => [status, json.code])).toEqual(replies.map(() => [412, 'stale']))
  expect((await read(path)).json.capture).toEqual(theirs)
  expect(described('DELETE', path, await remove(path, { 'if-match': '"rev-1"' })).json).toMatchObject({
    id,
    rev: 1,
  })
  for (const reply of [await remove(path), await put(path, theirs, stale), await post(`${path}/log`)])
    expect(reply.status).toBe(404)
})

test('what is wrong with a capture is told with pointers into it', async () => {
  const { post } = await capturing()
  const broken = withMark(aCapture(), 'm4', {
    question: { title: 'The border is closed', deadline: { date: '2027', time_zone: 'UTC' } },
  })
  const { id } = (await post('/api/captures', broken)).json as unknown as Capture
  const reply = await post(`/api/captures/${id}/log`)
  expect([reply.status, reply.json.code, reply.json.detail]).toEqual([
    422,
    'invalid',
    'Nothing was logged: 2 things are to be mended first.',
  ])
  expect((reply.json.errors as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual([
    '/marks/3/question/criteria',
    '/marks/3/question/deadline/date',
  ])
})

test.each<[string, Record<string, unknown>, string]>([
  [
    'a name that is not known',
    { marks: [{ id: 'a', start: 0, end: 1, kind: 'forecast', speed: 1 }] },
    '/marks/0/speed',
  ],
  [
    'an id twice',
    { marks: [0, 1].map((start) => ({ id: 'a', start, end: 9, kind: 'untestable' })) },
    '/marks/1/id',
  ],
  ['a kind that is none', { marks: [{ id: 'a', start: 0, end: 1, kind: 'joke' }] }, '/marks/0/kind'],
  ['a negative place', { marks: [{ id: 'a', start: -1, end: 1, kind: 'forecast' }] }, '/marks/0/start'],
  ['text that turns the reader round', { text: 'a\u202eb' }, '/text'],
  [
    'a control character deep inside',
    { marks: [{ id: 'a', start: 0, end: 1, kind: 'forecast', question: { deadline: { date: 'a\u0007' } } }] },
    '/marks/0/question/deadline/date',
  ],
  [
    'nesting without end',
    {
      marks: [
        {
          id: 'a',
          start: 0,
          end: 1,
          kind: 'forecast',
          probability: { a: { b: { c: { d: { e: { f: 1 } } } } } },
        },
      ],
    },
    '/marks/0/probability/a/b/c/d/e',
  ],
  ['more than a million characters', { text: 'a'.repeat(1_000_001) }, '/text'],
  ['a source with an unknown field', { source: { name: 'x' } }, '/source/name'],
])('a capture with %s is not kept', async (_, changes, pointer) => {
  const { post } = await capturing()
  const reply = await post('/api/captures', { ...aCapture(), ...changes })
  expect([reply.status, reply.json.code]).toEqual([422, 'invalid'])
  expect((reply.json.errors as { pointer: string }[]).map((error) => error.pointer)).toContain(pointer)
})

test('hostile text in every field is kept as it is, or refused, and never breaks anything', async () => {
  const { post, read } = await capturing()
  const html = '<script>alert(1)</script>"\'&<!--'
  const draft = {
    source: { title: html },
    text: html,
    analyst: { name: html },
    marks: [
      {
        id: 'a',
        start: 0,
        end: 5,
        kind: 'forecast',
        question: { title: html, options: [html] },
        probability: { words: html },
      },
    ],
  }
  const { id } = (await post('/api/captures', draft)).json as unknown as Capture
  expect((await read(`/api/captures/${id}`)).json.capture).toEqual(draft)
  expect((await post(`/api/captures/${id}/log`)).status).toBe(422)
})

test('suggestions say why, where in the normalised text and by when, and create nothing', async () => {
  const { post, get } = await capturing()
  const reply = described(
    'POST',
    '/api/suggestions',
    await post('/api/suggestions', { text: TEXT, published: '2026-11' }),
  )
  const items = reply.json.items as {
    start: number
    end: number
    raw: { start: number; end: number }
    text: string
    horizon: unknown
  }[]
  expect(items.map(({ text }) => text)).toContain(
    '“The talks will probably fail before the end of the year,” she told us.',
  )
  for (const { start, end, raw, text } of items) {
    expect(normalisedText(TEXT).slice(start, end)).toBe(normalisedText(text))
    expect(TEXT.slice(raw.start, raw.end)).toBe(text)
  }
  expect(items.find(({ text }) => text.includes('end of the year'))).toMatchObject({
    reasons: expect.arrayContaining([expect.objectContaining({ rule: 'will', says: expect.any(String) })]),
    voice: 'quote',
    words: { key: 'probable' },
    horizon: { to: '2026-12-31' },
  })
  expect((await get('/api/statements')).json.items).toEqual([])
})

test('a suggestion asks for the day of an event, and gives the house rule only where no time is named', async () => {
  const { post } = await capturing()
  const horizons = async (text: string) => {
    const reply = await post('/api/suggestions', { text, published: '2024-04-03' })
    return (reply.json.items as { horizon: object }[]).map(({ horizon }) => horizon)
  }
  expect(await horizons('The coalition will collapse by the 2026 midterms.')).toMatchObject([
    { phrase: 'by the 2026 midterms', to: '2026-12-31', asks: expect.stringContaining('when is it?') },
  ])
  expect(await horizons('The coalition will collapse before the vote.')).toMatchObject([
    { phrase: 'before the vote', to: null },
  ])
  expect(await horizons('The coalition will collapse.')).toMatchObject([{ phrase: null, to: '2025-04-03' }])
  expect(await horizons('The coalition will collapse by 3000-01-01.')).toMatchObject([{ to: null }])
})

test('suggestions for a recorded source are made from the text that is kept, where it is', async () => {
  const { post } = await capturing()
  await post('/api/sources', { title: 'With', type: 'article', published: '2026-11-20', text: TEXT })
  await post('/api/forecasts', forecastBody())
  const kept = '/api/sources/2026-11-with/suggestions'
  const sent = await post('/api/suggestions', { text: TEXT, published: '2026-11-20' })
  expect(described('POST', kept, await post(kept)).json).toEqual(sent.json)
  expect((await post('/api/sources/2026-11-an-interview/suggestions')).json).toMatchObject({
    status: 409,
    code: 'conflict',
  })
  expect((await post('/api/sources/nothing/suggestions')).status).toBe(404)
})

test('a page is fetched and answered as an article', async () => {
  const { post, host } = await capturing()
  const html = `<title>No war</title><p>${TEXT.replaceAll('\n\n', '</p><p>')}</p>`
  const through = await web((_, response) => page(response, html))
  host.fetchPage = (url) => fetchArticle(url, through)
  const reply = described('POST', '/api/pages', await post('/api/pages', { url: 'http://news.test/a' }))
  expect(reply.json).toMatchObject({
    url: 'http://news.test/a',
    title: 'No war',
    text: expect.stringContaining('sees no way out. The talks will fail, she says.\n\n“The talks'),
  })
})

test('a server that fetches nothing says so', async () => {
  const { post } = await capturing()
  expect((await post('/api/pages', { url: 'http://news.test/a' })).json).toMatchObject({
    status: 422,
    errors: [{ pointer: '/url', message: expect.stringContaining('paste the text') }],
  })
})

const addresses = cases.filter(({ target }) => target === 'webhook.url / source fetch')

test('the list of hostile addresses is there', () => {
  expect(addresses.length).toBeGreaterThan(15)
})

test.each(addresses.map(({ payload, why }) => [String(payload), why]))(
  '%s is not fetched: %s',
  async (url) => {
    const { post, host } = await capturing()
    const through = await web(
      (_, response) => response.writeHead(302, { location: 'http://loop.test/' }).end(),
      {
        'mixed.test': ['93.184.215.14', '10.0.0.1'],
      },
    )
    host.fetchPage = (address) => fetchArticle(address, through)
    const reply = await post('/api/pages', { url })
    expect([reply.status, reply.headers.get('content-type')]).toEqual([422, 'application/problem+json'])
    expect(reply.json.errors).toMatchObject([{ pointer: '/url' }])
    expect(through.asked).toHaveLength(url.includes('loop') ? 4 : 0)
  },
)

test.each<[string, string, Record<string, string>, string]>([
  ['a PDF', '%PDF-1.7', { 'content-type': 'application/pdf' }, 'is a PDF'],
  ['an empty page', '', {}, 'holds no text'],
  [
    'a login wall',
    '<form><input type=password></form><p>Please sign in to read what everybody is talking about today, and tomorrow, and for the rest of the year.',
    {},
    'sign-in',
  ],
  ['binary', '\u0000\u0001\u0002'.repeat(1000), {}, 'holds no text'],
])('%s gets a clear refusal', async (_, body, headers, message) => {
  const { post, host } = await capturing()
  const through = await web((_, response) => page(response, body, headers))
  host.fetchPage = (url) => fetchArticle(url, through)
  const reply = await post('/api/pages', { url: 'http://news.test/' })
  expect(reply.status).toBe(422)
  expect(reply.json.errors).toMatchObject([{ pointer: '/url', message: expect.stringContaining(message) }])
})
