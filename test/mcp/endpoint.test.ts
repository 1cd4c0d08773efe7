import { expect, it } from 'vitest'
import { client } from '../api/client.ts'

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
}
const takes = { accept: 'application/json, text/event-stream' }

it('answers a page of another origin with a refusal, and its own', async () => {
  const { post } = await client()
  const foreign = await post('/mcp', INITIALIZE, { ...takes, origin: 'https://evil.example' })
  expect([foreign.status, foreign.json]).toMatchObject([403, { code: 'forbidden' }])
  expect((await post('/mcp', INITIALIZE, { ...takes, origin: 'null' })).status).toBe(403)
  expect((await post('/mcp', INITIALIZE, { ...takes, origin: 'http://localhost' })).status).toBe(200)
})

it('takes nothing but a JSON object that is posted, in time and in size', async () => {
  const { post, get, send } = await client()
  const stream = await get('/mcp', takes)
  expect([stream.status, stream.headers.get('allow'), stream.json.code]).toEqual([
    405,
    'POST',
    'method_not_allowed',
  ])
  expect((await send('/mcp', { method: 'DELETE' })).status).toBe(405)
  expect((await post('/mcp', 'no json', takes)).json).toMatchObject({ code: 'malformed' })
  expect((await post('/mcp', '[]', takes)).status).toBe(422)
  expect((await post('/mcp', '{"a":1,"a":2}', takes)).status).toBe(400)
  expect((await post('/mcp', `"${'x'.repeat(1_100_000)}"`, takes)).status).toBe(413)
  expect((await post('/mcp', INITIALIZE, { ...takes, 'content-type': 'text/plain' })).status).toBe(415)
})

it('answers whatever is no message of the protocol with an error below 500', async () => {
  const { post } = await client()
  const bodies = [
    {},
    { jsonrpc: '1.0', id: 1, method: 'tools/list' },
    { jsonrpc: '2.0', id: {}, method: 'tools/list' },
    { jsonrpc: '2.0', id: 1, method: 'resources/read', params: { uri: 'file:///etc/passwd' } },
    { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 7 } },
    { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'due', arguments: 'all' } },
    { jsonrpc: '2.0', id: 1, method: 'subscriptions/listen', params: {} },
    { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } },
  ]
  for (const body of bodies) {
    const { status } = await post('/mcp', body, takes)
    expect(status, JSON.stringify(body)).toBeLessThan(500)
  }
})

it('refuses a token that is not valid before it reads anything', async () => {
  const { post } = await client()
  const { status, json } = await post('/mcp', INITIALIZE, { ...takes, authorization: 'Bearer rk_pat_none' })
  expect([status, json]).toMatchObject([401, { code: 'unauthenticated' }])
})

it('counts what an address calls like what it reads', async () => {
  const { post } = await client({ rate_limit: 100, read_limit: 2 })
  const statuses = []
  for (let n = 0; n < 3; n++) statuses.push((await post('/mcp', INITIALIZE, takes)).status)
  expect(statuses).toEqual([200, 200, 429])
})
