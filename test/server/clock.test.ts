import { join } from 'node:path'
import { expect, test } from 'vitest'
import { databaseAt } from '../support/database.ts'
import { folder } from '../support/process.ts'
import { serving } from '../support/serving.ts'

test('a new ledger is not founded by a clock that is before the build, and is by the next one', async () => {
  const settings = { RECKONING_DATABASE_URL: databaseAt(join(folder(), 'ledger.db')) }
  const wrong = await serving(settings, '1999-01-01T00:00:00.000Z')
  expect([wrong.link, wrong.doubt]).toEqual([null, expect.stringContaining('built on 2026-11-20')])
  expect(wrong.logged.find(({ event }) => event === 'clock')?.fields).toMatchObject({ doubt: 'before_build' })
  const ready = await wrong.get('/api/ready')
  expect([ready.status, JSON.parse(ready.text).code]).toEqual([503, 'clock'])
  expect((await wrong.get('/')).status).toBe(200)
  expect(JSON.parse((await wrong.get('/api/health')).text).ledger_size).toBe(0)
  await wrong.close()
  expect(wrong.logged.find(({ event }) => event === 'job-waits')?.fields).toMatchObject({ name: 'flag-due' })

  const right = await serving(settings, '2026-11-22T10:00:00.000Z')
  expect([right.link?.length, right.doubt]).toEqual([44, null])
  expect((await right.get('/api/ready')).status).toBe(200)
  await right.close()

  const again = await serving(settings, '2026-11-22T09:00:00.000Z')
  expect(again.doubt).toContain('the last entry of the ledger is of 2026-11-22T10:00:00')
  expect((await again.get('/')).status).toBe(200)
  await again.close()
})
