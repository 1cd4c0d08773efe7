import type { Hono } from 'hono'
import { quarterOf } from '../core/calendar.ts'
import { LedgerError } from '../core/error.ts'
import { isAcceptable } from './accept.ts'
import { answersOfAll, type Kept, type Moment } from './answer-cache.ts'
import {
  type Encoding,
  encodingOf,
  isPackable,
  isWorthPacking,
  packedHeaders,
  takesGzip,
  varies,
} from './encoding.ts'
import { etagOf, isFresh, PRIVATE_CACHING, PUBLIC_CACHING } from './freshness.ts'
import type { Head, Host, Reads } from './host.ts'
import { type Line, line } from './line.ts'
import { chartFrame, frameOf } from './paths.ts'
import { addressKeyOf, type Connection, rateLimitOf } from './rate-limit.ts'
import { type Weight, weightOf } from './read-weight.ts'
import { noteSeen } from './session.ts'
import { streams } from './streams.ts'

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
  status === 200 &&
  [frameOf('/'), chartFrame('', '')].some((start) => new URL(url).pathname.startsWith(start))

/** Under which an answer is kept in these bytes. */
const keyOf = (url: string, encoding: Encoding | null): string =>
  encoding === null ? url : `${encoding} ${url}`

type Fetch = Hono['fetch']
type Header = (name: string) => string | null | undefined
/** Draws a refusal for who asked: a page or a problem document. */
type Refuse = (error: unknown, request: Request) => Response | Promise<Response>

const rethrow: Refuse = (error) => {
  throw error
}

type Asked = {
  now: Date
  /** Of what everybody is given; null for what belongs to one. */
  head: Head | null
  moment: Moment | null
  accept: string | null | undefined
  match: string | null | undefined
  /** How its reader takes a body, and best of our ways. */
  takes: string | null | undefined
  encoding: Encoding | null
}

/** Whoever makes the answer need not read the head again. */
const withHead = (env: Connection, head: Head | null): Connection => (head === null ? env : { ...env, head })

const AT_ONCE = 1
const MOST_WAITING = 32
const MOST_STREAMS = 16

/** The line of each kind of read: nobody who reads today waits until a record of the past was made. */
function turns(host: Host): (reads: Reads) => Line {
  const lines = { thorough: line(AT_ONCE, MOST_WAITING), past: line(AT_ONCE, MOST_WAITING) }
  return (reads) => (work) => (host.isAlone === true || reads === 'quick' ? work() : lines[reads](work))
}

/**
 * Gives every answer its headers, and keeps what anonymous readers are answered until the head moves or a
 * quarter-hour passes. What is not kept has a price, is made once for all who wait for it, and where it goes through
 * many records it waits in a line. Where the host packs bodies, a kept one is kept packed too. It stands before the
 * router, because routing a request costs more than a kept answer.
 */
export function keepingAnswers(host: Host, app: Fetch, refuse: Refuse = rethrow): Fetch {
  const cache = answersOfAll()
  const making = new Map<string, Promise<Kept>>()
  const inTurn = turns(host)
  const streamed = streaming(host)
  const { compress } = host

  /** The answer of the app, or of those who read for it. */
  const read = async (request: Request, env: Connection, context: unknown, { cost, reads }: Weight) => {
    const answer = dressed(
      host.answerRead === undefined || cost === 0
        ? await app(request, env as object, context as never)
        : await host.answerRead(request, env, reads),
      request.url,
    )
    await noteSeen(host, answer)
    if (compress !== undefined && isPackable(answer)) varies(answer.headers)
    return answer
  }

  /** Made by the first who asks; who asks the same meanwhile is given the same. */
  const once = (key: string, make: () => Promise<Kept>): Promise<Kept> => {
    if (host.isAlone === true) return make()
    const made = making.get(key) ?? make().finally(() => making.delete(key))
    making.set(key, made)
    return made
  }

  const find = (
    moment: Moment | null,
    url: string,
    accept: string | null | undefined,
    encoding: Encoding | null = null,
  ): Kept | undefined => {
    const kept = moment === null ? undefined : cache.get(moment, keyOf(url, encoding))
    return kept !== undefined && isAcceptable(accept, kept.media) ? kept : undefined
  }

  /** Packed by the first who asks for it so, and kept where the plain one is. */
  const packedOnce = (plain: Kept, moment: Moment, url: string, encoding: Encoding): Promise<Kept> =>
    once(
      `${moment.seq} ${moment.quarter} ${keyOf(url, encoding)} ${plain.status} ${plain.media}`,
      async () => {
        const made = await packed(plain, encoding, compress)
        if (cache.get(moment, url) === plain) cache.put(moment, keyOf(url, encoding), made)
        return made
      },
    )

  /** What is not kept: paid for, and made in its turn. */
  async function made(asked: Asked, request: Request, env: Connection, context: unknown): Promise<Response> {
    const { now, head, moment, accept, match, encoding } = asked
    const { method, url } = request
    // What is kept was paid for: it is only packed.
    const plain = encoding === null ? undefined : find(moment, url, accept)
    if (plain !== undefined && moment !== null && encoding !== null)
      return answerWith(await packedOnce(plain, moment, url, encoding), method, match)
    const { path, search } = placeOf(url)
    const weight = weightOf(path, search, head !== null)
    const wait = pay(host, env, weight, now)
    if (wait > 0) return spent(wait, refuse, request)
    const turn = inTurn(weight.reads)
    if (head === null || moment === null || path.endsWith('.csv')) {
      const answer = await streamed(method, () => turn(() => read(request, env, context, weight)))
      if (head !== null && isPublic(answer)) marked(answer, etagOf(host, head, now, 'public', url))
      else if (!answer.headers.has('cache-control')) answer.headers.set('cache-control', PRIVATE_CACHING)
      return compress === undefined ? answer : sent(answer, asked, compress)
    }
    const make = () =>
      turn(async (): Promise<Kept> => {
        // Who waited in the line may find it made.
        const known = find(moment, url, accept)
        if (known !== undefined) return known
        const asGet = method === 'HEAD' ? new Request(url, { headers: request.headers }) : request
        const answer = await read(asGet, env, context, weight)
        if (!isPublic(answer)) return whole(answer)
        const fresh = await whole(marked(answer, etagOf(host, head, now, 'public', url)))
        cache.put(moment, url, fresh)
        return fresh
      })
    const answer = await once(`${moment.seq} ${moment.quarter} ${accept ?? ''} ${url}`, make)
    const given = encoding === null ? answer : await packedOnce(answer, moment, url, encoding)
    return answerWith(given, method, match)
  }

  return async (request, env, context) => {
    const { method, url } = request
    if (method !== 'GET' && method !== 'HEAD') return dressed(await app(request, env, context), url)
    const connection = env as Connection
    const header = headerOf(request, connection)
    try {
      const now = host.now()
      // Where even the head cannot be read, the app says what is wrong.
      const head = isForEverybody(header) ? await host.head().catch(() => null) : null
      const moment =
        head === null ? null : { seq: head.seq, quarter: quarterOf(now), redacted: head.redacted ?? -1 }
      const [accept, match] = [header('accept'), header('if-none-match')]
      const takes = compress === undefined ? undefined : header('accept-encoding')
      const encoding = encodingOf(takes)
      const kept = find(moment, url, accept, encoding)
      if (kept !== undefined) return answerWith(kept, method, match)
      const asked = { now, head, moment, accept, match, encoding, takes }
      return await made(asked, request, withHead(connection, head), context)
    } catch (error) {
      return dressed(await refuse(error, request), url)
    }
  }
}

/** What is sent piece by piece has a place among the streams until it ends. */
function streaming(host: Host) {
  const { open } = streams(MOST_STREAMS, () => host.now())
  return async (method: string, make: () => Promise<Response>): Promise<Response> => {
    if (method === 'HEAD' || host.isAlone === true) return make()
    const stream = open()
    const answer = await make().catch((error: unknown) => {
      stream.end()
      throw error
    })
    if (answer.body !== null && isStream(answer)) return new Response(stream.carry(answer.body), answer)
    stream.end()
    return answer
  }
}

/** An answer that is not kept, packed as its reader takes it; what is sent piece by piece, piece by piece. */
async function sent(
  answer: Response,
  { encoding, takes }: Asked,
  compress: NonNullable<Host['compress']>,
): Promise<Response> {
  const { body, status, headers } = answer
  if (body === null || !isPackable(answer)) return answer
  if (!isStream(answer))
    return encoding === null
      ? answer
      : answerWith(await packed(await whole(answer), encoding, compress), 'GET', null)
  // The one that every runtime packs piece by piece.
  if (!takesGzip(takes)) return answer
  const pieces = body.pipeThrough(new CompressionStream('gzip'))
  return new Response(pieces, { status, headers: packedHeaders(Object.fromEntries(headers), 'gzip') })
}

/** The same in other bytes. What is not worth it is given as it is. */
async function packed(plain: Kept, encoding: Encoding, compress: Host['compress']): Promise<Kept> {
  const { status, body } = plain
  if (compress === undefined || !isWorthPacking(body)) return plain
  if (!isPackable({ status, headers: new Headers(plain.headers) })) return plain
  const headers = packedHeaders(plain.headers, encoding)
  const { etag = '' } = headers
  const notModified = { ...plain.notModified, etag }
  return { ...plain, headers, notModified, body: await compress(body, encoding), etag }
}

/** What whoever read too much is answered. */
async function spent(wait: number, refuse: Refuse, request: Request): Promise<Response> {
  const error = new LedgerError('rate_limited', `Too many reads from your address; try again in ${wait} s.`)
  const answer = dressed(await refuse(error, request), request.url)
  answer.headers.set('retry-after', String(wait))
  return answer
}

/** What a read costs is taken from the purse of its address; answers how many seconds to wait, 0 when it is paid. */
function pay(host: Host, env: Connection, { cost }: Weight, now: Date): number {
  const { rate_limit, read_limit } = host.settings
  if (cost === 0 || rate_limit === 0 || read_limit === 0) return 0
  return rateLimitOf(host).take(`read:${addressKeyOf(env)}`, read_limit, now, cost)
}

/** As the router reads an address: nothing is taken apart that need not be. */
function placeOf(url: string): { path: string; search: string } {
  const start = url.indexOf('/', url.indexOf('//') + 2)
  const end = url.indexOf('?', start)
  return end === -1
    ? { path: url.slice(start), search: '' }
    : { path: url.slice(start, end), search: url.slice(end) }
}

/** Nothing came along that may change the answer; several ranges at once the API refuses. */
const isForEverybody = (header: Header): boolean =>
  (header('authorization') ?? header('cookie') ?? null) === null && header('range')?.includes(',') !== true

/** Node has the headers at hand; a Headers object made of them costs as much as the whole kept answer. */
function headerOf(request: Request, connection: Connection): Header {
  const plain = connection?.incoming?.headers
  return plain === undefined ? (name) => request.headers.get(name) : (name) => plain[name]
}

const answerWith = (
  { status, headers, notModified, body, etag }: Kept,
  method: string,
  match: string | null | undefined,
): Response =>
  etag !== '' && isFresh(match, etag)
    ? new Response(null, { status: 304, headers: notModified })
    : new Response(method === 'HEAD' ? null : (body as Uint8Array<ArrayBuffer>), { status, headers })

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

function marked(answer: Response, etag: string): Response {
  if (!answer.headers.has('cache-control')) answer.headers.set('cache-control', PUBLIC_CACHING)
  if (!answer.headers.has('etag')) answer.headers.set('etag', etag)
  return answer
}

const isStream = ({ headers }: Response): boolean =>
  headers.get('content-type')?.startsWith('text/csv') === true

/** An answer read whole, so that it can be kept and given to several. */
async function whole(answer: Response): Promise<Kept> {
  const headers: Record<string, string> = {}
  answer.headers.forEach((value, name) => {
    headers[name] = value
  })
  const { etag = '', 'cache-control': caching = '', vary } = headers
  const media = headers['content-type']?.split(';')[0] ?? ''
  return {
    status: answer.status,
    headers,
    notModified: { etag, 'cache-control': caching, ...(vary === undefined ? {} : { vary }) },
    body: new Uint8Array(await answer.arrayBuffer()),
    etag,
    media,
  }
}
