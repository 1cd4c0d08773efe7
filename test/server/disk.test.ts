import { chmodSync, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { environment, folder, launcher, reckon, start, until } from '../support/process.ts'

const settingsIn = (cwd: string, changes: Record<string, string> = {}) => ({
  PORT: '0',
  RECKONING_DATABASE_URL: `file:${join(cwd, 'new', 'ledger.db')}`,
  RECKONING_IMPORT: '',
  ...changes,
})

/** The program as a shell with these words starts it. */
const underShell = (cwd: string, shell: string, args: string[]) =>
  start('sh', ['-c', shell, 'sh', process.execPath, launcher, ...args], {
    cwd,
    env: environment(settingsIn(cwd)),
  })

const permissions = (path: string) => (statSync(path).mode & 0o777).toString(8)

it('keeps a ledger, what stands beside it and its backups to their owner, under any umask', async () => {
  const cwd = folder()
  const server = underShell(cwd, 'umask 000; exec "$@"', ['serve'])
  const [, address] = await until('the address', () => /Reckoning is at (\S+)\n/u.exec(server.stdout()))
  const ledger = join(cwd, 'new', 'ledger.db')
  expect((await fetch(`${address}/api/ready`)).status).toBe(200)
  for (const end of ['', '-wal', '-shm', '-lock']) expect(permissions(ledger + end), end).toBe('600')
  expect(permissions(join(cwd, 'new'))).toBe('700')
  expect(await server.stop()).toBe(0)

  const copy = join(cwd, 'copies', 'one.db')
  expect(await underShell(cwd, 'umask 000; exec "$@"', ['backup', copy]).ended).toBe(0)
  expect([permissions(copy), permissions(join(cwd, 'copies'))]).toEqual(['600', '700'])

  chmodSync(ledger, 0o644)
  expect((await reckon(['due'], { cwd, settings: settingsIn(cwd) })).code).toBe(0)
  expect(permissions(ledger)).toBe('600')
})

it('names its engine, and whether that can lose pages, on /api/ready and in a verification', async () => {
  const cwd = folder()
  const server = underShell(cwd, 'exec "$@"', ['serve'])
  const [, address] = await until('the address', () => /Reckoning is at (\S+)\n/u.exec(server.stdout()))
  const ready = (await (await fetch(`${address}/api/ready`)).json()) as { engine: Record<string, unknown> }
  const engine = {
    sqlite: expect.stringMatching(/^3\.\d+\.\d+$/u),
    driver: expect.stringMatching(/^libsql \d+\.\d+\.\d+/u),
    wal_reset_bug: true,
  }
  expect(ready).toEqual({ status: 'ready', four_eyes: 'auto', notes: [], engine })
  const verified = await reckon(['verify', '--json'], { cwd, settings: settingsIn(cwd) })
  expect(JSON.parse(verified.stdout)).toMatchObject({ findings: [], engine })
  expect(await server.stop()).toBe(0)
})

it.skipIf(!existsSync('/dev/full'))(
  'says that its output was lost on a full disk, and ends with 1',
  async () => {
    const cwd = folder()
    const version = underShell(cwd, 'exec "$@" >/dev/full', ['--version'])
    expect(await version.ended).toBe(1)
    expect(version.stderr()).toMatch(
      /^reckon: what was to be printed could not be written: .*ENOSPC[^\n]*\n$/u,
    )
  },
)

it('ends with what it found, also where nobody reads the whole of it', async () => {
  const cwd = folder()
  const unread = underShell(cwd, 'exec "$@"', ['verify', '--json'])
  unread.child.stdout?.destroy()
  expect(await unread.ended).toBe(1)
})
