import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { serve } from '../../src/node/server.ts'
import { folder } from '../support/process.ts'

/** A real server with a clock of its own, on a new ledger in this folder. */
async function serving(cwd: string, now: string) {
  const logged: { event: string; fields: Record<string, unknown> | undefined }[] = []
  const server = await serve({
    config: readConfig({
      PORT: '0',
      RECKONING_DATABASE_URL: `file:${join(cwd, 'ledger.db')}`,
      RECKONING_IMPORT: '',
    }),
    now: () => new Date(now),
    elapsed: () => 0,
    built: '2026-11-20',
    log: (_, event, fields) => logged.push({ event, fields }),
    reader: null,
    unheard: () => null,
  })
  const get = async (path: string) => {
    const response = await fetch(server.address + path)
    return { status: response.status, text: await response.text() }
  }
  return { ...server, logged, get }
}

test('a new ledger is not founded by a clock that is before the build, and is by the next one', async () => {
  const cwd = folder()
  const wrong = await serving(cwd, '1999-01-01T00:00:00.000Z')
  expect([wrong.link, wrong.doubt]).toEqual([null, expect.stringContaining('built on 2026-11-20')])
  expect(wrong.logged.find(({ event }) => event === 'clock')?.fields).toMatchObject({ doubt: 'before_build' })
  const ready = await wrong.get('/api/ready')
  expect([ready.status, JSON.parse(ready.text).code]).toEqual([503, 'clock'])
  expect((await wrong.get('/')).status).toBe(200)
  expect(JSON.parse((await wrong.get('/api/health')).text).ledger_size).toBe(0)
  await wrong.close()
  expect(wrong.logged.find(({ event }) => event === 'job-waits')?.fields).toMatchObject({ name: 'flag-due' })

  const right = await serving(cwd, '2026-11-22T10:00:00.000Z')
  expect([right.link?.length, right.doubt]).toEqual([44, null])
  expect((await right.get('/api/ready')).status).toBe(200)
  await right.close()

  const again = await serving(cwd, '2026-11-22T09:00:00.000Z')
  expect(again.doubt).toContain('the last entry of the ledger is of 2026-11-22T10:00:00')
  expect((await again.get('/')).status).toBe(200)
  await again.close()
})
