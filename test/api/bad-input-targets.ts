import {
  type Attempt,
  forgeries,
  headers,
  holders,
  type Sent,
  signIn,
  states,
} from './bad-input-scenarios.ts'
import {
  type Client,
  forecastBody,
  pastQuestion,
  questionBody,
  type Reply,
  resolutionBody,
} from './client.ts'

/** Where the cases of a target go: a route of this API, the tests of another face, or an issue to come. */
export type Target =
  | { here: Attempt; stored?: (client: Client, reply: Reply) => Promise<unknown> }
  | { elsewhere: string }
  | { later: string }

const MARK = '"@@"'
const ID = '2026-11-an-interview_a-new-war-begins'

/** The body with the raw text in the place of the mark. */
const filled = (body: object, { raw }: Sent): string => JSON.stringify(body).replace(MARK, () => raw)

const forecastWith =
  (changes: (mark: string) => Record<string, unknown>): Attempt =>
  (client, sent) =>
    client.post('/api/forecasts', filled(forecastBody(changes('@@')), sent))

const readBack =
  (path: (reply: Reply) => string, field: (json: Reply['json']) => unknown) =>
  async (client: Client, reply: Reply) =>
    field((await client.get(path(reply))).json)
const forecastOf = (field: (json: Reply['json']) => unknown) =>
  readBack((reply) => `/api/forecasts/${(reply.json.record as { id: string }).id}`, field)

const get =
  (path: (text: string) => string): Attempt =>
  (client, { value }) =>
    client.get(path(String(value)))
const analystWith: Attempt = (client, sent) => client.post('/api/analysts', filled({ name: '@@' }, sent))

const withMethod =
  (method: string, path: string): Attempt =>
  async (client) => {
    await client.post('/api/forecasts', forecastBody())
    const reply = await client.send(path, { method, headers: { authorization: `Bearer ${client.token}` } })
    const allow = reply.headers.get('allow')
    if (allow?.startsWith('GET') !== true) throw new Error(`Allow is ${allow}`)
    return reply
  }

const quotedInCsv = async (client: Client) => {
  const lines = (await client.get('/api/questions.csv')).text
  const [, title = ''] = /^[^,]+,"'((?:[^"]|"")*)",/mu.exec(lines) ?? []
  return title.replaceAll('""', '"')
}

const WEBHOOKS = { later: 'webhooks and the fetching of sources' }
const IMPORTS = { later: 'imports over the API' }
const FEEDS = { elsewhere: 'test/web/feeds.test.ts' }
const PAGES = { elsewhere: 'test/web' }

/** Every target of bad-inputs.json. */
export const targets: Record<string, Target> = {
  'question.title': {
    here: forecastWith((title) => ({ question: questionBody({ title }) })),
    stored: forecastOf((json) => json.title),
  },
  'forecast.quote': {
    here: forecastWith((quote) => ({ quote })),
    stored: forecastOf((json) => (json.quote as { exact: string }).exact),
  },
  'analyst.name': {
    here: analystWith,
    stored: readBack(
      (reply) => `/api/analysts/${(reply.json.record as { id: string }).id}`,
      (json) => json.name,
    ),
  },
  'analyst.name/handle': { here: analystWith },
  'resolution.comment': {
    here: async (client, sent) => {
      await client.post('/api/forecasts', forecastBody({ question: pastQuestion() }))
      return client.post(
        `/api/questions/${ID}/resolutions`,
        filled(resolutionBody({ rationale: '@@' }), sent),
      )
    },
    stored: readBack(
      () => `/api/questions/${ID}`,
      (json) => (json.resolutions as { rationale: string }[])[0]?.rationale,
    ),
  },
  'source.url': {
    here: forecastWith((url) => ({ source: { title: 'S', type: 'article', published: '2026-11', url } })),
    stored: forecastOf((json) => (json.related as { source: { url: string } }).source.url),
  },
  'body:POST forecast': {
    here: (client, { raw, value }) =>
      client.post('/api/forecasts', value instanceof Uint8Array ? value : raw),
  },
  'path.id': { here: get((id) => `/api/forecasts/${id}`) },
  'list.sort': { here: get((sort) => `/api/forecasts?sort=${encodeURIComponent(sort)}`) },
  'search.q': {
    here: (client, { value }) => {
      const q =
        value instanceof Uint8Array ? new TextDecoder().decode(value) : encodeURIComponent(String(value))
      return client.get(`/api/forecasts?q=${q}`)
    },
  },
  'forecast.probability': { here: forecastWith((probability) => ({ probability })) },
  'list.limit': { here: get((limit) => `/api/forecasts?limit=${encodeURIComponent(limit)}`) },
  'proof.index / proof.size': { here: get((seq) => `/api/log/entries/${seq}`) },
  'question.deadline': {
    here: forecastWith((date) => ({ question: questionBody({ deadline: { date, time_zone: 'UTC' } }) })),
  },
  'forecast.said_on': { here: forecastWith((said_on) => ({ said_on })) },
  'forecast.recorded_at': { here: forecastWith((recorded_at) => ({ recorded_at })) },
  'forecast.id': { here: forecastWith((id) => ({ id })) },
  'forecast.seq': { here: forecastWith((seq) => ({ seq })) },
  'forecast.by': { here: forecastWith((by) => ({ by })) },
  'forecast.tags': { here: forecastWith((tags) => ({ tags })) },
  'header:Content-Type': {
    here: (client, { value }) =>
      client.post('/api/forecasts', forecastBody(), { 'content-type': String(value) }),
  },
  header: { here: (client, sent, id) => (headers[id] as Attempt)(client, sent, id) },
  'header:Idempotency-Key': {
    here: async (client) => {
      const key = { 'idempotency-key': 'the-same' }
      await client.post('/api/forecasts', forecastBody(), key)
      return client.post('/api/forecasts', forecastBody({ quote: 'other words' }), key)
    },
  },
  'raw connection': { elsewhere: 'test/api/raw-connection.test.ts' },
  'PUT /api/forecasts/:id': { here: withMethod('PUT', `/api/forecasts/${ID}`) },
  'DELETE /api/forecasts/:id': { here: withMethod('DELETE', `/api/forecasts/${ID}`) },
  'PATCH /api/forecasts/:id': { here: withMethod('PATCH', `/api/forecasts/${ID}`) },
  'DELETE /api/log/entries/:n': { here: withMethod('DELETE', '/api/log/entries/0') },
  'PUT /api/log/entries/:n': { here: withMethod('PUT', '/api/log/entries/0') },
  'PATCH /api/log/entries/:n': { here: withMethod('PATCH', '/api/log/entries/0') },
  'POST /api/log/entries/:n': { here: withMethod('POST', '/api/log/entries/0') },
  'path.tile /tile/0/<N>': { later: 'tiles of the log' },
  'list.cursor': { here: get((cursor) => `/api/forecasts?cursor=${encodeURIComponent(cursor)}`) },
  'list.filter': { here: get((query) => `/api/forecasts?${query}`) },
  'header:Authorization': {
    here: (client, { value }, id) =>
      holders[id]?.(client) ??
      client.post('/api/forecasts', forecastBody(), { authorization: String(value) }),
  },
  'header:Cookie': {
    here: (client, { value }) =>
      client.send('/api/forecasts', {
        method: 'POST',
        body: JSON.stringify(forecastBody()),
        headers: { 'content-type': 'application/json', cookie: String(value) },
      }),
  },
  'csrf: cookie-authenticated write': {
    here: (client, { value }, id) =>
      (forgeries[id] as (c: Client, t: string) => Promise<Reply>)(client, String(value)),
  },
  login: {
    here: async (client, _, id) => {
      client.host.settings.rate_limit = 6000
      if (id === 'auth-34') for (let n = 0; n < 20; n++) await signIn(client, 'wrong')
      return signIn(client, 'nobody')
    },
  },
  'login ?next=': { here: (client, { value }) => signIn(client, 'x', undefined, String(value)) },
  'POST /setup': { here: (client) => client.post('/setup') },
  state: { here: (client, _, id) => (states[id] as (client: Client) => Promise<Reply>)(client) },
  'question.title → export.csv': {
    here: (client, sent) => client.post('/api/questions', filled(questionBody({ title: '@@' }), sent)),
    stored: quotedInCsv,
  },
  'server log ← any text': { elsewhere: 'test/api/problem.test.ts' },
  'CLI table ← question.title/quote': { elsewhere: 'test/cli' },
  'verify.export': { elsewhere: 'test/store/verify.test.ts' },
  'page JSON-LD ← question.title/quote': PAGES,
  'og:title ← question.title/quote': PAGES,
  'header: Content-Disposition ← any text': { later: 'exports that are named after a record' },
  'webhook.url / source fetch': { elsewhere: 'test/api/captures.test.ts' },
  'webhook body ← any text': WEBHOOKS,
  'webhook.url answers': WEBHOOKS,
  'incoming webhook': WEBHOOKS,
  'e-mail subject ← any text': { later: 'notifications by e-mail' },
  'feed.atom ← question.title/quote': FEEDS,
  'feed.ics ← question.title/quote': FEEDS,
  'import.csv': IMPORTS,
  'import.yaml': { elsewhere: 'test/interchange' },
  'import.zip': IMPORTS,
  'import.json': IMPORTS,
}
