import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../../src/app.ts'
import { LedgerError } from '../../src/core/error.ts'
import { normalisedText } from '../../src/core/normalised-text.ts'
import { UNLIMITED } from '../../src/core/quota.ts'
import { ledgerOn, openCopy, openDatabase, prepareLedger, scratchDatabase } from '../../src/node/runtime.ts'
import { readHead } from '../../src/store/append.ts'
import { verifyLedger } from '../../src/store/verify/verify.ts'

/** What is asked of this process, and what it answers: it may die of the question. */
export type Asked = {
  path: string
  now: string
  routes: readonly string[]
  /** Also where it was found damaged. */
  readAlways: boolean
}
export type Verified = { refused: string } | { findings: string[]; entries: number }
export type Read = { refused: string } | { answers: Record<string, string> }
export type Told = { verified: Verified } | { read: Read }

const said = (error: unknown) => (error instanceof Error ? error.message : String(error))
const isExpected = (error: unknown) =>
  error instanceof LedgerError || /^SQLITE_/u.test(String((error as { code?: unknown }).code))

async function verified({ path }: Asked): Promise<Verified> {
  const scratch = await scratchDatabase()
  try {
    const db = await openCopy(path)
    try {
      const { findings, entries } = await verifyLedger(db, scratch, { normalised: normalisedText })
      return { findings: findings.map(({ seq, code, message }) => `${seq} ${code} ${message}`), entries }
    } finally {
      await db.close()
    }
  } catch (error) {
    if (!isExpected(error)) throw error
    return { refused: said(error) }
  } finally {
    await scratch.close()
  }
}

/** Starts on a copy as a server does, and reads every route: the hash of each answer, or its status. */
async function read({ path, now, routes }: Asked): Promise<Read> {
  const folder = mkdtempSync(join(tmpdir(), 'reckoning-'))
  const copy = join(folder, 'ledger.db')
  for (const end of ['', '-wal']) if (existsSync(path + end)) copyFileSync(path + end, copy + end)
  const present = () => new Date(now)
  try {
    const db = await openDatabase({ RECKONING_DATABASE_URL: `file:${copy}` })
    try {
      const ledger = ledgerOn(db)
      await prepareLedger(db, ledger, present, 'auto')
      const app = createApp({
        ledger,
        now: present,
        head: () => readHead(db),
        build: 'fault',
        version: '0',
        settings: {
          origin: 'http://ledger.test',
          public: true,
          rate_limit: 0,
          read_limit: 0,
          quotas: UNLIMITED,
          banner: null,
        },
      })
      const answers: Record<string, string> = {}
      for (const route of routes) {
        const response = await app.request(`http://ledger.test${route}`)
        const body = await response.text()
        answers[route] =
          response.status === 200 ? createHash('sha256').update(body).digest('hex') : String(response.status)
      }
      return { answers }
    } finally {
      await db.close()
    }
  } catch (error) {
    if (!isExpected(error)) throw error
    return { refused: said(error) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

process.on('message', async (asked: Asked) => {
  const outcome = await verified(asked)
  process.send?.({ verified: outcome } satisfies Told)
  const passed = 'findings' in outcome && outcome.findings.length === 0
  const answers = passed || asked.readAlways ? await read(asked) : { refused: 'not read' }
  process.send?.({ read: answers } satisfies Told)
})
