import { type Client, createClient } from '@libsql/client/sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { quarterHour } from '../../src/core/calendar.ts'
import { saveCapture } from '../../src/ledger/capture/save-capture.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { ledgerOn, pause } from '../../src/node/runtime.ts'
import { remoteDatabase } from '../../src/store/database.ts'
import { readFarHead } from '../../src/store/documents/frame.ts'
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
  const app = createApp({
    ...held.host,
    ledger: ledgerOn(db),
    head: () => readFarHead(db, quarterHour(held.host.now())),
  })
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
  [() => '/', 2, () => '/api/record'],
  [() => '/words', 2, () => '/api/words'],
  [() => '/ledger', 2, () => '/api/forecasts'],
  [
    () => '/ledger?q=valdora&state=resolved&tag=economy&analyst=ada-overton-invented',
    2,
    () => '/api/forecasts?q=valdora',
  ],
  [() => '/analysts', 2, () => '/api/analysts'],
  [() => '/analysts/ada-overton-invented', 2, () => '/api/analysts/ada-overton-invented/track-record'],
  [() => '/analysts/ada-overton-invented?tag=economy&logged=live', 2],
  [() => `/questions/${ids.question}`, 2, () => `/api/questions/${ids.question}`],
  [() => `/forecasts/${ids.forecast}`, 2, () => `/api/forecasts/${ids.forecast}`],
  [() => `/sources/${ids.source}`, 2, () => `/api/sources/${ids.source}`],
  [() => '/sources', 2, () => '/api/sources'],
  [() => '/due', 3, () => '/api/due'],
  [() => `/due?done=proposed&question=${ids.question}`, 3],
  [
    () => '/compare?analysts=ada-overton-invented,ben-calder-invented',
    2,
    () => '/api/compare?analysts=ada-overton-invented,ben-calder-invented',
  ],
  [() => '/embed/analysts/ada-overton-invented', 2],
  [() => `/embed/forecasts/${ids.forecast}`, 2],
  [() => '/cards/analysts/ada-overton-invented.png', 2],
  [() => `/cards/forecasts/${ids.forecast}.png`, 2],
  [() => '/cards/ledger.png?tag=economy', 2],
  [() => '/charts/analysts/ada-overton-invented/records.png', 2],
  [() => '/sitemap.xml', 2],
  [() => '/sitemap/forecast-1.xml', 2],
  [() => '/methods', 2],
  [() => '/log', 2],
  [() => '/feeds/new.atom?tag=economy', 4],
  [() => '/feeds/due.atom?q=valdora', 4],
  [() => '/feeds/decided.atom?analyst=ada-overton-invented', 4],
  [() => '/feeds/due.ics?analyst=ada-overton-invented', 2],
  [() => '/feeds/log.atom', 2],
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
        // Who they are is a trip of its own there: the head, by which a copy of theirs is still good, comes after it.
        const toMembers = path.startsWith('/api/') ? Math.max(most, 3) : most
        expect(await count(path, signedIn), `${path}, for a member`).toBeLessThanOrEqual(toMembers)
      }
    })

  for (const [page, most] of membersOnly)
    it(`${named(page())}, for members: at most ${most} trips`, async () => {
      expect(await count(page(), { cookie })).toBeLessThanOrEqual(most)
    })
})
