import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

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

export type Running = {
  url: string
  token: string
  folder: string
  child: ChildProcess
  stop: () => Promise<void>
}

/** Waits until the address answers, and says how long that took. */
export async function untilAnswers(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    try {
      const response = await fetch(url)
      await response.arrayBuffer()
      if (response.ok) return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
}

export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

/** Starts `reckon serve` on a database of its own, as a user would. */
export async function startReckoning(options: { folder?: string; import?: string } = {}): Promise<Running> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'reckoning-bench-'))
  const port = await freePort()
  const env = {
    ...process.env,
    PORT: String(port),
    RECKONING_DATABASE_URL: `file:${join(folder, 'reckoning.db')}`,
    RECKONING_IMPORT: options.import ?? '',
    RECKONING_RATE_LIMIT: '0',
    RECKONING_DAILY_ENTRIES: '0',
    RECKONING_DAILY_MB: '0',
  }
  const token = execFileSync(
    process.execPath,
    ['scripts/reckon.js', 'token', 'create', '--name', 'bench', '--role', 'admin'],
    { env, encoding: 'utf8' },
  ).trim()
  const child = spawn(process.execPath, ['scripts/reckon.js', 'serve'], { env, stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  await untilAnswers(`${url}/api/health`, child)
  return {
    url,
    token,
    folder,
    child,
    stop: async () => {
      await stopChild(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
