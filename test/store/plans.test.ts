import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allRoutes } from '../../src/api/routes.ts'
import { createApp } from '../../src/app.ts'
import { timetable } from '../../src/jobs/timetable.ts'
import { saveCapture } from '../../src/ledger/capture/save-capture.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { fileConnection } from '../../src/node/file-connection.ts'
import { ledgerOn, openDatabase } from '../../src/node/runtime.ts'
import { readHead } from '../../src/store/append.ts'
import type { Connection, Database } from '../../src/store/database.ts'
import { pages } from '../../src/web/pages.ts'
import { apiAddresses, type Ids, pageAddresses } from '../support/addresses.ts'
import { inventedLedger } from '../support/invented.ts'
import type { keptLedger } from '../support/ledger.ts'
import { recording } from '../support/recording.ts'
import { ORIGIN } from '../support/site.ts'
import { confirm, propose, rung } from '../support/steps.ts'

/** Tables that stay small beside the forecasts, however many those become: each may be read whole. */
const SMALL: Record<string, string> = {
  analyst: 'people; a thousandth of the forecasts',
  analyst_summary: 'a row of each analyst',
  pair_summary: 'one row',
  member: 'who works at the ledger',
  token: 'what members gave out',
  secret: 'what members hold',
  sign_in: 'ways in of members',
  sign_in_key: 'ways in of members',
  administration: 'what was done to members',
  capture: 'texts that are being worked at',
  second_reading: 'captures that a model read',
  newsroom: 'what members keep of questions that wait',
  coding_round: 'texts that two code',
  coding_sent: 'two of each such text',
  blind_outcome: 'questions that two decide on their own',
  lexicon: 'surveys of this ledger',
  codebook: 'versions of one text',
  correction_policy: 'versions of one text',
  correction: 'amendments, of which a ledger of a million has had hundreds',
  report: 'what readers reported and nobody closed',
  report_closed: 'what readers reported',
  reply_link: 'links that members made',
  redaction: 'words that were taken out',
  log_key: 'keys of the log',
  clock_word: 'corrections of the clock',
  anchored: 'attestations: some a day',
  anchor_party: 'those who attest',
  policy: 'one row',
  projection: 'one row',
  notice: 'what somebody is to be told of, until they are',
  notice_position: 'one row',
  delivery: 'messages that are on their way',
  target: 'where members are told',
  usage: 'a row of each member and day, of two days',
  recheck: 'sources that were looked at again',
  schema_migrations: 'one row of each migration',
}

/** Reads that go through a large table for a reason; each ends where it says. A statement is known by what is in it. */
const EXCEPTIONS: { table: string; has: RegExp; because: string }[] = [
  { table: 'entry', has: /FROM entry ORDER BY seq DESC LIMIT 1/u, because: 'the last entry' },
  {
    table: 'checkpoint',
    has: /FROM checkpoint ORDER BY size DESC LIMIT 1/u,
    because: 'the last checkpoint',
  },
  {
    table: 'forecast',
    has: /FROM forecast ORDER BY seq LIMIT :most OFFSET :from/u,
    because: 'a part of the sitemap: ends when it is full',
  },
  {
    table: 'source',
    has: /source\.found AS source/u,
    because: 'no table: the one source that was found by its address or its words',
  },
  {
    table: 'forecast',
    has: /ORDER BY (sort_seq|sort_key) (desc|asc)(?: NULLS LAST, sort_seq (desc|asc))? LIMIT :limit/u,
    because:
      'a page of the ledger in its order: ends when it is full; where a filter leaves few, it reads all',
  },
  {
    table: 'question',
    has: /ORDER BY sort_key (desc|asc) NULLS LAST, sort_seq (desc|asc) LIMIT :limit/u,
    because: 'a page in the order of deadlines or decisions, by an index: ends when it is full',
  },
  {
    table: 'forecast',
    has: /PARTITION BY forecast\.question\) AS best/u,
    because: 'the list by question: which stands first is known when all are read',
  },
  {
    table: 'forecast',
    has: /count\(\*\) FILTER \(WHERE |HAVING value IS NOT NULL/u,
    because: 'how the ledger splits: counts whatever the filter leaves, once until the next entry',
  },
  {
    table: 'forecast',
    has: /^SELECT format\(/u,
    because: 'the scorecard over any filter computes with all that it leaves',
  },
  {
    table: 'statement',
    has: /count\(\*\) AS statements.* FROM statement WHERE true$/u,
    because: 'the denominators of that scorecard',
  },
  {
    table: 'forecast',
    has: /forecast\.id = coalesce\(|id = coalesce\(\(SELECT forecast\.id/u,
    because: 'the last that was decided: ends at the first',
  },
  {
    table: 'source',
    has: /'\$\.coverage' = 'complete'.* ORDER BY seq DESC LIMIT 1\)/u,
    because: 'the last source that was read from end to end: ends at the first',
  },
  {
    table: 'source',
    has: /GROUP BY outlet ORDER BY outlet/u,
    because: 'what is counted of every outlet, in the order of an index',
  },
  ...['source', 'question', 'forecast', 'statement'].map((table) => ({
    table,
    has: /^SELECT \(?(?:\(SELECT )?count\(\*\)/u,
    because: 'how many there are: counts in the smallest index',
  })),
  {
    table: 'question',
    has: /pending IS NOT NULL OR disputed > 0/u,
    because: 'what waits for a second person, by an index of these alone',
  },
  {
    table: 'question',
    has: /NOT EXISTS \(SELECT 1 FROM forecast WHERE forecast\.question = question\.id\)\) ORDER BY due_at, id LIMIT 200$/u,
    because: 'the nearest deadlines, by an index: ends when the list is full',
  },
  {
    table: 'question',
    has: /ORDER BY question\.due_at (ASC|DESC), question\.id LIMIT 1000/u,
    because: 'a calendar of deadlines, by an index: ends when it is full',
  },
  {
    table: 'resolution',
    has: /FROM resolution WHERE confirmed_at IS NOT NULL/u,
    because: 'what was decided last, by an index: ends when the list is full; and all that was disputed',
  },
  {
    table: 'flag',
    has: /ORDER BY flag\.seq DESC, flag\.question LIMIT 50/u,
    because: 'what became due last, by an index: ends when the list is full',
  },
  {
    table: 'outbox',
    has: /max\(sent_at\) AS sent_at FROM outbox/u,
    because: 'reminders that were sent: one a week of what waits',
  },
  {
    table: 'search',
    has: /MATCH/u,
    because: 'the index of words answers by its words',
  },
  {
    table: 'idempotency',
    has: /FROM idempotency ORDER BY seq LIMIT 1000/u,
    because: 'the oldest, by an index: a thousand at a time',
  },
]

/** Every route that only reads. */
const reading = [
  ...pages.map(({ path }) => path),
  ...(await allRoutes()).filter(({ method }) => method === 'GET').map(({ path }) => `/api${path}`),
]
const matches = (path: string, address: string) =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/gu, '.+')}$`, 'u').test(address)

let ids: Ids
let held: Awaited<ReturnType<typeof keptLedger>>
let db: Database
let explained: Connection
let recorded: ReturnType<typeof recording>
const wrong: [string, number][] = []

const CAPTURE = {
  source: { type: 'article', title: 'T' },
  text: 'There will be no war. Prices will rise.',
  marks: [],
}

async function idsOf(): Promise<Ids> {
  const one = async (sql: string) => {
    const [row = {}] = await held.ledger.db.read({ sql })
    return String(Object.values(row)[0])
  }
  return {
    analyst: 'ada-overton-invented',
    another: 'ben-calder-invented',
    source: await one('SELECT id FROM source'),
    statement: await one('SELECT id FROM statement'),
    question: await one('SELECT question FROM forecast'),
    forecast: await one('SELECT id FROM forecast'),
    tag: await one('SELECT tag FROM question_tag'),
    outlet: await one(`SELECT record ->> '$.publisher' AS name FROM source WHERE name IS NOT NULL`),
    round: await one('SELECT id FROM coding_round'),
    capture: (await saveCapture(held.ledger, held.unit, CAPTURE as never)).id,
  }
}

beforeAll(async () => {
  held = await inventedLedger()
  ids = await idsOf()
  db = await openDatabase({ RECKONING_DATABASE_URL: `file:${held.path}` })
  recorded = recording(db)
  const ledger = ledgerOn(recorded.db)
  const app = createApp({ ...held.host, ledger, head: () => readHead(recorded.db) })
  const cookie = `sid=${await openSecret(held.ledger, held.unit.now, held.unit.by.member, 'session')}`
  for (const path of [...pageAddresses(ids), ...apiAddresses(ids)]) {
    recorded.as(path)
    const headers = { host: 'localhost', authorization: `Bearer ${held.token}`, cookie }
    const response = await app.request(ORIGIN + path, { headers })
    await response.text()
    if (response.status !== 200) wrong.push([path, response.status])
  }
  const writing = { ...held, ledger }
  recorded.as('the verbs')
  const passed = await rung(writing, 'An event that passed', {
    deadline: { date: '2026-11-20', time_zone: 'UTC' },
  })
  await propose(writing, passed, { known_on: '2026-11-21' })
  await confirm(writing, passed, 'r1')
  for (const { name, run } of timetable) {
    recorded.as(`the job ${name}`)
    await run(ledger, held.unit.now)
  }
  explained = fileConnection(held.path)
}, 600_000)
afterAll(async () => {
  await explained?.close()
  await db?.close()
  await held?.close()
})

type Step = { parent: number; detail: string }
const steps = async (sql: string): Promise<Step[]> =>
  (await explained.execute(`EXPLAIN QUERY PLAN ${sql}`)).rows.map(({ parent, detail }) => ({
    parent: Number(parent),
    detail: String(detail),
  }))

/** What stands in a statement under another name than its own. */
const aliasesIn = (sql: string) =>
  new Map([...sql.matchAll(/(?:FROM|JOIN)\s+(\w+)\s+AS\s+(\w+)/gu)].map(([, table, alias]) => [alias, table]))
const isTable = (sql: string, name: string) =>
  new RegExp(`(?:FROM|JOIN|UPDATE|INTO)\\s+${name}\\b`, 'u').test(sql)

/** The tables that a statement goes through from one end to the other, and whether what it finds is sorted then. */
async function readWhole(sql: string): Promise<{ table: string; sorted: boolean }[]> {
  const plan = await steps(sql)
  const aliases = aliasesIn(sql)
  return plan.flatMap(({ parent, detail }) => {
    const name = /^SCAN (\w+)/u.exec(detail)?.[1]
    if (name === undefined) return []
    const table = aliases.get(name) ?? name
    // What a part of the statement found has a name, too.
    if (!isTable(sql, table)) return []
    const sorted = plan.some(
      (step) => step.parent === parent && step.detail === 'USE TEMP B-TREE FOR ORDER BY',
    )
    return [{ table, sorted }]
  })
}

const written = (sql: string) => sql.replaceAll(/\s+/gu, ' ').trim()

describe('whatever pages, the API, jobs and verbs ask', () => {
  it('is asked of the test: each route that reads has an address here', () => {
    const asked = [...pageAddresses(ids), ...apiAddresses(ids)].map((address) => address.replace(/\?.*/u, ''))
    const missing = reading.filter((path) => !asked.some((address) => matches(path, address)))
    expect(missing).toEqual([])
    expect(wrong.filter(([, status]) => status >= 500)).toEqual([])
  })

  it('goes through no large table, but for the reads that are listed', async () => {
    const tables = (await explained.execute(`SELECT name FROM sqlite_master WHERE type = 'table'`)).rows.map(
      ({ name }) => String(name),
    )
    const used = new Set<unknown>()
    const found: string[] = []
    for (const [sql, from] of recorded.sent) {
      if (/^(PRAGMA|CREATE|DROP)/u.test(sql)) continue
      for (const { table, sorted } of await readWhole(sql)) {
        if (table in SMALL || !tables.includes(table)) continue
        const text = written(sql)
        const known = EXCEPTIONS.find((one) => one.table === table && one.has.test(text))
        if (known === undefined)
          found.push(`${from} reads all of ${table}${sorted ? ' and sorts it' : ''}: ${text}`)
        else used.add(known)
      }
    }
    expect(found).toEqual([])
    expect(EXCEPTIONS.filter((one) => !used.has(one))).toEqual([])
    expect(recorded.sent.size).toBeGreaterThan(400)
  })
})
