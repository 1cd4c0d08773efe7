import { expect, test } from 'vitest'
import { client, forecastBody } from './client.ts'

const ID = '2026-11-an-interview_a-new-war-begins'

test('the desk of a question is for members, changed by those who log, and in no public answer', async () => {
  const { get, post, send, join } = await client()
  await post('/api/forecasts', forecastBody())
  const [reader, recorder] = [await join('Rosa', 'reader'), await join('Ruth', 'recorder')]
  const put = (path: string, body: unknown, token?: string) =>
    send(path, {
      method: 'PUT',
      body: JSON.stringify(body),
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    })
  const desk = `/api/questions/${ID}`
  const note = { text: 'Ask the ministry.' }
  expect((await put(`${desk}/note`, note)).status).toBe(401)
  expect((await put(`${desk}/note`, note, reader.token)).status).toBe(403)
  expect((await put(`${desk}/assignment`, { member: recorder.member }, recorder.token)).status).toBe(200)
  const kept = await put(`${desk}/note`, note, recorder.token)
  expect(kept.json).toMatchObject({ assignment: { member: recorder.member }, snooze: null, note })
  expect((await put(`${desk}/note`, note, recorder.token)).json).toMatchObject({ code: 'stale' })
  const authorization = `Bearer ${reader.token}`
  const read = await get(`${desk}/desk`, { authorization })
  expect([read.json, read.headers.get('etag')]).toEqual([kept.json, null])
  expect((await get(`${desk}/desk`)).status).toBe(401)
  expect((await put('/api/questions/nothing/note', note, recorder.token)).status).toBe(404)
  for (const path of [desk, '/api/due', `/api/forecasts/${ID}`])
    expect((await get(path, { authorization })).text).not.toContain('ministry')
})
