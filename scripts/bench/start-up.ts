import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { interleaved, type Result, round, timed } from './measure.ts'
import { freePort, stopChild, untilAnswers } from './server.ts'

const ROUNDS = 5

/** B10: from nothing to the first answer, empty database, example imported, against a bare Hono. */
export async function startUp(): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'reckoning-start-'))
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
  const start = async (args: string[]) => {
    const port = await freePort()
    const env = {
      ...process.env,
      PORT: String(port),
      RECKONING_DATABASE_URL: `file:${join(folder, `${run++}.db`)}`,
    }
    let child: ReturnType<typeof spawn> | undefined
    const spent = await timed(async () => {
      child = spawn(process.execPath, args, { env, stdio: 'ignore' })
      await untilAnswers(`http://127.0.0.1:${port}/api/health`, child)
    })
    if (child !== undefined) await stopChild(child)
    return spent
  }
  const [measured, yardstick] = await interleaved(
    ROUNDS,
    () => start(['scripts/reckon.js', 'serve']),
    () => start([bare]),
  )
  rmSync(folder, { recursive: true, force: true })
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
