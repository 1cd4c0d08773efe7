import { describe, expect, it, test } from 'vitest'
import { cursorOf, placeOf, SeqPlace } from '../../src/api/cursor.ts'
import { csvHeader, csvLines } from '../../src/http/csv.ts'
import { type Client, client, forecastBody, questionBody } from './client.ts'

type Page = { items: { id: string }[]; next_cursor: string | null }

async function everyPage(get: Client['get'], path: string, limit: number): Promise<string[]> {
  const ids: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const reply = await get(`${path}?limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`)
    expect(reply.status).toBe(200)
    const page = reply.json as unknown as Page
    expect(page.items.length).toBeLessThanOrEqual(limit)
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.next_cursor
  }
  return ids
}

async function seven(post: Client['post']): Promise<void> {
  for (const n of [1, 2, 3, 4, 5, 6, 7])
    await post('/api/forecasts', {
      ...forecastBody({
        question: questionBody({ title: `Event ${n} happens`, tags: n % 2 ? ['odd'] : [] }),
      }),
      analyst: { name: `Analyst ${'ABCDEFG'[n % 7]}` },
      source: {
        title: `Source ${n}`,
        type: 'article',
        published: '2026-11-01',
        url: `https://example.com/${n}`,
      },
    })
}

test('every list shows each record once, in one order, whatever the size of its pages', async () => {
  const { get, post, token } = await client()
  await seven(post)
  const reader = { authorization: `Bearer ${token}` }
  for (const path of [
    '/api/forecasts',
    '/api/questions',
    '/api/statements',
    '/api/sources',
    '/api/analysts',
    '/api/members',
    '/api/tokens',
  ]) {
    const read: Client['get'] = (address) => get(address, reader)
    const whole = await everyPage(read, path, 200)
    expect(new Set(whole).size).toBe(whole.length)
    expect(whole.length).toBeGreaterThanOrEqual(path === '/api/tokens' ? 1 : 3)
    for (const limit of [1, 2, 3]) expect([path, await everyPage(read, path, limit)]).toEqual([path, whole])
    const csv = await read(`${path}.csv`)
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/u)
    expect(
      csv.text
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',')[0]),
    ).toEqual(whole)
  }
})

test('a record that is added while somebody pages moves nothing', async () => {
  const { get, post } = await client()
  await seven(post)
  const first = (await get('/api/forecasts?limit=3')).json as unknown as Page
  await post('/api/forecasts', forecastBody())
  const rest = (await get(`/api/forecasts?limit=200&cursor=${first.next_cursor}`)).json as unknown as Page
  expect([...first.items, ...rest.items]).toHaveLength(7)
})

test('filters narrow the list, all at once', async () => {
  const { get, post } = await client()
  await seven(post)
  const count = async (query: string) =>
    ((await get(`/api/forecasts?${query}`)).json as unknown as Page).items.length
  expect(await count('tag=odd')).toBe(4)
  expect(await count('tag=odd&analyst=analyst-b')).toBe(1)
  expect(await count('state=open')).toBe(7)
  expect(await count('state=due')).toBe(0)
  expect(await count('deadline=ours&logged=before&due_before=2027-01-01')).toBe(7)
  expect(await count('due_before=2026-12-31')).toBe(0)
  expect(await count('q=event+3')).toBe(1)
  expect(await count('source=2026-11-source-2')).toBe(1)
  expect(await count('question=2026-11-source-2_event-2-happens')).toBe(1)
  expect(((await get('/api/statements?kind=untestable')).json as unknown as Page).items).toEqual([])
})

test.each([
  'state=shut',
  'due_before=2026-02-30',
  'tag=A%20B',
  'logged=live',
  'x=1',
  'state=open&state=due',
  'state[]=open',
  'q=%ff',
  'limit=201',
  'limit=0',
  'cursor=',
])('a query that is not understood is refused rather than ignored: %s', async (query) => {
  const { get } = await client()
  const reply = await get(`/api/forecasts?${query}`)
  expect([reply.status, reply.json.code]).toEqual([400, 'malformed'])
})

test('a cursor that was changed, made up, or belongs to another list is refused', async () => {
  const cursor = cursorOf('/forecasts', 12)
  expect(placeOf('/forecasts', SeqPlace, cursor)).toBe(12)
  const { get } = await client()
  expect((await get(`/api/forecasts?cursor=${cursor}`)).status).toBe(200)
  const changed = [...cursor].map(
    (letter, i) => cursor.slice(0, i) + (letter === 'A' ? 'B' : 'A') + cursor.slice(i + 1),
  )
  for (const other of [
    ...changed,
    `${cursor}A`,
    cursor.slice(1),
    cursorOf('/questions', 12),
    cursorOf('/forecasts', -1),
    'AAAA',
    'bnVsbA',
  ])
    expect([other, (await get(`/api/forecasts?cursor=${other}`)).status]).toEqual([other, 400])
})

test('no cell of a CSV is taken for a formula, and every cell survives its quotes', () => {
  const cells = [
    '=1+1',
    '+1',
    '-1',
    '@x',
    '\t=1',
    '＝1',
    '＋1',
    '－1',
    '＠1',
    'a"b',
    'a,b',
    'a\r\nb',
    'plain',
    '',
  ]
  const columns = cells.map((text, i) => [`c${i}`, () => text] as const)
  expect(csvHeader(columns.slice(0, 2))).toBe('c0,c1\r\n')
  expect(csvLines(columns, [0])).toBe(
    `"'=1+1","'+1","'-1","'@x","'\t=1","'＝1","'＋1","'－1","'＠1","a""b","a,b","a\r\nb",plain,\r\n`,
  )
  expect(
    csvLines(
      [
        ['n', () => -1],
        ['b', () => true],
        ['none', () => null],
        ['list', () => ({ a: [1] })],
      ],
      [0],
    ),
  ).toBe('-1,true,,"{""a"":[1]}"\r\n')
})

test('a CSV holds as many lines as limit says', async () => {
  const { get, post } = await client()
  await seven(post)
  expect((await get('/api/forecasts.csv?limit=2')).text.split('\r\n')).toHaveLength(4)
  const head = await get('/api/forecasts.csv?tag=none')
  expect(head.text).toMatch(/^id,analyst,[a-z_,]+\r\n$/u)
  expect(head.headers.get('content-disposition')).toBe(
    `attachment; filename="forecasts.csv"; filename*=UTF-8''forecasts.csv`,
  )
})

test('a CSV longer than one page is whole', async () => {
  const { get, ledger, unit } = await client()
  const { recordAnalyst } = await import('../../src/ledger/analyst/record-analyst.ts')
  await Promise.all(
    Array.from({ length: 450 }, (_, i) => recordAnalyst(ledger, unit, { name: `Person ${i}` })),
  )
  const lines = (await get('/api/analysts.csv')).text.split('\r\n').slice(1, -1)
  expect(new Set(lines).size).toBe(450)
})

test('the calibration of a filter counts the forecasts that the list of the same filter shows', async () => {
  const { get, post } = await client()
  await seven(post)
  for (const query of [
    'tag=odd',
    'analyst=analyst-b',
    'state=open',
    'state=due',
    'logged=afterwards',
    'q=event+3',
  ]) {
    const listed = ((await get(`/api/forecasts?${query}`)).json as unknown as Page).items.length
    const { counts } = (await get(`/api/calibration?${query}`)).json as { counts: { forecasts: number } }
    expect([query, counts.forecasts]).toEqual([query, listed])
  }
  const live = (await get('/api/calibration?logged=live')).json
  expect([live.analyst, (live.counts as { forecasts: number }).forecasts]).toEqual([null, 7])
})

describe('forecasts in another order', () => {
  const sorted = async () => {
    const held = await client()
    await seven(held.post)
    for (const [n, day] of ['2026-11-05', '2026-10-01', '2026-11-05'].entries())
      await held.post('/api/forecasts', {
        ...forecastBody({ question: questionBody({ title: `Later ${n} happens` }), probability: n / 4 }),
        source: { title: `Day ${n}`, type: 'article', published: day, url: `https://example.com/day-${n}` },
      })
    return held
  }

  it('go on where they were, one by one as all at once, as CSV too', async () => {
    const { get } = await sorted()
    for (const order of ['sort=said', 'sort=said&order=asc', 'sort=surprise', 'sort=decided', 'order=asc']) {
      const ids = async (path: string, cursor: string | null): Promise<string[]> => {
        const reply = await get(`${path}${cursor === null ? '' : `&cursor=${cursor}`}`)
        expect([path, reply.status]).toEqual([path, 200])
        const page = reply.json as unknown as Page
        const rest = page.next_cursor === null ? [] : await ids(path, page.next_cursor)
        return [...page.items.map(({ id }) => id), ...rest]
      }
      const whole = await ids(`/api/forecasts?${order}&limit=200`, null)
      expect([order, new Set(whole).size]).toEqual([order, 10])
      expect([order, await ids(`/api/forecasts?${order}&limit=3`, null)]).toEqual([order, whole])
      const csv = (await get(`/api/forecasts.csv?${order}`)).text.split('\r\n').slice(1, -1)
      expect([order, csv.map((line) => line.split(',')[0])]).toEqual([order, whole])
    }
  })

  it('refuse the cursor of another order', async () => {
    const { get } = await sorted()
    const orders = ['sort=said', 'sort=said&order=asc', 'sort=logged', 'order=asc', 'sort=deadline']
    for (const own of orders) {
      const { json } = await get(`/api/forecasts?${own}&limit=2`)
      for (const other of orders) {
        const { status } = await get(`/api/forecasts?${other}&limit=2&cursor=${String(json.next_cursor)}`)
        expect([own, other, status]).toEqual([own, other, own === other ? 200 : 400])
      }
    }
  })

  it('are what the page of the ledger shows in the same words', async () => {
    const { get } = await sorted()
    for (const search of [
      'sort=said',
      'verdict=open&sort=said&order=asc',
      'said_from=2026-11-02',
      'upto=20',
    ]) {
      const { json } = await get(`/api/forecasts?${search}`)
      const { text } = await get(`/ledger?${search}`)
      const shown = [...text.matchAll(/<a class="said" href="\/forecasts\/([^"]*)"/gu)].map(([, id]) => id)
      expect([search, shown]).toEqual([search, (json as unknown as Page).items.map(({ id }) => id)])
      expect(shown.length).toBeGreaterThan(0)
    }
  })

  it('are not scored by what became of them', async () => {
    const { get } = await sorted()
    expect((await get('/api/calibration?verdict=came_true')).status).toBe(400)
  })
})

test('people, questions and sources are found by their names, in other letters too, with their pages', async () => {
  const { get, post } = await client()
  await seven(post)
  await post('/api/forecasts', {
    ...forecastBody({ question: questionBody({ title: 'Snow falls in Ürümqi' }) }),
    analyst: { name: 'Конь Müller' },
  })
  const found = async (q: string) =>
    ((await get(`/api/search?q=${encodeURIComponent(q)}`)).json as unknown as { items: { page: string }[] })
      .items
  expect((await found('kon mull')).map(({ page }) => page)).toEqual([expect.stringMatching(/^\/analysts\//u)])
  expect((await found('urumqi'))[0]).toMatchObject({ kind: 'question', title: 'Snow falls in Ürümqi' })
  expect((await found('source')).filter(({ page }) => page.startsWith('/sources/'))).toHaveLength(6)
  expect(await found('')).toEqual([])
  expect((await get(`/api/search?q=${'a'.repeat(501)}`)).status).toBe(400)
  for (const { page } of await found('event')) expect((await get(page)).status).toBe(200)
})

test('a table begins with a byte order mark, unless that is asked away', async () => {
  const { app } = await client()
  const bytes = async (path: string) => new Uint8Array(await (await app.request(path)).arrayBuffer())
  const marked = await bytes('/api/analysts.csv')
  expect([...marked.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(await bytes('/api/analysts.csv?bom=0')).toEqual(marked.slice(3))
  expect((await app.request('/api/analysts.csv?bom=2')).status).toBe(400)
  expect((await app.request('/api/analysts?bom=0')).status).toBe(400)
})
