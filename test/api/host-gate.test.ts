import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { httpServer } from '../../src/node/http-server.ts'
import { conversation, statusesOf } from '../support/raw.ts'
import { client, forecastBody } from './client.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** The app as it listens, to be spoken to byte by byte. */
async function listening(settings: Parameters<typeof client>[0] = {}, limits = {}) {
  const held = await client(settings)
  const server = httpServer(held.app.fetch as Parameters<typeof httpServer>[0], limits)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const say = (bytes: string) => conversation(port, bytes)
  const ask = (target: string, lines: string[], version = '1.1') =>
    say(
      `GET ${target} HTTP/${version}\r\nConnection: close\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`,
    )
  return { ...held, port, say, ask }
}

const problemIn = (text: string) => ({
  status: statusesOf(text)[0],
  type: /^content-type: (.*)\r$/imu.exec(text)?.[1],
  code: (JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4) || '{}') as { code?: string }).code,
})
const refused = (status: number, code: string) => ({ status, type: 'application/problem+json', code })

const TARGETS = ['/', '/api', '/api/health', '/api/forecasts', '/forecasts/x', '/none']

test.each([
  '..',
  '256.256.256.256',
  '0x7f.1',
  '1.2.3.4.5',
  'a b',
  'user@localhost',
  'localhost/path',
  'localhost:99999',
  'localhost:0',
  'localhost:x',
  '[::1',
  '[:::1]',
  'xn--',
  'xn--a',
  'local%68ost',
  'l\xf6calhost',
  '',
  '\t',
])('a Host that is no host (%j) is one refusal, wherever it is sent', async (name) => {
  const { ask } = await listening()
  for (const target of TARGETS)
    expect([target, problemIn(await ask(target, [`Host: ${name}`]))]).toEqual([
      target,
      refused(400, 'malformed'),
    ])
})

test('a Host that holds control characters is a problem too, although Node itself refuses it', async () => {
  const { ask } = await listening()
  for (const name of ['local\0host', 'local\x01host', 'localhost\r Host: x'])
    expect(problemIn(await ask('/api/health', [`Host: ${name}`]))).toEqual(refused(400, 'malformed'))
})

test('HTTP/1.1 needs one Host and no more; HTTP/1.0 can do without', async () => {
  const { ask } = await listening()
  for (const target of TARGETS) {
    expect(problemIn(await ask(target, []))).toEqual(refused(400, 'malformed'))
    for (const other of ['localhost', 'evil.example', ''])
      expect(problemIn(await ask(target, ['Host: localhost', `hOST: ${other}`]))).toEqual(
        refused(400, 'malformed'),
      )
  }
  expect(statusesOf(await ask('/', [], '1.0'))).toEqual([200])
  expect(statusesOf(await ask('/api/health', [], '1.0'))).toEqual([200])
})

test('this machine is known by its names and its address, in any case of letters', async () => {
  const { ask, port } = await listening()
  for (const name of ['localhost', `LOCALHOST:${port}`, `127.0.0.1:${port}`, '[::1]:8787'])
    expect([name, statusesOf(await ask('/', [`Host: ${name}`]))]).toEqual([name, [200]])
})

test('a whole address in the request line must name the same host and scheme', async () => {
  const { ask } = await listening()
  const own = ['Host: localhost']
  expect(statusesOf(await ask('http://localhost/api/health', own))).toEqual([200])
  for (const target of [
    'http://evil.example/',
    'http://localhost:81/',
    'https://localhost/',
    'ftp://localhost/',
    'http://[/',
    'localhost/',
    '*',
  ])
    expect([target, problemIn(await ask(target, own))]).toEqual([target, refused(400, 'malformed')])
})

test.each([
  [{}, 'set RECKONING_ORIGIN to that address, scheme and host, such as https://ledger.example'],
  [{ origin: 'https://ours.example' }, 'This ledger is at https://ours.example (RECKONING_ORIGIN)'],
])('who is refused for the name of the host is told which setting names it', async (settings, says) => {
  const { ask } = await listening(settings)
  expect(await ask('/api/health', ['Host: other.example'])).toContain(says)
})

test('a foreign name that was made to lead here reads nothing, signs nobody in and appears in no link', async () => {
  const { ask, say, ledger, host, unit, post } = await listening()
  await post('/api/forecasts', forecastBody())
  for (const target of TARGETS) {
    const text = await ask(target, ['Host: evil.example'])
    expect(problemIn(text)).toEqual(refused(421, 'misdirected'))
    expect(text).not.toContain('evil.example')
  }
  const link = await openSecret(ledger, host.now(), unit.by.member, 'link')
  const body = `token=${link}`
  const posted = (name: string) =>
    say(
      `POST /sign-in HTTP/1.1\r\nHost: ${name}\r\nOrigin: http://${name}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
  expect(problemIn(await posted('evil.example'))).toEqual(refused(421, 'misdirected'))
  expect(statusesOf(await posted('localhost'))).toEqual([303])
})

test('the app refuses a foreign name by itself, whoever runs it', async () => {
  const { app } = await client()
  const own = await app.request('http://evil.example/sign-in', {
    method: 'POST',
    body: new URLSearchParams({ token: 'x' }),
    headers: { origin: 'http://evil.example' },
  })
  expect([own.status, own.headers.get('content-type')]).toEqual([421, 'application/problem+json'])
  const named = await app.request('/', { headers: { host: 'evil.example' } })
  expect([named.status, named.headers.get('x-content-type-options')]).toEqual([421, 'nosniff'])
})

test('with RECKONING_ORIGIN only its host is answered; the watched addresses by the address of this machine too', async () => {
  const { ask } = await listening({ origin: 'https://ledger.example' })
  for (const name of ['ledger.example', 'LEDGER.example', 'ledger.example:443'])
    expect([name, statusesOf(await ask('/', [`Host: ${name}`]))]).toEqual([name, [200]])
  for (const name of ['evil.example', 'localhost', 'ledger.example:80', 'ledger.example.', '127.0.0.1'])
    expect([name, problemIn(await ask('/', [`Host: ${name}`]))]).toEqual([name, refused(421, 'misdirected')])
  for (const path of ['/api/health', '/api/ready']) {
    expect(statusesOf(await ask(path, ['Host: 127.0.0.1:8787']))).toEqual([200])
    expect(problemIn(await ask(path, ['Host: evil.example']))).toEqual(refused(421, 'misdirected'))
  }
})

test('what Node refuses before the app is a problem like any other, and closes the connection', async () => {
  const { say, ask } = await listening(
    {},
    { headersTimeout: 150, requestTimeout: 200, connectionsCheckingInterval: 50 },
  )
  const cases: [string, number, string][] = [
    ['GARBAGE\r\n\r\n', 400, 'malformed'],
    ['GET / HTTP/9.9\r\n\r\n', 400, 'malformed'],
    ['GET / HTTP/1.1\r\nHost localhost\r\n\r\n', 400, 'malformed'],
    ['POST /api/forecasts HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n', 400, 'malformed'],
    [`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'headers_too_large'],
    ['GET / HTTP/1.1\r\nHost: localhost\r\nX: a', 408, 'timeout'],
    ['CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n', 405, 'method_not_allowed'],
  ]
  for (const [bytes, status, code] of cases) {
    const text = await say(bytes)
    expect([bytes.slice(0, 40), problemIn(text)]).toEqual([bytes.slice(0, 40), refused(status, code)])
    expect(text).toMatch(/^connection: close\r$/imu)
  }
  expect(statusesOf(await ask('/api/health', ['Host: localhost', 'Expect: the-moon']))).toEqual([200])
})

test('garbage behind a request does not take the place of its answer', async () => {
  const { say } = await listening()
  const text = await say('GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\nGARBAGE\r\n\r\n')
  expect(statusesOf(text)).toEqual([200])
})
