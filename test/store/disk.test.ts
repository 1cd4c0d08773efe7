import { copyFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { type Client, createClient, type InStatement, LibsqlError } from '@libsql/client'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { problemOf } from '../../src/http/problem.ts'
import { heldPlace } from '../../src/node/ledger-file.ts'
import { backUp, openDatabase } from '../../src/node/runtime.ts'
import { fileDatabase, remoteDatabase } from '../../src/store/database.ts'
import { hasWalResetBug } from '../../src/store/engine.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'

/** The face of a ledger that knows of its disk, as a server's does. */
async function opened() {
  const held = await testLedger()
  const { db } = held.ledger
  held.host.condition = () => ({ fault: db.trouble(), notes: [] })
  const app = createApp(held.host)
  const send = async (path: string, init?: RequestInit) => {
    const response = await app.request(path, init)
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  return {
    ...held,
    ready: () => send('/api/ready'),
    read: () => send('/api/health'),
    write: (name: string) =>
      send('/api/analysts', {
        method: 'POST',
        headers: { authorization: `Bearer ${held.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name }),
      }),
  }
}
type Opened = Awaited<ReturnType<typeof opened>>

async function expectRefused({ read, write, ready }: Opened, reason: RegExp) {
  const refused = { status: 503, body: { code: 'unavailable', detail: expect.stringMatching(reason) } }
  expect(await write('Nobody')).toMatchObject(refused)
  expect(await ready()).toMatchObject(refused)
  expect((await read()).status).toBe(200)
}

const away = ({ path }: Pick<TestLedger, 'path'>) => `${path}.away`

describe('a write is acknowledged only where it can be found again', () => {
  it('not in a file that was removed, until it is back under its name', async () => {
    const held = await opened()
    renameSync(held.path, away(held))
    await expectRefused(held, /ledger\.db was removed or renamed .* nothing is recorded/u)
    renameSync(away(held), held.path)
    expect(await held.write('Ada')).toMatchObject({ status: 201 })
    expect(await held.ready()).toMatchObject({ status: 200 })
  })

  it('not in a file whose place another one has taken, beside which the log of the first is not left', async () => {
    const held = await opened()
    expect((await held.write('Ada')).status).toBe(201)
    await backUp(`file:${held.path}`, away(held))
    expect((await held.write('Bea')).status).toBe(201)
    renameSync(held.path, `${held.path}.first`)
    renameSync(away(held), held.path)
    await expectRefused(held, /Another file has taken the place of ledger\.db/u)
    await held.ledger.db.tend()
    expect(statSync(`${held.path}-wal`, { throwIfNoEntry: false })).toBeUndefined()

    // The first file holds all that was acknowledged, without its log.
    const first = await openDatabase({ RECKONING_DATABASE_URL: `file:${held.path}.first` })
    const names = await first.read({ sql: "SELECT record ->> '$.name' AS name FROM analyst ORDER BY name" })
    await first.close()
    expect(names.map(({ name }) => name)).toEqual(['Ada', 'Bea'])
  })

  it('not in a file that another program has written into', async () => {
    const held = await opened()
    await held.ledger.db.tend()
    utimesSync(held.path, 1, 1)
    await expectRefused(held, /Another program has written into ledger\.db itself/u)
  })

  it.each(['-wal', '-shm'])('not without the %s that belongs to the file', async (end) => {
    const held = await opened()
    rmSync(held.path + end)
    held.spoil()
    await expectRefused(held, new RegExp(`ledger\\.db${end} was removed`, 'u'))
  })
})

describe('the log of the engine is copied into the file', () => {
  const fill = async ({ db }: TestLedger['ledger'], times: number) => {
    for (let i = 0; i < times; i++)
      await db.write([
        { sql: 'CREATE TABLE IF NOT EXISTS filling (text TEXT) STRICT' },
        { sql: 'INSERT INTO filling VALUES (hex(randomblob(500000)))' },
      ])
    await db.write([{ sql: 'DROP TABLE filling' }])
  }
  const bytes = ({ path }: TestLedger) => statSync(`${path}-wal`).size

  it('by the one program that does so, whichever writes, and does not grow without end', async () => {
    const held = await testLedger()
    await held.ledger.db.tend()
    const other = await openDatabase({ RECKONING_DATABASE_URL: held.url })
    const before = statSync(held.path).mtimeMs
    await fill({ ...held.ledger, db: other }, 20)
    await other.tend()
    // The other one leaves it alone, at its end too.
    expect(bytes(held)).toBeGreaterThan(20_000_000)
    await other.close()
    expect(statSync(held.path).mtimeMs).toBe(before)

    await held.ledger.db.tend()
    await fill(held.ledger, 1)
    expect(bytes(held)).toBeLessThan(17_500_000)
  })

  it('by the next program when that one has ended', async () => {
    const held = await testLedger()
    const other = await openDatabase({ RECKONING_DATABASE_URL: held.url })
    await other.tend()
    await fill(held.ledger, 20)
    const before = statSync(held.path).mtimeMs
    await other.close()
    await held.ledger.db.tend()
    expect(statSync(held.path).mtimeMs).toBeGreaterThan(before)
  })

  it('while nobody can write, because a log that is begun anew under the copying loses pages', async () => {
    const held = await testLedger()
    const connect = () => createClient({ url: `file:${held.path}`, concurrency: 1 })
    const [writer, reader, keeper, neighbour] = [connect(), connect(), connect(), connect()]
    await keeper.execute('SELECT 1 FROM sqlite_master')
    const met: unknown[] = []
    const copying = keeper.execute.bind(keeper) as Client['execute']
    keeper.execute = (async (statement: InStatement) => {
      met.push(
        await neighbour.execute('UPDATE projection SET version = version').catch((error) => error.code),
      )
      return copying(statement)
    }) as Client['execute']
    const place = heldPlace(held.path)
    const db = fileDatabase({ writer, reader, keeper }, place, async () => {})
    await fill({ ...held.ledger, db }, 40)
    await db.close()
    neighbour.close()
    expect(met.length).toBeGreaterThan(1)
    expect(new Set(met)).toEqual(new Set(['SQLITE_BUSY']))
  })

  it('wholly, when a program ends that is alone', async () => {
    const held = await testLedger()
    await fill(held.ledger, 1)
    held.spoil()
    await held.ledger.db.close()
    copyFileSync(held.path, away(held))
    const copy = await openDatabase({ RECKONING_DATABASE_URL: `file:${away(held)}` })
    expect(await copy.read({ sql: 'PRAGMA integrity_check' })).toMatchObject([{ integrity_check: 'ok' }])
    expect(await copy.read({ sql: 'SELECT count(*) AS n FROM entry' })).not.toMatchObject([{ n: 0 }])
    await copy.close()
  })
})

it.each([
  ['SQLITE_FULL', 'database or disk is full', /is full: nothing is recorded until there is room/u],
  ['UNKNOWN', 'SQLite error: database or disk is full', /is full: nothing is recorded/u],
  ['SQLITE_IOERR', 'disk I/O error', /disk of the ledger fails/u],
  ['SQLITE_READONLY', 'attempt to write a readonly database', /can only be read/u],
  ['SQLITE_CORRUPT', 'database disk image is malformed', /is damaged/u],
  ['SQLITE_NOTADB', 'file is not a database', /is no database/u],
  ['SQLITE_CANTOPEN', 'unable to open database file', /cannot be opened/u],
])('%s (%s) is answered with 503 and the reason, of a server far away too', async (code, message, says) => {
  const fail = () => Promise.reject(new LibsqlError(message, code))
  const db = remoteDatabase({ execute: fail, batch: fail } as unknown as Client, async () => {})
  for (const attempt of [db.read({ sql: 'SELECT 1' }), db.write([{ sql: 'SELECT 1' }])]) {
    const problem = problemOf(await attempt.catch((error: unknown) => error))
    const expected = /CORRUPT|NOTADB/u.test(code) ? 'damaged' : 'unavailable'
    expect(problem).toMatchObject({ status: 503, code: expected, detail: expect.stringMatching(says) })
  }
  expect(db.trouble()?.message).toMatch(says)
})

it('knows which versions of SQLite can lose pages when a log is begun anew', () => {
  const affected = ['3.7.0', '3.44.5', '3.45.1', '3.50.6', '3.51.2']
  const mended = ['3.44.6', '3.50.7', '3.51.3', '3.52.0', '4.0.0']
  expect(affected.filter(hasWalResetBug)).toEqual(affected)
  expect(mended.filter(hasWalResetBug)).toEqual([])
})

it('asks a server far away again where the line broke under a read, and never writes twice by itself', async () => {
  let [asked, broken] = [0, 2]
  const answer = async () => {
    asked++
    if (broken-- > 0) throw new TypeError('fetch failed')
    return { rows: [{ n: 1 }] }
  }
  const client = { execute: answer, batch: async () => [await answer()] } as unknown as Client
  const db = remoteDatabase(client, async () => {})
  expect(await db.read({ sql: 'SELECT 1 AS n' })).toEqual([{ n: 1 }])
  expect(asked).toBe(3)
  broken = 1
  await expect(db.write([{ sql: 'SELECT 1' }])).rejects.toThrow('The database cannot be reached')
  expect(asked).toBe(4)
  broken = Number.POSITIVE_INFINITY
  await expect(db.readAll([{ sql: 'SELECT 1' }])).rejects.toThrow('The database cannot be reached')
})
