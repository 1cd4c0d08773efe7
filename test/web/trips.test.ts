import { type Client, createClient } from '@libsql/client/sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { saveCapture } from '../../src/ledger/capture/save-capture.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { ledgerOn, pause } from '../../src/node/runtime.ts'
import { readHead } from '../../src/store/append.ts'
import { remoteDatabase } from '../../src/store/database.ts'
import { findForecast } from '../../src/store/lookups.ts'
import { refreshPairs } from '../../src/store/pairs.ts'
import { refreshSummaries } from '../../src/store/summaries.ts'
import { inventedLedger } from '../support/invented.ts'
import type { keptLedger } from '../support/ledger.ts'
import { ORIGIN } from '../support/site.ts'
import { log, propose, rung } from '../support/steps.ts'

/** What goes to the database and comes back: one of these calls of the client, however much it carries. */
const TRIPS: readonly PropertyKey[] = ['execute', 'batch', 'transaction', 'executeMultiple', 'migrate']

/** The same client, and how often something went through it. */
function counted(client: Client): { client: Client; trips: () => number } {
  let trips = 0
  const counting = new Proxy(client, {
    get(target, name) {
      const held: unknown = Reflect.get(target, name)
      if (typeof held !== 'function') return held
      if (TRIPS.includes(name)) trips++
      return held.bind(target)
    },
  })
  return { client: counting, trips: () => trips }
}

let held: Awaited<ReturnType<typeof keptLedger>>
let client: Client
let count: (path: string, headers?: Record<string, string>) => Promise<number>
let cookie: string
const ids = { forecast: '', question: '', source: '', capture: '' }

/** An invented ledger in which somebody is waited for everywhere, seen through a client that counts. */
beforeAll(async () => {
  held = await inventedLedger()
  for (const title of ['E1', 'E2', 'E3']) ids.question = await rung(held, title, PASSED)
  await propose(held, ids.question, { known_on: '2026-11-21' })
  const { id } = await log(held, { question: ids.question, source: SECOND, quote: 'still no war' })
  Object.assign(ids, { forecast: id, source: (await findForecast(held.ledger.db, id))?.source })
  const capture = await saveCapture(held.ledger, held.unit, CAPTURE as never)
  ids.capture = capture.id
  await refreshSummaries(held.ledger.db, held.unit.now, 1000)
  await refreshPairs(held.ledger.db, held.unit.now)
  cookie = `sid=${await openSecret(held.ledger, held.unit.now, held.unit.by.member, 'session')}`

  client = createClient({ url: held.url, concurrency: 1 })
  const counting = counted(client)
  const db = remoteDatabase(counting.client, pause)
  const app = createApp({ ...held.host, ledger: ledgerOn(db), head: () => readHead(db) })
  count = async (path, headers = {}) => {
    const before = counting.trips()
    const response = await app.request(`${ORIGIN}${path}`, { headers: { host: 'localhost', ...headers } })
    await response.text()
    expect([path, response.status]).toEqual([path, 200])
    return counting.trips() - before
  }
})
afterAll(async () => {
  client?.close()
  await held?.close()
})

const PASSED = { deadline: { date: '2026-11-20', time_zone: 'UTC' } }
const SECOND = { title: 'A second', type: 'article', url: 'https://example.com/2', published: '2026-11-05' }
const CAPTURE = {
  source: { type: 'article', title: 'T' },
  text: 'There will be no war. Prices will rise.',
  marks: ['A new war begins', 'Prices rise by then'].map((title, i) => ({
    id: `m${i}`,
    kind: 'forecast',
    start: i * 22,
    end: 21 + i * 18,
    question: { title },
  })),
}

/** A page, the trips it may make, and its twin in the API. */
const pages: [page: () => string, most: number, twin?: () => string][] = [
  [() => '/', 3, () => '/api/record'],
  [() => '/words', 3, () => '/api/words'],
  [() => '/ledger', 3, () => '/api/forecasts'],
  [
    () => '/ledger?q=valdora&state=resolved&tag=economy&analyst=ada-overton-invented',
    3,
    () => '/api/forecasts?q=valdora',
  ],
  [() => '/analysts', 3, () => '/api/analysts'],
  [() => '/analysts/ada-overton-invented', 3, () => '/api/analysts/ada-overton-invented/track-record'],
  [() => '/analysts/ada-overton-invented?tag=economy&logged=live', 3],
  [() => `/questions/${ids.question}`, 3, () => `/api/questions/${ids.question}`],
  [() => `/forecasts/${ids.forecast}`, 3, () => `/api/forecasts/${ids.forecast}`],
  [() => `/sources/${ids.source}`, 3, () => `/api/sources/${ids.source}`],
  [() => '/sources', 3, () => '/api/sources'],
  [() => '/due', 4, () => '/api/due'],
  [() => `/due?done=proposed&question=${ids.question}`, 4],
  [
    () => '/compare?analysts=ada-overton-invented,ben-calder-invented',
    3,
    () => '/api/compare?analysts=ada-overton-invented,ben-calder-invented',
  ],
  [() => '/embed/analysts/ada-overton-invented', 3],
  [() => `/embed/forecasts/${ids.forecast}`, 3],
  [() => '/cards/analysts/ada-overton-invented.png', 3],
  [() => `/cards/forecasts/${ids.forecast}.png`, 3],
  [() => '/cards/ledger.png?tag=economy', 3],
  [() => '/charts/analysts/ada-overton-invented/records.png', 3],
  [() => '/sitemap.xml', 3],
  [() => '/sitemap/forecast-1.xml', 3],
  [() => '/methods', 3],
  [() => '/log', 3],
  [() => '/feeds/new.atom?tag=economy', 4],
  [() => '/feeds/due.atom?q=valdora', 4],
  [() => '/feeds/decided.atom?analyst=ada-overton-invented', 4],
  [() => '/feeds/due.ics?analyst=ada-overton-invented', 3],
  [() => '/feeds/log.atom', 3],
]
const membersOnly: [page: () => string, most: number][] = [
  [() => '/capture', 4],
  [() => '/capture/one', 4],
  [() => `/captures/${ids.capture}`, 4],
  // What logging would decide is decided: it reads what a write reads.
  [() => `/captures/${ids.capture}/check`, 10],
  [() => `/capture/one/logged/${ids.forecast}`, 3],
  [() => '/settings', 2],
  [() => '/settings/sign-ins', 2],
  [() => '/settings/reminders', 2],
  [() => '/settings/webhooks', 2],
  [() => '/settings/audit', 2],
  [() => '/settings/clock', 4],
  [() => '/settings/redactions', 2],
  [() => `/questions/${ids.question}/resolve`, 2],
]

/** The address of a record whose id is not known yet. */
const named = (path: string) => path.replace(/(?<=.)\/(?=\/|$)/u, '/…')

// The head of the log, who asks and what is due belong to the frame of every page, and are counted.
describe('a page asks the database few times, and its twin no more often', () => {
  for (const [page, most, twin] of pages)
    it(`${named(page())}: at most ${most} trips`, async () => {
      const asks = [page, ...(twin === undefined ? [] : [twin])].map((path) => path())
      for (const path of asks) {
        expect(await count(path), `${path}, for anybody`).toBeLessThanOrEqual(most)
        const signedIn = path.startsWith('/api/') ? { authorization: `Bearer ${held.token}` } : { cookie }
        expect(await count(path, signedIn), `${path}, for a member`).toBeLessThanOrEqual(most)
      }
    })

  for (const [page, most] of membersOnly)
    it(`${named(page())}, for members: at most ${most} trips`, async () => {
      expect(await count(page(), { cookie })).toBeLessThanOrEqual(most)
    })
})
