import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createApp } from '../../src/app.ts'
import { UNLIMITED } from '../../src/core/quota.ts'
import type { Host } from '../../src/http/host.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { type Fetch, httpServer } from '../../src/node/http-server.ts'
import { pictures } from '../../src/node/pictures.ts'
import { ledgerOn, openDatabase, prepareLedger } from '../../src/node/runtime.ts'
import { readHead } from '../../src/store/append.ts'
import { findCapture } from '../../src/store/captures.ts'
import { findQuestion } from '../../src/store/lookups.ts'
import { operationsOf } from './operations.ts'

const ORIGIN = 'http://localhost'
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** A ledger with one of everything, its app, the same behind a real server, and credentials of every kind. */
export type World = Awaited<ReturnType<typeof openWorld>>

/** The document is that of every ledger, and its schemas take seconds to compile. */
let api: ReturnType<typeof operationsOf> | null = null

export async function openWorld(folder: string) {
  const db = await openDatabase({ RECKONING_DATABASE_URL: `file:${join(folder, 'ledger.db')}` })
  const ledger = ledgerOn(db)
  const now = () => new Date()
  const { administrator } = await prepareLedger(db, ledger, now, 'auto', () => {})
  const host: Host = {
    ledger,
    now,
    head: () => readHead(db),
    pictures,
    fileReader: () => import('../../src/interchange/tracker/reader.ts'),
    build: 'hostile',
    version: '0.0.0-hostile',
    settings: { origin: null, public: true, rate_limit: 0, read_limit: 0, quotas: UNLIMITED, banner: null },
  }
  const app = createApp(host)
  const ask = async (method: string, path: string, init: RequestInit = {}) =>
    app.request(`${ORIGIN}${path}`, { method, ...init })

  const signIn = async (link: string): Promise<string> => {
    const answer = await ask('POST', '/sign-in', {
      body: new URLSearchParams({ token: link }),
      headers: { origin: ORIGIN },
    })
    return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  }
  const admin = await signIn(await openSecret(ledger, now(), administrator.id, 'link'))
  const secretFrom = async (path: string, fields: Record<string, string>): Promise<string> => {
    const answer = await ask('POST', path, {
      body: new URLSearchParams(fields),
      headers: { origin: ORIGIN, cookie: admin },
    })
    const text = await answer.text()
    const secret = /<code class="secret">([^<]*)<\/code>/u.exec(text)?.[1]
    if (secret === undefined) throw new Error(`no secret from ${path}: ${answer.status}`)
    return secret.replace(/^.*token=/u, '')
  }
  const adminToken = await secretFrom('/settings/tokens', {
    '/member': administrator.id,
    '/name': 'hostile',
    '/role': 'admin',
  })
  const write = async (path: string, body: unknown): Promise<Record<string, unknown>> => {
    const answer = await ask('POST', path, {
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    })
    const json = (await answer.json()) as Record<string, unknown>
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(json)}`)
    return (json.record ?? json) as Record<string, unknown>
  }

  const tokens: Record<string, string> = { admin: adminToken }
  const cookies: Record<string, string> = { admin }
  let member = ''
  for (const role of ['reader', 'recorder', 'resolver']) {
    member = String((await write('/api/members', { name: `A ${role}`, role })).id)
    tokens[role] = String((await write('/api/tokens', { member, name: role, role })).token)
    cookies[role] = await signIn(await secretFrom('/settings/links', { '/member': member }))
  }
  const guest = await write('/api/members', { name: 'A guest', role: 'reader' })
  const revoked = await write('/api/tokens', { member, name: 'revoked', role: 'reader' })
  await write(`/api/tokens/${revoked.id}/revocation`, {})
  tokens.revoked = String(revoked.token)

  const forecast = await write('/api/forecasts', {
    analyst: { name: 'Ada Lovelace' },
    source: { title: 'An interview', type: 'interview', url: 'https://example.com/a', published: day(-60) },
    quote: 'it will rain',
    question: {
      title: 'It rains',
      criteria: 'Rain is measured.',
      deadline: { date: day(-2), time_zone: 'UTC' },
      family: 'weather',
    },
    probability: 0.7,
  })
  const later = await write('/api/forecasts', {
    analyst: { name: 'Charles Babbage' },
    source: { title: 'A speech', type: 'speech', published: day(-30) },
    quote: 'there will be snow',
    question: {
      title: 'It snows',
      criteria: 'Snow is measured.',
      deadline: { date: day(200), time_zone: 'UTC' },
      condition: { text: 'It is cold.', deadline: { date: day(100), time_zone: 'UTC' } },
      family: 'weather',
    },
    probability: { words: 'likely' },
  })
  const counted = await write('/api/questions', {
    title: 'So many come',
    type: 'numeric',
    range: { low: 1, high: 100 },
    criteria: 'They are counted.',
    deadline: { date: day(-2), time_zone: 'UTC' },
  })
  const reference = await write(`/api/questions/${later.question}/references`, {
    kind: 'base_rate',
    of: { k: 3, n: 20, class: 'winters' },
    source: 'The office',
  })
  const report = await write('/api/reports', { about: `question:${later.question}`, text: 'It is misspelt.' })
  const capture = await write('/api/captures', {
    source: { title: 'A talk', type: 'interview', published: day(-3) },
    text: 'It will rain tomorrow, I think. Nobody will mind. Prices are likely to rise by 2030.',
    marks: [],
  })
  const talk = await write('/api/sources', {
    title: 'A talk to code',
    type: 'speech',
    published: day(-20),
    text: 'It will rain tomorrow, I think. Nobody will mind. Prices are likely to rise by 2030.',
  })
  const round = await write('/api/codings', { source: talk.id })
  const question = String(forecast.question)
  await write(`/api/questions/${question}/resolutions`, {
    outcome: 'yes',
    known_on: day(-1),
    evidence: [{ url: 'https://example.com/rain', says: 'It rained.', accessed: day(-1) }],
    rationale: 'It rained.',
  })

  api ??= operationsOf((await (await ask('GET', '/api/openapi.json')).json()) as Record<string, unknown>)
  // Short limits: what is slow on purpose shall not keep the suite waiting.
  const limits = {
    headersTimeout: 400,
    requestTimeout: 800,
    connectionsCheckingInterval: 100,
    keepAliveTimeout: 300,
  }
  const server: Server = httpServer(app.fetch as Fetch, limits)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    ask,
    api,
    tokens,
    cookies,
    port: (server.address() as AddressInfo).port,
    day,
    /** The version that a form has to be made from, where it is made from one. */
    revOf: async (path: string): Promise<number | null> => {
      const [, noun, id = '', form] = path.split('/')
      if (noun === 'captures') {
        const found = await findCapture(db, id)
        return found !== null && 'capture' in found ? found.capture.rev : null
      }
      return noun === 'questions' && form === 'amendments'
        ? ((await findQuestion(db, id))?.rev ?? null)
        : null
    },
    ids: {
      member,
      guest: String(guest.id),
      forecast: String(forecast.id),
      question,
      open: String(later.question),
      counted: String(counted.id),
      source: String(forecast.id).split('_')[0] ?? '',
      capture: String(capture.id),
      analyst: 'ada-lovelace',
      token: String(revoked.id),
      reference: String(reference.id),
      report: String(report.id),
      round: String(round.id),
      talk: String(talk.id),
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await db.close()
    },
  }
}
