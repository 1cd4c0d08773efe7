import type { Context, Hono } from 'hono'
import { problemResponse } from '../api/api.ts'
import { identify, readBody } from '../api/request.ts'
import { LedgerError } from '../core/error.ts'
import type { Call } from '../http/assistants.ts'
import type { Host } from '../http/host.ts'
import { later } from '../http/later.ts'
import { logDefect } from '../http/problem.ts'
import { addressKeyOf, type Connection, rateLimitOf } from '../http/rate-limit.ts'

const schemas = later(
  () => import('./api-schemas.ts'),
  (of) => of.apiSchemas,
)

/** `POST /mcp`: the tools over Streamable HTTP, each request by itself, with the tokens and roles of the API. */
export const assistantsEndpoint =
  (host: Host, app: Hono) =>
  async (c: Context): Promise<Response> => {
    try {
      requireOwnOrigin(host, c)
      requireTurn(host, c)
      const holder = await identify(c.req, host, host.now())
      if (holder === null && !host.settings.public)
        throw new LedgerError('unauthenticated', 'This needs a token.')
      const body = await readBody(c.req, { body: null, bodyOptional: false })
      const { assistants } = host
      if (assistants === undefined)
        throw new LedgerError('unavailable', 'Assistants are not served by this program.')
      const { answerOne } = await assistants()
      return await answerOne(c.req.raw, body, {
        version: host.version,
        schemas: await schemas(),
        call: callsOf(host, app, c),
        defect: (error) => logDefect(error, host.now(), { method: 'POST', path: c.req.path }),
      })
    } catch (error) {
      return problemResponse(host, error, c)
    }
  }

/** Whatever is not posted: there is no stream to listen to, and no session to end. */
export function postedOnly(host: Host, c: Context): Response {
  c.header('Allow', 'POST')
  return problemResponse(host, new LedgerError('method_not_allowed', 'Assistants post here.'), c)
}

/** A page elsewhere may not make a browser call tools here. */
function requireOwnOrigin(host: Host, c: Context): void {
  const origin = c.req.header('origin')
  if (origin === undefined || origin === (host.settings.origin ?? new URL(c.req.url).origin)) return
  throw new LedgerError('forbidden', 'A page of another origin may not call the tools of this ledger.')
}

function requireTurn(host: Host, c: Context): void {
  const { rate_limit, read_limit } = host.settings
  if (rate_limit === 0 || read_limit === 0) return
  const key = `read:${addressKeyOf(c.env as Connection)}`
  const wait = rateLimitOf(host).take(key, read_limit, host.now())
  if (wait > 0)
    throw new LedgerError('rate_limited', `Too many calls from your address; try again in ${wait} s.`, [], {
      retryAfterS: wait,
    })
}

/** What a tool asks goes the way of every request to the API, as whoever called; of its headers only the token goes along. */
function callsOf(host: Host, app: Hono, c: Context): Call {
  const authorization = c.req.header('authorization')
  const connection = c.env as Connection
  const address = connection?.incoming?.socket?.remoteAddress ?? connection?.address
  const env = { routed: true, ...(address === undefined ? {} : { address }) }
  const origin = host.settings.origin ?? new URL(c.req.url).origin
  return async (path, init) => {
    const headers = new Headers(init.headers)
    headers.set('host', new URL(origin).host)
    if (authorization !== undefined) headers.set('authorization', authorization)
    return app.fetch(new Request(new URL(path, origin), { ...init, headers }), env)
  }
}
