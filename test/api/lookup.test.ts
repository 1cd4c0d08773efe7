import { expect, test } from 'vitest'
import { site } from '../support/site.ts'

const ADDRESS = 'https://example.com/talk'

async function ledger() {
  const held = await site()
  await held.log({ source: { ...SOURCE, url: ADDRESS } })
  const get = async (path: string) => {
    const { status, text } = await held.send(path)
    return { status, json: JSON.parse(text) }
  }
  return { ...held, get }
}
const SOURCE = { type: 'interview', title: 'A talk', published: '2026-01-10' }

test('by a name: the lead sentence, what it rests on, and what is open', async () => {
  const { get } = await ledger()
  const { status, json } = await get('/api/lookup?name=Konstantin%20Kalachev')
  expect(status).toBe(200)
  expect(json).toMatchObject({
    source: null,
    mentions: [],
    analysts: [
      {
        id: 'konstantin-kalachev',
        page: '/analysts/konstantin-kalachev',
        too_little: true,
        open: [{ page: expect.stringMatching(/^\/forecasts\//u), title: expect.any(String) }],
      },
    ],
    more: 0,
    may: [],
  })
  const record = await get('/api/analysts/konstantin-kalachev/track-record')
  expect(json.analysts[0].lead).toEqual(record.json.lead)
})

test('by a passage: in whatever case and script, with its place', async () => {
  const { get } = await ledger()
  const text = 'По словам Константина Калачёва, войны не будет.'
  const { json } = await get(`/api/lookup?text=${encodeURIComponent(text)}`)
  expect(json.mentions).toEqual([
    { exact: 'Константина Калачёва', start: 10, end: 30, is: 'konstantin-kalachev', may: [] },
  ])
  expect(json.analysts).toHaveLength(1)
})

test('by an address: who speaks there', async () => {
  const { get } = await ledger()
  const { json } = await get(`/api/lookup?url=${encodeURIComponent(`${ADDRESS}?utm_source=x`)}`)
  expect(json).toMatchObject({ source: { title: 'A talk' }, analysts: [{ id: 'konstantin-kalachev' }] })
})

test('two people of one name are never one: both are named, and nothing is told of either', async () => {
  const { get, log } = await ledger()
  await log({
    analyst: { name: 'Konstantín Kalachev', id: 'the-other', distinct_from: ['konstantin-kalachev'] },
    source: { ...SOURCE, title: 'Another talk', url: 'https://example.com/other' },
  })
  for (const query of ['name=Константин%20Калачев', 'text=Константин%20Калачев%20said']) {
    const { json } = await get(`/api/lookup?${query}`)
    expect(json.analysts, query).toEqual([])
    expect(json.may.map(({ id }: { id: string }) => id).sort(), query).toEqual([
      'konstantin-kalachev',
      'the-other',
    ])
  }
})

test('of nobody and of nothing there is nothing', async () => {
  const { get } = await ledger()
  const nothing = { source: null, mentions: [], analysts: [], more: 0, may: [] }
  for (const query of ['', 'name=Somebody%20Else', 'text=%20', 'url=https://example.com/elsewhere'])
    expect(await get(`/api/lookup?${query}`), query).toEqual({ status: 200, json: nothing })
})

test('a whole text is sent, by whoever may read, and what is wrong with it is said', async () => {
  const { send, join } = await ledger()
  const post = (body: unknown, headers: Record<string, string>) =>
    send('/api/lookup', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    })
  const text = `${'No names here. '.repeat(3000)}Konstantin Kalachev’s record.`
  expect((await post({ text }, {})).status).toBe(401)
  const bearer = { authorization: `Bearer ${(await join('Rita', 'reader')).token}` }
  const found = await post({ text }, bearer)
  expect([found.status, JSON.parse(found.text).mentions]).toMatchObject([
    200,
    [{ is: 'konstantin-kalachev' }],
  ])
  expect((await post({ text: 'x'.repeat(100_001) }, bearer)).status).toBe(422)
  expect((await post({ txt: 'x' }, bearer)).status).toBe(422)
  expect((await post({}, bearer)).status).toBe(422)
  expect((await send('/api/lookup?url=nonsense')).status).toBe(400)
})
