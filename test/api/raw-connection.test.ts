import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type Fetch, httpServer } from '../../src/node/http-server.ts'
import { conversation, statusesOf } from '../support/raw.ts'
import { type Client, client, forecastBody } from './client.ts'

type Case = { id: string; target: string; why: string; payload: { $rawHttp?: string } }
const cases = (
  JSON.parse(readFileSync('test/fixtures/bad-inputs.json', 'utf8')) as { cases: Case[] }
).cases.filter(({ target, payload }) => target === 'raw connection' && payload.$rawHttp !== undefined)

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function listening({ app }: Client): Promise<number> {
  const limits = {
    headersTimeout: 250,
    requestTimeout: 400,
    connectionsCheckingInterval: 50,
    keepAliveTimeout: 100,
  }
  const server = httpServer(app.fetch as Fetch, limits)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const request = (line: string, headers: Record<string, string>, body = '') =>
  `${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n${body}`

test.each(cases.map((each) => [each.id, each.why, each] as const))(
  '%s (%s) gets one refusal or a closed connection, and the next request works',
  async (_, __, { payload }) => {
    const port = await listening(await client())
    const statuses = statusesOf(await conversation(port, payload.$rawHttp as string))
    expect(statuses.length).toBeLessThanOrEqual(1)
    for (const status of statuses) expect([status, status >= 400 && status < 500]).toEqual([status, true])
    expect(statusesOf(await conversation(port, request('GET /api/health', {})))).toEqual([200])
  },
)

test('500 connections that say nothing are closed, and others are served meanwhile', async () => {
  const port = await listening(await client())
  const silent = Promise.all(Array.from({ length: 500 }, () => conversation(port, '')))
  expect(statusesOf(await conversation(port, request('GET /api/health', {})))).toEqual([200])
  for (const text of await silent) expect(statusesOf(text).every((status) => status === 408)).toBe(true)
})

test('a header with U+0000 is refused', async () => {
  const held = await client()
  const port = await listening(held)
  const body = JSON.stringify(forecastBody())
  const headers = {
    'Content-Type': 'application/json\0',
    'Content-Length': String(body.length),
    Authorization: `Bearer ${held.token}`,
  }
  expect(statusesOf(await conversation(port, request('POST /api/forecasts', headers, body)))).toEqual([400])
})

test('a body is measured as it arrives, declared or not', async () => {
  const held = await client()
  const port = await listening(held)
  const auth = { Authorization: `Bearer ${held.token}`, 'Content-Type': 'application/json' }
  const declared = request('POST /api/forecasts', { ...auth, 'Content-Length': '50000000' }, '{"a":"')
  expect(statusesOf(await conversation(port, declared))).toEqual([413])
  const chunk = `10000\r\n${'a'.repeat(65_536)}\r\n`
  const chunked = request(
    'POST /api/forecasts',
    { ...auth, 'Transfer-Encoding': 'chunked' },
    `${chunk.repeat(17)}0\r\n\r\n`,
  )
  expect(statusesOf(await conversation(port, chunked))).toEqual([413])
  const fine = JSON.stringify(forecastBody())
  const inChunks = `5\r\n${fine.slice(0, 5)}\r\n${(fine.length - 5).toString(16)}\r\n${fine.slice(5)}\r\n0\r\n\r\n`
  const small = request('POST /api/forecasts', { ...auth, 'Transfer-Encoding': 'chunked' }, inChunks)
  expect(statusesOf(await conversation(port, small))).toEqual([201])
})

test('a body that breaks off writes nothing', async () => {
  const held = await client()
  const port = await listening(held)
  const headers = {
    Authorization: `Bearer ${held.token}`,
    'Content-Type': 'application/json',
    'Content-Length': '1000',
  }
  const statuses = statusesOf(
    await conversation(port, request('POST /api/forecasts', headers, '{"analyst":')),
  )
  expect(statuses.filter((status) => status < 400 || status >= 500)).toEqual([])
  expect((await held.get('/api/health')).json.ledger_size).toBe(5)
})

test('answers over a real connection are whole, kept ones too', async () => {
  const held = await client()
  const port = await listening(held)
  await held.post('/api/forecasts', forecastBody({ quote: 'мира не будет' }))
  const bodyOf = (text: string) =>
    Buffer.from(text.slice(text.indexOf('\r\n\r\n') + 4), 'latin1').toString('utf8')
  const first = await conversation(port, request('GET /api/forecasts', {}))
  const second = await conversation(port, request('GET /api/forecasts', {}))
  expect(JSON.parse(bodyOf(first))).toEqual(JSON.parse(bodyOf(second)))
  expect(second).toMatch(/^content-length: \d+\r$/imu)
  expect(bodyOf(second)).toContain('мира не будет')
  const etag = /^etag: (.*)\r$/imu.exec(second)?.[1] as string
  expect(
    statusesOf(await conversation(port, request('GET /api/forecasts', { 'If-None-Match': etag }))),
  ).toEqual([304])
  const head = await conversation(port, request('HEAD /api/forecasts', {}))
  expect([statusesOf(head), bodyOf(head)]).toEqual([[200], ''])
})
