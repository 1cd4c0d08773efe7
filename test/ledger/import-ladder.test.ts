import { expect, it } from 'vitest'
import { folderOf } from '../../src/core/folder.ts'
import { readFolder } from '../../src/interchange/predictions-file.ts'
import { formatFolder } from '../../src/interchange/predictions-text.ts'
import { readRecords } from '../../src/store/records.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { AFTERWARDS, aQuestion, aResolution, confirm, log, propose, questionOf } from '../support/steps.ts'
import { codes, folder, importing } from './a-folder.ts'

const inFamily = { question: { family: 'baku' } }
const above = { title: 'A war with tanks', family: 'baku', implies: 'talk_war' }
const decided = (outcome: string) => ({ resolution: { ...aResolution(), outcome, known_on: '2027-01-01' } })

/** A ledger with the lower rung of the files, and with one above it that the files do not name. */
async function withRungAbove(): Promise<{ test: TestLedger; war: string }> {
  const test = await testLedger()
  await importing(test, folder(inFamily))
  const { question: war } = await log(test, { quote: 'no tanks', question: aQuestion(above) })
  return { test, war }
}

it('an imported outcome contradicts no rung of the ledger, also none that the files do not name', async () => {
  const { test, war } = await withRungAbove()
  test.at(AFTERWARDS)
  await propose(test, war, { outcome: 'yes' })
  await confirm(test, war, 'r1')
  const refused = await importing(test, folder({ ...inFamily, statement: decided('no') }))
  expect(codes(refused)).toEqual(['question invalid'])
  expect((await questionOf(test, 'talk_war')).outcome).toBeNull()
  const { refused: none } = await importing(test, folder({ ...inFamily, statement: decided('yes') }))
  expect(none).toEqual([])
})

it('an imported question implies nothing that did not happen if it did, also where nothing was implied before', async () => {
  const test = await testLedger()
  test.at(AFTERWARDS)
  await importing(test, folder({ ...inFamily, statement: decided('no') }))
  const questions = [{ ...aQuestion(above), id: 'war-with-tanks', ...decided('yes') }]
  const others = { sources: [], statements: [], forecasts: [] }
  const upper = folder({ questions }).questions.filter(({ record }) => record.id === 'war-with-tanks')
  const refused = await importing(test, { ...folder(), ...others, questions: upper })
  expect(codes(refused)).toEqual(['question invalid'])
})

it('an imported amendment leaves a ladder whole, also where only the ledger knows of it', async () => {
  const { test } = await withRungAbove()
  const refused = await importing(test, folder({ question: { amends: 'It stands alone.' } }))
  expect(codes(refused)).toEqual(['question invalid'])
  expect((await questionOf(test, 'talk_war')).record.family).toBe('baku')
})

it('proposals that contradict each other decide nothing: what the ledger writes out is imported again', async () => {
  const { test, war } = await withRungAbove()
  test.at(AFTERWARDS)
  await propose(test, war, { outcome: 'yes' })
  await propose(test, 'talk_war', { outcome: 'no' })
  const records = await readRecords(test.ledger.db)
  expect(await importing(test, records)).toMatchObject({ entries: 0, refused: [] })
  const { folder: read, findings } = readFolder(
    formatFolder(folderOf(records)).map(({ path, text }) => ({ path, bytes: text })),
    { importing: true },
  )
  expect(read).toEqual(folderOf(records))
  expect(findings.filter(({ code }) => code === 'ladder')).toHaveLength(2)
})
