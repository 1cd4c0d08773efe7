import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client/sqlite3'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fileConnection } from '../../src/node/file-connection.ts'
import { writingThread } from '../../src/node/writing-thread.ts'
import type { Connection } from '../../src/store/database.ts'

const MADE = 'CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT NOT NULL, bytes BLOB, share REAL) STRICT'
const INSERT = 'INSERT INTO t (id, word, bytes, share) VALUES (:id, :word, unhex(:bytes), :share)'
const row = (id: number, word: string | null = 'a word') => ({
  sql: INSERT,
  args: { id, word, bytes: 'c0ffee', share: 0.5 },
})

/** What was thrown, by its code. */
const thrown = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  )

const built = join('node_modules', '.cache', `writer-${process.pid}.js`)
const thread = pathToFileURL(built)
beforeAll(async () => {
  await build({
    entryPoints: ['src/node/writer.ts'],
    outfile: built,
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['libsql'],
  })
})
afterAll(() => rmSync(built, { force: true }))

const DRIVERS: Record<string, (path: string) => Connection> = {
  'our connection': (path) => fileConnection(path),
  'our connection in a thread of its own': (path) =>
    writingThread(thread, { path, timeout: 0 }, (error) => {
      throw error
    }),
  '@libsql/client': (path) => createClient({ url: `file:${path}`, concurrency: 1 }),
}

describe.each(Object.entries(DRIVERS))('%s', (_, open) => {
  let folder: string
  let path: string
  const opened: Connection[] = []
  const connect = (): Connection => {
    const connection = open(path)
    opened.push(connection)
    return connection
  }
  let one: Connection
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'reckoning-'))
    path = join(folder, 'a.db')
    one = connect()
    await one.execute('PRAGMA journal_mode = WAL')
    await one.execute(MADE)
  })
  afterEach(async () => {
    for (const connection of opened.splice(0)) await connection.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('gives rows by name: numbers, texts, nothing, and bytes as an ArrayBuffer', async () => {
    await one.execute(row(1))
    const { rows } = await one.execute('SELECT id, word, bytes, share, NULL AS missing FROM t')
    expect({ ...rows[0] }).toEqual({
      id: 1,
      word: 'a word',
      bytes: new Uint8Array([0xc0, 0xff, 0xee]).buffer,
      share: 0.5,
      missing: null,
    })
  })

  it.each([0, 1, 99, 100, 101, 1000])('gives all of %i rows, and again', async (n) => {
    await one.batch(
      Array.from({ length: n }, (_, id) => row(id)),
      'write',
    )
    for (let time = 0; time < 2; time++)
      expect((await one.execute('SELECT id FROM t ORDER BY id')).rows.map(({ id }) => id)).toEqual([
        ...Array(n).keys(),
      ])
  })

  it('takes whole numbers beyond what a double holds', async () => {
    const { rows } = await one.execute({
      sql: 'SELECT typeof(:n) AS type, :n - 1 = 9007199254740992 AS is_whole',
      args: { n: 9007199254740993n },
    })
    expect({ ...rows[0] }).toEqual({ type: 'integer', is_whole: 1 })
  })

  it('undoes a batch of which one statement is refused, says why, and goes on with the same statements', async () => {
    for (let time = 0; time < 3; time++) {
      expect(await thrown(one.batch([row(1), row(2, null)], 'write'))).toBe('SQLITE_CONSTRAINT')
      expect((await one.execute('SELECT count(*) AS n FROM t')).rows[0]?.n).toBe(0)
    }
    await one.batch([row(1), row(2)], 'write')
    expect(await thrown(one.execute(row(2)))).toBe('SQLITE_CONSTRAINT')
    await one.execute(row(3))
    expect((await one.execute('SELECT count(*) AS n FROM t')).rows[0]?.n).toBe(3)
  })

  it('says what is wrong with a statement, and of a trigger its own words', async () => {
    expect(await thrown(one.execute('SELECT * FROM nowhere'))).toBe('SQLITE_ERROR')
    await one.execute(
      "CREATE TRIGGER never BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 't is append-only'); END",
    )
    await one.execute(row(1))
    await expect(one.execute('DELETE FROM t')).rejects.toThrow(/^SQLITE_CONSTRAINT: .*t is append-only/u)
  })

  it('is busy while another one writes, and after it has reconnected it is not', async () => {
    const other = connect()
    const held = await other.transaction('write')
    await held.execute(row(1))
    expect(await thrown(one.batch([row(2)], 'write'))).toBe('SQLITE_BUSY')
    expect((await one.execute('SELECT count(*) AS n FROM t')).rows[0]?.n).toBe(0)
    await held.rollback()
    one.reconnect()
    await one.batch([row(2)], 'write')
    expect((await other.execute('SELECT id FROM t')).rows.map(({ id }) => id)).toEqual([2])
  })

  it('reads one moment in a transaction, whatever others write', async () => {
    const other = connect()
    const moment = await other.transaction('read')
    expect((await moment.execute('SELECT count(*) AS n FROM t')).rows[0]?.n).toBe(0)
    await one.execute(row(1))
    expect((await moment.execute('SELECT count(*) AS n FROM t')).rows[0]?.n).toBe(0)
    moment.close()
    expect((await other.execute('SELECT count(*) AS n FROM t')).rows[0]?.n).toBe(1)
  })

  it('can write the file anew after any statement', async () => {
    await one.batch([row(1), row(2)], 'write')
    await one.execute('SELECT * FROM t')
    await one.execute('SELECT * FROM t LIMIT 1')
    await one.execute('DELETE FROM t WHERE id = 1')
    await one.execute('VACUUM')
    expect((await one.execute('SELECT count(*) AS n FROM t')).rows[0]?.n).toBe(1)
  })

  it('answers nothing after it was closed', async () => {
    await one.close()
    expect(await thrown(one.execute('SELECT 1'))).toBe('CLIENT_CLOSED')
  })

  it('does what it is asked in that order, however many ask at once', async () => {
    const asked = Array.from({ length: 50 }, (_, id) =>
      one.batch([row(id), 'SELECT max(id) AS last FROM t'], 'write'),
    )
    const last = (await Promise.all(asked)).map(([, { rows } = { rows: [] }]) => rows[0]?.last)
    expect(last).toEqual([...Array(50).keys()])
  })
})

it('a thread that is lost leaves nobody waiting, and the next one who asks has another', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reckoning-'))
  const path = join(folder, 'a.db')
  const reported: unknown[] = []
  const dying = join('node_modules', '.cache', `dying-writer-${process.pid}.js`)
  const gone = join(folder, 'gone')
  writeFileSync(
    dying,
    `import { existsSync, writeFileSync } from 'node:fs'
     import { parentPort } from 'node:worker_threads'
     if (existsSync(${JSON.stringify(gone)})) await import(${JSON.stringify(thread.href)})
     else parentPort.on('message', () => { writeFileSync(${JSON.stringify(gone)}, ''); throw new Error('lost') })`,
  )
  const connection = writingThread(pathToFileURL(dying), { path, timeout: 0 }, (error) =>
    reported.push(error),
  )
  const asked = [connection.execute(MADE), connection.execute(MADE)]
  for (const answer of await Promise.allSettled(asked))
    expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } })
  expect(reported).toMatchObject([{ message: 'lost' }])
  await connection.execute(MADE)
  await connection.execute(row(1))
  await connection.close()
  const after = fileConnection(path)
  expect((await after.execute('SELECT id FROM t')).rows).toEqual([{ id: 1 }])
  after.close()
  rmSync(folder, { recursive: true, force: true })
  rmSync(dying)
})

// The driver of `@libsql/client` gives the first row after such a change under the old names alone.
it('sees a table that another one has changed since the statement was first asked', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reckoning-'))
  const [one, other] = [fileConnection(join(folder, 'a.db')), fileConnection(join(folder, 'a.db'))]
  await one.execute(MADE)
  await one.execute(row(1))
  expect(Object.keys((await other.execute('SELECT * FROM t')).rows[0] ?? {})).toHaveLength(4)
  await one.execute('ALTER TABLE t ADD COLUMN more TEXT')
  expect((await other.execute('SELECT * FROM t')).rows[0]).toMatchObject({ id: 1, more: null })
  for (const connection of [one, other]) connection.close()
  rmSync(folder, { recursive: true, force: true })
})

it('keeps ready no more statements than a server asks again and again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reckoning-'))
  const connection = fileConnection(join(folder, 'a.db'))
  for (let n = 0; n < 2_000; n++) expect((await connection.execute(`SELECT ${n} AS n`)).rows).toEqual([{ n }])
  expect((await connection.execute('SELECT 0 AS n')).rows).toEqual([{ n: 0 }])
  connection.close()
  rmSync(folder, { recursive: true, force: true })
})
