import { Hono } from 'hono'
import { apiRoutes, problemResponse } from './api/api.ts'
import { requireOwnHost } from './api/host-gate.ts'
import { dressed, keepingAnswers } from './api/kept-answers.ts'
import { apiReference } from './api/openapi.ts'
import { logDefect, problemAnswer, problemOf, problems } from './api/problem.ts'
import { ANONYMOUS_RATE, addressKeyOf, type Connection, rateLimitOf } from './api/rate-limit.ts'
import type { Host } from './ledger/host.ts'
import { webRoutes } from './web/routes.tsx'

/** The API and the pages of a ledger as one app. What the two need of each other is handed over here. */
export function createApp(host: Host): Hono {
  const app = new Hono()
  app.onError((error, c) => problemResponse(host, error, c))
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
  app.fetch = gated(host, keepingAnswers(host, app.fetch))
  return app
}

/** The one gate before everything else, kept answers too; behind it nothing fails without an answer. */
function gated(host: Host, fetch: Hono['fetch']): Hono['fetch'] {
  return async (request, env, context) => {
    try {
      requireOwnHost(host, request, env as Connection)
      return await fetch(request, env, context)
    } catch (error) {
      const problem = problemOf(error)
      const { method, url: path } = request
      if (problem.code === 'internal') logDefect(error, host.now(), { method, path })
      return dressed(problemAnswer(problem), path)
    }
  }
}

function attemptToSignIn(host: Host, connection: Connection, now: Date): number {
  if (host.settings.rate_limit === 0) return 0
  return rateLimitOf(host).take(`sign-in:${addressKeyOf(connection)}`, ANONYMOUS_RATE, now)
}
