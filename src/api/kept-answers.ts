import type { MiddlewareHandler } from 'hono'
import type { Host } from '../ledger/host.ts'
import { answerCache, type Kept, type Moment } from './answer-cache.ts'
import { etagOf, isFresh, PRIVATE_CACHING, PUBLIC_CACHING, quarterOf } from './freshness.ts'
import { isAcceptable } from './request.ts'

/** Sent with every answer: everything a page needs comes from its own host, and nobody may frame it. */
const SECURITY: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

/**
 * Gives every answer its headers, and keeps what anonymous readers are answered until the head moves or a
 * quarter-hour passes: a kept one goes out again without any other work.
 */
export function keptAnswers(host: Host): MiddlewareHandler {
  const cache = answerCache()
  return async (c, next) => {
    const { method, headers } = c.req.raw
    const isRead = method === 'GET' || method === 'HEAD'
    const isAnonymous = !headers.has('authorization') && !headers.has('cookie')
    if (!isRead || !isAnonymous || headers.has('range')) {
      for (const name in SECURITY) c.header(name, SECURITY[name])
      await next()
      if (isRead && !c.res.headers.has('cache-control')) c.res.headers.set('cache-control', PRIVATE_CACHING)
      return
    }
    const now = host.now()
    const head = await host.head()
    const moment: Moment = { seq: head.seq, quarter: quarterOf(now) }
    const { url } = c.req
    const match = headers.get('if-none-match')
    const kept = cache.get(moment, url)
    if (kept !== undefined && isAcceptable(headers.get('accept'), kept.media)) return answerWith(kept, match)
    await next()
    const made = await whole(c.res, () => etagOf(host, head, now, 'public', url))
    if (made instanceof Response) {
      c.res = undefined
      c.res = made
      return
    }
    cache.put(moment, url, made)
    c.res = undefined
    c.res = answerWith(made, match)
  }
}

const answerWith = ({ headers, body, etag }: Kept, match: string | null): Response =>
  match !== null && isFresh(match, etag)
    ? new Response(null, { status: 304, headers: { etag, 'cache-control': headers['cache-control'] ?? PUBLIC_CACHING } })
    : new Response(body as Uint8Array<ArrayBuffer>, { headers })

/** An answer read whole so that it can be kept; or the answer itself, dressed, where everybody may not have it. */
async function whole(answer: Response, etagNow: () => string): Promise<Kept | Response> {
  const headers: Record<string, string> = {}
  answer.headers.forEach((value, name) => {
    headers[name] = value
  })
  Object.assign(headers, SECURITY)
  const caching = headers['cache-control']
  const media = headers['content-type']?.split(';')[0] ?? ''
  const isPublic = answer.status === 200 && (caching === undefined || caching.startsWith('public'))
  if (isPublic) {
    headers['cache-control'] ??= PUBLIC_CACHING
    headers.etag ??= etagNow()
  }
  if (!isPublic || media === 'text/csv') return new Response(answer.body, { status: answer.status, headers })
  return { headers, body: new Uint8Array(await answer.arrayBuffer()), etag: headers.etag as string, media }
}
