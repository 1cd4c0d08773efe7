import { Hono } from 'hono'
import { apiRoutes, problemResponse } from './api/api.ts'
import { keepingAnswers } from './api/kept-answers.ts'
import type { Host } from './ledger/host.ts'

/** The API and the pages of a ledger as one app. */
export function createApp(host: Host): Hono {
  const app = new Hono()
  app.onError((error, c) => problemResponse(host, error, c))
  app.route('/api', apiRoutes(host))
  app.fetch = keepingAnswers(host, app.fetch)
  return app
}
