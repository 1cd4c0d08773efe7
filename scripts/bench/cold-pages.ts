import { join } from 'node:path'
import NativeDatabase from 'libsql'
import { afterwards } from './afterwards.ts'
import { copiedLedger } from './ledger.ts'
import { type Extent, median, type Result, round, timed } from './measure.ts'
import { cpuSeconds } from './process.ts'
import { startReckoning } from './server.ts'

const ROUNDS = 7
const LONGEST_MS = 100
const ROWS = 50
/** Beyond the last entry: how the list splits is counted once for each such end. */
const EVERY_ENTRY = 999_000_000

/** Pages and lists as nobody has asked for them before; `n` makes every request another address. */
const COLD: [what: string, path: (n: number) => string][] = [
  ['the front page', (n) => `/?n=${n}`],
  ['the ledger, counted already', (n) => `/ledger?n=${n}`],
  ['the ledger, counted anew', (n) => `/ledger?upto=${EVERY_ENTRY + n}`],
  ['the ledger by deadline', (n) => `/api/forecasts?sort=deadline&limit=${ROWS + n}`],
  ['the ledger by surprise', (n) => `/api/forecasts?sort=surprise&limit=${ROWS + n}`],
  ['forecasts', (n) => `/api/forecasts?limit=${ROWS + n}`],
  ['questions', (n) => `/api/questions?limit=${ROWS + n}`],
  ['sources', (n) => `/api/sources?limit=${ROWS + n}`],
  ['statements', (n) => `/api/statements?limit=${ROWS + n}`],
  ['the list of analysts', (n) => `/analysts?n=${n}`],
  ['what is due', (n) => `/due?n=${n}`],
  ['an analyst of about 200 forecasts', (n) => `/analysts/analyst-${9 + n}`],
  ['an analyst of about 2,000 forecasts', (n) => `/analysts/analyst-0?n=${n}`],
  ['a question', (n) => `/questions/source-${n}_claim-1`],
  ['a search of a number that few hold', (n) => `/api/forecasts?q=${700 + n}`],
  ['a search of words that nearly all hold', (n) => `/api/forecasts?q=invented+bread&limit=${ROWS + n}`],
  ['what is called so', (n) => `/api/search?q=event+${700 + n}`],
  ['decided last, as a feed', (n) => `/feeds/decided.atom?n=${n}`],
]

/** B19: first pages when nothing of them is kept, beside prepared reads of as many forecasts with what belongs to them. */
export async function coldPages({ forecasts, few }: Extent): Promise<Result[]> {
  const place = await copiedLedger({ forecasts })
  const native = new NativeDatabase(join(place, 'reckoning.db'), { readonly: true })
  afterwards(() => native.close())
  const seqs = native.prepare('SELECT seq FROM forecast').pluck().all([]) as number[]
  const forecast = native.prepare('SELECT * FROM forecast WHERE seq = ?')
  const others = (['question', 'analyst', 'source'] as const).map(
    (name) => [name, native.prepare(`SELECT * FROM ${name} WHERE id = ?`)] as const,
  )
  const rowsRead = () =>
    timed(() => {
      for (let i = 0; i < ROWS; i++) {
        const row = forecast.get([seqs[Math.floor(Math.random() * seqs.length)] as number]) as Record<
          string,
          string
        >
        for (const [name, statement] of others) statement.get([row[name] as string])
      }
    })
  const server = await startReckoning(place)
  const get = async (path: string) => {
    const response = await fetch(server.url + path)
    await response.arrayBuffer()
    // A ledger that is made as small as it gets lacks some of the records.
    if (response.status !== 200 && !(response.status === 404 && forecasts < 10_000))
      throw new Error(`${path}: ${response.status}`)
  }
  // The program itself is read and compiled by whoever is first.
  for (const [, path] of COLD) await get(path(0))
  const results: Result[] = []
  for (const [what, path] of COLD) {
    const [asked, read]: [number[], number[]] = [[], []]
    const before = cpuSeconds(server.pid)
    for (let n = 1; n <= few(ROUNDS); n++) {
      asked.push(await timed(() => get(path(n))))
      read.push(await rowsRead())
    }
    const cpu = ((cpuSeconds(server.pid) - before) * 1000) / asked.length
    const [ms, yardstick] = [median(asked), median(read)]
    results.push({
      id: 'B19',
      work: `${what}, cold, among ${forecasts.toLocaleString('en')} forecasts`,
      measured: `${round(ms, 1)} ms (${round(cpu, 0)} ms CPU)`,
      yardstick: `${round(yardstick)} ms prepared reads of ${ROWS} forecasts with question, analyst and source`,
      ratio: round(ms / yardstick, 1),
      goal: `≤ ${LONGEST_MS} ms`,
      reached: ms <= LONGEST_MS,
    })
  }
  return results
}
