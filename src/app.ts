import { Hono, type MiddlewareHandler } from 'hono'
import { apiRoutes, problemResponse } from './api/api.ts'
import { keepingAnswers } from './api/kept-answers.ts'
import { apiReference } from './api/openapi.ts'
import { logDefect, problemOf, problems } from './api/problem.ts'
import { ANONYMOUS_RATE, addressKeyOf, type Connection, rateLimitOf } from './api/rate-limit.ts'
import { LedgerError } from './core/error.ts'
import type { Host } from './ledger/host.ts'
import { html } from './web/page.ts'
import { ErrorPage } from './web/pages/error.tsx'
import { webRoutes } from './web/routes.tsx'

/** The app with everything that stands before it. */
export function createApp(host: Host): Hono {
  const app = createFaces(host)
  app.fetch = keepingAnswers(host, app.fetch, (error, request) => refusal(host, error, request))
  return app
}

/** The API and the pages of a ledger as one app. What the two need of each other is handed over here. */
export function createFaces(host: Host): Hono {
  const app = new Hono()
  app.onError((error, c) => problemResponse(host, error, c))
  app.use(requireOneHost)
  app.route('/api', apiRoutes(host))
  app.route(
    '/',
    webRoutes(host, {
      reference: apiReference(),
      problems,
      attempt: (connection, now) => attemptToSignIn(host, connection as Connection, now),
      defect: logDefect,
    }),
  )
  return app
}

/** A read that was refused before it came to the faces: as a problem for programs, as a page for people. */
async function refusal(host: Host, error: unknown, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  const problem = problemOf(error)
  if (problem.code === 'internal') logDefect(error, host.now(), { method: request.method, path: pathname })
  const { code, status, detail } = problem
  const answer = /^\/api(\/|$)/u.test(pathname)
    ? new Response(JSON.stringify(problem), {
        status,
        headers: { 'content-type': 'application/problem+json' },
      })
    : await html(ErrorPage({ context: null, build: host.build, code, message: detail }), status)
  answer.headers.set('cache-control', 'no-store')
  if (status === 503 || code === 'busy') answer.headers.set('retry-after', '5')
  return answer
}

/** A request line may hold a whole address: one of another host than `Host` is not for us. */
const requireOneHost: MiddlewareHandler = async (c, next) => {
  const target = (c.env as Connection)?.incoming?.url
  const isWhole = target !== undefined && !target.startsWith('/')
  if (isWhole && (!URL.canParse(target) || new URL(target).host !== c.req.header('host')?.toLowerCase()))
    throw new LedgerError('malformed', 'The request names two hosts.')
  await next()
}

function attemptToSignIn(host: Host, connection: Connection, now: Date): number {
  if (host.settings.rate_limit === 0) return 0
  return rateLimitOf(host).take(`sign-in:${addressKeyOf(connection)}`, ANONYMOUS_RATE, now)
}
