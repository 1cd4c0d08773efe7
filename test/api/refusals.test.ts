import { expect, test } from 'vitest'
import { client, forecastBody, pastQuestion, questionBody, resolutionBody } from './client.ts'

type Errors = { pointer: string; message: string }[]

test('the same claim again in one source is a conflict that names the forecast, and is logged as its duplicate', async () => {
  const { post } = await client()
  const first = (await post('/api/forecasts', forecastBody())).json.record as { id: string; question: string }
  const again = forecastBody({ question: first.question, quote: 'no war at all' })
  const refused = await post('/api/forecasts', again)
  expect([refused.status, refused.json.code]).toEqual([409, 'duplicate'])
  const [error] = refused.json.errors as Errors
  expect(error?.pointer).toBe('/question')
  expect(error?.message).toContain(`kind "duplicate", duplicate_of "${first.id}"`)
  const { analyst, source, quote } = again
  const remark = { analyst, source, quote, kind: 'duplicate', duplicate_of: first.id }
  expect((await post('/api/statements', remark)).status).toBe(201)
  const later = { title: 'Another talk', type: 'interview', published: '2026-11-15' }
  expect((await post('/api/forecasts', { ...again, source: later, probability: 0.3 })).status).toBe(201)
})

test('words of probability are not taken as said flatly', async () => {
  const { post } = await client()
  const refused = await post(
    '/api/forecasts',
    forecastBody({ probability: { words: 'likely', categorical: 'yes' } }),
  )
  expect([refused.status, refused.json.code]).toEqual([422, 'invalid'])
  expect(refused.json.errors).toEqual([
    {
      pointer: '/probability/categorical',
      message:
        'does not go with “likely”, which readers take as 60 to 85 %: leave it out, or give only the words that say it flatly',
    },
  ])
})

test('a conditional question is answered once its condition is on record, and the refusal says so', async () => {
  const { post } = await client()
  const condition = {
    text: 'An attack happens.',
    deadline: { date: '2026-11-20', time_zone: 'Asia/Yerevan' },
  }
  await post('/api/questions', pastQuestion({ condition }))
  const path = '/api/questions/a-new-war-begins'
  const refused = await post(`${path}/resolutions`, resolutionBody())
  expect([refused.status, refused.json.code]).toEqual([409, 'not_decidable_yet'])
  const [error] = refused.json.errors as Errors
  expect(error?.pointer).toBe('/outcome')
  expect(error?.message).toMatch(
    /“An attack happens\.”.*record first.*if it was not, the outcome is annulled/u,
  )
  const { evidence } = resolutionBody()
  expect((await post(`${path}/condition`, { met_on: '2026-11-10', evidence })).status).toBe(201)
  expect((await post(`${path}/resolutions`, resolutionBody())).status).toBe(201)
})

test('null in an amendment takes away what a question can do without, and nothing else', async () => {
  const { get, post } = await client()
  await post('/api/questions', questionBody({ fine_print: 'Only declared wars.', tags: ['war'] }))
  const path = '/api/questions/a-new-war-begins'
  const because = 'It said nothing.'
  expect((await post(`${path}/amendments`, { fine_print: null, because })).json.record).not.toHaveProperty(
    'fine_print',
  )
  expect((await get(path)).json).toMatchObject({ tags: ['war'] })
  for (const key of ['title', 'criteria', 'deadline', 'because']) {
    const refused = await post(`${path}/amendments`, { because, tags: [], [key]: null })
    expect([key, refused.status]).toEqual([key, 422])
  }
})

test('a search of many words goes by the first twelve and says so', async () => {
  const { get, post } = await client()
  const title = 'one two three four five six seven eight nine ten eleven twelve'
  await post('/api/forecasts', forecastBody({ question: questionBody({ title }) }))
  const q = encodeURIComponent(`${title} thirteen fourteen`)
  for (const list of ['questions', 'forecasts']) {
    const { status, json } = await get(`/api/${list}?q=${q}`)
    expect([list, status, (json.items as unknown[]).length, json.searched_for]).toEqual([list, 200, 1, title])
    expect((await get(`/api/${list}?q=${encodeURIComponent(title)}`)).json).not.toHaveProperty('searched_for')
  }
  expect((await get(`/api/calibration?q=${q}`)).json).toMatchObject({ filter: { q: title } })
  expect((await get(`/api/questions.csv?q=${q}`)).text).toContain(title)
})
