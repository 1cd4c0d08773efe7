import { expect, test } from 'vitest'
import * as z from 'zod'
import { textRoutes } from '../../src/api/text-routes.ts'
import { client, forecastBody } from './client.ts'

const TEXT = `“There is a 70 % chance that the bill will pass by June,” said Jane Roe. “He almost certainly won’t run again.”

Core prices will rise between 3% and 3.5% this year and could approach 4% next year. It rained.`

type Item = { text: string; start: number; end: number; suggested: boolean; reading: object; horizon: object }

const described = (path: string, json: unknown) =>
  z.safeParse(textRoutes.find((route) => route.path === path)?.answer as z.ZodType, json).error?.issues

test('every sentence is answered where it stands, with how likely it makes which event and by when', async () => {
  const { post, get } = await client()
  const { status, json } = await post('/api/readings', { text: TEXT, published: '2024-04-03' })
  expect([status, described('/readings', json)]).toEqual([200, undefined])
  const items = json.items as Item[]
  for (const { text, start, end } of items) expect(TEXT.slice(start, end)).toBe(text)
  expect(items).toMatchObject([
    {
      suggested: true,
      quote: { start: 1 },
      reading: { kind: 'number', low: 0.7, mid: 0.7, high: 0.7, words: 'a 70 % chance' },
      event: 'The bill passes by June',
      horizon: { kind: 'date', date: '2024-06-30', phrase: 'by June' },
    },
    {
      suggested: true,
      reading: { kind: 'words', key: 'almost_no_chance', mid: 0.02 },
      event: 'He runs again',
      // The sentence before names a time: whether it holds here is asked.
      horizon: { kind: 'date', date: '2024-06-30', why: expect.stringContaining('sentence before') },
    },
    {
      suggested: true,
      reading: { kind: 'asks' },
      quantity: { what: 'Core prices', interval: [3, 3.5], unit: 'percent' },
      horizon: { date: '2024-12-31' },
    },
    {
      suggested: true,
      quantity: { what: 'Core prices', value: 4, unit: 'percent' },
      horizon: { date: '2025-12-31' },
    },
    { suggested: false, reading: { kind: 'none' } },
  ])
  expect((await get('/api/statements')).json.items).toEqual([])
})

test('a forecast of when is answered with the days that were named, and an open end is left open', async () => {
  const { post } = await client()
  const text = 'The first human lands on Mars in 2031–2033. The plant will open in 2030 at the earliest.'
  const { json } = await post('/api/readings', { text, published: '2024-04-03' })
  expect(described('/readings', json)).toBeUndefined()
  expect(json.items).toMatchObject([
    {
      suggested: true,
      event: 'The first human lands on Mars',
      date: { from: '2031-01-01', to: '2033-12-31' },
      reading: { kind: 'asks' },
      horizon: { date: '2033-12-31' },
    },
    { suggested: true, date: { from: '2030-01-01' }, horizon: { kind: 'asks' } },
  ])
  expect((json.items as { horizon: object }[])[1]?.horizon).not.toHaveProperty('date')
})

test('without a date of publication no day is reckoned', async () => {
  const { post } = await client()
  const { json } = await post('/api/readings', { text: 'It will end next year.' })
  expect(json.items).toMatchObject([{ suggested: true, horizon: null }])
})

test.each([
  [{ text: '' }, '/text'],
  [{ text: 'It will rain.', published: 'soon' }, '/published'],
  [{ text: 'It will rain.', time_zone: 'Nowhere' }, '/time_zone'],
  [{ text: 'It will rain.', mood: 'grey' }, '/mood'],
])('a request that cannot be read is refused with where and why: %j', async (body, pointer) => {
  const { post } = await client()
  const { status, json } = await post('/api/readings', body)
  expect(status).toBe(422)
  expect(JSON.stringify(json)).toContain(pointer)
})

test.each([
  ['a 70 % chance that the bill will pass', '0.7'],
  ['50/50 that he will win', '0.5'],
  ['one in three that he will win', '0.333'],
  ['between 60 and 70 percent', '{low: 0.6, high: 0.7}'],
])('a number is no words: %j', async (words, number) => {
  const { post } = await client()
  for (const probability of [
    { words },
    { words, categorical: 'yes' },
    { words, low: 0.1, mid: 0.2, high: 0.3, because: 'So.' },
  ]) {
    const { status, json } = await post('/api/forecasts', forecastBody({ probability }))
    expect([status, JSON.stringify(json)]).toEqual([422, expect.stringContaining(`probability: ${number}`)])
  }
})

test('what nobody can know is no flat yes', async () => {
  const { post } = await client()
  const probability = { words: 'nobody knows if he will win', categorical: 'yes' }
  expect((await post('/api/forecasts', forecastBody({ probability }))).status).toBe(422)
})
