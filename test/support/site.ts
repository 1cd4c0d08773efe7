import { createApp } from '../../src/app.ts'
import type { ForecastRequest } from '../../src/core/forecast.ts'
import type { Role } from '../../src/core/member.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { aForecast, type Doubting, NOW, type TestLedger, testLedger } from './ledger.ts'

export const ORIGIN = 'http://localhost'

type Answer = { status: number; headers: Headers; text: string }
type Visitor = {
  get: (path: string) => Promise<Answer>
  /** Posts a form as a browser does from a page of ours. */
  post: (path: string, fields: Record<string, string>, headers?: Record<string, string>) => Promise<Answer>
  /** The same with fields that stand there more than once. */
  postBody: (path: string, body: URLSearchParams) => Promise<Answer>
}
export type Site = TestLedger & {
  send: (path: string, init?: RequestInit) => Promise<Answer>
  anonymous: Visitor
  /** Somebody with a session: the administrator, or another member. */
  signedIn: (member?: { member: string; role: Role }) => Promise<Visitor>
  log: (changes?: Record<string, unknown>) => Promise<{ id: string; question: string; analyst: string }>
}

/** The whole app on a new ledger, as browsers meet it. */
export async function site(
  settings: Parameters<typeof testLedger>[0] = {},
  doubting?: Doubting,
): Promise<Site> {
  const held = await testLedger(settings, NOW, doubting)
  const app = createApp(held.host)
  const send = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await app.request(`${ORIGIN}${path}`, init)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const postBody = (path: string, body: URLSearchParams, headers: Record<string, string>) =>
    send(path, { method: 'POST', body, headers })
  const visitor = (own: Record<string, string>): Visitor => ({
    get: (path) => send(path, { headers: own }),
    post: (path, fields, headers = { origin: ORIGIN }) =>
      postBody(path, new URLSearchParams(fields), { ...own, ...headers }),
    postBody: (path, body) => postBody(path, body, { ...own, origin: ORIGIN }),
  })
  return Object.assign(held, {
    send,
    anonymous: visitor({}),
    signedIn: async (member?: { member: string; role: Role }) => {
      const session = await openSecret(
        held.ledger,
        held.host.now(),
        (member ?? held.unit.by).member,
        'session',
      )
      return visitor({ cookie: `sid=${session}` })
    },
    log: async (changes: Record<string, unknown> = {}) => {
      const { event } = await recordForecast(held.ledger, held.unit, aForecast(changes) as ForecastRequest)
      return event.payload as { id: string; question: string; analyst: string }
    },
  })
}

/** What a field of a page holds: the value of an input, the text of a textarea, the chosen option. */
export function fieldValue(page: string, name: string): string | null {
  const escaped = name.replaceAll('/', '\\/')
  const area = new RegExp(`<textarea[^>]*name="${escaped}"[^>]*>([^<]*)</textarea>`, 'u').exec(page)
  if (area !== null) return area[1] ?? ''
  const radio = new RegExp(`<input type="radio" name="${escaped}" value="([^"]*)" checked`, 'u').exec(page)
  if (radio !== null) return radio[1] ?? ''
  const input = new RegExp(`<input[^>]*name="${escaped}"[^>]*value="([^"]*)"`, 'u').exec(page)
  if (input !== null) return input[1] ?? ''
  const select = new RegExp(
    `<select[^>]*name="${escaped}"[^>]*>.*?<option value="([^"]*)" selected`,
    'su',
  ).exec(page)
  return select?.[1] ?? null
}

/** The message beside a field, or null. */
export function problemAt(page: string, id: string): string | null {
  return new RegExp(`<p class="problem" id="${id}-problem">([^<]*)</p>`, 'u').exec(page)?.[1] ?? null
}
