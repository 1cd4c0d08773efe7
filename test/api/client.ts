import type { Hono } from 'hono'
import { createApp } from '../../src/app.ts'
import { type Doubting, NOW, type TestLedger, testLedger } from '../support/ledger.ts'

type Json = { [name: string]: unknown }
export type Reply = { status: number; headers: Headers; text: string; json: Json }

export type Client = TestLedger & {
  app: Hono
  get: (path: string, headers?: Record<string, string>) => Promise<Reply>
  /** A write with the administrator's token; a text body goes as it is. */
  post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>
  send: (path: string, init: RequestInit) => Promise<Reply>
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text()
  const isJson = /json/u.test(response.headers.get('content-type') ?? '')
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson && text !== '' ? JSON.parse(text) : {},
  }
}

/** The whole app on a new ledger, and the two ways to talk to it. */
export async function client(
  settings: Parameters<typeof testLedger>[0] = {},
  doubting?: Doubting,
): Promise<Client> {
  const held = await testLedger(settings, NOW, doubting)
  const app = createApp(held.host)
  const send = async (path: string, init: RequestInit) => replyOf(await app.request(path, init))
  return Object.assign(held, {
    app,
    send,
    get: (path: string, headers: Record<string, string> = {}) => send(path, { headers }),
    post: (path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
      send(path, {
        method: 'POST',
        body:
          typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
        headers: { authorization: `Bearer ${held.token}`, 'content-type': 'application/json', ...headers },
      }),
  })
}

/** The smallest useful call, as plain JSON. */
export const forecastBody = (changes: Record<string, unknown> = {}) => ({
  analyst: { name: 'Konstantin Kalachev' },
  source: {
    title: 'An interview',
    type: 'interview',
    url: 'https://example.com/interview',
    published: '2026-11-01',
  },
  quote: 'there will be no war',
  question: questionBody(),
  probability: { words: 'there will be no war', categorical: 'no' },
  ...changes,
})

export const questionBody = (changes: Record<string, unknown> = {}) => ({
  title: 'A new war begins',
  criteria: 'A war is declared or a thousand people die in it.',
  deadline: { date: '2026-12-31', time_zone: 'Asia/Yerevan', because: 'No horizon was named.' },
  ...changes,
})

export const pastQuestion = (changes: Record<string, unknown> = {}) =>
  questionBody({ deadline: { date: '2026-11-21', time_zone: 'Asia/Yerevan' }, ...changes })

export const resolutionBody = (changes: Record<string, unknown> = {}) => ({
  outcome: 'no',
  known_on: '2026-11-22',
  evidence: [{ url: 'https://example.com/report', says: 'Nothing happened.', accessed: '2026-11-22' }],
  rationale: 'The day passed quietly.',
  ...changes,
})
