import type { Hono } from 'hono'
import type { Host } from '../ledger/host.ts'
import { answerCache, type Kept, type Moment } from './answer-cache.ts'
import { etagOf, isFresh, PRIVATE_CACHING, PUBLIC_CACHING, quarterOf } from './freshness.ts'
import type { Connection } from './rate-limit.ts'
import { isAcceptable } from './request.ts'

const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors"

/** Sent with every answer: everything a page needs comes from its own host, and nobody may frame it. */
const SECURITY: Readonly<Record<string, string>> = {
  'content-security-policy': `${POLICY} 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

/** Pages made to be framed: read only, without forms. What goes wrong there is a page like any other. */
const FRAMED: Readonly<Record<string, string>> = { 'content-security-policy': `${POLICY} *` }
const isFramed = ({ status }: Response, url: string): boolean =>
  status === 200 && new URL(url).pathname.startsWith('/embed/')

type Fetch = Hono['fetch']
type Header = (name: string) => string | null | undefined

/**
 * Gives every answer its headers, and keeps what anonymous readers are answered until the head moves or a
 * quarter-hour passes. It stands before the router, because routing a request costs more than a kept answer.
 */
export function keepingAnswers(host: Host, app: Fetch): Fetch {
  const cache = answerCache()
  return async (request, env, context) => {
    const header = headerOf(request, env as Connection)
    const { method, url } = request
    const isRead = method === 'GET' || method === 'HEAD'
    const isAnonymous = (header('authorization') ?? header('cookie') ?? header('range') ?? null) === null
    const now = host.now()
    // Where even the head cannot be read, the app says what is wrong.
    const head = isRead && isAnonymous ? await host.head().catch(() => null) : null
    if (head === null) {
      const answer = dressed(await app(request, env, context), url)
      if (isRead && !answer.headers.has('cache-control')) answer.headers.set('cache-control', PRIVATE_CACHING)
      return answer
    }
    const moment: Moment = { seq: head.seq, quarter: quarterOf(now) }
    const match = header('if-none-match')
    const kept = cache.get(moment, url)
    if (kept !== undefined && isAcceptable(header('accept'), kept.media))
      return answerWith(kept, method, match)
    const answer = dressed(await app(request, env, context), url)
    if (!isPublic(answer)) return answer
    if (!answer.headers.has('cache-control')) answer.headers.set('cache-control', PUBLIC_CACHING)
    if (!answer.headers.has('etag')) answer.headers.set('etag', etagOf(host, head, now, 'public', url))
    if (method === 'HEAD' || isStreamed(answer)) return answer
    const made = await whole(answer)
    cache.put(moment, url, made)
    return answerWith(made, method, match)
  }
}

/** Node has the headers at hand; a Headers object made of them costs as much as the whole kept answer. */
function headerOf(request: Request, connection: Connection): Header {
  const plain = connection?.incoming?.headers
  return plain === undefined ? (name) => request.headers.get(name) : (name) => plain[name]
}

const answerWith = (
  { headers, notModified, body, etag }: Kept,
  method: string,
  match: string | null | undefined,
): Response =>
  isFresh(match, etag)
    ? new Response(null, { status: 304, headers: notModified })
    : new Response(method === 'HEAD' ? null : (body as Uint8Array<ArrayBuffer>), { headers })

/** An answer with the headers that every answer has. */
export function dressed(answer: Response, url: string): Response {
  const headers = isFramed(answer, url) ? { ...SECURITY, ...FRAMED } : SECURITY
  for (const name in headers) answer.headers.set(name, headers[name] as string)
  return answer
}

function isPublic({ status, headers }: Response): boolean {
  const caching = headers.get('cache-control')
  return status === 200 && (caching === null || caching.startsWith('public'))
}

const isStreamed = ({ headers }: Response): boolean =>
  headers.get('content-type')?.startsWith('text/csv') === true

/** An answer read whole so that it can be kept. */
async function whole(answer: Response): Promise<Kept> {
  const headers: Record<string, string> = {}
  answer.headers.forEach((value, name) => {
    headers[name] = value
  })
  const { etag = '', 'cache-control': caching = '' } = headers
  const media = headers['content-type']?.split(';')[0] ?? ''
  return {
    headers,
    notModified: { etag, 'cache-control': caching },
    body: new Uint8Array(await answer.arrayBuffer()),
    etag,
    media,
  }
}
