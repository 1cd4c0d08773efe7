import { expect, test } from 'vitest'
import { allRoutes } from '../../src/api/routes.ts'
import { populate } from '../../src/demo/population.ts'
import { publishReply } from '../../src/ledger/forecast/publish-reply.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { amendQuestion } from '../../src/ledger/question/amend-question.ts'
import { recordQuestion } from '../../src/ledger/question/record-question.ts'
import { ROBOTS } from '../../src/scoring/robot.ts'
import { MOST } from '../../src/store/lookups.ts'
import { aForecast } from '../support/ledger.ts'
import { client, questionBody } from './client.ts'

const routes = await allRoutes()

const MORE = MOST + 5
/** Of these nothing is made here. */
const UNMADE = new Set([
  '/captures/:id',
  '/captures/:id/second-readings',
  '/anchors/:seq',
  '/codings/:id',
  '/codings/:id/own',
  '/reports',
])
/** What an address cannot do without. */
const QUERIES: Readonly<Record<string, string>> = {
  '/compare': '?analysts=analyst-0,person-0',
  '/changes': '?since=1',
  '/search': '?q=person',
}

/** Chances of every count up to 400, and none beyond: a curve and no list. */
const isCurve = (at: string) => at.endsWith('/claims/records')

/** The length of the longest list anywhere in a value, and where it stands. */
function longest(value: unknown, at = ''): [number, string] {
  if (typeof value !== 'object' || value === null || isCurve(at)) return [0, at]
  const own: [number, string] = [Array.isArray(value) ? value.length : 0, at]
  return Object.entries(value)
    .map(([name, inner]) => longest(inner, `${at}/${name}`))
    .reduce((a, b) => (b[0] > a[0] ? b : a), own)
}

test('no answer of the API holds a list that grows with the ledger', async () => {
  const { get, ledger, unit, token } = await client()
  await populate(ledger, unit, { forecasts: 3 * MORE, analysts: 1, sources: 1, decided: 0.5 })
  const id = 'a-new-war-begins'
  await recordQuestion(ledger, unit, questionBody() as never)
  for (let n = 0; n < MORE; n++) {
    await amendQuestion(ledger, unit, id, { criteria: `Criteria ${n}.`, because: 'Clearer.' })
    await recordForecast(
      ledger,
      unit,
      aForecast({
        question: id,
        analyst: { name: `Person ${n}` },
        source: { title: `Interview ${n}`, type: 'interview', published: '2026-11-01' },
      }),
    )
    await recordQuestion(ledger, unit, {
      ...questionBody({ title: `Event ${n} happens` }),
      deadline: { date: n % 2 ? '2026-11-01' : '2026-11-25', time_zone: 'UTC' },
    } as never)
  }
  const { items } = (await get(`/api/forecasts?question=${id}&limit=1`)).json as { items: { id: string }[] }
  const forecast = items[0]?.id as string
  for (let n = 0; n < MORE; n++)
    await publishReply(ledger, unit, forecast, { text: `Reply ${n}.`, replied_on: '2026-11-22' })

  const ids: Record<string, string> = {
    sources: 'source-0',
    analysts: 'analyst-0',
    statements: forecast,
    questions: id,
    forecasts: forecast,
    log: '0',
  }
  const seen: [string, number, string][] = []
  for (const { method, path, media } of routes) {
    if (method !== 'GET' || media !== 'application/json' || UNMADE.has(path)) continue
    const address = path.replace(/:\w+/u, ids[path.split('/')[1] as string] ?? '')
    const query = QUERIES[path] ?? ''
    for (const limit of path.includes('log') ? [''] : ['', 'limit=200'])
      for (const more of [query]) {
        const search = [more.slice(1), limit].filter((part) => part !== '').join('&')
        const reply = await get(`/api${address}${search === '' ? '' : `?${search}`}`, {
          authorization: `Bearer ${token}`,
        })
        if (reply.status === 400 && limit !== '') continue
        expect([address, reply.status]).toEqual([address, 200])
        seen.push([path, ...longest(reply.json)])
      }
  }
  expect(seen.filter(([, n]) => n > MOST)).toEqual([])
  // The test saw what it speaks of: these lists are full.
  for (const [path, where] of [
    ['/calibration', '/forecasts'],
    ['/analysts/:id/track-record', '/forecasts'],
    ['/questions/:id', '/forecasts'],
    ['/questions/:id/history', '/items'],
    ['/forecasts/:id/replies', '/items'],
    ['/forecasts/:id', '/replies'],
    ['/sources/:id', '/statements'],
    ['/forecasts', '/items'],
  ])
    expect(seen).toContainEqual([path, MOST, where])
  const question = (await get(`/api/questions/${id}`)).json as Record<string, unknown[]>
  expect([question.forecast_count, question.history?.length]).toEqual([MORE, MOST])
  const whole = (await get(`/api/questions/${id}/history.csv`)).text.split('\r\n').slice(1, -1)
  expect(whole).toHaveLength(MORE + 1)
  expect((await get(`/api/forecasts/${forecast}/replies.csv`)).text.split('\r\n').slice(1, -1)).toHaveLength(
    MORE,
  )

  // The pages, too: everybody is listed once, and whoever stands on the second page can be compared.
  const listed: string[] = []
  for (let path: string | undefined = '/analysts'; path !== undefined; ) {
    const page: string = (await get(path)).text
    const names = new Set([...page.matchAll(/<a href="\/analysts\/([^"#?]+)"/gu)].map(([, name]) => name))
    expect(names.size).toBeLessThanOrEqual(MOST)
    listed.push(...([...names] as string[]))
    path = /href="(\/analysts\?after=[^"]+)" rel="next"/u.exec(page)?.[1]
  }
  expect([listed.length, new Set(listed).size]).toEqual([MORE + 1, MORE + 1])
  const pair = await get(`/compare?analysts=${listed[0]},${listed.at(-1)}`)
  // In each of the two menus those of one page, whoever was asked for, and the rules.
  const most = 2 * (MOST + 1 + ROBOTS.length)
  expect([pair.status, (pair.text.match(/<option/gu) ?? []).length <= most]).toEqual([200, true])
  expect((await get(`/questions/${id}`)).text).toContain(`${MORE} forecasts`)
})
