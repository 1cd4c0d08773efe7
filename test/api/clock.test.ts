import { describe, expect, it } from 'vitest'
import { AnalystRequest } from '../../src/core/analyst.ts'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { recordAnalyst } from '../../src/ledger/analyst/record-analyst.ts'
import { acceptClock } from '../../src/ledger/clock/settle-clock.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { openAnother } from '../jobs/another.ts'
import { aCapture, withMark } from '../support/capture.ts'
import { refusal } from '../support/steps.ts'
import { type Client, client, forecastBody, questionBody, resolutionBody } from './client.ts'

const HOUR_MS = 3_600_000
const FORECAST = '2026-11-an-interview_a-new-war-begins'
const QUESTION = FORECAST

/** A ledger with a forecast, a capture and a note, whose clock is held against one that the test moves. */
async function doubted(built: string | null = null) {
  let uptime = 0
  const held = await client({}, { elapsed: () => uptime, built })
  expect((await held.post('/api/forecasts', forecastBody())).status).toBe(201)
  const capture = (await held.post('/api/captures', aCapture())).json as { id: string }
  await held.ledger.clock.doubt()
  const bearer = { authorization: `Bearer ${held.token}`, 'content-type': 'application/json' }
  return Object.assign(held, {
    capture: capture.id,
    /** Lets time pass as it should: both clocks go on. */
    pass: (ms: number) => {
      uptime += ms
      held.at(new Date(held.ledger.clock.wall().getTime() + ms).toISOString())
    },
    /** Sets the clock of the machine. */
    set: (ms: number) => held.at(new Date(held.ledger.clock.wall().getTime() + ms).toISOString()),
    act: (method: string, path: string, body?: unknown) =>
      held.send(path, {
        method,
        headers: { ...bearer, ...(path.startsWith('/api/captures/') ? { 'if-match': '"rev-0"' } : {}) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    read: (path: string) => held.get(path, { authorization: `Bearer ${held.token}` }),
  })
}
type Doubted = Awaited<ReturnType<typeof doubted>>

/** Everything that is written anywhere. */
async function everything({ ledger }: Pick<Client, 'ledger'>): Promise<unknown> {
  const tables = await ledger.db.read({
    sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  })
  return Promise.all(tables.map(({ name }) => ledger.db.read({ sql: `SELECT * FROM "${name}"` })))
}

const WRITES: [method: string, path: string, body?: unknown][] = [
  ['POST', '/api/forecasts', forecastBody({ quote: 'again' })],
  ['POST', `/api/forecasts/${FORECAST}/withdrawal`, { withdrawn_on: '2026-11-02', because: 'So.' }],
  ['POST', `/api/forecasts/${FORECAST}/replies`, { text: 'No.', replied_on: '2026-11-02' }],
  ['POST', '/api/questions', questionBody({ title: 'Another war' })],
  ['POST', `/api/questions/${QUESTION}/amendments`, { title: 'A war', because: 'Shorter.' }],
  [
    'POST',
    `/api/questions/${QUESTION}/resolutions`,
    resolutionBody({ outcome: 'yes', known_on: '2026-11-20' }),
  ],
  ['PUT', `/api/questions/${QUESTION}/note`, { text: 'Look.' }],
  ['PUT', `/api/questions/${QUESTION}/assignment`, {}],
  ['PUT', `/api/questions/${QUESTION}/snooze`, { until: '2026-12-24', because: 'Later.' }],
  ['DELETE', `/api/questions/${QUESTION}/snooze`],
  ['PUT', `/api/forecasts/${FORECAST}/asked`, { asked_on: '2026-11-02' }],
  ['POST', '/api/sources', { title: 'Another', type: 'article', published: '2026-11-02' }],
  ['POST', '/api/analysts', { name: 'Ada Lovelace' }],
  [
    'POST',
    '/api/statements',
    {
      analyst: 'konstantin-kalachev',
      source: '2026-11-an-interview',
      quote: 'who?',
      kind: 'untestable',
      reason: 'rhetorical',
    },
  ],
  ['POST', '/api/captures', aCapture()],
  ['POST', '/api/members', { name: 'Ada', role: 'reader' }],
]

async function expectWaiting(held: Doubted, why: string, detail: RegExp): Promise<void> {
  const before = await everything(held)
  const itself: typeof WRITES = [
    ['PUT', `/api/captures/${held.capture}`, withMark(aCapture(), 'm3', { because: 'A guess.' })],
    ['POST', `/api/captures/${held.capture}/log`],
    ['DELETE', `/api/captures/${held.capture}`],
    ['POST', '/api/tokens', { member: held.unit.by.member, name: 'x', role: 'reader' }],
  ]
  for (const [method, path, body] of [...WRITES, ...itself]) {
    const { status, json } = await held.act(method, path, body)
    expect([method, path, status, json.code]).toEqual([method, path, 503, 'clock'])
    expect(json.detail).toMatch(detail)
  }
  for (const write of [
    () => openSecret(held.ledger, held.host.now(), held.unit.by.member, 'session'),
    () => runFlagDue(held.ledger, held.host.now()),
  ])
    expect((await refusal(write))?.code).toBe('clock')
  expect(await everything(held)).toEqual(before)
  const ready = await held.get('/api/ready')
  expect([ready.status, ready.json.code]).toEqual([503, 'clock'])
  expect(ready.json.detail).toMatch(detail)
  expect((await held.read('/api/clock')).json.doubt).toMatchObject({ why })
  for (const path of ['/', '/ledger', '/due', `/forecasts/${FORECAST}`, '/api/forecasts', '/api/due'])
    expect([path, (await held.get(path)).status]).toEqual([path, 200])
}

async function expectWriting(held: Doubted, name: string): Promise<void> {
  expect((await held.post('/api/analysts', { name })).status).toBe(201)
  expect((await held.get('/api/ready')).status).toBe(200)
}

describe('while the clock is in doubt nothing is written, and reading goes on', () => {
  it('because it is more than five minutes behind the last entry', async () => {
    const held = await doubted()
    held.set(-5 * 60_000)
    await expectWriting(held, 'Five Minutes')
    held.set(-6 * 60_000)
    await expectWaiting(held, 'behind', /last entry of the ledger is of 2026-11-22T10:00:00/u)
    held.set(6 * 60_000)
    await expectWriting(held, 'Later')
  })

  it('because it is before the day of the build', async () => {
    const held = await doubted('2026-11-20')
    held.set(-3 * 24 * HOUR_MS)
    await expectWaiting(held, 'before_build', /built on 2026-11-20/u)
    held.set(3 * 24 * HOUR_MS)
    await expectWriting(held, 'Later')
  })

  it.each([
    ['ahead', 2 * HOUR_MS],
    ['five years ahead', 5 * 366 * 24 * HOUR_MS],
  ])('because it has jumped %s', async (_, ms) => {
    const held = await doubted()
    held.pass(30 * 60_000)
    held.set(ms)
    await expectWaiting(held, 'jumped', /reckon clock accept/u)
    held.set(-ms)
    await expectWriting(held, 'Later')
  })

  it('because it has jumped back while nothing was written', async () => {
    const held = await doubted()
    held.pass(3 * HOUR_MS)
    held.set(-2 * HOUR_MS)
    await expectWaiting(held, 'jumped', /set back/u)
  })

  it('until an administrator says that it is right', async () => {
    const held = await doubted()
    held.set(2 * HOUR_MS)
    const { token } = await held.join('Rita', 'resolver').catch(() => ({ token: '' }))
    expect(token).toBe('')
    const accepted = await held.post('/api/clock/acceptance', { because: 'It was moved.' })
    expect([accepted.status, accepted.json.record]).toEqual([201, { because: 'It was moved.' }])
    await expectWriting(held, 'Later')
    held.pass(24 * HOUR_MS)
    await expectWriting(held, 'Much Later')
  })

  it('until it is said by another program on a machine with the same time, and not with another one', async () => {
    const held = await doubted()
    const command = await openAnother(held)
    held.set(2 * HOUR_MS)
    expect((await held.get('/api/ready')).status).toBe(503)
    const said = (ms: number) => {
      const wall = () => new Date(held.ledger.clock.wall().getTime() + ms)
      return acceptClock({ ...command, clock: { ...command.clock, wall } }, held.unit, {})
    }
    await said(-HOUR_MS)
    expect((await held.get('/api/ready')).status).toBe(503)
    await said(60_000)
    await expectWriting(held, 'Later')
  })

  it('and where it was wrong from the start, setting it right needs nobody’s word', async () => {
    const held = await client({}, { elapsed: () => 0, built: '2026-11-22' })
    held.at('2025-11-22T10:00:00.000Z')
    expect((await held.get('/api/ready')).status).toBe(503)
    held.at('2026-11-22T10:00:00.000Z')
    expect((await held.get('/api/ready')).status).toBe(200)
    held.at('2026-11-22T12:00:00.000Z')
    expect((await held.get('/api/ready')).status).toBe(503)
  })

  it('and what was said of one jump says nothing of the next', async () => {
    const held = await doubted()
    held.set(2 * HOUR_MS)
    await held.post('/api/clock/acceptance')
    await expectWriting(held, 'Later')
    held.set(2 * HOUR_MS)
    expect((await held.get('/api/ready')).status).toBe(503)
  })

  it('and readers are shown the time as it would have gone on, so that nothing is due before its time', async () => {
    const held = await doubted()
    held.set(366 * 24 * HOUR_MS)
    const { json } = await held.get('/api/due')
    expect(json.due).toEqual([])
    expect((await held.get('/')).text).toContain('22 Nov 2026')
  })

  it('and a token that has expired does not come back with a clock that is set back', async () => {
    const held = await doubted()
    const { json } = await held.post('/api/tokens', {
      member: held.unit.by.member,
      name: 'brief',
      role: 'reader',
      expires_at: '2026-11-22T11:00:00.000Z',
    })
    const headers = { authorization: `Bearer ${(json.record as { token: string }).token}` }
    held.pass(2 * HOUR_MS)
    expect((await held.get('/api/members', headers)).status).toBe(401)
    held.set(-90 * 60_000)
    expect((await held.get('/api/members', headers)).status).toBe(401)
  })
})

describe('an entry that is written', () => {
  it('waits also for what another program wrote after it was decided', async () => {
    const held = await doubted()
    const ahead = await openAnother(held)
    let asked = 0
    const doubt = held.ledger.clock.doubt
    // Asked when the request comes and before it is decided; then a program whose clock is ahead writes.
    held.ledger.clock.doubt = async (head) => {
      const found = await doubt(head)
      if (head === undefined && ++asked === 2) {
        const wall = () => new Date(held.ledger.clock.wall().getTime() + HOUR_MS)
        await acceptClock({ ...ahead, clock: { ...ahead.clock, wall } }, held.unit, {})
      }
      return found
    }
    const reply = await held.post('/api/analysts', { name: 'Ada Lovelace' })
    expect([reply.status, reply.json.code]).toEqual([503, 'clock'])
  })

  it('is stamped no later than the clock shows, whenever its work began', async () => {
    const held = await doubted()
    const unit = { ...held.unit, now: new Date('2026-11-22T10:30:00.000Z') }
    const { event } = await recordAnalyst(held.ledger, unit, AnalystRequest.parse({ name: 'Ada Lovelace' }))
    expect(event.at).toBe('2026-11-22T10:00:00.000Z')
  })
})

describe('a correction of the clock', () => {
  it('is refused where nothing is ahead, by a clock that is in doubt otherwise, and to anybody else', async () => {
    const held = await doubted('2026-11-20')
    const correct = (from = 0) => held.post('/api/clock/corrections', { from, because: 'So.' })
    expect((await correct()).json.code).toBe('conflict')
    held.set(-4 * 60_000)
    expect((await correct()).json.code).toBe('conflict')
    held.set(-3 * 24 * HOUR_MS)
    expect((await correct()).json.code).toBe('clock')
    expect((await held.post('/api/clock/acceptance')).json.code).toBe('clock')
    held.at('2026-11-22T10:00:00.000Z')
    const { token } = await held.join('Rita', 'resolver')
    const headers = { authorization: `Bearer ${token}` }
    for (const path of ['/api/clock/corrections', '/api/clock/acceptance'])
      expect((await held.post(path, { from: 0, because: 'So.' }, headers)).status).toBe(403)
    expect((await held.get('/api/clock', headers)).status).toBe(403)
  })
})
