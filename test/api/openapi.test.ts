import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { anchorRoutes } from '../../src/api/anchor-routes.ts'
import { captureRoutes } from '../../src/api/capture-routes.ts'
import { clockRoutes } from '../../src/api/clock-routes.ts'
import { codingRoutes } from '../../src/api/coding-routes.ts'
import { apiReference } from '../../src/api/openapi.ts'
import { replyRoutes } from '../../src/api/reply-routes.ts'
import { allRoutes } from '../../src/api/routes.ts'
import { textRoutes } from '../../src/api/text-routes.ts'
import { problems } from '../../src/http/problem.ts'
import { accountsWith } from '../../src/identity/accounts.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { client, forecastBody, pastQuestion, resolutionBody } from './client.ts'

const routes = await allRoutes()

test('an independent validator accepts the OpenAPI document', async () => {
  const { get } = await client()
  const reply = await get('/api/openapi.json')
  const result = await new Validator().validate(reply.json)
  expect(result.errors).toBeUndefined()
  expect(result.valid).toBe(true)
  expect(reply.json.openapi).toBe('3.1.0')
})

test('every route is described, by its own method, and nothing else is', async () => {
  const { get } = await client()
  const { json } = await get('/api/openapi.json')
  const described = Object.entries(json.paths as Record<string, object>).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const known = routes.map(({ method, path }) => `${method} /api${path.replaceAll(/:(\w+)/gu, '{$1}')}`)
  expect(described.sort()).toEqual([...known, 'GET /api/openapi.json'].sort())
  const ids = Object.values(json.paths as Record<string, Record<string, { operationId: string }>>).flatMap(
    (operations) => Object.values(operations).map(({ operationId }) => operationId),
  )
  expect(new Set(ids).size).toBe(ids.length)
})

test('the reference names every route, with problems that exist', async () => {
  const reference = await apiReference()
  expect(reference).toHaveLength(routes.length + 1)
  for (const route of reference) {
    expect(route.summary).toMatch(/\.$/u)
    for (const code of route.problems) expect(problems).toHaveProperty(code)
    if (route.method === 'POST') expect(() => JSON.parse(route.body ?? '')).not.toThrow()
  }
})

test('every parameter of a query says what it is', async () => {
  const { get } = await client()
  type Operation = { parameters?: { in: string; name: string; description?: string }[] }
  const paths = (await get('/api/openapi.json')).json.paths as Record<string, Record<string, Operation>>
  const silent = Object.entries(paths).flatMap(([path, operations]) =>
    Object.values(operations).flatMap(({ parameters = [] }) =>
      parameters
        .filter(({ in: place, description = '' }) => place === 'query' && description === '')
        .map(({ name }) => `${path}?${name}`),
    ),
  )
  expect(silent).toEqual([])
})

test('no schema is left open: bodies say which names they know', async () => {
  const { get } = await client()
  const { json } = await get('/api/openapi.json')
  const text = JSON.stringify(json)
  const { schemas } = json.components as { schemas: Record<string, unknown> }
  expect(text).not.toContain('"#/$defs')
  const named = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/gu)].map(([, name]) => name))
  for (const name of named) expect(schemas).toHaveProperty(name as string)
  const bodies = routes.filter(({ body }) => body !== null)
  for (const { body, path } of bodies) {
    const schema = z.toJSONSchema(body as z.ZodType, { io: 'input', unrepresentable: 'any' })
    expect([path, schema.additionalProperties]).toEqual([path, false])
  }
})

test('what is answered is what was described', async () => {
  const { get, send, token, host, ledger } = await client()
  host.accounts = accountsWith({ issuer: 'https://accounts.example', client_id: 'x', client_secret: 'y' })
  const ID = '2026-11-an-interview_a-new-war-begins'
  const answered: [string, string, number, unknown][] = []
  const keep = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => {
    const authorization = `Bearer ${token}`
    const reply =
      method === 'GET'
        ? await get(path, { authorization })
        : await send(path, {
            method,
            body: JSON.stringify(body ?? {}),
            headers: { authorization, 'content-type': 'application/json' },
          })
    answered.push([method, path, reply.status, reply.json])
  }
  const lastId = () => (answered.map(([, , , json]) => json).pop() as { record: { id: string } }).record.id
  await keep('POST', '/api/forecasts', forecastBody({ question: pastQuestion() }))
  await keep('POST', '/api/statements', {
    analyst: 'konstantin-kalachev',
    source: '2026-11-an-interview',
    quote: 'who needs it?',
    kind: 'untestable',
    reason: 'rhetorical',
  })
  await keep('POST', '/api/sources', { title: 'A speech', type: 'speech', published: '2026-11' })
  await keep('POST', '/api/analysts', { name: 'Anna Petrosyan' })
  const deadline = { date: '2026-12-31', time_zone: 'UTC' }
  await keep('POST', '/api/questions', {
    title: 'Held',
    criteria: 'C.',
    deadline,
    condition: { text: 'If so.', deadline },
  })
  await keep('POST', '/api/questions/held/amendments', {
    criteria: 'D.',
    because: 'Clearer.',
    class: 'update',
  })
  await keep('GET', '/api/lookup?text=Konstantin+Kalachev')
  await keep('POST', '/api/lookup', { name: 'Konstantin Kalachev' })
  await keep('GET', '/api/corrections')
  await keep('GET', '/api/corrections/policy')
  await keep('POST', '/api/corrections/policy', { text: 'We say so.', notice_days: 20 })
  const reported = async () => {
    await keep('POST', '/api/reports', { about: 'question:held', text: 'It is misspelt.' })
    const [, , , json] = answered.at(-1) ?? []
    return (json as { id: string }).id
  }
  const [dropped, closed] = [await reported(), await reported()]
  await keep('GET', '/api/reports')
  await keep('DELETE', `/api/reports/${dropped}`)
  await keep('POST', `/api/reports/${closed}/closing`, { outcome: 'not_changed', because: 'It is so.' })
  await keep('POST', '/api/questions/held/references', { kind: 'nothing_changes', probability: 0 })
  await keep('POST', '/api/questions/held/references', {
    kind: 'base_rate',
    of: { k: 3, n: 20, class: 'years' },
    source: 'The almanac',
  })
  await keep('POST', '/api/questions/held/references/ref2/primary')
  await keep('POST', '/api/questions/held/references/ref1/withdrawal', { because: 'It does change.' })
  const evidence = resolutionBody().evidence
  await keep('POST', '/api/questions/held/condition', { met_on: '2026-11-20', evidence })
  await keep('POST', '/api/forecasts', forecastBody({ question: 'held', quote: 'it will be held' }))
  await keep('POST', `/api/forecasts/2026-11-an-interview_held/withdrawal`, {
    withdrawn_on: '2026-11-21',
    because: 'On air.',
  })
  await keep('POST', `/api/forecasts/2026-11-an-interview_held/replies`, {
    text: 'I meant another election.',
    replied_on: '2026-11-21',
  })
  await keep('POST', `/api/forecasts/2026-11-an-interview_held/retraction`, { because: 'Another speaker.' })
  await keep('POST', `/api/questions/held/resolutions`, { ...resolutionBody(), because_early: 'It is over.' })
  await keep('POST', `/api/questions/held/resolutions/r1/withdrawal`, {})
  await keep('POST', `/api/questions/${ID}/resolutions`, resolutionBody())
  await keep('POST', `/api/questions/${ID}/resolutions/r1/confirm`, {})
  await keep('POST', `/api/questions/${ID}/resolutions/r1/dispute`, { because: 'No.' })
  await keep('PUT', '/api/questions/held/assignment', {})
  await keep('PUT', '/api/questions/held/snooze', { until: '2026-12-01', because: 'Later.' })
  await keep('GET', '/api/questions/held/desk')
  await keep('DELETE', '/api/questions/held/snooze')
  await keep('PUT', '/api/questions/held/note', { text: 'Ask the ministry.' })
  await keep('PUT', '/api/forecasts/2026-11-an-interview_held/asked', { asked_on: '2026-11-20' })
  await keep('PUT', '/api/forecasts/2026-11-an-interview_held/heard', {
    reply: { text: 'I meant another vote.', replied_on: '2026-11-21' },
  })
  await keep('GET', '/api/forecasts/2026-11-an-interview_held/heard')
  const aReply = { words: ['another election'], because: 'It was a slip.', class: 'correction' }
  await keep('POST', '/api/redactions/plan', aReply)
  await keep('POST', '/api/redactions', aReply)
  await keep('POST', '/api/members', { name: 'Maria', role: 'recorder' })
  const member = lastId()
  await keep('POST', `/api/members/${member}/changes`, { suspended: true, because: 'Away.' })
  await keep('POST', `/api/members/${member}/changes`, { suspended: false, because: 'Back.' })
  const session = await openSecret(ledger, host.now(), member, 'session')
  await keep('GET', `/api/sessions?member=${member}`)
  await keep('DELETE', `/api/sessions/${session.slice(0, 12)}`)
  await keep('DELETE', `/api/members/${member}/sign-ins`)
  await keep('POST', '/api/sign-ins', { member, email: 'maria@example.org' })
  const { sign_in } =
    answered.map(([, , , json]) => json as { record: { sign_in: string } }).pop()?.record ?? {}
  await keep('GET', '/api/sign-ins')
  await keep('POST', `/api/sign-ins/${sign_in}/removal`)
  const reminders = { when: 'daily', hour: 8, time_zone: 'Europe/Berlin', events: ['question.due'] }
  await keep('GET', '/api/reminders')
  await keep('PUT', '/api/reminders', { ...reminders, email: 'ada@example.org' })
  await keep('POST', '/api/reminders/letter')
  await keep('POST', '/api/webhooks', {
    name: 'desk',
    url: 'https://example.org/hook',
    format: 'standard',
    events: ['question.due'],
  })
  const { webhook } =
    answered.map(([, , , json]) => json as { webhook: { id: string } }).pop() ?? ({} as never)
  await keep('GET', '/api/webhooks')
  await keep('POST', `/api/webhooks/${webhook.id}/test`)
  await keep('POST', `/api/webhooks/${webhook.id}/secret`)
  await ledger.db.write([{ sql: 'UPDATE target SET off_at = made_at' }])
  await keep('POST', `/api/webhooks/${webhook.id}/resumption`)
  await keep('DELETE', `/api/webhooks/${webhook.id}`)
  await keep('GET', '/api/administration')
  await keep('GET', '/api/me')
  await keep('POST', '/api/tokens', {
    member,
    name: 'x',
    role: 'recorder',
    scopes: ['log'],
    expires_at: '2027-01-01T00:00:00.000Z',
  })
  const issued = lastId()
  await keep('POST', `/api/tokens/${issued}/revocation`, {})
  for (const path of [
    '/api/forecasts',
    `/api/forecasts/${ID}`,
    '/api/forecasts/2026-11-an-interview_held',
    '/api/questions',
    '/api/questions/held',
    '/api/questions/held/history',
    '/api/forecasts/2026-11-an-interview_held/replies',
    `/api/questions/${ID}`,
  ])
    await keep('GET', path)
  await keep('POST', `/api/statements/${ID}/verification`, {})
  await keep('POST', '/api/sources/2026-11-an-interview/archive', {
    archive_url: 'https://archive.example/1',
  })
  for (const path of [
    '/api/sources',
    '/api/sources/2026-11-an-interview',
    '/api/analysts',
    '/api/analysts/anna-petrosyan',
    '/api/statements',
    `/api/statements/${ID}`,
  ])
    await keep('GET', path)
  for (const path of [
    '/api/analysts/konstantin-kalachev/track-record',
    '/api/analysts/konstantin-kalachev/track-record/receipt',
    '/api/changes?since=5',
    '/api/calibration?tag=x',
    '/api/compare?analysts=anna-petrosyan,konstantin-kalachev',
    '/api/search?q=kalachev',
    '/api/due',
    '/api/record',
    '/api/words',
  ])
    await keep('GET', path)
  for (const path of [
    '/api/members',
    '/api/tokens',
    '/api/redactions',
    '/api/log/entries/0',
    '/api/log/entries/9',
    '/api/health',
    '/api/ready',
  ])
    await keep('GET', path)

  await keep('POST', '/api/import', {
    files: [{ name: 'a.csv', text: 'title,probability,outcome,date\nRain falls,.7,1,2025-04-08' }],
    mapping: { url: 'https://example.com/t', analyst: 'A model' },
  })

  const seen = new Set<string>()
  for (const [method, path, status, json] of answered) {
    const route = routes.find((candidate) => candidate.method === method && matches(candidate.path, path))
    expect([method, path, status]).toEqual([method, path, route?.status])
    if (route === undefined) throw new Error(`no route for ${path}`)
    seen.add(`${method} ${route.path}`)
    const read = route.answer.safeParse(json)
    expect([path, read.error?.issues ?? []]).toEqual([path, []])
  }
  // Those of a capture are held against their schemas in captures.test.ts, those of the clock in clock-corrected.test.ts,
  // those of coding in test/coding/blind.test.ts, anchors in anchors.test.ts, those of
  // replies in reply-links.test.ts.
  const elsewhere = [
    ...captureRoutes,
    ...codingRoutes,
    ...textRoutes,
    ...clockRoutes,
    ...anchorRoutes,
    ...replyRoutes,
  ]
  const all = routes
    .filter((route) => route.media === 'application/json' && !elsewhere.includes(route))
    .map(({ method, path }) => `${method} ${path}`)
  expect([...seen].sort()).toEqual(all.sort())
})

const matches = (pattern: string, path: string) =>
  new RegExp(`^/api${pattern.replaceAll(/:\w+/gu, '[^/]+')}$`, 'u').test(path.split('?')[0] as string)
