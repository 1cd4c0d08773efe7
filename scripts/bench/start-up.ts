import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterwards, folder } from './afterwards.ts'
import { type Extent, interleaved, type Result, round } from './measure.ts'
import { freePort, stopChild, untilAnswers } from './server.ts'

const ROUNDS = 5
const OF_THE_EXAMPLE = '/api/sources/2024-04-alphanews-kalachev'

/** B10: from nothing to the first answer, empty database, example imported, against a bare Hono. */
export async function startUp({ few }: Extent): Promise<Result[]> {
  const place = folder()
  const bare = join(resolve('dist/bench'), 'bare.mjs')
  writeFileSync(
    bare,
    `import { serve } from '@hono/node-server'
import { Hono } from 'hono'
const app = new Hono()
app.get('/api/health', (c) => c.json({ status: 'ok' }))
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' })
`,
  )
  let run = 0
  const start = async (args: string[], then?: string) => {
    const port = await freePort()
    const env = {
      ...process.env,
      PORT: String(port),
      RECKONING_DATABASE_URL: `file:${join(place, `${run++}.db`)}`,
    }
    const url = `http://127.0.0.1:${port}`
    const began = performance.now()
    const child = spawn(process.execPath, args, { env, stdio: 'ignore' })
    afterwards(() => stopChild(child))
    await untilAnswers(`${url}/api/health`, child)
    const spent = performance.now() - began
    if (then !== undefined) {
      const { status } = await fetch(url + then)
      if (status !== 200) throw new Error(`${then}: ${status}`)
    }
    await stopChild(child)
    return spent
  }
  const [measured, yardstick] = await interleaved(
    few(ROUNDS),
    () => start(['scripts/reckon.js', 'serve'], OF_THE_EXAMPLE),
    () => start([bare]),
  )
  const more = (measured - yardstick) / 1000
  return [
    {
      id: 'B10',
      work: 'start-up to the first answer, example imported',
      measured: `${round(measured / 1000)} s`,
      yardstick: `${round(yardstick / 1000)} s bare Hono`,
      ratio: round(measured / yardstick),
      goal: '≤ 0.7 s more',
      reached: more <= 0.7,
    },
  ]
}
