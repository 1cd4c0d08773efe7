import { Agent, get } from 'node:http'
import { afterwards } from './afterwards.ts'
import { copiedLedger } from './ledger.ts'
import { type Extent, type Result, round } from './measure.ts'
import { startReckoning } from './server.ts'

const SECONDS = 20
const EVERY_MS = 20
/** So many there are in the smallest ledger that is measured. */
const ANALYSTS = 2

/** Not found, after everything that it might mean was looked at. */
const NEARLY_KNOWN = (n: number) => `/invented-claim-about-the-price-${n}`

/** What goes through the most records; `n` makes every request another address. */
const HEAVIEST: ((n: number) => string)[] = [
  (n) => `/api/forecasts.csv?due_before=${2300 + (n % 600)}-01-01`,
  (n) => `/api/calibration?due_before=${2300 + (n % 600)}-01-01`,
  (n) => `/ledger?q=invented+claim+about+a${'b'.repeat(n % 40)}`,
  (n) => `/ledger?q=invented+event&deadline=theirs&upto=${1_000_000 + n}`,
  (n) => `/api/questions?q=event+happens&limit=${1 + (n % 200)}`,
  (n) => `/analysts?n=${n}`,
  (n) => `/analysts/analyst-${n % ANALYSTS}?logged=all&n=${n}`,
  NEARLY_KNOWN,
]

const fetched = (agent: Agent, url: string, headers: Record<string, string> = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = get(url, { agent, headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
      response.on('error', reject)
    })
    sent.on('error', reject)
  })

/** B13: how long health and a page that is kept wait while eight clients ask for the longest answers, each another. */
export async function besideReaders({ forecasts, few }: Extent): Promise<Result[]> {
  const server = await startReckoning(await copiedLedger({ forecasts }))
  const watched = { '/api/health': [] as number[], '/': [] as number[] }
  const own = new Agent({ keepAlive: true, maxSockets: 2 })
  await fetched(own, `${server.url}/`)
  const clients = new Agent({ keepAlive: true })
  for (const agent of [own, clients]) afterwards(() => agent.destroy())
  const answers = new Map<number | string, number>()
  let [n, goesOn] = [0, true]
  const client = async (place: number) => {
    // Each begins elsewhere, and all together ask for everything at once.
    for (let i = place; goesOn; i++) {
      const path = HEAVIEST[i % HEAVIEST.length] as (n: number) => string
      const address = path(n++)
      const status = await fetched(clients, server.url + address).catch((error: unknown) => {
        if (goesOn) throw error
        return 'cut off'
      })
      if (typeof status === 'number' && status !== (path === NEARLY_KNOWN ? 404 : 200))
        throw new Error(`${address}: ${status}`)
      answers.set(status, (answers.get(status) ?? 0) + 1)
    }
  }
  const watch = async () => {
    const until = performance.now() + few(SECONDS) * 1000
    while (performance.now() < until)
      for (const path of ['/api/health', '/'] as const) {
        const began = performance.now()
        const status = await fetched(own, server.url + path)
        if (status !== 200) throw new Error(`${path}: ${status}`)
        watched[path].push(performance.now() - began)
        await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
      }
    goesOn = false
    clients.destroy()
  }
  await Promise.all([watch(), ...HEAVIEST.map((_, i) => client(i))])
  const given = [...answers].map(([status, times]) => `${times} × ${status}`).join(', ')
  return [
    { path: '/api/health', goal: 250 },
    { path: '/', goal: 500 },
  ].map(({ path, goal }) => {
    const times = watched[path as keyof typeof watched].sort((a, b) => a - b)
    const worst = times.at(-1) as number
    const p99 = times[Math.floor(times.length * 0.99)] as number
    return {
      id: 'B13',
      work: `GET ${path} beside 8 readers of the longest answers of ${forecasts} forecasts`,
      measured: `worst ${round(worst, 0)} ms, p99 ${round(p99, 0)} ms of ${times.length}`,
      yardstick: `they were given ${given}`,
      ratio: null,
      goal: `worst < ${goal} ms`,
      reached: worst < goal,
    }
  })
}
