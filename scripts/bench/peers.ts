import { copiedLedger } from './ledger.ts'
import { load } from './load.ts'
import { type Extent, median, type Result, round } from './measure.ts'
import { type Peer, post, type Record, WORDS } from './peer.ts'
import { datasette } from './peer-datasette.ts'
import { pocketbase } from './peer-pocketbase.ts'
import { startReckoning } from './server.ts'

const ANALYSTS = 50
const SECONDS = 4
const ROUNDS = 3
const CLIENTS = 64
const PAGE = 200
/** Addresses that nobody has asked for before, one after the other. */
const FRESH = 40

/**
 * The same work asked of us and of other programs that hold the same records, in turn. `POCKETBASE` and `DATASETTE`
 * name their programs; who is not named is left out.
 */
export async function peers({ forecasts, few }: Extent): Promise<Result[]> {
  const us = await reckoning(forecasts)
  const records = await recordsOf(us.url)
  const { POCKETBASE, DATASETTE } = process.env
  const others: Peer[] = []
  if (POCKETBASE !== undefined) others.push(await pocketbase(POCKETBASE, records))
  if (DATASETTE !== undefined) others.push(await datasette(DATASETTE, records))
  if (others.length === 0) throw new Error('nobody to stand beside: POCKETBASE or DATASETTE names a program')
  const results: Result[] = []
  // Creating comes last: it makes what is listed longer.
  for (const work of ['list', 'filtered', 'search', 'one', 'create'] as const)
    for (const other of others.filter((peer) => peer.works[work] !== undefined)) {
      const [ours, theirs]: [number[], number[]] = [[], []]
      for (let turn = 0; turn < few(ROUNDS); turn++) {
        ours.push(await perSecond(us, work, few(SECONDS)))
        theirs.push(await perSecond(other, work, few(SECONDS)))
      }
      results.push(line(`${NAMES[work]}, ${CLIENTS} clients`, median(ours), median(theirs), other.name, '/s'))
      if (work === 'create') continue
      const [first, second] = [await fresh(us, work, few(FRESH)), await fresh(other, work, few(FRESH))]
      results.push(
        line(`${NAMES[work]}, one client, each address for the first time`, first, second, other.name, 'ms'),
      )
    }
  return results
}

const NAMES = {
  list: 'the latest 50',
  filtered: 'the latest 50 of an analyst',
  search: '50 that hold a word',
  one: 'one record',
  create: 'create a record',
} as const
type Work = keyof typeof NAMES

/** Of times the smaller one is better; of rates the larger. */
function line(work: string, ours: number, theirs: number, name: string, unit: '/s' | 'ms'): Result {
  const told = (value: number) => (unit === 'ms' ? `${round(value, 1)} ms` : `${Math.round(value)}/s`)
  const ratio = round(unit === 'ms' ? theirs / ours : ours / theirs)
  return {
    id: 'peers',
    work,
    measured: told(ours),
    yardstick: `${told(theirs)} ${name}`,
    ratio,
    goal: work.startsWith(NAMES.create) ? '≥ 0.6' : '–',
    reached: work.startsWith(NAMES.create) && name.startsWith('PocketBase') ? ratio >= 0.6 : null,
  }
}

async function perSecond({ url, headers, works }: Peer, work: Work, duration: number): Promise<number> {
  const asked = works[work]
  if (asked === undefined) throw new Error(`${work} is not offered`)
  // We refuse whoever comes as the 33rd for a long answer that nobody has asked for yet.
  for (let i = 0; i < ANALYSTS && asked.body === undefined; i++)
    await (await fetch(url + asked.path(i))).arrayBuffer()
  let n = 0
  const request = {
    method: asked.body === undefined ? ('GET' as const) : ('POST' as const),
    headers: asked.body === undefined ? {} : { ...headers, 'content-type': 'application/json' },
    setupRequest: (was: object) => {
      n++
      return { ...was, path: asked.path(n % ANALYSTS), ...(asked.body && { body: asked.body() }) }
    },
  }
  const done = await load({ url, connections: CLIENTS, duration, requests: [request] }, asked.status ?? 200)
  return done.perSecond
}

let asked = 0
async function fresh({ url, works }: Peer, work: Work, times: number): Promise<number> {
  const took: number[] = []
  for (let i = 0; i < times; i++) {
    const path = works[work]?.path(i % ANALYSTS, ++asked) ?? ''
    const began = performance.now()
    const response = await fetch(url + path)
    await response.arrayBuffer()
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`)
    took.push(performance.now() - began)
  }
  return median(took)
}

async function reckoning(forecasts: number): Promise<Peer> {
  const { url, token } = await startReckoning(await copiedLedger({ forecasts, analysts: ANALYSTS }))
  const headers = { authorization: `Bearer ${token}` }
  const { record } = await post<{ record: { id: string } }>(`${url}/api/questions`, headers, {
    title: 'Something happens',
    criteria: 'It is reported.',
    deadline: { date: '2030-01-01', time_zone: 'UTC' },
  })
  const known = (await recordsOf(url)).map(({ id }) => id)
  // Later than any deadline there is: all the same records, by another address.
  const anew = (n: number | undefined) =>
    n === undefined ? '' : `&due_before=${2100 + (n % 700)}-01-${String(1 + (n % 28)).padStart(2, '0')}`
  let made = 0
  return {
    name: 'Reckoning',
    url,
    headers,
    works: {
      list: { path: (_, n) => `/api/forecasts?limit=50${anew(n)}` },
      filtered: { path: (i, n) => `/api/forecasts?limit=50&analyst=analyst-${i}${anew(n)}` },
      search: { path: (i, n) => `/api/forecasts?limit=50&q=${WORDS[i % WORDS.length]}${anew(n)}` },
      one: { path: (i, n) => `/api/forecasts/${known[(n ?? i) % known.length]}` },
      create: {
        path: () => '/api/forecasts',
        status: 201,
        // One source holds one claim of an analyst on a question: the same again would be refused.
        body: () =>
          JSON.stringify({
            analyst: 'analyst-1',
            question: record.id,
            source: { title: `Interview ${made++}`, type: 'interview', published: '2026-01-01' },
            quote: 'something will happen',
            probability: 0.7,
          }),
      },
    },
  }
}

/** What of each record all of them hold. */
async function recordsOf(url: string): Promise<Record[]> {
  const all: Record[] = []
  for (let next: string | null = ''; next !== null; ) {
    const response: Response = await fetch(
      `${url}/api/forecasts?limit=${PAGE}${next === '' ? '' : `&cursor=${next}`}`,
    )
    if (!response.ok) throw new Error(`the records: ${response.status}`)
    const { items, next_cursor } = (await response.json()) as {
      items: (Omit<Record, 'quote'> & { quote: { exact: string } })[]
      next_cursor: string | null
    }
    for (const { id, seq, analyst, title, source_title, quote, probability } of items)
      all.push({ id, seq, analyst, title, source_title, quote: quote.exact, probability })
    next = next_cursor
  }
  return all
}
