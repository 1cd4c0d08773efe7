import { Hono, type MiddlewareHandler } from 'hono'
import { apiRoutes, problemResponse } from './api/api.ts'
import { keepingAnswers } from './api/kept-answers.ts'
import { apiReference } from './api/openapi.ts'
import { logDefect, problems } from './api/problem.ts'
import { ANONYMOUS_RATE, addressKeyOf, type Connection, rateLimitOf } from './api/rate-limit.ts'
import { LedgerError } from './core/error.ts'
import type { Host } from './ledger/host.ts'
import { webRoutes } from './web/routes.tsx'

/** The API and the pages of a ledger as one app. What the two need of each other is handed over here. */
export function createApp(host: Host): Hono {
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
  app.fetch = keepingAnswers(host, app.fetch)
  return app
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
