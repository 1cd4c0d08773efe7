import { strict as assert } from 'node:assert'
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createClient } from '@libsql/client/sqlite3'

const LAUNCHER = 'scripts/reckon.js'
const WITHIN_MS = 30_000

/** Where the ledger of a fault is. */
export const ledgerIn = (folder: string): string => join(folder, 'reckoning.db')

export const settingsFor = (folder: string, database = `file:${ledgerIn(folder)}`): NodeJS.ProcessEnv => ({
  ...process.env,
  PORT: '0',
  HOST: '127.0.0.1',
  RECKONING_DATABASE_URL: database,
  RECKONING_IMPORT: '',
  RECKONING_RATE_LIMIT: '0',
  RECKONING_DAILY_ENTRIES: '0',
  RECKONING_DAILY_MB: '0',
})

type Started = {
  child: ChildProcess
  said: () => string
  complained: () => string
  ended: Promise<number | null>
}

function start(command: string, args: string[], options: SpawnOptions): Started {
  const child = spawn(command, args, options)
  let [said, complained] = ['', '']
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk))
  child.stderr?.on('data', (chunk: Buffer) => (complained += chunk))
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return { child, ended, said: () => said, complained: () => complained }
}

export type Ran = { code: number | null; stdout: string; stderr: string }

/** Runs the command to its end; the ledger is in the folder, or in a database elsewhere. */
export const reckon = (folder: string, ...args: string[]): Promise<Ran> => reckonOn(settingsFor(folder), args)

export async function reckonOn(env: NodeJS.ProcessEnv, args: string[], user?: number): Promise<Ran> {
  const { ended, said, complained } = start(process.execPath, [LAUNCHER, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...asUser(user),
  })
  const code = await ended
  return { code, stdout: said(), stderr: complained() }
}

const asUser = (user: number | undefined) => (user === undefined ? {} : { uid: user, gid: user })

export async function tokenFor(folder: string, database?: string): Promise<string> {
  const words = ['token', 'create', '--name', 'fault', '--role', 'admin']
  const { code, stdout, stderr } = await reckonOn(settingsFor(folder, database), words)
  assert.equal(code, 0, stderr)
  return stdout.trim()
}

export type Server = Started & {
  address: string
  pid: number
  /** Ends it and waits until it is gone. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

export type ServerOptions = {
  /** A shell's words before the program, such as a limit; it must `exec "$@"`. */
  shell?: string
  /** Nobody reads its log from the beginning. */
  unread?: boolean
  /** The address of a database that is no file of the folder. */
  database?: string
  /** Who runs it, by number: somebody else than this program, which then must be root. */
  user?: number | undefined
}

/** A real server; whoever starts it stops it. */
export async function serve(folder: string, options: ServerOptions = {}): Promise<Server> {
  const { shell, unread = false, database, user } = options
  const words = [process.execPath, LAUNCHER, 'serve']
  const [command = '', ...args] = shell === undefined ? words : ['sh', '-c', shell, 'sh', ...words]
  const started = start(command, args, {
    env: settingsFor(folder, database),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...asUser(user),
  })
  const { child, ended, said, complained } = started
  if (unread) child.stderr?.destroy()
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    return ended
  }
  try {
    const address = await until('its address', () => {
      assert.equal(child.exitCode, null, `it ended: ${complained()}`)
      return /Reckoning is at (\S+)\n/u.exec(said())?.[1]
    })
    return { ...started, address, pid: child.pid as number, stop }
  } catch (error) {
    await stop('SIGKILL')
    throw error
  }
}

/** Asks again and again until there is an answer. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
): Promise<T> {
  const deadline = performance.now() + WITHIN_MS
  for (;;) {
    const answer = await look()
    if (answer !== null && answer !== undefined && answer !== false) return answer
    if (performance.now() > deadline) throw new Error(`not within ${WITHIN_MS} ms: ${what}`)
    await wait(20)
  }
}

export type Answer = { status: number; body: Record<string, unknown> }

/** What the server answers; status 0 where there was no answer. */
export async function ask(address: string, path: string, init: RequestInit = {}): Promise<Answer> {
  try {
    const response = await fetch(address + path, init)
    const text = await response.text()
    const isJson = (response.headers.get('content-type') ?? '').includes('json')
    return { status: response.status, body: isJson ? JSON.parse(text) : { text } }
  } catch {
    return { status: 0, body: {} }
  }
}

export const send = (
  address: string,
  token: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  ask(address, path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

/** A forecast that no other call records. */
export const forecast = (name: string, quote = `it was said that ${name} happens`) => ({
  analyst: { name: 'Ada Invented' },
  source: { title: `Interview about ${name}`, type: 'interview', published: '2026-01-15' },
  quote,
  question: {
    title: `Event ${name} happens`,
    criteria: 'It is reported.',
    deadline: { date: '2099-12-31', time_zone: 'UTC' },
  },
  probability: 0.3,
})

export const record = (address: string, token: string, name: string, quote?: string): Promise<Answer> =>
  send(address, token, '/api/forecasts', forecast(name, quote))

/** The same under a key of its own: however often it is sent, it is recorded once. */
export const recordOnce = (address: string, token: string, name: string): Promise<Answer> =>
  send(address, token, '/api/forecasts', forecast(name), { 'idempotency-key': name })

/** The id under which a 201 says that it was recorded. */
export const idOf = ({ body }: Answer): string => (body.record as { id: string }).id

/** Every forecast that was acknowledged stands in the ledger that this server reads. */
export async function assertRecorded(address: string, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    assert.equal((await ask(address, `/api/forecasts/${id}`)).status, 200, `${id} is lost`)
}

/** Nothing was changed, and no page of the file is damaged. */
export async function assertSound(folder: string): Promise<void> {
  const verified = await reckon(folder, 'verify')
  assert.equal(verified.code, 0, verified.stdout + verified.stderr)
  assert.deepEqual(await damage(folder), ['ok'])
}

/** What SQLite finds wrong with the file. */
export const damage = async (folder: string): Promise<string[]> =>
  (await rows(folder, 'PRAGMA integrity_check')).map((row) => String(row.integrity_check))

/** Asks a copy of the ledger: the original stays untouched, and no lock of its programs is met. */
export async function rows(folder: string, sql: string): Promise<Record<string, unknown>[]> {
  const aside = mkdtempSync(join(tmpdir(), 'reckoning-copy-'))
  const copy = join(aside, 'copy.db')
  for (const end of ['', '-wal'])
    if (existsSync(ledgerIn(folder) + end)) copyFileSync(ledgerIn(folder) + end, copy + end)
  const client = createClient({ url: `file:${copy}`, concurrency: 1 })
  try {
    return (await client.execute(sql)).rows as unknown as Record<string, unknown>[]
  } finally {
    client.close()
    rmSync(aside, { recursive: true })
  }
}
