import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { afterTest } from '../support/after-test.ts'
import { databaseAt } from '../support/database.ts'
import { folder, reckon, until } from '../support/process.ts'
import { serving } from '../support/serving.ts'

const TOKEN = 'a-token-of-prometheus'
/** A family's lines as the text format of Prometheus has them: what it is, its kind, and its samples. */
const FAMILY =
  /^# HELP (\w+) [^\n]+\n# TYPE \1 (?:counter|gauge|summary)\n(?:\1(?:_count|_sum)?(?:\{\w+="[^"\n]*"(?:,\w+="[^"\n]*")*\})? -?\d+(?:\.\d+)?(?:e[+-]\d+)?\n)+/u

/** A server with this token, and how its figures are asked for. */
async function watched(settings: Record<string, string> = { RECKONING_METRICS_TOKEN: TOKEN }) {
  const cwd = folder()
  const database = { RECKONING_DATABASE_URL: databaseAt(join(cwd, 'ledger.db')) }
  const created = await reckon(['token', 'create', '--name', 'desk', '--role', 'recorder'], {
    cwd,
    settings: { ...database, RECKONING_IMPORT: '' },
  })
  const now = new Date().toISOString()
  const server = await serving({ ...database, ...settings }, now)
  afterTest(server.close)
  const figures = async (token: string | null, path = '/metrics') =>
    fetch(server.address + path, token === null ? {} : { headers: { authorization: `Bearer ${token}` } })
  const figure = async (line: string): Promise<number | null> => {
    const found = (await (await figures(TOKEN)).text()).split('\n').find((one) => one.startsWith(`${line} `))
    return found === undefined ? null : Number(found.slice(line.length + 1))
  }
  return { server, now, token: created.stdout.trim(), figures, figure }
}

it('tells whoever shows the token what the server does, in the form of Prometheus', async () => {
  const { server, now, token, figures, figure } = await watched()
  const response = await figures(TOKEN)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  let text = await response.text()
  const names: string[] = []
  while (text !== '') {
    const [whole, name] = FAMILY.exec(text) ?? []
    expect(whole, text.slice(0, 300)).toBeDefined()
    names.push(String(name))
    text = text.slice(String(whole).length)
  }
  expect(new Set(names).size).toBe(names.length)
  expect(names).toContain('reckoning_build_info')

  const READ = 'reckoning_request_duration_seconds_count{kind="read",status="2xx"}'
  const before = (await figure(READ)) ?? 0
  for (let n = 0; n < 3; n++) await server.get('/api/forecasts')
  await server.get('/nowhere')
  expect(await figure(READ)).toBe(before + 3)
  expect(await figure('reckoning_request_duration_seconds_count{kind="read",status="4xx"}')).toBe(1)

  const entries = (await figure('reckoning_entries')) ?? 0
  const post = (body: object) =>
    fetch(`${server.address}/api/forecasts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const forecast = {
    analyst: { name: 'Ada Lovelace' },
    source: { title: 'A talk', type: 'speech', url: 'https://radio.example/1', published: '2026-11-20' },
    quote: 'a cut is likely',
    question: {
      title: 'Rates fall',
      criteria: 'The bank publishes a lower rate.',
      deadline: { date: '2026-12-31', time_zone: 'UTC' },
    },
    probability: 0.7,
  }
  expect((await post(forecast)).status).toBe(201)
  const deadline = { date: '2026-01-01', time_zone: 'UTC' }
  const past = { ...forecast, question: { ...forecast.question, title: 'Rates rose', deadline } }
  expect((await post(past)).status).toBe(422)
  expect(await figure('reckoning_writes_total{outcome="acknowledged"}')).toBeGreaterThanOrEqual(1)
  expect(await figure('reckoning_writes_total{outcome="refused"}')).toBe(1)
  expect(await figure('reckoning_writes_total{outcome="failed"}')).toBe(0)
  expect(await figure('reckoning_writes_waiting')).toBe(0)
  expect(await figure('reckoning_recording')).toBe(1)
  expect(await figure('reckoning_entries')).toBeGreaterThan(entries)
  const SUCCEEDED = 'reckoning_job_succeeded_timestamp_seconds{job="flag-due"}'
  const ran = await until('the first run of a job', async () => figure(SUCCEEDED))
  expect(ran).toBe(Date.parse(now) / 1000)
})

it('tells nobody else, and without the setting there is no such address', async () => {
  const { figures } = await watched()
  for (const token of [null, '', 'another-token-of-prometheus', `${TOKEN}x`]) {
    const refused = await figures(token)
    expect(refused.status).toBe(401)
    expect(await refused.json()).toMatchObject({ code: 'unauthenticated' })
  }
  const { figures: none } = await watched({})
  expect((await none(TOKEN)).status).toBe(404)
})

it('a token that is too short, or none that a header can hold, is refused at the start', () => {
  for (const token of ['short', 'with spaces in between', 'mit-Ümlauten-und-mehr'])
    expect(() => readConfig({ RECKONING_METRICS_TOKEN: token })).toThrow(
      /RECKONING_METRICS_TOKEN must be 16/u,
    )
})
