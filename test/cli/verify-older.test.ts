import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { describe, expect, it } from 'vitest'
import { integrate } from '../../src/ledger/log/integrate.ts'
import { guardFile } from '../../src/node/log-files.ts'
import { openDatabase } from '../../src/node/runtime.ts'
import { rebuild } from '../../src/store/migrate.ts'
import { commandOn } from '../support/command.ts'
import { opened, rewriteLog, TEN_WAYS } from '../support/forgery.ts'
import type { TestLedger } from '../support/ledger.ts'
import { aGuard, aKeeper, aKey, signedBy } from '../support/log.ts'
import { folder } from '../support/process.ts'
import { halfDecided } from '../support/published.ts'
import { aQuestion, log } from '../support/steps.ts'

const run = commandOn({})
const verify = async (...words: string[]) => {
  const { code, stdout } = await run('verify', ...words, '--json')
  const value = JSON.parse(stdout)
  const codes: string[] = (value.findings ?? []).map((one: { seq: number | null; code: string }) =>
    one.seq === null ? one.code : `${one.seq} ${one.code}`,
  )
  return { code, codes, value }
}

async function aLedger(): Promise<TestLedger> {
  const held = await halfDecided()
  await integrate(await signedBy(held.ledger))
  return held
}

async function withFile(path: string, ...sql: string[]): Promise<void> {
  const client = createClient({ url: `file:${path}` })
  await client.batch(sql, 'write')
  client.close()
}

/** What whoever has the file and the key does after a rewrite: everything derived anew, the tree too, signed again. */
async function madeAnew(path: string): Promise<void> {
  await withFile(
    path,
    'DROP TRIGGER node_remains',
    'DROP TRIGGER checkpoint_remains',
    'DELETE FROM node',
    'DELETE FROM checkpoint',
  )
  const db = await openDatabase({ RECKONING_DATABASE_URL: `file:${path}` })
  try {
    await rebuild(db, { afresh: true })
    await integrate({ log: aKeeper(db, [await aKey()]) })
  } finally {
    await db.close()
  }
}

describe('reckon verify FILE --pin', () => {
  it('keeps the key and the checkpoint of a ledger, and holds a grown one against them', async () => {
    const held = await aLedger()
    const pin = join(folder(), 'ledger.pin')
    expect(await verify(held.path, '--pin', pin)).toMatchObject({ code: 0, value: { older: null } })
    const { size } = (await verify(held.path)).value.signed
    await log(held, { quote: 'no third', question: aQuestion({ title: 'A third war begins' }) })
    await integrate(await signedBy(held.ledger))
    const again = await verify(held.path, '--pin', pin)
    expect(again).toMatchObject({ code: 0, value: { older: { size } } })
    expect(again.value.kept.size).toBeGreaterThan(size)
  })

  it.each(Object.entries(TEN_WAYS))(
    'finds that %s in the file, with the tree made anew and signed with the very key',
    async (_, forge) => {
      const held = await aLedger()
      const pin = join(folder(), 'ledger.pin')
      await verify(held.path, '--pin', pin)
      const kept = readFileSync(pin, 'utf8')
      await rewriteLog(held.url, forge(await opened(held.ledger)))
      await madeAnew(held.path)
      const alone = await run('verify', held.path)
      expect(alone.code).toBe(0)
      expect(alone.stdout).toContain('It agrees with itself; no older checkpoint was given')
      const { code, codes } = await verify(held.path, '--pin', pin)
      expect(code).toBe(1)
      expect(codes).toEqual([expect.stringMatching(/^\d+ (?:history|loss)$/u)])
      expect(readFileSync(pin, 'utf8')).toBe(kept)
    },
  )

  it('finds a checkpoint and a tree in the ledger that its entries do not make, and a signature that is none', async () => {
    const rewritten = await aLedger()
    await rewriteLog(
      rewritten.url,
      TEN_WAYS['the probability was changed']?.(await opened(rewritten.ledger)) ?? [],
    )
    const db = await openDatabase({ RECKONING_DATABASE_URL: rewritten.url })
    await rebuild(db, { afresh: true })
    await db.close()
    expect((await verify(rewritten.path)).codes).toEqual(['0 history'])
    const node = await aLedger()
    await withFile(
      node.path,
      'DROP TRIGGER node_stays',
      'UPDATE node SET hash = zeroblob(32) WHERE level = 2 AND idx = 1',
    )
    expect((await verify(node.path)).codes).toEqual(['node'])
    const unsigned = await aLedger()
    await withFile(
      unsigned.path,
      'DROP TRIGGER checkpoint_stays',
      "UPDATE checkpoint SET note = replace(note, substr(note, -12, 6), 'AAAAAA')",
    )
    expect((await verify(unsigned.path)).codes).toEqual(['checkpoint'])
  })
})

it('names the entries that a crash took with the write-ahead log, by the checkpoint beside the database', async () => {
  const held = await aLedger()
  const client = createClient({ url: `file:${held.path}` })
  await client.execute('PRAGMA wal_checkpoint(TRUNCATE)')
  client.close()
  const before = (await verify(held.path)).value.entries
  const guard = aGuard()
  for (const n of [1, 2])
    await log(held, { quote: `n ${n}`, question: aQuestion({ title: `War ${n} comes` }) })
  await integrate(await signedBy(held.ledger, guard))
  const after = (await verify(held.path)).value.entries
  const cut = join(folder(), 'ledger.db')
  copyFileSync(held.path, cut)
  writeFileSync(guardFile(cut), guard.held ?? '')
  const { code, codes, value } = await verify(cut)
  expect(value.entries).toBe(before)
  expect(after).toBeGreaterThan(before)
  expect({ code, codes }).toEqual({ code: 1, codes: [`${before} loss`] })
  expect(value.findings[0].message).toBe(
    `The checkpoint beside the database (ledger.db.checkpoint) holds ${after} entries, and the log ends after ${before}: entries ${before} to ${after - 1} are gone.`,
  )
})
