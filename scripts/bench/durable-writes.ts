import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { folder } from './afterwards.ts'
import { load } from './load.ts'
import { type Extent, interleaved, median, type Result, round } from './measure.ts'
import { startReckoning } from './server.ts'

const SECONDS = 5
const CLIENTS = 64
const ROUNDS = 3
const LONGEST_MS = 150

/** B7: acknowledged durable writes over HTTP, against those of another build (`--against`) where one is named. */
export async function durableWrites({ few, against }: Extent): Promise<Result[]> {
  const write = await writer(few(SECONDS), '.')
  const writeThere = against === null ? null : await writer(few(SECONDS), against)
  let p99 = 0
  const [measured, yardstick] = await interleaved(
    few(ROUNDS),
    async () => {
      const done = await write()
      p99 = Math.max(p99, done.p99)
      return done.perSecond
    },
    async () => (await writeThere?.())?.perSecond ?? Number.NaN,
  )
  const ratio = writeThere === null ? null : round(measured / yardstick)
  const work = `durable forecasts over HTTP, ${CLIENTS} clients (fsync ${round(fsyncMs(), 2)} ms)`
  return [
    {
      id: 'B7',
      work,
      measured: `${Math.round(measured)}/s`,
      yardstick:
        ratio === null
          ? 'another build: none named (--against)'
          : `${Math.round(yardstick)}/s with ${against}`,
      ratio,
      goal: '≥ 3',
      reached: ratio === null ? null : ratio >= 3,
    },
    {
      id: 'B7',
      work,
      measured: `p99 ${p99} ms in the worst round`,
      yardstick: '–',
      ratio: null,
      goal: `≤ ${LONGEST_MS} ms`,
      reached: p99 <= LONGEST_MS,
    },
  ]
}

/** A server of a checkout, and what writes there: each time a forecast with a source of its own, on one question. */
async function writer(duration: number, checkout: string) {
  const { url, token } = await startReckoning(folder(), checkout)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const post = async (path: string, body: unknown) => {
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (response.status !== 201) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return ((await response.json()) as { record: { id: string } }).record.id
  }
  const analyst = await post('/api/analysts', { name: 'Invented Person' })
  const question = await post('/api/questions', {
    title: 'Something happens',
    criteria: 'It is reported.',
    deadline: { date: '2030-01-01', time_zone: 'UTC' },
  })
  let n = 0
  // One source holds one claim of an analyst on a question: the same again would be refused.
  const body = () =>
    JSON.stringify({
      analyst,
      question,
      source: { title: `Interview ${n++}`, type: 'interview', published: '2026-01-01' },
      quote: 'something will happen',
      probability: 0.7,
    })
  const requests = [
    { method: 'POST' as const, headers, setupRequest: (request: object) => ({ ...request, body: body() }) },
  ]
  return () => load({ url: `${url}/api/forecasts`, connections: CLIENTS, duration, requests }, 201)
}

function fsyncMs(): number {
  const file = openSync(join(folder(), 'fsync'), 'w')
  const spent = Array.from({ length: 50 }, () => {
    writeSync(file, 'x'.repeat(4096))
    const began = performance.now()
    fsyncSync(file)
    return performance.now() - began
  })
  closeSync(file)
  return median(spent)
}
