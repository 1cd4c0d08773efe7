import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { clockRoutes } from '../../src/api/clock-routes.ts'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { openSecret } from '../../src/ledger/membership.ts'
import { acceptClock } from '../../src/ledger/settle-clock.ts'
import { projectionNames } from '../../src/store/migrate.ts'
import { openAnother } from '../jobs/another.ts'
import { aCapture, withMark } from '../support/capture.ts'
import { refusal } from '../support/steps.ts'
import { type Client, client, forecastBody, questionBody, type Reply, resolutionBody } from './client.ts'

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
  for (const path of ['/', '/due', `/forecasts/${FORECAST}`, '/api/forecasts', '/api/due'])
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
    let isLate = true
    const doubt = held.ledger.clock.doubt
    // Between the question of the clock and the write, a program whose clock is ahead writes.
    held.ledger.clock.doubt = async (head) => {
      const found = await doubt(head)
      if (isLate && head === undefined) {
        isLate = false
        const wall = () => new Date(held.ledger.clock.wall().getTime() + HOUR_MS)
        await acceptClock({ ...ahead, clock: { ...ahead.clock, wall } }, held.unit, {})
      }
      return found
    }
    const reply = await held.post('/api/analysts', { name: 'Ada Lovelace' })
    expect([reply.status, reply.json.code]).toEqual([503, 'clock'])
  })
})

const AHEAD = '2031-02-03T04:00:00.000Z'
const BACK = '2026-12-01T12:00:00.000Z'

/** A ledger that was started with a wrong clock, and wrote: the clock is right again now. */
async function stampedAhead() {
  const held = await client({}, { built: null })
  await held.post('/api/forecasts', forecastBody())
  const before = (await held.get('/api/health')).json.ledger_size as number
  held.at(AHEAD)
  return Object.assign(held, {
    before,
    correct: async () =>
      (await held.post('/api/clock/corrections', { from: before, because: 'It stood in 2031.' })).status,
    read: (path: string) => held.get(path, { authorization: `Bearer ${held.token}` }),
  })
}
const described = (path: string, reply: Reply): Reply => {
  const route = clockRoutes.find((each) => `/api${each.path}` === path && each.status === reply.status)
  expect([path, reply.status, z.safeParse(route?.answer as z.ZodType, reply.json).error?.issues]).toEqual([
    path,
    reply.status,
    undefined,
  ])
  return reply
}

describe('a ledger that was stamped ahead', () => {
  it('goes on as of the correction: what was stamped ahead counts as recorded then, everywhere', async () => {
    const held = await stampedAhead()
    const resolver = await held.join('Rita', 'resolver')
    const other = { authorization: `Bearer ${resolver.token}` }
    const id = (reply: Reply) => {
      expect(reply.status, reply.text).toBe(201)
      return (reply.json.record as { id: string }).id
    }
    const live = id(
      await held.post(
        '/api/forecasts',
        forecastBody({
          source: {
            title: 'Another',
            type: 'interview',
            published: '2026-11-30',
            url: 'https://example.com/2',
          },
          question: questionBody({
            title: 'A later war',
            deadline: { date: '2027-06-30', time_zone: 'UTC' },
          }),
        }),
      ),
    )
    const taken = id(
      await held.post(
        '/api/forecasts',
        forecastBody({
          source: {
            title: 'A third',
            type: 'interview',
            published: '2026-11-30',
            url: 'https://example.com/3',
          },
          question: questionBody({
            title: 'A conditional war begins',
            deadline: { date: '2032-06-30', time_zone: 'UTC' },
            condition: { text: 'The talks fail.', deadline: { date: '2032-01-01', time_zone: 'UTC' } },
          }),
        }),
      ),
    )
    id(
      await held.post(`/api/questions/${taken}/condition`, {
        met_on: '2026-11-30',
        evidence: resolutionBody().evidence,
      }),
    )
    id(
      await held.post(`/api/forecasts/${taken}/withdrawal`, {
        withdrawn_on: '2026-11-30',
        because: 'He said so.',
      }),
    )
    id(await held.post(`/api/forecasts/${taken}/replies`, { text: 'No.', replied_on: '2026-11-30' }))
    id(await held.post(`/api/forecasts/${live}/retraction`, { because: 'Mistaken.' }, other))
    const again = id(
      await held.post(
        '/api/forecasts',
        forecastBody({
          source: '2026-11-another',
          quote: 'there will be no later war',
          question: live,
        }),
      ),
    )
    id(await held.post(`/api/questions/${QUESTION}/resolutions`, resolutionBody({ known_on: '2030-01-01' })))
    id(await held.post(`/api/questions/${QUESTION}/resolutions/r1/confirm`, {}, other))
    id(await held.post(`/api/questions/${QUESTION}/resolutions/r1/dispute`, { because: 'No.' }, other))
    await held.post('/api/captures', aCapture())
    await held.send(`/api/questions/${live}/note`, {
      method: 'PUT',
      headers: { ...other, 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'Look.' }),
    })
    const issued = await held.post('/api/tokens', { member: held.unit.by.member, name: 'x', role: 'reader' })
    await held.post(`/api/tokens/${id(issued)}/revocation`)
    const session = await openSecret(held.ledger, held.host.now(), held.unit.by.member, 'session')
    expect((await runFlagDue(held.ledger, held.host.now())).flagged.map((flag) => flag.id)).toEqual([live])
    const late = (await held.get(`/api/forecasts/${again}`)).json
    expect([late.recorded_at, late.logged]).toEqual([AHEAD, 'late'])
    const size = (await held.get('/api/health')).json.ledger_size as number

    held.at(BACK)
    expect((await held.get('/api/ready')).json.code).toBe('clock')
    const told = described('/api/clock', await held.read('/api/clock')).json
    expect(told).toMatchObject({
      shows_at: BACK,
      doubt: { why: 'behind' },
      ahead: { from: held.before, to: size - 1, latest_at: AHEAD, decided_ahead: [QUESTION] },
    })
    const wrong = await held.post('/api/clock/corrections', {
      from: held.before + 1,
      because: 'It stood in 2031.',
    })
    expect([wrong.status, wrong.json.code]).toEqual([409, 'conflict'])
    expect(wrong.json.detail).toContain(`begins with ${held.before}`)
    const done = described(
      '/api/clock/corrections',
      await held.post('/api/clock/corrections', { from: held.before, because: 'It stood in 2031.' }),
    )
    expect(done.json.seq).toBe(size)

    const corrected = (await held.get(`/api/forecasts/${again}`)).json
    expect([corrected.recorded_at, corrected.logged]).toEqual([BACK, 'live'])
    expect((await held.get('/api/ready')).status).toBe(200)
    expect((await held.get('/api/due')).json.due).toEqual([])
    for (const table of [...projectionNames, 'newsroom', 'capture', 'outbox', 'secret']) {
      const rows = (await held.ledger.db.read({ sql: `SELECT * FROM ${table}` })).map((row) =>
        JSON.stringify(row),
      )
      expect(
        rows.filter((row) => row.includes('2031-')),
        table,
      ).toEqual([])
    }
    expect((await held.send('/settings', { headers: { cookie: `sid=${session}` } })).status).toBe(401)
    const question = (await held.get(`/api/questions/${live}`)).json
    const history = question.history as { seq: number; at: string; stamped_at?: string }[]
    expect(history.map(({ at, stamped_at }) => [at, stamped_at])).toEqual([[BACK, AHEAD]])
    const entry = (await held.get(`/api/log/entries/${history[0]?.seq}`)).json
    expect([entry.recorded_at, (entry.envelope as { at: string }).at]).toEqual([BACK, AHEAD])
    for (const path of [`/forecasts/${again}`, `/questions/${live}`, '/sources/2026-11-another'])
      expect((await held.get(path)).text).toMatch(/stamped <time[^>]*>3 Feb 2031/u)
  })

  it('has not lost the tokens that a wrong clock took for expired', async () => {
    const held = await client({}, { built: null })
    const { json } = await held.post('/api/tokens', {
      member: held.unit.by.member,
      name: 'a year',
      role: 'reader',
      expires_at: '2027-11-22T00:00:00.000Z',
    })
    const headers = { authorization: `Bearer ${(json.record as { token: string }).token}` }
    held.at(AHEAD)
    await openSecret(held.ledger, held.host.now(), held.unit.by.member, 'session')
    expect((await held.get('/api/members', headers)).status).toBe(401)
    held.at(BACK)
    expect((await held.get('/api/members', headers)).status).toBe(200)
  })

  it('takes what a wrong clock refused as frozen', async () => {
    const held = await stampedAhead()
    const amendment = { criteria: 'A war is declared.', because: 'Clearer.' }
    const amend = () => held.post(`/api/questions/${QUESTION}/amendments`, amendment)
    expect((await amend()).json.code).toBe('frozen')
    await held.post('/api/analysts', { name: 'Ada Lovelace' })
    held.at(BACK)
    expect((await amend()).json.code).toBe('clock')
    expect(await held.correct()).toBe(201)
    expect((await amend()).status).toBe(201)
  })

  it('flags anew, once, what is due in truth', async () => {
    const held = await stampedAhead()
    await runFlagDue(held.ledger, held.host.now())
    held.at('2027-02-01T00:00:00.000Z')
    expect(await held.correct()).toBe(201)
    const runs = [
      await runFlagDue(held.ledger, held.host.now()),
      await runFlagDue(held.ledger, held.host.now()),
    ]
    expect(runs.map(({ flagged }) => flagged.map(({ id }) => id))).toEqual([[QUESTION], []])
    expect(
      (await held.ledger.db.read({ sql: 'SELECT flagged_at FROM flag' })).map((row) => row.flagged_at),
    ).toEqual(['2027-02-01T00:00:00.000Z'])
  })

  it('is corrected twice where the first correction was made by a wrong clock, too', async () => {
    const held = await stampedAhead()
    const names = ['Ada Lovelace', 'Grace Hopper', 'Mary Somerville']
    await held.post('/api/analysts', { name: names[0] })
    held.at('2028-01-01T00:00:00.000Z')
    expect((await held.post('/api/clock/corrections', { from: held.before, because: 'x' })).status).toBe(201)
    await held.post('/api/analysts', { name: names[1] })
    held.at(BACK)
    const told = (await held.read('/api/clock')).json.ahead as { from: number }
    expect(told.from).toBe(held.before)
    expect((await held.post('/api/clock/corrections', { from: held.before, because: 'y' })).status).toBe(201)
    await held.post('/api/analysts', { name: names[2] })
    const { items } = (await held.get('/api/analysts')).json as {
      items: { name: string; recorded_at: string }[]
    }
    expect(items.filter(({ name }) => names.includes(name)).map(({ recorded_at }) => recorded_at)).toEqual([
      BACK,
      BACK,
      BACK,
    ])
  })

  it('is not corrected where nothing is ahead, nor by a clock that is in doubt otherwise, nor by anybody', async () => {
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

  it('keeps answers again after its clock was put back', async () => {
    const held = await stampedAhead()
    await held.get('/api/analysts')
    await held.post('/api/analysts', { name: 'Ada Lovelace' })
    held.at(BACK)
    expect(await held.correct()).toBe(201)
    await held.get('/api/analysts')
    let asked = 0
    const { read, readAll } = held.ledger.db
    held.ledger.db.read = (statement) => {
      asked++
      return read(statement)
    }
    held.ledger.db.readAll = (statements) => {
      asked++
      return readAll(statements)
    }
    expect((await held.get('/api/analysts')).status).toBe(200)
    expect(asked).toBe(0)
  })
})
