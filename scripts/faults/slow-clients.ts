import { strict as assert } from 'node:assert'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Fault } from './fault.ts'
import { ask, record, serve, tokenFor, until } from './program.ts'

const SLOW = 400
const SHORT_SLOW = 100
const EVERY_MS = 250
const QUICK = 40
/** What nobody else should have to wait longer than, in ms. */
const LONGEST_MS = 2_000

/** Many clients who send a letter now and then, some of their headers and some of a body; others are served meanwhile. */
export const slowClients: Fault = {
  name: 'slow-clients',
  async run({ folder, short }) {
    const token = await tokenFor(folder)
    const server = await serve(folder)
    const { hostname, port } = new URL(server.address)
    const slow = Array.from({ length: short ? SHORT_SLOW : SLOW }, (_, i) =>
      dripping(connect(Number(port), hostname), i % 2 === 0 ? HEAD : BODY),
    )
    try {
      let longest = 0
      for (let i = 0; i < QUICK; i++) {
        const began = performance.now()
        const read = await ask(server.address, i % 2 === 0 ? '/' : '/api/forecasts')
        const written = await record(server.address, token, `beside-${i}`)
        assert.deepEqual([read.status, written.status], [200, 201])
        longest = Math.max(longest, performance.now() - began)
        await wait(EVERY_MS / 10)
      }
      assert.ok(longest < LONGEST_MS, `somebody else waited ${Math.round(longest)} ms`)
      const closed = () => slow.filter(({ isClosed }) => isClosed()).length
      if (!short) await until('the slow ones to be cut off', () => closed() >= slow.length / 2)
      return `${slow.length} slow clients: of ${2 * QUICK} others nobody waited longer than ${Math.round(longest)} ms; ${closed()} were cut off`
    } finally {
      for (const { end } of slow) end()
      assert.equal(await server.stop(), 0)
    }
  },
}

const HEAD = `GET / HTTP/1.1\r\nHost: localhost\r\n${'X-Slow: x\r\n'.repeat(1000)}`
const BODY = `POST /api/forecasts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{${' '.repeat(99_000)}`

function dripping(socket: Socket, text: string) {
  let [at, closed] = [0, false]
  const timer = setInterval(() => {
    if (!closed) socket.write(text[at++ % text.length] ?? ' ')
  }, EVERY_MS)
  const end = () => {
    closed = true
    clearInterval(timer)
    socket.destroy()
  }
  socket.on('error', () => {})
  socket.on('close', () => {
    closed = true
    clearInterval(timer)
  })
  socket.resume()
  return { end, isClosed: () => closed }
}
