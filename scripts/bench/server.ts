import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { afterwards, folder } from './afterwards.ts'

const ANSWERS_WITHIN_MS = 120_000

/** A port that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

export type Running = { url: string; token: string; pid: number }

/** Waits until the address answers. */
export async function untilAnswers(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + ANSWERS_WITHIN_MS
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the server ended with ${child.exitCode ?? child.signalCode}`)
    try {
      const response = await fetch(url)
      await response.arrayBuffer()
      if (response.ok) return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  throw new Error(`${url} did not answer`)
}

export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

/** Starts `reckon serve` of a checkout on the ledger in a folder, as a user would. */
export async function startReckoning(place: string = folder(), checkout = '.'): Promise<Running> {
  const port = await freePort()
  const reckon = resolve(checkout, 'scripts/reckon.js')
  const env = {
    ...process.env,
    PORT: String(port),
    RECKONING_DATABASE_URL: `file:${join(place, 'reckoning.db')}`,
    RECKONING_IMPORT: '',
    RECKONING_RATE_LIMIT: '0',
    RECKONING_DAILY_ENTRIES: '0',
    RECKONING_DAILY_MB: '0',
  }
  const token = execFileSync(
    process.execPath,
    [reckon, 'token', 'create', '--name', 'bench', '--role', 'admin'],
    { env, encoding: 'utf8' },
  ).trim()
  const child = spawn(process.execPath, [reckon, 'serve'], { env, stdio: 'ignore' })
  afterwards(() => stopChild(child))
  const url = `http://127.0.0.1:${port}`
  await untilAnswers(`${url}/api/health`, child)
  return { url, token, pid: child.pid as number }
}
