import { expect, test } from 'vitest'
import { folderOf } from '../../src/core/folder.ts'
import { verifyStatement } from '../../src/ledger/forecast/verify-statement.ts'
import { findStatement } from '../../src/store/lookups.ts'
import { readRecords } from '../../src/store/records.ts'
import { testLedger } from '../support/ledger.ts'
import { refusal, theLog } from '../support/steps.ts'
import { codes, folder, importing } from './a-folder.ts'

const heard = (words: object = {}) =>
  folder({ source: { transcript: 'machine' }, statement: { verified_by_ear: true, ...words } })
const verified = async (test: Awaited<ReturnType<typeof testLedger>>, id = 'talk_war') =>
  (await findStatement(test.ledger.db, id))?.record.verified_by_ear

test('that somebody listened is an entry of its own, once, with who and when', async () => {
  const on = await testLedger()
  await importing(on, folder({ source: { transcript: 'machine' } }))
  expect(await verified(on)).toBeUndefined()
  const before = (await theLog(on)).length
  const { event } = await verifyStatement(on.ledger, on.unit, 'talk_war', { note: 'At 12:31.' })
  expect([event.type, event.payload]).toEqual([
    'statement.verified',
    { statement: 'talk_war', note: 'At 12:31.' },
  ])
  expect(await verified(on)).toEqual({ at: event.at, by: on.unit.by.member })
  expect(await refusal(() => verifyStatement(on.ledger, on.unit, 'talk_war', {}))).toMatchObject({
    code: 'already_decided',
  })
  expect(await refusal(() => verifyStatement(on.ledger, on.unit, 'talk_peace', {}))).toMatchObject({
    code: 'not_found',
  })
  expect((await theLog(on)).length).toBe(before + 1)
})

test('a file says it of a new statement and of a recorded one, and what is written out says it again', async () => {
  const on = await testLedger()
  expect((await importing(on, heard())).recorded).toMatchObject({ statement: 3, verification: 1 })
  expect((await importing(on, heard())).entries).toBe(0)
  const out = folderOf(await readRecords(on.ledger.db)).sources[0]?.statements
  expect(out?.map(({ verified_by_ear }) => verified_by_ear)).toEqual([true, undefined, undefined])

  const later = await testLedger()
  await importing(later, folder({ source: { transcript: 'machine' } }))
  expect((await importing(later, heard())).entries).toBe(1)
  expect(await verified(later)).toBeDefined()
  // What is silent about it takes nothing back.
  expect((await importing(later, folder({ source: { transcript: 'machine' } }))).entries).toBe(0)
  expect(await verified(later)).toBeDefined()
})

test('a translation is as frozen as the words', async () => {
  const on = await testLedger()
  const translation = { text: 'Es wird keinen Krieg geben', by: 'Ann Bell', language: 'de' }
  await importing(on, heard({ translation }))
  expect((await importing(on, heard({ translation }))).entries).toBe(0)
  const changed = await importing(on, heard({ translation: { ...translation, text: 'Kein Krieg' } }))
  expect(codes(changed)).toEqual(['statement frozen'])
})
