import { expect, test } from 'vitest'
import { replyRoutes } from '../../src/api/reply-routes.ts'
import { answerReplyLink } from '../../src/ledger/forecast/reply-link.ts'
import { verified } from '../support/check-ledger.ts'
import { type Client, client, forecastBody } from './client.ts'

const ID = '2026-11-an-interview_a-new-war-begins'

async function call(held: Client, method: string, path: string, body?: unknown) {
  const reply = await held.send(`/api${path}`, {
    method,
    headers: {
      authorization: `Bearer ${held.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const route = replyRoutes.find(
    (one) =>
      one.method === method &&
      new RegExp(`^${one.path.replaceAll(/:\w+/gu, '[^/]+')}$`, 'u').test(path.replace(/\?.*/u, '')),
  )
  if (reply.status < 400) {
    expect([path, reply.status]).toEqual([path, route?.status])
    expect(route?.answer.safeParse(reply.json).error?.issues ?? []).toEqual([])
  }
  return reply
}

async function sent(held: Client, text: string) {
  const made = await call(held, 'POST', `/forecasts/${ID}/reply-links`, {})
  const link = new URL(String(made.json.path), 'http://localhost').searchParams.get('link') ?? ''
  await answerReplyLink(held.ledger, held.unit.now, link, {
    text,
    correction: 'My name is spelled otherwise.',
  })
  return `/forecasts/${ID}/reply-links/${made.json.id}`
}

test('a link is made, what came through it waits with its clock, and is published or not', async () => {
  const held = await client()
  await held.post('/api/forecasts', forecastBody())
  const [first, second] = [await sent(held, 'I meant another war.'), await sent(held, 'And this.')]
  const waiting = await call(held, 'GET', '/replies/waiting')
  expect(waiting.headers.get('cache-control')).toBe('private, no-store')
  expect(waiting.json.replies).toMatchObject([
    { forecast: ID, text: 'I meant another war.', answer_by: '2026-12-06T10:00:00.000Z' },
    { text: 'And this.' },
  ])
  expect((await held.get('/api/replies/waiting')).status).toBe(401)
  expect((await held.get(`/api/forecasts/${ID}`)).text).not.toContain('another war')
  await call(held, 'POST', `${first}/publication`, {})
  await call(held, 'POST', `${second}/refusal`, { because: 'It is about somebody else.' })
  for (const path of [`${first}/publication`, `${second}/publication`])
    expect((await call(held, 'POST', path, {})).json.code).toBe('already_decided')
  const read = await held.get(`/api/forecasts/${ID}`)
  expect(read.json.replies).toMatchObject([
    {
      text: 'I meant another war.',
      link: { made_by: held.unit.by.member, used_at: '2026-11-22T10:00:00.000Z' },
    },
  ])
  expect(read.text).not.toContain('spelled otherwise')
  expect((await call(held, 'GET', '/replies/waiting')).json.replies).toEqual([])
  expect((await verified(held.ledger.db)).findings).toEqual([])
})

test('nothing comes of a link that is not there, of another forecast, or unused', async () => {
  const held = await client()
  await held.post('/api/forecasts', forecastBody())
  expect((await call(held, 'POST', '/forecasts/nothing/reply-links', {})).status).toBe(404)
  expect((await call(held, 'POST', `/forecasts/${ID}/reply-links/x/publication`, {})).status).toBe(404)
  const { json } = await call(held, 'POST', `/forecasts/${ID}/reply-links`, {})
  const own = `/forecasts/${ID}/reply-links/${json.id}`
  expect((await call(held, 'POST', `${own}/publication`, {})).status).toBe(409)
  expect((await call(held, 'POST', `${own}/refusal`, {})).status).toBe(422)
  for (let n = 1; n < 5; n++) await call(held, 'POST', `/forecasts/${ID}/reply-links`, {})
  expect((await call(held, 'POST', `/forecasts/${ID}/reply-links`, {})).json).toMatchObject({
    status: 409,
    detail: expect.stringContaining('5 links'),
  })
})

test('the times of objections and answers are read by everybody and set by an admin, within bounds', async () => {
  const held = await client()
  expect((await held.get('/api/decision-times')).json).toEqual({ objection_hours: 48, answer_days: 14 })
  expect((await call(held, 'PUT', '/decision-times', { objection_hours: 0 })).json).toEqual({
    objection_hours: 0,
    answer_days: 14,
  })
  for (const body of [
    {},
    { objection_hours: 721 },
    { objection_hours: -1 },
    { answer_days: 0 },
    { answer_days: 1.5 },
  ])
    expect([body, (await call(held, 'PUT', '/decision-times', body)).status]).toEqual([body, 422])
  expect((await verified(held.ledger.db)).findings).toEqual([])
})
