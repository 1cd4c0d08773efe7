import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { answerCache } from '../../src/http/answer-cache.ts'
import { bundlePacked, encodingOf } from '../../src/http/encoding.ts'
import { recordAnalyst } from '../../src/ledger/analyst/record-analyst.ts'
import { integrate } from '../../src/ledger/log/integrate.ts'
import { compress } from '../../src/node/compression.ts'
import { type Client, client, forecastBody } from '../api/client.ts'
import { signedBy } from '../support/log.ts'

const BROWSER = 'gzip, deflate, br, zstd'
const UNPACK = { br: brotliDecompressSync, gzip: gunzipSync } as const

const another = forecastBody({
  quote: 'a second thing',
  question: { ...(forecastBody().question as object), title: 'Second' },
})

/** An app that packs, on a ledger with a forecast; and how often it did. */
async function packing() {
  const held = await client()
  await held.post('/api/forecasts', forecastBody())
  const packed: string[] = []
  held.host.compress = (body, encoding) => {
    packed.push(encoding)
    return compress(body, encoding)
  }
  const app = createApp(held.host)
  const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const answer = await app.request(path, { method, headers })
    const bytes = Buffer.from(await answer.arrayBuffer())
    const as = answer.headers.get('content-encoding') as 'br' | 'gzip' | null
    const text = (as === null || bytes.length === 0 ? bytes : UNPACK[as](bytes)).toString()
    return { status: answer.status, headers: answer.headers, as, size: bytes.length, text }
  }
  return { ...held, app, get, packed, token: held.token }
}

const cookieOf = async ({ host, ledger, unit }: Client) => {
  const { openSecret } = await import('../../src/ledger/members/membership.ts')
  return `sid=${await openSecret(ledger, host.now(), unit.by.member, 'session')}`
}

test.each([
  [undefined, null],
  ['', null],
  ['identity', null],
  ['*', 'br'],
  [BROWSER, 'br'],
  ['gzip', 'gzip'],
  ['gzip;q=1, br;q=0.5', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0, gzip;q=0', null],
  ['*;q=0', null],
  ['gzip;q=0.5, identity', null],
  ['GZip', 'gzip'],
  ['gzip;q=often', null],
  ['deflate, zstd', null],
  [';;,=,q=', null],
] as const)('of Accept-Encoding %j what it likes best is taken: %s', (header, encoding) => {
  expect(encodingOf(header)).toBe(encoding)
})

test('whatever bytes are sent, the content is the same, and says that it varies', async () => {
  const { get, post } = await packing()
  await post('/api/forecasts', another)
  for (const path of ['/ledger', '/api/forecasts', '/api/openapi.json', '/methods', '/api/questions.csv']) {
    const plain = await get(path)
    expect([path, plain.status, plain.as]).toEqual([path, 200, null])
    for (const [accepts, as] of [
      [BROWSER, path.endsWith('.csv') ? 'gzip' : 'br'],
      ['gzip', 'gzip'],
    ] as const) {
      const sent = await get(path, { 'accept-encoding': accepts })
      expect([path, sent.status, sent.as, sent.text === plain.text]).toEqual([path, 200, as, true])
      if (!path.endsWith('.csv')) expect(sent.size).toBeLessThan(plain.size / 2)
      for (const { headers } of [plain, sent]) expect(headers.get('vary')).toBe('accept-encoding')
    }
  }
})

test('what is compared compares in whichever bytes it came, and one that changed is sent', async () => {
  const { get, post } = await packing()
  const plain = await get('/ledger')
  const sent = await get('/ledger', { 'accept-encoding': 'br' })
  const [strong, weak] = [plain.headers.get('etag') ?? '', sent.headers.get('etag') ?? '']
  expect([strong.startsWith('"'), weak]).toEqual([true, `W/${strong}`])
  for (const tag of [strong, weak, `"x", ${weak}`])
    for (const accepts of ['identity', 'br', 'gzip']) {
      const { status, headers, size } = await get('/ledger', {
        'if-none-match': tag,
        'accept-encoding': accepts,
      })
      expect([tag, accepts, status, size]).toEqual([tag, accepts, 304, 0])
      expect([headers.get('vary'), headers.get('content-encoding')]).toEqual(['accept-encoding', null])
    }
  await post('/api/forecasts', another)
  expect((await get('/ledger', { 'if-none-match': weak, 'accept-encoding': 'br' })).status).toBe(200)
})

test('a page is packed once for all who take it so, and costs nobody a second read', async () => {
  const { get, packed, host } = await packing()
  host.settings = { ...host.settings, rate_limit: 60, read_limit: 1 }
  await get('/ledger')
  packed.length = 0
  await Promise.all(Array.from({ length: 8 }, () => get('/ledger', { 'accept-encoding': BROWSER })))
  expect((await get('/ledger', { 'accept-encoding': 'gzip' }, 'HEAD')).as).toBe('gzip')
  expect((await get('/ledger', { 'accept-encoding': 'gzip' })).status).toBe(200)
  expect(packed).toEqual(['br', 'gzip'])
})

test('bundles of entries are packed, tiles of hashes are not, and who takes them plain gets the same bytes', async () => {
  const { get, ledger, post, app } = await packing()
  await post('/api/forecasts', another)
  await integrate(await signedBy(ledger))
  const size = (await (await app.request('/api/log/checkpoint')).text()).split('\n')[1]
  const [bundle, hashes] = [`/api/log/tile/entries/000.p/${size}`, `/api/log/tile/0/000.p/${size}`]
  const plain = await get(bundle)
  expect([plain.status, plain.as, plain.headers.get('vary')]).toEqual([200, null, 'accept-encoding'])
  for (const [accepts, as] of [
    ['gzip', 'gzip'],
    ['gzip, identity', 'gzip'],
    [BROWSER, 'br'],
  ] as const) {
    const { headers, text, size: length, as: way } = await get(bundle, { 'accept-encoding': accepts })
    expect([way, text === plain.text]).toEqual([as, true])
    expect(length).toBeLessThan(0.7 * plain.size)
    expect(headers.get('content-type')).toBe('application/octet-stream')
    expect(headers.get('etag')).toBe(`W/${plain.headers.get('etag')}`)
    expect(headers.get('cache-control')).toBe(plain.headers.get('cache-control'))
  }
  expect(
    (
      await get(bundle, {
        'accept-encoding': 'gzip',
        'if-none-match': plain.headers.get('etag') ?? '',
      })
    ).status,
  ).toBe(304)
  const tile = await get(hashes, { 'accept-encoding': BROWSER })
  expect([tile.status, tile.as, tile.headers.get('vary'), tile.size]).toEqual([
    200,
    null,
    null,
    32 * Number(size),
  ])
})

test('where nothing packs, as on Workers, bundles of entries are packed all the same, and nothing else', async () => {
  const { app, ledger, post } = await client()
  await post('/api/forecasts', forecastBody())
  await integrate(await signedBy(ledger))
  const ask = async (path: string, accepted: string | null, method = 'GET') =>
    bundlePacked(await app.request(path, { method }), accepted)
  const size = (await (await app.request('/api/log/checkpoint')).text()).split('\n')[1]
  const path = `/api/log/tile/entries/000.p/${size}`
  const plain = await ask(path, null)
  const sent = await ask(path, 'br, gzip')
  expect([plain, sent].map(({ headers }) => [headers.get('content-encoding'), headers.get('vary')])).toEqual([
    [null, 'accept-encoding'],
    ['gzip', 'accept-encoding'],
  ])
  expect(sent.headers.get('etag')).toBe(`W/${plain.headers.get('etag')}`)
  const packed = Buffer.from(await sent.arrayBuffer())
  expect(gunzipSync(packed)).toEqual(Buffer.from(await plain.arrayBuffer()))
  expect((await ask(path, 'gzip', 'HEAD')).status).toBe(200)
  for (const other of [`/api/log/tile/0/000.p/${size}`, '/ledger', '/api/log/tile/entries/000.p/200'])
    expect((await ask(other, 'gzip')).headers.get('content-encoding')).toBe(null)
})

test('what is short, what nobody may keep and what is no text goes as it is', async () => {
  const held = await packing()
  const cookie = await cookieOf(held as unknown as Client)
  const headers = { 'accept-encoding': BROWSER }
  for (const path of ['/api/health', '/nowhere', '/api/none'])
    expect((await held.get(path, headers)).as).toBe(null)
  // A page that shows a secret once must not tell of it by its length.
  expect((await held.get('/settings', { ...headers, cookie })).as).toBe(null)
  const own = await held.get('/ledger', { ...headers, cookie })
  expect([own.as, own.headers.get('cache-control'), own.headers.get('vary')]).toEqual([
    'br',
    'private, no-cache',
    'accept-encoding',
  ])
})

test('a list as CSV is packed piece by piece', async () => {
  const held = await packing()
  await Promise.all(
    Array.from({ length: 450 }, (_, i) => recordAnalyst(held.ledger, held.unit, { name: `Person ${i}` })),
  )
  const plain = await held.get('/api/analysts.csv')
  const sent = await held.get('/api/analysts.csv', { 'accept-encoding': 'br, gzip' })
  expect([sent.as, sent.text === plain.text, sent.text.split('\n').length]).toEqual(['gzip', true, 453])
  expect((await held.get('/api/analysts.csv', { 'accept-encoding': 'br' })).as).toBe(null)
})

test('where nothing packs, as on Workers, nothing is said of it', async () => {
  const { app } = await client()
  const answer = await app.request('/ledger', { headers: { 'accept-encoding': BROWSER } })
  expect([answer.headers.get('vary'), answer.headers.get('content-encoding')]).toEqual([null, null])
})

test('what is kept packed has its room counted like everything else', () => {
  const cache = answerCache(10_000)
  const moment = { seq: 1, quarter: 1 }
  const kept = (bytes: number) => ({
    status: 200,
    headers: {},
    notModified: {},
    body: new Uint8Array(bytes),
    etag: '',
    media: '',
  })
  cache.put(moment, '/a', kept(4000))
  cache.put(moment, 'br /a', kept(1000))
  cache.put(moment, '/b', kept(4000))
  expect(['/a', 'br /a', '/b'].map((key) => cache.get(moment, key) !== undefined)).toEqual([
    false,
    true,
    true,
  ])
})
