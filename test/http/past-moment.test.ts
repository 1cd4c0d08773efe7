import { expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { saveCapture } from '../../src/ledger/capture/save-capture.ts'
import { correctClock } from '../../src/ledger/clock/settle-clock.ts'
import { retractForecast } from '../../src/ledger/forecast/withdraw-forecast.ts'
import { changePolicy } from '../../src/ledger/members/membership.ts'
import { ORIGIN, site } from '../support/site.ts'
import { log } from '../support/steps.ts'

test('a moment is a day, of which the end counts, or the number of an entry; anything else is told', async () => {
  const held = await site()
  await held.log()
  const { seq } = await held.host.head()
  held.at('2026-11-25T12:00:00.000Z')
  for (const [as_of, status, says] of [
    ['2026-11-22', 200, 'at the end of 22 Nov 2026 (UTC)'],
    ['2026-11-25', 200, 'on 25 Nov 2026 (UTC), which is not over yet'],
    ['2026-11-26', 404, '26 Nov 2026 is still to come'],
    ['2026-11-21', 404, 'The record begins on 22 Nov 2026'],
    ['1800-01-01', 404, 'The record begins on'],
    ['2026-02-30', 400, 'is not a day of the calendar'],
    ['0999-01-01', 400, 'It takes a day'],
    [String(seq), 200, `up to entry ${seq}`],
    [String(seq + 1), 404, `There is no entry ${seq + 1} yet: the last one is ${seq}`],
    ['999999999999999', 404, 'There is no entry'],
    ['9999999999999999', 400, 'neither a day nor the number of an entry'],
    ['-1', 400, 'neither a day'],
    ['1.5', 400, 'neither a day'],
    ['01', 400, 'neither a day'],
    ['yesterday', 400, 'neither a day'],
    ['%00', 400, 'neither a day'],
    ['<script>', 400, 'neither a day'],
    ['1&as_of=2', 400, 'as_of is given twice'],
    ['%ff', 400, 'percent-encoded'],
    ['', 200, 'in the ledger'],
    [' ', 200, 'in the ledger'],
  ] as const) {
    const page = await held.send(`/analysts?as_of=${as_of}`)
    expect([as_of, page.status, page.text.includes(says)]).toEqual([as_of, status, true])
    expect(page.text).not.toContain('<script>')
    const { status: twin } = await held.send(`/api/analysts?as_of=${as_of}`)
    expect([as_of, twin]).toEqual([as_of, status])
  }
})

test('an address that is no text is told, today and in the past', async () => {
  const held = await site()
  await held.log()
  for (const path of [
    '/questions/%ff',
    '/analysts/%ff',
    '/questions/%ff?as_of=5',
    '/changes?since=5&analyst=%ff',
  ])
    expect([path, (await held.send(path)).status < 500]).toEqual([path, true])
})

test('nothing that is recorded later is known: the day before a retraction the forecast still stands', async () => {
  const held = await site()
  await changePolicy(held.ledger, held.unit, 'off')
  const { id } = await held.log()
  held.at('2026-11-24T10:00:00.000Z')
  await retractForecast(held.ledger, held.unit, id, { because: 'It was about another war.' })
  const on = async (day: string) => (await held.send(`/forecasts/${id}?as_of=${day}`)).text
  expect(await on('2026-11-23')).not.toContain('It was about another war.')
  held.at('2026-11-26T10:00:00.000Z')
  expect(await on('2026-11-24')).toContain('It was about another war.')
  expect(await on('2026-11-23')).not.toContain('It was about another war.')
})

test('what a wrong clock stamped ahead counts as of when it was corrected', async () => {
  const held = await site({}, {})
  held.at('2027-03-01T10:00:00.000Z')
  await held.log()
  const ahead = await held.host.head()
  held.at('2026-11-23T10:00:00.000Z')
  await correctClock(held.ledger, held.unit, { from: 5, because: 'The clock showed March.' })
  held.at('2026-11-25T10:00:00.000Z')
  const { text } = await held.send('/api/analysts?as_of=2026-11-23')
  expect(JSON.parse(text).items).toHaveLength(1)
  expect((await held.send('/api/analysts?as_of=2026-11-22')).text).toContain('"items":[]')
  expect((await held.send(`/analysts?as_of=${ahead.seq}`)).status).toBe(200)
})

test('what members keep has no past, and nothing is written into it', async () => {
  const held = await site()
  const { id, question } = await held.log()
  await saveCapture(held.ledger, held.unit, {
    source: { title: 'A secret draft' },
    text: 'Secret.',
    marks: [],
  } as never)
  const member = await held.signedIn()
  for (const path of [
    '/capture',
    '/capture/one',
    '/settings',
    '/settings/sign-ins',
    '/settings/audit',
    '/settings/clock',
    `/questions/${question}/resolve`,
  ]) {
    const page = await member.get(`${path}?as_of=3`)
    expect([path, page.status, page.text.includes('What members keep has no past')]).toEqual([
      path,
      404,
      true,
    ])
    expect(page.text).not.toContain('A secret draft')
  }
  const shown = await member.get(`/forecasts/${id}?as_of=9`)
  expect(shown.text).not.toContain('method="post"')
  expect(shown.text).not.toContain('Signed in')
  for (const path of [
    '/api/members',
    '/api/tokens',
    '/api/captures',
    `/api/questions/${question}/desk`,
    '/api/clock',
  ])
    expect([
      path,
      (await held.send(`${path}?as_of=5`, { headers: { authorization: `Bearer ${held.token}` } })).status,
    ]).toEqual([path, 404])
  const { seq } = await held.host.head()
  const write = await held.send('/api/forecasts?as_of=5', {
    method: 'POST',
    headers: { authorization: `Bearer ${held.token}`, 'content-type': 'application/json' },
    body: '{}',
  })
  expect([write.status, JSON.parse(write.text).detail]).toEqual([
    405,
    'Nothing is written into the past: leave out as_of.',
  ])
  expect((await member.post(`/forecasts/${id}/replies?as_of=5`, { text: 'x' })).status).toBe(405)
  expect((await held.host.head()).seq).toBe(seq)
})

test('a ledger that is not public shows its past to whoever may read it', async () => {
  const held = await site({ public: false })
  await held.log()
  const token = { headers: { authorization: `Bearer ${held.token}` } }
  expect((await held.send('/ledger?as_of=9')).status).toBe(401)
  expect((await held.send('/api/analysts?as_of=9')).status).toBe(401)
  expect(
    (await held.send('/api/analysts?as_of=9', { headers: { authorization: 'Bearer nonsense' } })).status,
  ).toBe(401)
  const seen = await held.send('/api/analysts?as_of=9', token)
  expect([seen.status, seen.headers.get('cache-control')]).toEqual([200, 'private, no-cache'])
  expect((await (await held.signedIn()).get('/ledger?as_of=9')).status).toBe(200)
})

test('a moment that is over is kept whatever is recorded since; one that is not over is not', async () => {
  const held = await site()
  await held.log()
  const { seq } = await held.host.head()
  const first = await held.send(`/analysts?as_of=${seq}`)
  expect(first.headers.get('cache-control')).toBe('public, max-age=3600')
  const etag = first.headers.get('etag') as string
  held.at('2026-11-24T10:00:00.000Z')
  await log(held, { analyst: { name: 'Ada Overton' }, quote: 'another' })
  // The past cannot be made any more: what is answered was kept.
  const { hold } = held.host.past as NonNullable<typeof held.host.past>
  Object.assign(held.host.past as object, { hold: () => Promise.reject(new Error('made anew')) })
  expect((await held.send(`/analysts?as_of=${seq}`)).text).toBe(first.text)
  expect((await held.send(`/analysts?as_of=${seq}`, { headers: { 'if-none-match': etag } })).status).toBe(304)
  Object.assign(held.host.past as object, { hold })
  const today = await held.send('/analysts?as_of=2026-11-24')
  expect(today.headers.get('cache-control')).toContain('max-age=0')
  await log(held, { analyst: { name: 'Ben Calder' }, quote: 'a third' })
  expect((await held.send('/analysts?as_of=2026-11-24')).text).toContain('Ben Calder')
})

test('where no past can be made, as on a Worker, that is said and nothing leads there', async () => {
  const held = await site()
  await held.log()
  const { past: _, ...host } = held.host
  const app = createApp(host)
  const page = await (await app.request(`${ORIGIN}/analysts`)).text()
  expect(page).not.toContain('as_of')
  const refused = await app.request(`${ORIGIN}/api/analysts?as_of=3`)
  expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([
    404,
    expect.stringContaining('a Worker has no room for it'),
  ])
  expect((await app.request(`${ORIGIN}/changes?since=3`)).status).toBe(404)
})
