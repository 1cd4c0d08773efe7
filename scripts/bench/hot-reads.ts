import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterwards } from './afterwards.ts'
import { copiedLedger } from './ledger.ts'
import { load } from './load.ts'
import { type Extent, interleaved, type Result, round } from './measure.ts'
import { freePort, startReckoning, stopChild, untilAnswers } from './server.ts'

const SECONDS = 3
const CLIENTS = 16
const ROUNDS = 5

/** B1 and B2: a hot page against a constant of the same size, and as a browser takes it; a 304 against a hello. */
export async function hotReads({ forecasts, few }: Extent): Promise<Result[]> {
  const server = await startReckoning(await copiedLedger({ forecasts }))
  const requests = async (url: string, expected = 200, headers: Record<string, string> = {}) => {
    const options = { url, connections: CLIENTS, duration: few(SECONDS), headers }
    return (await load(options, expected)).perSecond
  }
  const constants = new Map<string, string>()
  const pages = ['/ledger', '/analysts/analyst-1', '/api/analysts/analyst-1/track-record']
  const tags = new Map<string, string>()
  for (const page of pages) {
    const response = await fetch(server.url + page, { headers: { 'accept-encoding': 'identity' } })
    if (!response.ok) throw new Error(`${page}: ${response.status}`)
    constants.set(page, await response.text())
    tags.set(page, response.headers.get('etag') ?? '')
  }
  const yardstick = await startConstants(constants)
  const results: Result[] = []
  for (const page of pages) {
    const [hot, constant] = await interleaved(
      few(ROUNDS),
      () => requests(server.url + page),
      () => requests(yardstick.url + page),
    )
    const ratio = round(hot / constant)
    results.push({
      id: 'B1',
      work: `hot GET ${page} (${round((constants.get(page) as string).length / 1024, 0)} kB)`,
      measured: `${Math.round(hot)}/s`,
      yardstick: `${Math.round(constant)}/s the same bytes as a constant`,
      ratio,
      goal: '≥ 0.8',
      reached: ratio >= 0.8,
    })
  }
  const page = '/ledger'
  const packed = await fetch(server.url + page, { headers: { 'accept-encoding': 'br' } })
  if (packed.headers.get('content-encoding') !== 'br') throw new Error(`${page} is not packed`)
  await packed.arrayBuffer()
  const [asBrowsers, plain] = await interleaved(
    few(ROUNDS),
    () => requests(server.url + page, 200, { 'accept-encoding': 'gzip, deflate, br, zstd' }),
    () => requests(server.url + page),
  )
  const gain = round(asBrowsers / plain)
  results.push({
    id: 'B1',
    work: `hot GET ${page} as a browser asks for it, packed`,
    measured: `${Math.round(asBrowsers)}/s`,
    yardstick: `${Math.round(plain)}/s the same page as it is`,
    ratio: gain,
    goal: '≥ 0.9',
    reached: gain >= 0.9,
  })
  const [unchanged, hello] = await interleaved(
    few(ROUNDS),
    () => requests(server.url + page, 304, { 'if-none-match': tags.get(page) as string }),
    () => requests(`${yardstick.url}/hello`),
  )
  const ratio = round(unchanged / hello)
  results.push({
    id: 'B2',
    work: 'the same with If-None-Match',
    measured: `${Math.round(unchanged)}/s`,
    yardstick: `${Math.round(hello)}/s bare Hono hello`,
    ratio,
    goal: '≥ 0.9',
    reached: ratio >= 0.9,
  })
  return results
}

/** A bare Hono that answers these texts as constants. */
async function startConstants(constants: Map<string, string>) {
  const script = join(resolve('dist/bench'), 'constants.mjs')
  writeFileSync(
    script,
    `import { serve } from '@hono/node-server'
import { Hono } from 'hono'
const constants = new Map(${JSON.stringify([...constants])})
const app = new Hono()
app.get('/hello', (c) => c.text('hello'))
app.get('/*', (c) => c.html(constants.get(c.req.path)))
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' })
`,
  )
  const port = await freePort()
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, PORT: String(port) },
    stdio: 'ignore',
  })
  afterwards(() => stopChild(child))
  const url = `http://127.0.0.1:${port}`
  await untilAnswers(`${url}/hello`, child)
  return { url }
}
