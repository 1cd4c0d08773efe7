import { expect, test, vi } from 'vitest'
import { answerCache } from '../../src/http/answer-cache.ts'
import { keepingAnswers } from '../../src/http/kept-answers.ts'
import { line } from '../../src/http/line.ts'
import { addressKeyOf } from '../../src/http/rate-limit.ts'
import { weightOf } from '../../src/http/read-weight.ts'
import { streams } from '../../src/http/streams.ts'
import { recordAnalyst } from '../../src/ledger/analyst/record-analyst.ts'
import { type Client, client, forecastBody } from './client.ts'

/** Reads of the database while something is done. */
async function counted(held: Client, work: () => Promise<unknown>): Promise<number> {
  const read = vi.spyOn(held.ledger.db, 'read')
  const readAll = vi.spyOn(held.ledger.db, 'readAll')
  await work()
  const n = read.mock.calls.length + readAll.mock.calls.length
  read.mockRestore()
  readAll.mockRestore()
  return n
}

test('between two pages of a CSV somebody else is answered', async () => {
  const { app, get, ledger, unit } = await client()
  await Promise.all(
    Array.from({ length: 450 }, (_, i) => recordAnalyst(ledger, unit, { name: `Person ${i}` })),
  )
  const order: string[] = []
  const other = new Promise<void>((resolve) =>
    setImmediate(() => {
      void Promise.resolve(app.request('/api/health')).then(() => resolve(void order.push('health')))
    }),
  )
  await get('/api/analysts.csv').then(() => order.push('the CSV'))
  await other
  expect(order).toEqual(['health', 'the CSV'])
})

test('what eight ask for at once is made once', async () => {
  const held = await client()
  await held.post('/api/forecasts', forecastBody())
  for (const path of ['/api/calibration', '/ledger?q=war', '/api/questions/nothing']) {
    const alone = await counted(held, () => held.get(`${path}${path.includes('?') ? '&' : '?'}tag=alone`))
    const eight = await counted(held, () =>
      Promise.all(
        Array.from({ length: 8 }, () => held.get(`${path}${path.includes('?') ? '&' : '?'}tag=eight`)),
      ),
    )
    expect([path, eight]).toEqual([path, alone])
  }
})

test('HEAD and one range are given what everybody is given', async () => {
  const held = await client()
  const path = '/api/calibration'
  await held.send(path, { method: 'HEAD' })
  for (const init of [{ method: 'HEAD' }, { headers: { range: 'bytes=0-1' } }, {}])
    expect(await counted(held, () => held.send(path, init))).toBe(0)
})

test('every page of a scorecard is of one that was computed once', async () => {
  const held = await client()
  for (const n of [1, 2, 3, 4, 5])
    await held.post('/api/forecasts', {
      ...forecastBody(),
      source: { title: `Interview ${n}`, type: 'interview', published: `2026-11-0${n}` },
      question: { ...forecastBody().question, title: `Event ${n} happens` },
    })
  for (const path of ['/api/calibration', '/api/analysts/konstantin-kalachev/track-record']) {
    const whole = (await held.get(path)).json as { forecasts: { id: string }[]; next_cursor: null }
    expect([whole.forecasts.length, whole.next_cursor]).toEqual([5, null])
    const ids: string[] = []
    const readAll = vi.spyOn(held.ledger.db, 'readAll')
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { json } = await held.get(`${path}?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
      const page = json as typeof whole
      ids.push(...page.forecasts.map(({ id }) => id))
      expect({ ...page, forecasts: [], next_cursor: null }).toEqual({ ...whole, forecasts: [] })
      cursor = page.next_cursor
    }
    expect(ids).toEqual(whole.forecasts.map(({ id }) => id))
    expect(readAll).not.toHaveBeenCalled()
    readAll.mockRestore()
  }
})

test('a line lets through one after the other, in the order of coming, and refuses who comes too late', async () => {
  const inLine = line(1, 2)
  const done: number[] = []
  const ends: (() => void)[] = []
  const work = (n: number) =>
    inLine(async () => {
      await new Promise<void>((resolve) => ends.push(resolve))
      done.push(n)
    })
  const three = [work(1), work(2), work(3)]
  await expect(work(4)).rejects.toMatchObject({ code: 'busy' })
  for (let n = 1; n <= 3; n++) {
    expect(ends).toHaveLength(n)
    ends.at(-1)?.()
    await three[n - 1]
  }
  expect(done).toEqual([1, 2, 3])
  await expect(
    inLine(async () => {
      throw new Error('broken')
    }),
  ).rejects.toThrow('broken')
  expect(await inLine(async () => 'next')).toBe('next')
})

test('at most so many answers are sent piece by piece, and a reader who takes nothing gives way', async () => {
  let now = new Date('2026-11-22T10:00:00.000Z')
  const room = streams(2, () => now)
  const pieces = () =>
    new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(1)) })
  const [first, second] = [room.open().carry(pieces()), room.open().carry(pieces())]
  expect(() => room.open()).toThrow('Too many long answers')
  await second.cancel()
  const third = room.open()
  third.end()
  now = new Date('2026-11-22T10:00:20.000Z')
  const reader = first.getReader()
  await reader.read()
  room.open().carry(pieces())
  now = new Date('2026-11-22T10:00:45.000Z')
  expect(() => room.open()).toThrow('Too many long answers')
  now = new Date('2026-11-22T10:00:51.000Z')
  room.open()
  await expect(reader.read()).rejects.toMatchObject({ code: 'busy' })
})

test('seventeen CSVs at once are one too many', async () => {
  const { app, get } = await client()
  const open = await Promise.all(Array.from({ length: 16 }, () => app.request('/api/analysts.csv')))
  expect(new Set(open.map(({ status }) => status))).toEqual(new Set([200]))
  const refused = await get('/api/analysts.csv')
  expect([refused.status, refused.json.code, refused.headers.get('retry-after')]).toEqual([429, 'busy', '5'])
  await open[0]?.text()
  expect((await get('/api/analysts.csv')).status).toBe(200)
})

test('reads have a price for each address, however they are spelled; what is kept is free', async () => {
  const held = await client({ rate_limit: 1, read_limit: 100 })
  const ask = (path: string, address: string, init: RequestInit = {}) =>
    held.app.fetch(new Request(`http://localhost${path}`, init), { address })
  for (let i = 0; i < 300; i++) expect((await ask('/', 'a')).status).toBe(200)
  const ways: [string, RequestInit][] = [
    ['/api/calibration?q=a1', {}],
    ['/api/calibration?q=a2', { method: 'HEAD' }],
    ['/ledger?q=a3', { headers: { range: 'bytes=0-1' } }],
    ['/ledger?q=a4', { headers: { cookie: 'sid=x' } }],
  ]
  for (const [path, init] of ways) expect([path, (await ask(path, 'a', init)).status]).toEqual([path, 200])
  for (const [path, init] of [
    ...ways,
    ['/%61pi/calibration?q=a5', {}],
    ['/api/forecasts.csv', {}],
  ] as const) {
    const answer = path.includes('q=a1')
      ? await ask('/api/calibration?q=a6', 'a')
      : await ask(path, 'a', init)
    if (answer.status === 200) {
      // Those without credentials were kept.
      expect(path).toMatch(/q=a[23]/u)
      continue
    }
    expect([path, answer.status]).toEqual([path, 429])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    if (path.startsWith('/api/') && init.method !== 'HEAD')
      expect(await answer.json()).toMatchObject({ code: 'rate_limited', status: 429 })
  }
  expect((await ask('/', 'a')).status).toBe(200)
  expect((await ask('/api/health', 'a')).status).toBe(200)
  expect((await ask('/api/calibration?q=a7', 'b')).status).toBe(200)
})

test('an IPv6 network is one address, and an IPv4 one is the same in both spellings', () => {
  const key = (remoteAddress: string) => addressKeyOf({ incoming: { socket: { remoteAddress } } })
  expect(key('2001:db8:1:2:3:4:5:6')).toBe(key('2001:db8:1:2::1'))
  expect(key('2001:db8::1')).toBe(key('2001:db8:0:0:ffff::'))
  expect(key('2001:db8:1:2::1')).not.toBe(key('2001:db8:1:3::1'))
  expect(key('::ffff:192.0.2.1')).toBe(key('192.0.2.1'))
  expect(key('192.0.2.1')).not.toBe(key('192.0.2.2'))
})

test('what is not known to be light is heavy', () => {
  for (const path of ['/api/calibration', '/api/forecasts', '/api/%71uestions/x', '/analysts', '/x', '//due'])
    expect([path, weightOf(path, '', true).reads]).toEqual([path, 'thorough'])
  for (const path of ['/', '/ledger', '/due', '/api/questions/x', '/forecasts/x', '/api/openapi.json'])
    expect([path, weightOf(path, '', true).reads]).toEqual([path, 'quick'])
  expect(weightOf('/ledger', '?q=x', true).reads).toBe('thorough')
  expect(weightOf('/ledger', '', false).reads).toBe('thorough')
})

test('addresses that nobody asks for twice do not push out the front page', () => {
  const cache = answerCache(20_000)
  const now = { seq: 1, quarter: 1 }
  const answer = {
    status: 200,
    headers: {},
    notModified: {},
    body: new Uint8Array(2000),
    etag: '"x"',
    media: 'text/html',
  }
  cache.put(now, '/', answer)
  for (let i = 0; i < 200; i++) {
    expect([i, cache.get(now, '/') === undefined]).toEqual([i, false])
    cache.put(now, `/?q=${i}`, answer)
  }
  expect(cache.get(now, '/ledger?q=0')).toBeUndefined()
})

test('where requests may not wait for one another, each is answered by itself', async () => {
  const { host } = await client()
  host.isAlone = true
  const ends: (() => void)[] = []
  let made = 0
  const fetch = keepingAnswers(host, async () => {
    made++
    // None ends before all have begun.
    if (made === 3) for (const end of ends) end()
    else await new Promise<void>((resolve) => ends.push(resolve))
    return new Response('{}', { headers: { 'content-type': 'application/json' } })
  })
  const three = [1, 2, 3].map(() => fetch(new Request('http://localhost/api/calibration')))
  expect((await Promise.all(three)).map(({ status }) => status)).toEqual([200, 200, 200])
})
