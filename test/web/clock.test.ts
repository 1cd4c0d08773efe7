import { expect, test } from 'vitest'
import { problemAt, site } from '../support/site.ts'

const HOUR_MS = 3_600_000

/** A ledger whose clock is held against one that does not move. */
async function doubting() {
  const held = await site({}, { elapsed: () => 0, built: null })
  const record = await held.log()
  const member = await held.join('Rita', 'resolver')
  await held.ledger.clock.doubt()
  return Object.assign(held, {
    record,
    admin: await held.signedIn(),
    member: await held.signedIn(member),
    set: (ms: number) => held.at(new Date(held.ledger.clock.wall().getTime() + ms).toISOString()),
  })
}

test('members are told on every page, readers are shown the ledger as it was, and forms write nothing', async () => {
  const { admin, member, anonymous, record, set } = await doubting()
  const before = (await anonymous.get('/ledger')).text
  set(2 * HOUR_MS)
  expect((await admin.get('/due')).text).toMatch(/in doubt: nothing is written.*href="\/settings\/clock"/su)
  expect((await member.get('/due')).text).toMatch(/in doubt: nothing is written/u)
  expect((await member.get('/due')).text).not.toContain('/settings/clock')
  expect((await anonymous.get('/ledger')).text).toBe(before)
  const refused = await member.post(`/questions/${record.question}/note`, { '/text': 'Look.' })
  expect([
    refused.status,
    refused.text.includes('The clock of this machine shows 2026-11-22T12:00:00.000Z'),
  ]).toEqual([503, true])
  expect((await admin.post('/settings/members', { '/name': 'Ada', '/role': 'reader' })).status).toBe(503)
})

test('an administrator accepts the clock with one button', async () => {
  const { admin, member, set } = await doubting()
  set(2 * HOUR_MS)
  expect((await member.get('/settings/clock')).status).toBe(403)
  expect((await member.post('/settings/clock/acceptance', {})).status).toBe(403)
  expect((await admin.get('/settings/clock')).text).toContain('The clock is right as it is')
  const accepted = await admin.post('/settings/clock/acceptance', { '/because': 'It was moved.' })
  expect([accepted.status, accepted.headers.get('location')]).toEqual([303, '/settings/clock'])
  const page = (await admin.get('/settings/clock')).text
  expect(page).toContain('nothing contradicts it')
  expect(page).toContain('It was moved.')
  expect(page).not.toContain('in doubt')
  expect((await admin.post('/settings/members', { '/name': 'Ada', '/role': 'reader' })).status).toBe(303)
})

test('an administrator puts back what was stamped ahead, and is told of what', async () => {
  const { admin, anonymous, at, log, record, set, unit } = await doubting()
  const seq = async () =>
    Number(((await anonymous.get('/api/health')).text.match(/"ledger_size":(\d+)/u) ?? [])[1])
  const from = await seq()
  await admin.post('/settings/clock/acceptance', {})
  set(20 * 24 * HOUR_MS)
  await admin.post('/settings/clock/acceptance', {})
  const later = await log({
    quote: 'no war, ever',
    source: { title: 'B', type: 'interview', published: '2026-11-20' },
  })
  at('2026-11-22T11:30:00.000Z')
  expect(unit.by.role).toBe('admin')
  const asked = (await admin.get('/settings/clock')).text
  expect(asked).toContain(`entries ${from + 1} to ${(await seq()) - 1} are stamped ahead`)
  const correct = (fields: Record<string, string>) => admin.post('/settings/clock/corrections', fields)
  const unsaid = await correct({ '/from': String(from + 1) })
  expect([unsaid.status, problemAt(unsaid.text, 'clock-because')]).toEqual([422, 'Is required.'])
  for (const wrong of ['0', '', 'no', '1e999', '-1'])
    expect([409, 422]).toContain((await correct({ '/from': wrong, '/because': 'So.' })).status)
  expect((await correct({ '/from': String(from + 1), '/because': 'It stood in December.' })).status).toBe(303)
  expect((await admin.get('/settings/clock')).text).toContain(`Entries from ${from + 1} on were put back.`)
  expect((await anonymous.get(`/forecasts/${later.id}`)).text).toMatch(/stamped <time[^>]*>12 Dec 2026/u)
  expect((await anonymous.get(`/forecasts/${record.id}`)).text).not.toContain('by a wrong clock')
})
