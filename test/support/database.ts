import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../src/node/runtime.ts'
import { migrate, rebuild } from '../../src/store/migrate.ts'
import { afterTest } from './after-test.ts'

/** The real libSQL server on which every ledger is made where `RECKONING_TEST_DATABASE=sqld` asks for one. */
const server = (): { address: string; admin: string } | null => {
  const { RECKONING_TEST_SQLD: told } = process.env
  return told === undefined ? null : JSON.parse(told)
}

export const isRemote = (): boolean => server() !== null

/** Those of the server that a test asked for, by the files in whose place they are. */
const asked = new Map<string, string>()

/** The address of the database that is in this file, or of the one of the server in its place; it goes after the test. */
export function databaseAt(file: string): string {
  const at = server()
  if (at === null) return `file:${file}`
  const known = asked.get(file)
  if (known !== undefined) return known
  const url = newAddress(at.address)
  asked.set(file, url)
  afterTest(async () => {
    asked.delete(file)
    await dropDatabase(url)
  })
  return url
}

const newAddress = (address: string) => `${address}/l${randomBytes(12).toString('hex')}/`

/** Where what is made here once stays: the file's bytes, or the name of a database that others are copied from. */
let made: Promise<Buffer | string> | null = null

/** The address of a database with the tables of a ledger, which are the same each time and so made once. */
export async function databaseWithTables(file: string, now: Date): Promise<string> {
  made ??= makeTables(now)
  const tables = await made
  const at = server()
  if (typeof tables !== 'string' || at === null) {
    writeFileSync(file, tables, { mode: 0o600 })
    return `file:${file}`
  }
  const url = newAddress(at.address)
  const { ok, status } = await fetch(`${at.admin}/${tables}/fork/${nameIn(url)}`, { method: 'POST' })
  if (!ok) throw new Error(`the server copies no database: ${status}`)
  return url
}

async function makeTables(now: Date): Promise<Buffer | string> {
  const folder = mkdtempSync(join(tmpdir(), 'reckoning-'))
  const path = join(folder, 'ledger.db')
  const at = server()
  const url = at === null ? `file:${path}` : newAddress(at.address)
  const db = await openDatabase({ RECKONING_DATABASE_URL: url })
  await migrate(db, now)
  await rebuild(db, { afresh: false })
  await db.close()
  const tables = at === null ? readFileSync(path) : nameIn(url)
  rmSync(folder, { recursive: true, force: true })
  return tables
}

const nameIn = (url: string) => new URL(url).pathname.slice(1, -1)

/** Lets go of a database of the server; a file goes with its folder. */
export async function dropDatabase(url: string): Promise<void> {
  const at = server()
  if (at !== null && url.startsWith(at.address))
    await fetch(`${at.admin}/${nameIn(url)}`, { method: 'DELETE' })
}
