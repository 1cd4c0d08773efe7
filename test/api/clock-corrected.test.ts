import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { clockRoutes } from '../../src/api/clock-routes.ts'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { projectionNames } from '../../src/store/migrate.ts'
import { aCapture } from '../support/capture.ts'
import { client, forecastBody, questionBody, type Reply, resolutionBody } from './client.ts'

const QUESTION = '2026-11-an-interview_a-new-war-begins'

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
        url: 'https://example.com/3',
      }),
    )
    id(
      await held.post(`/api/forecasts/${taken}/replies`, {
        text: 'No.',
        replied_on: '2026-11-30',
        url: 'https://example.com/4',
      }),
    )
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
