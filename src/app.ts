import { Hono } from 'hono'
import { apiRoutes, problemResponse } from './api/api.ts'
import { loadedGroups } from './api/routes.ts'
import type { Host } from './http/host.ts'
import { requireOwnHost } from './http/host-gate.ts'
import { dressed, keepingAnswers } from './http/kept-answers.ts'
import { later } from './http/later.ts'
import { withPast } from './http/past.ts'
import { mcp } from './http/paths.ts'
import { logDefect, problemAnswer, problemHeaders, problemOf } from './http/problem.ts'
import type { Connection } from './http/rate-limit.ts'
import { assistantsEndpoint, postedOnly } from './mcp/endpoint.ts'
import { ErrorPage } from './web/error.tsx'
import { subjects } from './web/pages.ts'
import { webRoutes } from './web/routes.tsx'
import { assetOf } from './web/ui/asset.ts'
import { html } from './web/ui/page.ts'

const apiReference = later(
  () => import('./api/openapi.ts'),
  (of) => of.apiReference,
)

/**
 * Everything that is else loaded with the first who asks for it, at once: a server that runs for weeks makes nobody
 * wait, and finds its parts while they are there.
 */
export async function loadFaces(): Promise<void> {
  await Promise.all([loadedGroups(), ...Object.values(subjects).map((load) => load())])
}

/** The app with everything that stands before it. */
export function createApp(host: Host): Hono {
  const app = createFaces(host)
  app.fetch = gated(
    host,
    keepingAnswers(host, app.fetch, (error, request) => refusal(host, error, request)),
  )
  return app
}

/** The API and the pages of a ledger as one app, now and as it stood. What the two need of each other is handed over here. */
export function createFaces(host: Host): Hono {
  const app = facesOf(host)
  const { fetch } = app
  app.fetch = withPast(
    host,
    (shown) => (shown === host ? fetch : facesOf(shown).fetch),
    (error, request) => refusal(host, error, request),
  )
  return app
}

function facesOf(host: Host): Hono {
  const app = new Hono()
  app.onError((error, c) => problemResponse(host, error, c))
  app.route('/api', apiRoutes(host))
  app.post(mcp(), assistantsEndpoint(host, app))
  app.all(mcp(), (c) => postedOnly(host, c))
  app.route('/', webRoutes(host, apiReference))
  return app
}

/** A read that was refused before it came to the faces: as a problem for programs, as a page for people. */
async function refusal(host: Host, error: unknown, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  const problem = problemOf(error)
  if (problem.code === 'internal') logDefect(error, host.now(), { method: request.method, path: pathname })
  const { code, status, detail } = problem
  if (/^\/(api(\/|$)|mcp$)/u.test(pathname)) return problemAnswer(problem)
  const page = await html(
    ErrorPage({ context: null, style: assetOf(host, 'style.css'), code, message: detail }),
    status,
  )
  for (const [name, value] of Object.entries(problemHeaders(problem)))
    if (name !== 'content-type') page.headers.set(name, value)
  return page
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
