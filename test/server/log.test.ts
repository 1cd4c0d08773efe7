import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseCheckpoint } from '../../src/log/checkpoint.ts'
import { commandOn } from '../support/command.ts'
import { environment, folder, launcher, reckon, start, until } from '../support/process.ts'
import { serving } from '../support/serving.ts'

const NOW = '2026-11-22T10:00:00.000Z'

/** A ledger in a folder, with a token, and a server that can be started on it again and again. */
async function place() {
  const cwd = folder()
  const database = join(cwd, 'ledger.db')
  const settings = { PORT: '0', RECKONING_DATABASE_URL: `file:${database}`, RECKONING_IMPORT: '' }
  const run = commandOn(settings, () => new Date(NOW))
  const token = (await run('token', 'create', '--name', 'one', '--role', 'admin')).stdout.trim()
  const served = async () => {
    const server = await serving(settings, NOW)
    const post = async (name: string) => {
      const response = await fetch(`${server.address}/api/analysts`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name }),
      })
      return { status: response.status, json: await response.json() }
    }
    return { ...server, post }
  }
  return { cwd, database, settings, run, serving: served }
}

test('what is recorded has its receipt soon after the answer, which waited for none', async () => {
  const { serving } = await place()
  const server = await serving()
  try {
    const { status, json } = await server.post('Anna Petrosyan')
    expect([status, json.receipt]).toEqual([201, `/api/log/entries/${json.seq}/receipt`])
    const receipt = await until('the receipt', async () => {
      const answer = await server.get(json.receipt)
      return answer.status === 200 ? answer.text : null
    })
    expect(receipt).toContain(`c2sp.org/tlog-proof@v1\nindex ${json.seq}\n`)
    const ready = await server.get('/api/ready')
    expect([ready.status, JSON.parse(ready.text).notes]).toEqual([200, []])
  } finally {
    await server.close()
  }
})

test('a server on an older copy of the ledger reads only, says why, and records again once the loss is accepted', async () => {
  const { cwd, database, run, serving } = await place()
  await run('backup', join(cwd, 'older.db'))
  await run('token', 'create', '--name', 'two', '--role', 'reader')
  for (const end of ['', '-wal', '-shm', '-lock']) rmSync(database + end, { force: true })
  copyFileSync(join(cwd, 'older.db'), database)
  const server = await serving()
  try {
    expect(server.logged.find(({ event }) => event === 'log-rolled-back')).toBeDefined()
    const refused = await server.post('Anna Petrosyan')
    expect([refused.status, refused.json.code]).toEqual([503, 'log_rolled_back'])
    expect((await server.get('/')).status).toBe(200)
    expect((await server.get('/api/forecasts')).status).toBe(200)
    const ready = await server.get('/api/ready')
    expect([ready.status, JSON.parse(ready.text).code]).toEqual([503, 'log_rolled_back'])
  } finally {
    await server.close()
  }
  expect(await run('rebuild', '--accept-loss', 'The disk failed.')).toMatchObject({ code: 0 })
  const again = await serving()
  try {
    expect((await again.post('Anna Petrosyan')).status).toBe(201)
  } finally {
    await again.close()
  }
})

test('a new ledger is not founded where another was published', async () => {
  const { database, serving } = await place()
  for (const end of ['', '-wal', '-shm', '-lock']) rmSync(database + end, { force: true })
  const server = await serving()
  try {
    expect(server.link).toBeNull()
    expect((await server.get('/api/health')).text).toContain('"ledger_size":0')
    expect(JSON.parse((await server.get('/api/ready')).text).code).toBe('log_rolled_back')
  } finally {
    await server.close()
  }
  rmSync(`${database}.checkpoint`)
  const again = await serving()
  expect(again.link).not.toBeNull()
  await again.close()
})

test('two programs that sign the same log at once leave one line of checkpoints', async () => {
  const { cwd, database, settings } = await place()
  const server = start(process.execPath, [launcher, 'serve'], { cwd, env: environment(settings) })
  try {
    await until('the address', () => /Reckoning is at (\S+)/u.exec(server.stdout()))
    const made = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) =>
        reckon(['token', 'create', '--name', name, '--role', 'reader'], { cwd, settings }),
      ),
    )
    expect(made.map(({ code, stderr }) => [code, stderr])).toEqual(made.map(() => [0, '']))
  } finally {
    await server.stop()
  }
  const verified = await reckon(['verify'], { cwd, settings })
  expect(verified.code).toBe(0)
  const exported = await reckon(['log', 'export', 'published', '--json'], { cwd, settings })
  const { size } = parseCheckpoint(readFileSync(`${database}.checkpoint`, 'utf8')) ?? { size: 0 }
  expect(JSON.parse(exported.stdout).entries).toBe(size)
})
