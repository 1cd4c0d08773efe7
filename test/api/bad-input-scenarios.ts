import { issueToken } from '../../src/ledger/members/membership.ts'
import {
  type Client,
  forecastBody,
  pastQuestion,
  questionBody,
  type Reply,
  resolutionBody,
} from './client.ts'

/** A value to put into a body: its JSON text, which need not be JSON. */
export type Sent = { raw: string; value: unknown }

export type Attempt = (client: Client, sent: Sent, id: string) => Promise<Reply>
const ID = '2026-11-an-interview_a-new-war-begins'

const headerOf = (line: string): Record<string, string> => {
  const at = line.indexOf(':')
  return { [line.slice(0, at)]: line.slice(at + 1).trim() }
}

async function proposed(client: Client): Promise<void> {
  await client.post('/api/forecasts', forecastBody({ question: pastQuestion() }))
  await client.post(`/api/questions/${ID}/resolutions`, resolutionBody())
}

export const headers: Record<string, Attempt> = {
  'http-12': (client, { value }) => client.post('/api/forecasts', forecastBody(), headerOf(String(value))),
  'http-14': (client, { value }) => client.post(`/api/forecasts/${ID}`, {}, headerOf(String(value))),
  'http-16': (client, { value }) =>
    client.send('/sign-in', {
      method: 'POST',
      body: 'token=x',
      headers: { ...headerOf(String(value)), origin: 'https://evil.example' },
    }),
  'http-18': async (client, { value }) => {
    client.host.settings.rate_limit = 6000
    const anonymous = () =>
      client.send('/api/forecasts', { method: 'POST', headers: headerOf(String(value)) })
    for (let n = 0; n < 10; n++) await anonymous()
    return anonymous()
  },
  'http-20': (client, { value }) => client.get('/api/forecasts', headerOf(String(value))),
  'http-22': async (client, { value }) => {
    await client.post('/api/questions', questionBody())
    const body = { criteria: 'Other.', because: 'Clearer.' }
    return client.post('/api/questions/a-new-war-begins/amendments', body, headerOf(String(value)))
  },
  'http-24': (client, { value }) => client.post('/api/forecasts', forecastBody(), headerOf(String(value))),
  'http-26': (client, { value }) => client.get('/api/forecasts', headerOf(String(value))),
}

export const holders: Record<string, (client: Client) => Promise<Reply>> = {
  'auth-11': async (client) => {
    const request = {
      member: client.unit.by.member,
      name: 'old',
      role: 'admin' as const,
      expires_at: '2026-11-22T10:00:01.000Z',
    }
    const { token } = await issueToken(client.ledger, client.unit, request)
    client.at('2026-11-22T10:00:01.000Z')
    return client.post('/api/forecasts', forecastBody(), { authorization: `Bearer ${token}` })
  },
  'auth-13': async (client) => {
    const { token } = await client.join('Reader', 'reader')
    return client.post('/api/forecasts', forecastBody(), { authorization: `Bearer ${token}` })
  },
  'auth-15': async (client) => {
    const { token } = await client.join('Resolver', 'resolver')
    const headers = { authorization: `Bearer ${token}` }
    await client.post('/api/forecasts', forecastBody({ question: pastQuestion() }))
    await client.post(`/api/questions/${ID}/resolutions`, resolutionBody(), headers)
    return client.post(`/api/questions/${ID}/resolutions/r1/confirm`, {}, headers)
  },
  'auth-17': async (client) => {
    await client.join('Resolver', 'resolver')
    await proposed(client)
    return client.post(`/api/questions/${ID}/resolutions/r1/confirm`)
  },
}

export const signIn = (
  client: Client,
  token: string,
  headers: Record<string, string> = { origin: 'http://localhost' },
  next = '',
) =>
  client.send('/sign-in', {
    method: 'POST',
    body: new URLSearchParams(next === '' ? { token } : { token, next }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  })

const crossSite = async (client: Client, path: string, headers: Record<string, string>) =>
  client.send(path, {
    method: 'POST',
    body: '',
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: 'sid=x', ...headers },
  })

export const forgeries: Record<string, (client: Client, text: string) => Promise<Reply>> = {
  'auth-25': (client, text) => crossSite(client, '/capture', headerOf(text)),
  'auth-27': (client) => crossSite(client, '/capture', {}),
  'auth-29': (client, text) => crossSite(client, '/capture', headerOf(text)),
  'auth-31': (client, text) => crossSite(client, '/capture', headerOf(text)),
  'auth-33': async (client) => {
    await proposed(client)
    return client.get(`/questions/${ID}/resolutions?outcome=yes`, { cookie: 'sid=x' })
  },
}

export const states: Record<string, (client: Client) => Promise<Reply>> = {
  'state-01': async (client) => {
    await client.post('/api/forecasts', forecastBody())
    return client.post(`/api/questions/${ID}/resolutions`, resolutionBody())
  },
  'state-03': async (client) => {
    await proposed(client)
    return client.send(`/api/questions/${ID}`, { method: 'PUT', body: '{"outcome":"yes"}' })
  },
  'state-05': async (client) => {
    await client.post('/api/forecasts', forecastBody())
    const early = resolutionBody({ outcome: 'yes', known_on: '2026-11-20' })
    await client.post(`/api/questions/${ID}/resolutions`, early)
    return client.post(`/api/questions/${ID}/amendments`, { criteria: 'Other.', because: 'It suits.' })
  },
  'state-07': async (client) => {
    await client.post('/api/forecasts', forecastBody({ question: pastQuestion() }))
    return client.post(`/api/forecasts/${ID}/withdrawal`, {
      withdrawn_on: '2026-11-22',
      because: 'It suits.',
    })
  },
  'state-09': async (client) => {
    await client.post('/api/questions', questionBody())
    const amend = (criteria: string) =>
      client.post(
        '/api/questions/a-new-war-begins/amendments',
        { criteria, because: 'Clearer.' },
        { 'if-match': '"rev-0"' },
      )
    const replies = await Promise.all([amend('One.'), amend('Two.')])
    return replies.find(({ status }) => status !== 201) as Reply
  },
  'state-11': async (client) => {
    await client.post('/api/forecasts', forecastBody({ question: pastQuestion() }))
    return client.post(`/api/questions/${ID}/resolutions`, resolutionBody({ outcome: 'YES' }))
  },
  'state-15': (client) => client.send('/api/analysts/konstantin-kalachev', { method: 'DELETE' }),
  'state-17': (client) =>
    client.post(
      '/api/forecasts',
      forecastBody({
        question: questionBody({ type: 'multiple_choice', options: ['war', 'peace'] }),
        probability: { war: 0.6, peace: 0.6 },
      }),
    ),
}
