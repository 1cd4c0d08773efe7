import { createClient } from '@libsql/client/sqlite3'
import { describe, expect, it } from 'vitest'
import { overwritten, RESTORE, whole, wholeLedger } from './damaged-ledger.ts'

wholeLedger()

describe('a file that the engine itself finds damaged is told as that by every door:', () => {
  const PAGE = 4096
  /** Where the tree of a table begins. */
  const rootOf = async (table: string) => {
    const client = createClient({ url: `file:${whole}` })
    const found = await client.execute({
      sql: 'SELECT rootpage FROM sqlite_master WHERE name = :table',
      args: { table },
    })
    client.close()
    return (Number(found.rows[0]?.rootpage) - 1) * PAGE
  }
  const pageOf = async (table: string) => {
    const at = await rootOf(table)
    return (bytes: Buffer) => bytes.fill(0xff, at, at + PAGE)
  }

  it.each<[string, () => Promise<(bytes: Buffer) => void>, RegExp]>([
    ['its first bytes', async () => (bytes) => bytes.fill(0, 0, 16), /is no database: .* Restore/u],
    ['its list of tables', async () => (bytes) => bytes.fill(0xff, 100, 200), /is damaged: .* Restore/u],
    ['a page of the log', () => pageOf('entry'), /is damaged: .* Restore/u],
    ['the cut of its end', async () => (bytes) => bytes.fill(0, PAGE), /is damaged: .* Restore/u],
  ])('%s', async (_, change, says) => {
    const { run, ready, path } = overwritten(await change())
    const served = await ready()
    expect(served).toMatchObject({
      status: 503,
      page: 503,
      code: 'damaged',
      detail: expect.stringMatching(says),
      damage: served.detail,
    })
    for (const words of [['rebuild'], ['due'], ['backup', `${path}.backup`]])
      expect(await run(...words), words[0]).toMatchObject({ code: 1, stderr: expect.stringMatching(says) })
    for (const words of [['verify'], ['verify', path]]) {
      const { code, stdout, stderr } = await run(...words)
      expect(code).toBe(1)
      expect(stdout + stderr).toContain(RESTORE)
    }
  })

  it('a page that only a write meets: nothing more is written, and reading goes on', async () => {
    const { run, served } = overwritten(await pageOf('analyst_near_of'))
    const token = (await run('token', 'create', '--name', 'x', '--role', 'admin')).stdout
      .trim()
      .split(/\s/u)
      .at(-1)
    const server = await served()
    const ask = async (path: string, body?: object) => {
      const answer = await fetch(server.address + path, {
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      })
      return { status: answer.status, body: await answer.json() }
    }
    try {
      expect(server.damage).toBeNull()
      expect(await ask('/api/ready')).toMatchObject({ status: 200 })
      const refused = {
        status: 503,
        body: { code: 'damaged', detail: expect.stringMatching(/is damaged: .* Restore/u) },
      }
      expect(await ask('/api/analysts', { name: 'Bea' })).toMatchObject(refused)
      expect(await ask('/api/ready')).toMatchObject(refused)
      expect(await ask('/api/members', { name: 'Bea', role: 'reader' })).toMatchObject(refused)
      expect(await ask('/api/health')).toMatchObject({ status: 200 })
      expect(await ask('/api/ready')).toMatchObject(refused)
    } finally {
      await server.close()
    }
  })
})
