import { describe, expect, it } from 'vitest'
import { anchorRoutes } from '../../src/api/anchor-routes.ts'
import { Anchor, type Proven, provenBefore } from '../../src/core/anchor.ts'
import { verifyAnchor } from '../../src/log/anchor/verify.ts'
import { conditions } from '../../src/store/forecast-filter.ts'
import { anchored } from '../support/anchors.ts'
import { client, forecastBody, questionBody, resolutionBody } from './client.ts'

const ID = '2026-11-an-interview_a-new-war-begins'
const AT = '2026-11-22T10:00:00.000Z'

const described = (path: string, json: unknown) => {
  const route = anchorRoutes.find((one) => one.path === path && one.media === 'application/json')
  expect(route?.answer.safeParse(json).error?.issues ?? []).toEqual([])
}
type Listed = { items: { id: string; proven: Proven | null; logged: string }[] }

const logAnother = (held: Awaited<ReturnType<typeof withForecast>>) =>
  held.post(
    '/api/forecasts',
    forecastBody({ quote: 'there will be another', question: questionBody({ title: 'Another one begins' }) }),
  )

async function withForecast() {
  const held = await client()
  expect((await held.post('/api/forecasts', forecastBody())).status).toBe(201)
  return held
}

describe('what others attest', () => {
  it('is told with proofs that anybody verifies without this ledger', async () => {
    const held = await withForecast()
    const seq = await anchored(held, AT)
    const list = (await held.get('/api/anchors')).json as { items: { seq: number; checkpoint: string }[] }
    described('/anchors', list)
    expect(list.items).toMatchObject([{ seq, kind: 'witness', by_whom: 'witness.example/w1', at: AT }])
    const { json } = await held.get(`/api/anchors/${seq}`)
    described('/anchors/:seq', json)
    const { seq: _, recorded_at: __, checkpoint, ...proof } = json
    await verifyAnchor(Anchor.parse(proof))
    expect(checkpoint).toMatch(/^reckoning\.example\/api\/log\n\d+\n\S{44}\n$/u)
    const { json: witnesses } = await held.get('/api/witnesses')
    described('/witnesses', witnesses)
    expect(witnesses).toMatchObject({
      parties: [{ kind: 'witness', anchors: 1, first_at: AT, latest: { seq, at: AT } }],
      forecasts: 1,
      proven: 1,
    })
  })

  it('is signed beneath the checkpoint itself, for whoever knows the witness', async () => {
    const held = await withForecast()
    await anchored(held, AT)
    const served = await (await held.app.request('/api/log/checkpoint')).text()
    // The anchor is an entry, and so the checkpoint that it is in is another one already, once that is signed.
    expect(served).toMatch(/\n— witness\.example\/w1 \S+\n$/u)
  })

  it('is not there for a number that is none, and not found for an entry that is no anchor', async () => {
    const held = await withForecast()
    for (const [seq, status] of [
      ['0', 404],
      ['99', 404],
      ['-1', 400],
      ['1e3', 400],
      ['x', 400],
    ] as const)
      expect([seq, (await held.get(`/api/anchors/${seq}`)).status]).toEqual([seq, status])
  })
})

describe('a forecast', () => {
  it('is proven where a checkpoint from before the outcome is attested, and says by whom', async () => {
    const held = await withForecast()
    expect((await held.get(`/api/forecasts/${ID}`)).json).toMatchObject({ logged: 'live', proven: null })
    const page = async () => (await held.app.request(`/forecasts/${ID}`)).text()
    expect(await page()).toContain('by our own clock only')
    const seq = await anchored(held, AT)
    expect((await held.get(`/api/forecasts/${ID}`)).json.proven).toMatchObject({
      seq,
      kind: 'witness',
      at: AT,
      by: 'witness.example/w1',
    })
    expect(await page()).toMatch(/proven by .*the signature of the witness.*witness\.example\/w1/su)
    expect(await page()).not.toContain('by our own clock only')
    for (const [logged, n] of [
      ['proven', 1],
      ['before', 1],
      ['afterwards', 0],
    ] as const)
      expect([
        logged,
        ((await held.get(`/api/forecasts?logged=${logged}`)).json as Listed).items.length,
      ]).toEqual([logged, n])
    expect(await (await held.app.request('/ledger?logged=proven')).text()).toContain(
      'proven to be logged before the outcome was known',
    )
  })

  it('that was logged in time is not proven by what is attested after the outcome was known', async () => {
    const held = await withForecast()
    const second = await held.join('Resolver', 'resolver')
    held.at('2026-11-30T10:00:00.000Z')
    const { question } = (await held.get(`/api/forecasts/${ID}`)).json as { question: string }
    const proposed = await held.post(
      `/api/questions/${question}/resolutions`,
      resolutionBody({ outcome: 'yes', known_on: '2026-11-29' }),
    )
    expect(proposed.json).toMatchObject({ record: { state: 'proposed' } })
    const confirmed = await held.post(
      `/api/questions/${question}/resolutions/r1/confirm`,
      {},
      {
        authorization: `Bearer ${second.token}`,
      },
    )
    expect(confirmed.status).toBe(201)
    await anchored(held, '2026-11-30T10:00:00.000Z')
    expect((await held.get(`/api/forecasts/${ID}`)).json).toMatchObject({ logged: 'live', proven: null })
    expect(((await held.get('/api/forecasts?logged=proven')).json as Listed).items).toEqual([])
    const { json } = await held.get('/api/analysts/konstantin-kalachev/track-record')
    expect(json.proven).toEqual({ live: 1, proven: 0, by: [] })
  })

  it('goes by the earliest of several, also where that is recorded later', async () => {
    const held = await withForecast()
    held.at('2026-11-22T10:04:00.000Z')
    await anchored(held, '2026-11-22T10:04:00.000Z', 'slow.example/w')
    expect((await held.get(`/api/forecasts/${ID}`)).json.proven).toMatchObject({ by: 'slow.example/w' })
    await held.post('/api/forecasts', forecastBody({ quote: 'there will be another' }))
    await anchored(held, '2026-11-22T10:01:00.000Z', 'early.example/w')
    expect((await held.get(`/api/forecasts/${ID}`)).json.proven).toMatchObject({
      by: 'early.example/w',
      at: '2026-11-22T10:01:00.000Z',
    })
  })

  it('that was logged after the checkpoint is not in it', async () => {
    const held = await withForecast()
    await anchored(held, AT)
    await logAnother(held)
    const { items } = (await held.get('/api/forecasts')).json as Listed
    expect(items.map(({ proven }) => proven === null)).toEqual([true, false])
  })

  it('was not proven yet in the record of before', async () => {
    const held = await withForecast()
    const before = Number((await held.get(`/api/forecasts/${ID}`)).json.seq)
    const seq = await anchored(held, AT)
    const as = async (entry: number | undefined) =>
      (await held.get(`/api/forecasts/${ID}?as_of=${entry}`)).json.proven as Proven | null
    expect(await as(before)).toBeNull()
    expect((await as(seq))?.seq).toBe(seq)
  })
})

describe('a track record', () => {
  it('counts what is proven of what was logged in time, and can be narrowed to it', async () => {
    const held = await withForecast()
    await anchored(held, AT)
    await logAnother(held)
    const record = async (logged: string) =>
      (await held.get(`/api/analysts/konstantin-kalachev/track-record?logged=${logged}`)).json as {
        view: string
        proven: unknown
        counts: { forecasts: number; left_out: number }
      }
    const proven = { live: 2, proven: 1, by: [{ kind: 'witness', by: 'witness.example/w1', forecasts: 1 }] }
    expect(await record('live')).toMatchObject({ view: 'live', proven, counts: { forecasts: 2 } })
    expect(await record('proven')).toMatchObject({
      view: 'proven',
      proven,
      counts: { forecasts: 1, left_out: 1 },
    })
    expect((await held.get('/api/analysts/konstantin-kalachev/track-record?logged=surely')).status).toBe(400)
    const page = await (await held.app.request('/analysts/konstantin-kalachev?logged=proven')).text()
    expect(page).toContain('Proven in time')
    expect(page).toMatch(/from before the outcome: 1 of 2, by witness\.example\/w1 \(1\)/u)
    const live = await (await held.app.request('/analysts/konstantin-kalachev')).text()
    expect(live).toContain('Proven in time')
  })

  it('says that it goes by our own clock where nobody attests anything', async () => {
    const held = await withForecast()
    const page = await (await held.app.request('/analysts/konstantin-kalachev')).text()
    expect(page).toContain('In time goes by our own clock: nobody outside attests it.')
    expect(page).not.toContain('Proven in time')
  })
})

it('what SQL calls proven is what the rule calls proven', async () => {
  const held = await withForecast()
  const { db } = held.ledger
  const instants = [null, '2026-11-22T10:00:00.000Z', '2026-11-23T00:00:00.000Z', '2026-12-31T20:00:00.000Z']
  const { where, args } = conditions({ logged: 'proven' }, new Date(AT))
  for (const at of instants)
    for (const known of instants)
      for (const due of instants.slice(1)) {
        const proven = at === null ? null : { seq: 9, size: 9, kind: 'witness' as const, at, by: 'w' }
        const [row] = await db.read({
          sql: `SELECT count(*) AS n FROM (SELECT :proven AS proven) AS forecast,
            (SELECT :due AS due_at, :known AS known_from) AS question WHERE ${where}`,
          args: {
            ...args,
            proven: proven === null ? null : JSON.stringify(proven),
            due: due as string,
            known,
          },
        })
        const rule = provenBefore(proven, new Date(due as string), known === null ? null : new Date(known))
        expect([at, known, due, Number(row?.n)]).toEqual([at, known, due, rule === null ? 0 : 1])
      }
})
