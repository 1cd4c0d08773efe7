import { expect, it } from 'vitest'
import { openDatabase } from '../../src/node/runtime.ts'
import { afterTest } from '../support/after-test.ts'
import { folder, freePort } from '../support/process.ts'
import { startSqld } from '../support/sqld.ts'

const LIMIT_KB = 64

async function server(...options: string[]) {
  const { url, program } = await startSqld(folder(), ...options)
  afterTest(() => program.stop('SIGKILL'))
  return url
}

async function opened(url: string) {
  const db = await openDatabase({ RECKONING_DATABASE_URL: url })
  afterTest(() => db.close())
  return db
}

const TEXTS = `WITH RECURSIVE row(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM row WHERE n < :last)
  SELECT n, hex(zeroblob(:bytes / 2)) AS text FROM row ORDER BY n`
const texts = (rows: number, bytes: number) => ({
  sql: TEXTS,
  args: { last: BigInt(rows - 1), bytes: BigInt(bytes) },
})

it('an answer larger than the server gives at once is read in pages, whole and in its order', async () => {
  const db = await opened(await server('--max-response-size', `${LIMIT_KB}KB`))
  for (const [rows, bytes] of [
    [5_000, 100],
    [1_024, 1_000],
    [7, 50_000],
    [1_025, 1],
  ] as const) {
    const answer = await db.read(texts(rows, bytes))
    expect(answer.map(({ n }) => n)).toEqual([...Array(rows).keys()])
    expect(new Set(answer.map(({ text }) => String(text).length))).toEqual(new Set([bytes - (bytes % 2)]))
  }
  const [few, many, none] = await db.readAll([
    texts(3, 10),
    texts(2_000, 1_000),
    { sql: 'SELECT 1 AS n WHERE :no = 1', args: { no: 0 } },
  ])
  expect([few?.length, many?.length, many?.at(-1)?.n, none]).toEqual([3, 2_000, 1_999, []])
  await expect(db.read(texts(2, 1_000 * LIMIT_KB * 2))).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('as large as this record'),
  })
})

it('a database that is closed where it is hosted says so, and is written again when it is open', async () => {
  const port = await freePort()
  const db = await opened(await server('--admin-listen-addr', `127.0.0.1:${port}`))
  const close = (changes: Record<string, unknown>) =>
    fetch(`http://127.0.0.1:${port}/v1/namespaces/default/config`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ block_reads: false, block_writes: false, ...changes }),
    })
  await db.write([{ sql: 'CREATE TABLE kept (n INTEGER) STRICT' }])
  const add = () => db.write([{ sql: 'INSERT INTO kept VALUES (1)' }])
  expect((await close({ block_writes: true, block_reason: 'the plan is used up' })).status).toBe(200)
  await expect(add()).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('closed where it is hosted'),
  })
  expect(db.trouble()?.message).toContain('the plan is used up')
  expect(await db.read({ sql: 'SELECT count(*) AS n FROM kept' })).toEqual([{ n: 0 }])
  await close({})
  await add()
  expect([db.trouble(), await db.read({ sql: 'SELECT count(*) AS n FROM kept' })]).toEqual([null, [{ n: 1 }]])
})

it('a token that the database refuses is told as one', async () => {
  const secret = Buffer.from('reckoning:secret').toString('base64')
  const db = await opened(await server('--http-auth', `basic:${secret}`))
  await expect(db.read({ sql: 'SELECT 1' })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('see to RECKONING_DATABASE_TOKEN'),
  })
})
