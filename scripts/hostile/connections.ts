import { connect } from 'node:net'
import fc from 'fast-check'
import { type Answer, kind, noProblem } from './kind.ts'
import { mostly } from './values.ts'
import type { World } from './world.ts'

type Sent = { bytes: string; slow: boolean }

/** Sends bytes on a fresh connection, at once or bit by bit, and answers the first answer. */
const conversation = (port: number, { bytes, slow }: Sent): Promise<Answer> =>
  new Promise((resolve) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', async () => {
      if (!slow) return socket.write(bytes, 'latin1')
      for (let at = 0; at < bytes.length && socket.writable; at += 40) {
        socket.write(bytes.slice(at, at + 40), 'latin1')
        await new Promise((later) => setTimeout(later, 5))
      }
    })
    socket.setEncoding('latin1')
    socket.on('data', (data) => {
      text += data
      // What is answered is answered; a connection that is kept alive is not waited for.
      if (isWhole(text)) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answerIn(text)))
  })

function isWhole(said: string): boolean {
  const text = said.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/u, '')
  const head = text.indexOf('\r\n\r\n')
  if (head === -1) return false
  const length = /^content-length: (\d+)\r$/imu.exec(text.slice(0, head + 2))?.[1]
  return length !== undefined && text.length - head - 4 >= Number(length)
}

function answerIn(said: string): Answer {
  const text = said.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/u, '')
  const head = text.indexOf('\r\n\r\n')
  const lines = text.slice(0, head + 2)
  const body = Buffer.from(text.slice(head + 4), 'latin1')
  const length = Number(/^content-length: (\d+)\r$/imu.exec(lines)?.[1] ?? body.length)
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/u.exec(text)?.[1] ?? 0),
    type: /^content-type: (.*)\r$/imu.exec(lines)?.[1] ?? null,
    text: body.subarray(0, length).toString('utf8'),
    more: body.subarray(length).toString('utf8'),
  }
}

const HOSTS = [
  'localhost',
  'LOCALHOST',
  '127.0.0.1',
  '127.0.0.1:1',
  '[::1]',
  'localhost:99999',
  'localhost:0',
  'localhost:',
  'localhost:x',
  'evil.example',
  'evil.example:80',
  'user@localhost',
  'local host',
  'localhost/x',
  'localhost?x',
  'localhost#x',
  '..',
  '.',
  '-',
  '_',
  '256.256.256.256',
  '0x7f.1',
  '2130706433',
  '127.1',
  '1.2.3.4.5',
  '[::1',
  '::1',
  '[::ffff:127.0.0.1]',
  'xn--a',
  'xn--',
  '%6cocalhost',
  'a'.repeat(300),
  'l\xf6calhost',
  '\x00',
  '\x01',
  '\t',
  '',
  'localhost, evil.example',
  'localhost\\',
  'http://localhost',
  '*',
  '{}',
  '^',
]
const TARGETS = [
  '/',
  '/api',
  '/api/health',
  '/api/forecasts',
  '/api/none',
  '/none',
  '/forecasts/%00',
  '*',
  'x',
  '//',
  '//evil.example/',
  '/\\x',
  '/..',
  '/%',
  '/\x7f',
  '/\xff',
  '/a b',
  'http://localhost/',
  'http://evil.example/',
  'https://localhost/',
  'http://[/',
  'ftp://x/',
  'http:/x',
  `/${'x'.repeat(9_000)}`,
  `/${'x'.repeat(20_000)}`,
  '',
]
const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PRI',
  'get',
  'G E T',
  '',
  'X'.repeat(50),
]
const VERSIONS = ['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9', 'http/1.1', '']
const LINES = [
  'Content-Length: 5',
  'Content-Length: -1',
  'Content-Length: x',
  'Content-Length: 99999999',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: gzip',
  'Transfer-Encoding: chunked, chunked',
  'Expect: 100-continue',
  'Expect: x',
  'Connection: close',
  'Connection: Upgrade',
  'Upgrade: h2c',
  'Upgrade: websocket',
  ': x',
  'X',
  ' folded',
  'X: a\x00b',
  'X: \xff',
  `X: ${'a'.repeat(20_000)}`,
  'Cookie: a=b',
  'Cookie: sid=%',
  'Range: bytes=0-',
  'If-None-Match: *',
  'Accept: nothing/here',
  'Content-Type: application/json',
  'Content-Type: multipart/form-data',
  'Origin: http://localhost',
  'Authorization: Bearer x',
  'Host: evil.example',
  'hOST: localhost',
]
const BODIES = [
  '',
  'hello',
  '{}',
  '5\r\nhello\r\n0\r\n\r\n',
  'zz\r\nhello',
  'ffffffffff\r\nx',
  '1;x=y\r\na\r\n0\r\n\r\n',
  '0\r\nX: y\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  '\x00\xff'.repeat(50),
]

const PLAIN = ['/', '/api', '/api/health', '/api/forecasts', '/api/none', '/none']

/** A request with something odd in one place or another. */
const request: fc.Arbitrary<Sent> = fc
  .record({
    method: fc.oneof({ weight: 6, arbitrary: fc.constantFrom('GET', 'POST') }, fc.constantFrom(...METHODS)),
    target: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PLAIN) }, fc.constantFrom(...TARGETS)),
    version: mostly('HTTP/1.1', VERSIONS),
    hosts: fc.oneof(
      { weight: 5, arbitrary: fc.constant<string[]>(['localhost']) },
      { weight: 4, arbitrary: fc.constantFrom(...HOSTS).map((name) => [name]) },
      fc.array(fc.constantFrom(...HOSTS), { maxLength: 2 }),
    ),
    lines: fc.oneof(fc.constant([]), fc.array(fc.constantFrom(...LINES), { maxLength: 2 })),
    body: mostly('', BODIES),
    end: mostly('\r\n', ['\n', '']),
    slow: fc.integer({ min: 0, max: 99 }).map((each) => each === 0),
  })
  .map(({ method, target, version, hosts, lines, body, end, slow }) => {
    const head = [`${method} ${target} ${version}`, ...hosts.map((name) => `Host: ${name}`), ...lines]
    return { bytes: `${head.join('\r\n')}\r\n${end}${body}`, slow }
  })

/** Bytes on a real connection: hosts, targets, headers and bodies of every sort, fast and slow. */
export const connections = kind<Sent>({
  name: 'connections',
  full: 2_500,
  short: 200,
  together: 20,
  requests: () => request,
  send: (world: World, sent) => conversation(world.port, sent),
  wrong: (_, { bytes }, answer) => {
    // A connection that only ends says too little, except where nothing of a request came.
    if (answer.status === 0) return bytes.startsWith('PRI ') ? null : 'no answer'
    if (answer.status < 400) return null
    if (answer.type?.startsWith('text/html') === true) return null
    return noProblem(answer)
  },
})

const LONG = 'a'.repeat(65_536)
const WRITES = ['/api/forecasts', '/api/captures', '/api/members', '/sign-in', '/capture']

/** Bodies in chunks, without a length, up to far beyond every bound. */
export const chunks = kind<{ path: string; type: string; chunks: number; broken: boolean; who: boolean }>({
  name: 'chunked bodies',
  full: 300,
  short: 30,
  requests: () =>
    fc.record({
      path: fc.constantFrom(...WRITES),
      type: fc.constantFrom(
        'application/json',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ),
      chunks: fc.constantFrom(0, 1, 15, 17, 70, 200),
      broken: fc.boolean(),
      who: fc.boolean(),
    }),
  send: (world, { path, type, chunks: count, broken, who }) =>
    conversation(world.port, {
      slow: false,
      bytes: [
        `POST ${path} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nConnection: close\r\nContent-Type: ${type}\r\nTransfer-Encoding: chunked\r\n`,
        who ? `Authorization: Bearer ${world.tokens.admin}\r\nCookie: ${world.cookies.admin}\r\n` : '',
        '\r\n',
        `10000\r\n${LONG}\r\n`.repeat(count),
        broken ? 'zz\r\n' : '0\r\n\r\n',
      ].join(''),
    }),
  wrong: (_, { path, chunks: count, who }, answer) => {
    if (answer.status === 0) return count > 15 ? null : 'no answer'
    if (answer.more !== '') return `a second answer: ${answer.more?.slice(0, 200)}`
    if (who && count >= 200 && ![400, 413, 415].includes(answer.status)) return `${answer.status} for 13 MB`
    return path.startsWith('/api') ? noProblem(answer) : answer.status < 500 ? null : 'failed'
  },
})
