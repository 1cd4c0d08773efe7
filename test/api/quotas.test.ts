import { expect, test } from 'vitest'
import { UNLIMITED } from '../../src/core/quota.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { openAnother } from '../jobs/another.ts'
import { aForecast } from '../support/ledger.ts'
import { log, refusal } from '../support/steps.ts'
import { client, forecastBody } from './client.ts'

const limited = (quotas: Partial<typeof UNLIMITED>) => client({ quotas: { ...UNLIMITED, ...quotas } })
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const draft = (text: string) => ({ source: {}, text, marks: [] })
const said = (n: number) => forecastBody({ quote: `no war, no. ${n}` })

test('entries beyond those of a day answer 429 with the limit, its setting and how long to wait; the next day goes on', async () => {
  const { post, get, at, join } = await limited({ daily_entries: 10 })
  expect((await post('/api/forecasts', said(0))).status).toBe(201) // 5 entries
  expect((await post('/api/forecasts', said(1))).status).toBe(201) // 3
  const size = (await get('/api/health')).json.ledger_size
  const refused = await post('/api/forecasts', said(2))
  expect([refused.status, refused.json.code, refused.headers.get('retry-after')]).toEqual([
    429,
    'rate_limited',
    String(14 * 3600),
  ])
  expect(refused.json.detail).toContain(
    'at most 10 entries a day (RECKONING_DAILY_ENTRIES); you have 8 written',
  )
  expect((await get('/api/health')).json.ledger_size).toBe(size)
  // What is left of the day can still be used, and others have days of their own.
  expect((await post('/api/analysts', { name: 'Ada Lovelace' })).status).toBe(201)
  const ruth = await join('Ruth', 'recorder')
  expect((await post('/api/forecasts', said(2), bearer(ruth.token))).status).toBe(201)
  at('2026-11-23T00:00:00.000Z')
  expect((await post('/api/forecasts', said(3))).status).toBe(201)
})

test('bytes of a day count the texts of sources, and what was refused does not count', async () => {
  const { post, ledger } = await limited({ daily_mb: 1 })
  const source = (n: number, length: number) => ({
    title: `Talk ${n}`,
    type: 'speech',
    published: '2026-11-10',
    text: 'x'.repeat(length),
  })
  expect((await post('/api/sources', source(1, 600_000))).status).toBe(201)
  const refused = await post('/api/sources', source(2, 600_000))
  expect([refused.status, refused.json.detail]).toEqual([
    429,
    expect.stringContaining('at most 1 MB a day (RECKONING_DAILY_MB); you have 0.6 MB written'),
  ])
  expect(await ledger.db.read({ sql: 'SELECT source FROM source_text' })).toHaveLength(1)
  expect((await post('/api/sources', source(2, 300_000))).status).toBe(201)
})

test('a limit of a day holds for many requests at once, and for two programs on one file', async () => {
  const held = await limited({ daily_entries: 20 })
  const other = await openAnother(held)
  const unit = { ...held.unit, quotas: held.host.settings.quotas }
  await recordForecast(held.ledger, unit, aForecast())
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      refusal(() =>
        recordForecast(n % 2 === 0 ? held.ledger : other, unit, aForecast({ quote: `no war, no. ${n}` })),
      ),
    ),
  )
  expect(all.filter((one) => one === null)).toHaveLength(5)
  expect(all.flatMap((one) => (one === null ? [] : [one.code]))).toEqual(Array(15).fill('rate_limited'))
})

test('the command and its imports are bound by no limit, and a token can always be stopped', async () => {
  const { post, host, ledger, unit, join, token } = await limited({ daily_entries: 1, tokens: 1 })
  const free = { ledger, unit } as Parameters<typeof log>[0]
  for (let n = 0; n < 5; n++) await log(free, { quote: `no war, no. ${n}` })
  const ruth = await join('Ruth', 'recorder')
  expect((await post('/api/analysts', { name: 'Ada Lovelace' })).status).toBe(201)
  expect((await post('/api/analysts', { name: 'Anna Petrosyan' })).status).toBe(429)
  const stopped = await post(`/api/tokens/${ruth.token.slice(7, 19)}/revocation`)
  expect(stopped.status).toBe(201)
  expect([token.length, host.settings.quotas.tokens]).toEqual([token.length, 1])
})

test('a member has so many tokens that work, and one more when one has ended', async () => {
  const { post, unit, at } = await limited({ tokens: 3 })
  const issue = (changes: Record<string, unknown> = {}) =>
    post('/api/tokens', { member: unit.by.member, name: 'script', role: 'recorder', ...changes })
  expect((await issue({ expires_at: '2026-11-22T11:00:00.000Z' })).status).toBe(201)
  // Several at the same moment share what is left.
  const all = await Promise.all(Array.from({ length: 6 }, () => issue()))
  expect(all.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409])
  const refused = await issue()
  expect([refused.json.code, refused.json.detail]).toEqual([
    'over_quota',
    'administrator has 3 tokens that work, which is the limit of a member (RECKONING_TOKENS). Revoke one that nobody uses first.',
  ])
  at('2026-11-22T12:00:00.000Z')
  expect((await issue()).status).toBe(201)
  expect((await issue()).status).toBe(409)
  const made = all.find(({ status }) => status === 201)?.json.record as { id: string }
  expect((await post(`/api/tokens/${made.id}/revocation`)).status).toBe(201)
  expect((await issue()).status).toBe(201)
})

test('a session too many ends the oldest, and a sign-in link too many is refused', async () => {
  const { ledger, unit, host } = await limited({ sessions: 2 })
  const { quotas } = host.settings
  const open = (minutes: number, kind: 'session' | 'link') =>
    openSecret(ledger, new Date(unit.now.getTime() + minutes * 60_000), unit.by.member, kind, quotas)
  const kept = async (kind: string) =>
    (
      await ledger.db.read({
        sql: 'SELECT id FROM secret WHERE kind = :kind ORDER BY expires_at',
        args: { kind },
      })
    ).map(({ id }) => id)
  const sessions = [await open(0, 'session'), await open(1, 'session'), await open(2, 'session')]
  expect(await kept('session')).toEqual(sessions.slice(1).map((secret) => secret.slice(0, 12)))
  await open(0, 'link')
  await open(1, 'link')
  expect(await refusal(() => open(2, 'link'))).toMatchObject({
    code: 'over_quota',
    message: expect.stringContaining('RECKONING_SESSIONS'),
  })
  expect((await open(15.5, 'link')).length).toBeGreaterThan(12)
})

test('captures that are not logged have a number and a size; what there is can be saved, shrunk and thrown away', async () => {
  const held = await limited({ drafts: 2, drafts_mb: 1 })
  const { post, send, token, join } = held
  const put = (id: string, rev: number, body: object, by = token) =>
    send(`/api/captures/${id}`, {
      method: 'PUT',
      body: JSON.stringify(body),
      headers: { ...bearer(by), 'content-type': 'application/json', 'if-match': `"rev-${rev}"` },
    })
  const first = (await post('/api/captures', draft('x'.repeat(500_000)))).json as { id: string }
  const large = await post('/api/captures', draft('y'.repeat(600_000)))
  expect([large.status, large.json.code, large.json.detail]).toEqual([
    409,
    'over_quota',
    expect.stringContaining('more than 1 MB, which is the limit of a member (RECKONING_DRAFTS_MB)'),
  ])
  const second = (await post('/api/captures', draft('Small.'))).json as { id: string }
  const third = await post('/api/captures', draft('Another.'))
  expect([third.status, third.json.detail]).toEqual([
    409,
    expect.stringContaining(
      'You have 2 captures that are not logged, which is the limit of a member (RECKONING_DRAFTS)',
    ),
  ])
  expect((await put(second.id, 0, draft('z'.repeat(600_000)))).json.detail).toContain('RECKONING_DRAFTS_MB')
  expect((await put(second.id, 0, draft('Small and more.'))).status).toBe(200)
  expect((await put(first.id, 0, draft('x'.repeat(100_000)))).status).toBe(200)
  const ruth = await join('Ruth', 'recorder')
  const hers = (await post('/api/captures', draft('Hers.'), bearer(ruth.token))).json as { id: string }
  // Whoever saves the capture of somebody else has one more.
  expect((await put(hers.id, 0, draft('Ours.'))).json).toMatchObject({ code: 'over_quota' })
  expect((await send(`/api/captures/${first.id}`, { method: 'DELETE', headers: bearer(token) })).status).toBe(
    200,
  )
  expect((await put(hers.id, 0, draft('Ours.'))).status).toBe(200)
})

test('many captures at once do not pass the limit together, and the same one twice is one', async () => {
  const { post } = await limited({ drafts: 5 })
  const all = await Promise.all(
    Array.from({ length: 12 }, (_, n) => post('/api/captures', draft(`Text ${n}.`))),
  )
  expect(all.map(({ status }) => status).toSorted()).toEqual([...Array(5).fill(201), ...Array(7).fill(409)])
  const twice = await limited({})
  const same = await Promise.all([1, 2, 3].map(() => twice.post('/api/captures', draft('Text.'))))
  expect(new Set(same.map(({ json }) => json.id)).size).toBe(1)
})

test('a list of captures has pages, which a member who fills it cannot close', async () => {
  const { post, get, token, join } = await client()
  const ruth = await join('Ruth', 'recorder')
  const mine = (await post('/api/captures', draft('Mine.'))).json as { id: string }
  for (let n = 0; n < 7; n++) await post('/api/captures', draft(`Filler ${n}.`), bearer(ruth.token))
  const read = async (query: string) => {
    const { json, headers } = await get(`/api/captures${query}`, bearer(token))
    expect(headers.get('cache-control')).toBe('private, no-store')
    return json as { items: { id: string }[]; next_cursor: string | null }
  }
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await read(`?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`)
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.next_cursor
  }
  expect([seen.length, new Set(seen).size, seen.includes(mine.id)]).toEqual([8, 8, true])
  expect((await read(`?member=${ruth.member}`)).items).toHaveLength(7)
})
