import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterTest } from './after-test.ts'
import { databaseAt, isRemote } from './database.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const launcher = join(root, 'scripts', 'reckon.js')

const EXIT_WITHIN_MS = 20_000

export type Program = {
  child: ChildProcess
  stdout: () => string
  stderr: () => string
  /** Ends it with a signal and waits until it is gone; answers its exit code. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>
  /** Waits until it ends by itself. */
  ended: Promise<number | null>
}

/** The environment of a program under test: none of the settings of whoever runs the suite. */
export const environment = (settings: Record<string, string> = {}): NodeJS.ProcessEnv => {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(RECKONING_|PORT$|HOST$|NO_COLOR$|FORCE_COLOR$|COLUMNS$|NODE_OPTIONS$|VITEST)/u.test(name),
  )
  return { ...Object.fromEntries(kept), ...settings }
}

/** Starts a program of our own; whoever starts it ends it. */
export function start(
  command: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; stdio?: 'pipe'[] } = {},
): Program {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? environment(),
    stdio: options.stdio ?? ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk))
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk))
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return {
    child,
    ended,
    stdout: () => out,
    stderr: () => err,
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      const hard = setTimeout(() => child.kill('SIGKILL'), EXIT_WITHIN_MS)
      const code = await ended
      clearTimeout(hard)
      return code
    },
  }
}

/** Runs the command of the project to its end; without settings on the ledger that it makes in its folder. */
export async function reckon(args: string[], options: { cwd: string; settings?: Record<string, string> }) {
  const program = start(process.execPath, [launcher, ...args], {
    cwd: options.cwd,
    env: environment({ ...remoteIn(options.cwd), ...options.settings }),
  })
  const code = await program.ended
  return { code, stdout: program.stdout(), stderr: program.stderr() }
}

const remoteIn = (cwd: string): Record<string, string> =>
  isRemote() ? { RECKONING_DATABASE_URL: databaseAt(join(cwd, 'data', 'reckoning.db')) } : {}

/** Asks again and again, 20 ms apart, until there is an answer. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  withinMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== null && answer !== undefined && answer !== false) return answer
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** A port that was free a moment ago, chosen by the operating system. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

/** A folder that goes after the test. */
export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'reckoning-'))
  afterTest(() => rmSync(made, { recursive: true, force: true }))
  return made
}
