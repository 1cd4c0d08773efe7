import { expect, test } from 'vitest'
import { MOST_OPEN_REPORTS } from '../../src/core/correction.ts'
import { runPrune } from '../../src/jobs/prune.ts'
import { retractForecast } from '../../src/ledger/forecast/withdraw-forecast.ts'
import { changePolicy } from '../../src/ledger/members/membership.ts'
import { readEvents } from '../../src/store/events.ts'
import { fieldValue, ORIGIN, site } from '../support/site.ts'
import { log } from '../support/steps.ts'

const WORDS = 'The recording says <tomorrow>, not today.'
const WHERE = 'reader@example.org'

async function reported() {
  const held = await site()
  await changePolicy(held.ledger, held.unit, 'off')
  const { id, question } = await log(held)
  const about = `forecast:${id}`
  const fields = { '/about': about, '/text': WORDS, '/answer_to': WHERE }
  const open = async () =>
    (await held.ledger.db.read({ sql: 'SELECT * FROM report ORDER BY received_at' })) as unknown as {
      id: string
      text: string
      answer_to: string | null
    }[]
  const api = (method: string, path: string, body?: unknown, token: string | null = held.token) =>
    held.send(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
    })
  return { held, id, question, about, fields, open, api }
}

test('a reader without an account reports from the page concerned, and is told that it is kept', async () => {
  const { held, about, fields, id, open } = await reported()
  const { text } = await held.anonymous.get(`/forecasts/${id}`)
  expect(text).toContain(`/report?about=${encodeURIComponent(about)}`)
  const form = await held.anonymous.get(`/report?about=${encodeURIComponent(about)}`)
  expect(form.text).toContain('there will be no war')
  const sent = await held.anonymous.post('/report', fields)
  expect(sent.status).toBe(303)
  expect((await held.anonymous.get(sent.headers.get('location') ?? '')).text).toContain('Thank you.')
  expect(await open()).toMatchObject([{ subject: about, text: WORDS, answer_to: WHERE }])
})

test('what is wrong with a report is said at its field, and what was typed is still there', async () => {
  const { held, about, fields, open } = await reported()
  for (const [changes, says] of [
    [{ '/text': '' }, 'Is required.'],
    [{ '/text': 'x'.repeat(2001) }, 'must be at most 2000 characters'],
    [{ for_programs: 'x' }, 'tells programs from people was filled in'],
    [{ nonsense: 'x' }, 'is not a field of this form'],
  ] as const) {
    const refused = await held.anonymous.post('/report', { ...fields, ...changes })
    expect([says, refused.status]).toEqual([says, 422])
    expect(refused.text.toLowerCase()).toContain(says.toLowerCase())
    expect(fieldValue(refused.text, '/answer_to')).toBe(WHERE)
  }
  for (const subject of ['forecast:nothing-here_nowhere', 'question:nothing-here'])
    expect((await held.anonymous.post('/report', { ...fields, '/about': subject })).status).toBe(404)
  for (const subject of ['', 'member:x', `${about}:`])
    expect((await held.anonymous.post('/report', { ...fields, '/about': subject })).status).toBe(400)
  // A form of somebody else's page.
  expect((await held.anonymous.post('/report', fields, { origin: 'https://example.org' })).status).toBe(403)
  expect(await open()).toEqual([])
  expect((await held.anonymous.get('/report')).status).toBe(200)
  expect((await held.anonymous.get('/report?about=question:nothing')).status).toBe(404)
})

test('reports are private: no answer to anybody else holds them, and only members list them', async () => {
  const { held, fields, api, id, question } = await reported()
  const reader = await held.join('Rita', 'reader')
  expect((await held.anonymous.post('/report', fields)).status).toBe(303)
  const admin = await held.signedIn()
  expect((await admin.get('/due')).text).toContain('A report waits')
  expect((await admin.get('/reports')).text).toContain('&lt;tomorrow&gt;')
  for (const path of [
    '/reports',
    '/due',
    `/forecasts/${id}`,
    `/questions/${question}`,
    '/corrections',
    '/report',
  ])
    for (const visitor of [held.anonymous, await held.signedIn(reader)]) {
      const { text } = await visitor.get(path)
      expect([path, text.includes('tomorrow'), text.includes(WHERE)]).toEqual([path, false, false])
    }
  expect((await held.anonymous.get('/reports')).status).toBe(401)
  expect((await api('GET', '/api/reports', undefined, null)).status).toBe(401)
  expect((await api('GET', '/api/reports', undefined, reader.token)).status).toBe(403)
  expect(JSON.parse((await api('GET', '/api/reports')).text).items).toMatchObject([
    { text: WORDS, answer_to: WHERE },
  ])
  const log = JSON.stringify(await readEvents(held.ledger.db, 0, 1000))
  expect(log).not.toContain('tomorrow')
})

test('a report is closed by the entry that mends it: what is recorded is when it came, and the words go', async () => {
  const { held, id, about, open, api, fields } = await reported()
  const sent = await api('POST', '/api/reports', { about, text: WORDS, answer_to: WHERE }, null)
  expect(sent.status).toBe(201)
  const { id: report } = JSON.parse(sent.text)
  const closing = `/api/reports/${report}/closing`
  const { seq: before } = await held.host.head()
  held.at('2026-11-24T10:00:00.000Z')
  const because = 'It was another speaker.'
  expect((await api('POST', closing, { outcome: 'mended', because })).status).toBe(422)
  expect((await api('POST', closing, { outcome: 'mended', mended_by: before, because })).status).toBe(422)
  expect((await api('POST', closing, { outcome: 'not_changed', mended_by: 1, because })).status).toBe(422)
  const { event } = await retractForecast(held.ledger, held.unit, id, { because })
  const closed = await api('POST', closing, {
    outcome: 'mended',
    mended_by: event.seq,
    because: 'Retracted.',
  })
  expect(closed.status).toBe(201)
  expect(JSON.parse(closed.text).record).toMatchObject({
    about,
    received_at: '2026-11-22T10:00:00.000Z',
    mended_by: event.seq,
    because: 'Retracted.',
  })
  expect(await open()).toEqual([])
  expect((await api('POST', closing, { outcome: 'not_changed', because })).status).toBe(404)
  // A correction from before the report came mends nothing.
  const admin = await held.signedIn()
  expect((await held.anonymous.post('/report', fields)).status).toBe(303)
  const [second] = await open()
  const form = { '/outcome': 'mended', '/mended_by': String(event.seq), '/because': 'Done.' }
  const late = await admin.post(`/reports/${second?.id}/closing`, form)
  expect(late.status).toBe(303)
  held.at('2026-11-25T10:00:00.000Z')
  expect((await held.anonymous.post('/report', fields)).status).toBe(303)
  const [third] = await open()
  const early = await admin.post(`/reports/${third?.id}/closing`, form)
  expect(early.status).toBe(422)
  expect(early.text).toContain('before the report came')
  expect(
    (
      await admin.post(`/reports/${third?.id}/closing`, {
        '/outcome': 'not_changed',
        '/because': 'It is so.',
      })
    ).status,
  ).toBe(303)
  const { figures } = JSON.parse((await held.send('/api/corrections')).text)
  expect(figures.reports).toEqual({ closed: 3, mended: 2, median_days: 1 })
  expect((await held.anonymous.get('/corrections')).text).toContain(
    '3 reports of readers were closed, 2 of them with an amendment; from report to mending it took 1 day (the middle one).',
  )
})

test('what is no report is dropped, and nothing of it is recorded', async () => {
  const { held, fields, open, api } = await reported()
  await held.anonymous.post('/report', fields)
  const { seq } = await held.host.head()
  const [report] = await open()
  expect((await api('DELETE', `/api/reports/${report?.id}`)).status).toBe(200)
  expect((await api('DELETE', `/api/reports/${report?.id}`)).status).toBe(404)
  expect([await open(), (await held.host.head()).seq]).toEqual([[], seq])
})

test('where to answer is forgotten after ninety days, though nobody closed the report', async () => {
  const { held, fields, open } = await reported()
  await held.anonymous.post('/report', fields)
  await runPrune(held.ledger, new Date('2027-02-20T09:00:00.000Z'))
  expect(await open()).toMatchObject([{ text: WORDS, answer_to: WHERE }])
  await runPrune(held.ledger, new Date('2027-02-20T11:00:00.000Z'))
  expect(await open()).toMatchObject([{ text: WORDS, answer_to: null }])
})

test('an address reports twice a minute, and when too many wait none is taken and none is lost', async () => {
  const { held, fields, open, api, about } = await reported()
  held.host.settings.rate_limit = 6000
  const send = async () => (await held.anonymous.post('/report', fields)).status
  expect([await send(), await send(), await send()]).toEqual([303, 303, 429])
  const third = await api('POST', '/api/reports', { about, text: 'x' }, null)
  expect([third.status, third.headers.get('retry-after')]).toEqual([429, '30'])
  held.host.settings.rate_limit = 0
  await held.ledger.db.write([
    {
      sql: `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :more)
        INSERT INTO report SELECT 'r' || i, '2026-11-22T10:00:00.000Z', :about, 'Another.', NULL FROM n`,
      args: { about, more: BigInt(MOST_OPEN_REPORTS - 2) },
    },
  ])
  const full = await held.anonymous.post('/report', fields)
  expect(full.status).toBe(429)
  expect(full.text).toContain('Nothing was kept of this one')
  expect(fieldValue(full.text, '/text')).toContain('recording says')
  expect((await api('POST', '/api/reports', { about, text: 'x' }, null)).status).toBe(429)
  expect((await open()).length).toBe(MOST_OPEN_REPORTS)
})

test('where the ledger is not public nobody reports without signing in', async () => {
  const held = await site({ public: false })
  const { id } = await log(held)
  const fields = { '/about': `forecast:${id}`, '/text': WORDS }
  expect((await held.anonymous.post('/report', fields)).status).toBe(401)
  const body = JSON.stringify({ about: `forecast:${id}`, text: WORDS })
  const headers = { 'content-type': 'application/json', origin: ORIGIN }
  expect((await held.send('/api/reports', { method: 'POST', body, headers })).status).toBe(401)
  expect((await (await held.signedIn()).post('/report', fields)).status).toBe(303)
})
