import { type Context, Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { quarterHour } from '../core/calendar.ts'
import { LedgerError } from '../core/error.ts'
import { type Credential, requireMay } from '../core/member.ts'
import { etagOf, isFresh, PRIVATE_CACHING } from '../http/freshness.ts'
import type { Head, Host } from '../http/host.ts'
import { apiOf } from '../http/paths.ts'
import { logDefect, problemHeaders, problemOf } from '../http/problem.ts'
import {
  ANONYMOUS_RATE,
  addressKeyOf,
  attemptToReport,
  type Connection,
  rateLimitOf,
} from '../http/rate-limit.ts'
import type { Unit } from '../ledger/ledger.ts'
import { canonicalJson } from '../log/canonical-json.ts'
import { textHash } from '../log/entry.ts'
import type { Bearer } from '../store/members.ts'
import * as request from './request.ts'
import type { Answered, Asked, Route } from './route.ts'
import { groupsAt, routeGroups } from './routes.ts'
import { isUpload, readUpload } from './upload.ts'

type Holder = Bearer | null

/** Every route of the table, and for what is not in it a 405 or a 404. */
export function apiRoutes(host: Host): Hono {
  const api = new Hono()
  // By the groups that an address may belong to: what was loaded once is at hand.
  const faces = new Map<string, Hono>()
  async function faceAt(path: string): Promise<Hono> {
    const groups = groupsAt(GROUPS, path)
    const isChat = path.startsWith('/chat/')
    const key = isChat ? 'chat' : groups.map(({ name }) => name).join()
    const held = faces.get(key)
    if (held !== undefined) return held
    const face = faceOf(host, (await Promise.all(groups.map(({ load }) => load()))).flat())
    if (isChat) (await import('./chat.ts')).chatRoutes(host, face)
    faces.set(key, closed(host, face))
    return face
  }
  api.all('*', async (c) => (await faceAt(c.req.path.slice(API.length))).fetch(c.req.raw, c.env))
  api.onError((error, c) => problemResponse(host, error, c))
  return api
}

const API = apiOf('')
/** What describes the table stands beside it. */
const GROUPS = [
  ...routeGroups,
  {
    name: 'Reference',
    at: ['/openapi.json'],
    load: () => import('./openapi.ts').then((of) => [of.openApiRoute]),
  },
]

function faceOf(host: Host, routes: readonly Route[]): Hono {
  const face = new Hono().basePath(API)
  face.use(
    methodNotAllowed({
      app: face,
      onMethodNotAllowed: (c, methods) => {
        const error = new LedgerError('method_not_allowed', `${c.req.method} is not possible here.`)
        const answer = problemResponse(host, error, c)
        answer.headers.set('allow', methods.join(', '))
        return answer
      },
    }),
  )
  for (const route of routes)
    face.on(route.method, route.deep ? `${route.path}{.+}` : route.path, (c) =>
      (route.method === 'GET' ? answerRead : answerWrite)(host, route, c),
    )
  return face
}

/** What nothing on it answers is not there. */
function closed(host: Host, face: Hono): Hono {
  // Answered, not thrown: what is thrown is a refusal of a route that was found.
  face.all('*', (c) =>
    problemResponse(host, new LedgerError('not_found', 'There is nothing at this address.'), c),
  )
  face.onError((error, c) => problemResponse(host, error, c))
  return face
}

/** Any thrown thing as `application/problem+json`; a defect is logged. */
export function problemResponse(host: Host, error: unknown, c: Context): Response {
  const problem = problemOf(error)
  if (problem.code === 'internal') logDefect(error, host.now(), { method: c.req.method, path: c.req.path })
  for (const [name, value] of Object.entries(problemHeaders(problem))) c.header(name, value)
  if (error instanceof LedgerError && error.telling.retryAfterS !== undefined)
    c.header('Retry-After', String(error.telling.retryAfterS))
  return c.body(JSON.stringify(problem), problem.status as 400)
}

async function answerRead(host: Host, route: Route, c: Context): Promise<Response> {
  const now = host.now()
  const holder = await request.identify(c.req, host, now)
  if (holder === null && !route.open && (route.role !== null || !host.settings.public))
    throw new LedgerError('unauthenticated', 'This needs a token.')
  requireRole(route, holder, host.settings.public)
  request.requireAnswerable(c.req, route.media)
  const query = request.readQuery(c.req.url, route.query)
  if (route.fresh) c.header('Cache-Control', 'private, no-store')
  else if (holder !== null && !route.open) {
    const etag = etagOf(host, await headOf(host, c)(), now, holder.role, c.req.url)
    c.header('ETag', etag)
    c.header('Cache-Control', PRIVATE_CACHING)
    if (isFresh(c.req.header('if-none-match'), etag)) return c.body(null, 304)
  }
  const by = holder === null ? {} : { unit: { now, by: holder } }
  const asked = Object.assign(asking(host, c, quarterHour(now)), by, { query }) as unknown as Asked
  return respond(c, route, await route.run(asked))
}

async function answerWrite(host: Host, route: Route, c: Context): Promise<Response> {
  // What was said of the clock meanwhile is heard before it is read.
  await host.ledger.clock.doubt()
  const now = host.now()
  const holder = await request.identify(c.req, host, now).catch((error: unknown) => error as LedgerError)
  const isOpen = holder === null && route.role === null && host.settings.public
  if (isOpen) requireTurn(host, c, now)
  else if (holder === null || holder instanceof Error) {
    limit(host, addressKeyOf(c.env as Connection), ANONYMOUS_RATE, now)
    if (holder === null) throw new LedgerError('unauthenticated', 'Writing needs a token.')
    // Nobody is called unknown by a file that is not the ledger any more.
    throw host.ledger.db.trouble() ?? holder
  }
  const by: Credential = holder instanceof Error || holder === null ? NOBODY : holder
  if (!isOpen) limit(host, `token:${by.id}`, host.settings.rate_limit, now)
  if (holder !== null && !(holder instanceof Error)) requireRole(route, holder)
  request.requireAnswerable(c.req, route.media)
  const query = request.readQuery(c.req.url, route.query)
  const rev = request.readRev(c.req, route)
  const key = request.readIdempotencyKey(c.req)
  const upload = route.files && isUpload(c.req) ? await readUpload(c.req) : undefined
  const sent =
    upload === undefined
      ? await request.readBody(c.req, route, (c.env as Connection)?.incoming !== undefined)
      : {}
  const body = route.body === null || upload !== undefined ? sent : request.checkBody(sent, route.body)
  const { quotas } = host.settings
  const unit: Unit = { now, by, quotas }
  if (key !== undefined)
    unit.idempotency = { key, fingerprint: textHash(`${route.method} ${c.req.path} ${canonicalJson(sent)}`) }
  const asked = { ...asking(host, c, now), query, body, upload, unit, rev } as Asked
  return respond(c, route, await route.run(asked))
}

/** Who writes without a token, where anybody may: a report of a reader is by no member. */
const NOBODY: Credential = { member: '', role: 'reader', kind: 'token', id: null, expires_at: null }

function requireTurn(host: Host, c: Context, now: Date): void {
  const wait = attemptToReport(host, c.env as Connection, now)
  if (wait > 0)
    throw new LedgerError('rate_limited', `Too many reports from your address; try again in ${wait} s.`, [], {
      retryAfterS: wait,
    })
}

const heads = new WeakMap<Request, Promise<Head>>()

/** What was read of it before the request came here, or for it here. */
const headOf = (host: Host, c: Context) => (): Promise<Head> => {
  const { head: told } = (c.env ?? {}) as NonNullable<Connection>
  if (told !== undefined && host.asOf === undefined) return Promise.resolve(told)
  const { raw } = c.req
  const held = heads.get(raw) ?? host.head()
  heads.set(raw, held)
  return held
}

function asking(host: Host, c: Context, now: Date) {
  const params = c.req.param()
  const { id = '', rid = '' } = params
  return { host, ledger: host.ledger, db: host.ledger.db, now, params, id, rid, head: headOf(host, c) }
}

/** The verbs hold this rule too; here it comes before the body, so that nobody learns what they may not send. */
function requireRole(route: Route, holder: Holder, isPublic = true): void {
  const needed = route.role ?? (isPublic || route.open ? null : 'reader')
  if (needed !== null && holder !== null) requireMay(holder, needed)
}

function limit(host: Host, key: string, perMinute: number, now: Date): void {
  if (host.settings.rate_limit === 0) return
  const wait = rateLimitOf(host).take(key, perMinute, now)
  if (wait === 0) return
  const message = `At most ${perMinute} a minute; try again in ${wait} s.`
  throw new LedgerError('rate_limited', message, [], { retryAfterS: wait })
}

function respond(c: Context, route: Route, { body, headers }: Answered): Response {
  for (const name in headers) c.header(name, headers[name])
  if (route.media === 'text/csv') {
    const name = route.path.slice(1)
    c.header('Content-Type', 'text/csv; charset=utf-8; header=present')
    c.header('Content-Disposition', `attachment; filename="${name}"; filename*=UTF-8''${name}`)
    return c.body(body as ReadableStream, route.status)
  }
  if (route.media !== 'application/json') {
    c.header('Content-Type', route.media === 'text/plain' ? 'text/plain; charset=utf-8' : route.media)
    return c.body(body as Uint8Array<ArrayBuffer> | string, route.status)
  }
  c.header('Content-Type', 'application/json')
  return c.body(JSON.stringify(body), route.status)
}
