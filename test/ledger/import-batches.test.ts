import { expect, test } from 'vitest'
import { LedgerError } from '../../src/core/error.ts'
import type { LedgerRecords } from '../../src/core/folder.ts'
import { importFolder } from '../../src/ledger/import/import-folder.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { machineMember } from '../../src/ledger/members/membership.ts'
import { ledgerOn } from '../../src/node/runtime.ts'
import type { Database } from '../../src/store/database.ts'
import { testLedger } from '../support/ledger.ts'
import { aResolution, evidence } from '../support/steps.ts'
import { folder } from './a-folder.ts'

/** So many resolved forecasts of one source. */
function many(count: number): LedgerRecords {
  const { analysts, sources, statements, questions, forecasts } = folder()
  const ids = Array.from({ length: count }, (_, i) => `talk_war-${i}`)
  const first = <T>([item]: T[]) => item as T
  const asked = first(questions)
  const said = first(forecasts)
  const resolution = { ...aResolution(), outcome: 'yes', known_on: '2026-11-20', evidence }
  return {
    analysts,
    sources,
    statements: ids.map((id) => ({ ...first(statements), id })),
    questions: ids.map((id) => ({ ...asked, record: { ...asked.record, id }, resolution })),
    references: [],
    forecasts: ids.map((id) => ({ ...said, record: { ...said.record, id, question: id, statement: id } })),
  }
}

/** The same ledger, and how its database is asked. */
function watched(ledger: Ledger, fails: (writes: number) => boolean = () => false) {
  const asked = { reads: 0, writes: 0 }
  const { db } = ledger
  const counting: Database = {
    ...db,
    read: (statement) => {
      asked.reads++
      return db.read(statement)
    },
    readAll: (statements) => {
      asked.reads++
      return db.readAll(statements)
    },
    write: (statements) => {
      asked.writes++
      if (fails(asked.writes)) throw new LedgerError('unavailable', 'The database cannot be reached.')
      return db.write(statements)
    },
  }
  return { asked, ledger: ledgerOn(counting) }
}

test('an import that fails between its batches says what stands, and repeated writes the rest', async () => {
  const held = await testLedger()
  const unit = held.as(await machineMember(held.ledger, 'import'))
  // The second batch would end between the proposal and the confirmation of one outcome.
  const records = many(1_101)
  const { ledger } = watched(held.ledger, (writes) => writes === 3)
  const error = await importFolder(ledger, unit, records).catch((refused) => refused)
  expect([error.code, error.message]).toEqual([
    'unavailable',
    'The database cannot be reached. Before that, 4,001 of 5,507 entries were written, and stand; importing the same again writes what is missing.',
  ])
  const again = await importFolder(held.ledger, unit, records)
  expect([again.entries, again.refused]).toEqual([1_506, []])
  expect((await importFolder(held.ledger, unit, records)).entries).toBe(0)
  const [row] = await held.ledger.db.read({
    sql: `SELECT count(*) AS n FROM question WHERE outcome = '"yes"' AND pending IS NULL`,
  })
  expect(row?.n).toBe(1_101)
})

test('one that fails in its first batch has written nothing and claims nothing', async () => {
  const held = await testLedger()
  const unit = held.as(await machineMember(held.ledger, 'import'))
  const { ledger } = watched(held.ledger, (writes) => writes === 1)
  const error = await importFolder(ledger, unit, many(1_101)).catch((refused) => refused)
  expect(error.message).toBe('The database cannot be reached.')
})

test('importing again asks the database as often for many records as for few', async () => {
  const reads = async (count: number) => {
    const held = await testLedger()
    const unit = held.as(await machineMember(held.ledger, 'import'))
    await importFolder(held.ledger, unit, many(count))
    const { ledger, asked } = watched(held.ledger)
    expect(await importFolder(ledger, unit, many(count))).toMatchObject({ entries: 0, refused: [] })
    return asked.reads
  }
  expect(await reads(40)).toBe(await reads(2))
})
