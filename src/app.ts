import { Hono } from 'hono'
import { apiRoutes } from './api/api.ts'
import { keptAnswers } from './api/kept-answers.ts'
import type { Host } from './ledger/host.ts'

/** The API and the pages of a ledger as one app. */
export function createApp(host: Host): Hono {
  const app = new Hono()
  app.use(keptAnswers(host))
  app.route('/api', apiRoutes(host))
  return app
}
