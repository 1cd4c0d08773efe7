import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderOf, type LedgerRecords, recordsOf } from '../../src/core/folder.ts'
import { ReferenceRequest } from '../../src/core/reference.ts'
import { readFolder } from '../../src/interchange/predictions-file.ts'
import { formatFolder } from '../../src/interchange/predictions-text.ts'
import {
  chooseReference,
  recordReference,
  withdrawReference,
} from '../../src/ledger/question/record-reference.ts'
import { nothingChanges } from '../../src/scoring/robot.ts'
import { readRecords } from '../../src/store/records.ts'
import { toUnits, unitRows } from '../../src/store/units.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { AFTERWARDS, theLog, typesOf } from '../support/steps.ts'
import { codes, folder, importing, resolved } from './a-folder.ts'

const STATUS_QUO = { kind: 'nothing_changes', probability: 0.02 }
const RATE = { kind: 'base_rate', of: { k: 2, n: 20, class: 'years' }, source: 'The almanac' }
const withReferences = (...references: object[]) => folder({ question: { references } })

async function referencesOf(test: TestLedger) {
  const rows = await test.ledger.db.read(unitRows('forecast.question = :question', { question: 'talk_war' }))
  const [read] = toUnits(rows, test.host.now())
  return { reference: read?.unit.reference, all: read?.unit.references }
}
const ofLog = async (test: TestLedger) =>
  typesOf(await theLog(test)).filter((type) => type.startsWith('reference.'))

describe('references in files', () => {
  it('are recorded in their order, with the primary and what was withdrawn, and again change nothing', async () => {
    const test = await testLedger()
    const records = withReferences(
      { ...STATUS_QUO, withdrawn: { because: 'There is a war.' } },
      { ...RATE, primary: true },
    )
    const { refused, recorded } = await importing(test, records)
    expect(refused).toEqual([])
    expect(recorded).toMatchObject({ reference: 2, declaration: 1, withdrawal: 1 })
    expect(await ofLog(test)).toEqual([
      'reference.recorded',
      'reference.withdrawn',
      'reference.recorded',
      'reference.chosen',
    ])
    expect((await referencesOf(test)).reference).toBe(0.1)
    expect(await importing(test, records)).toMatchObject({ entries: 0, refused: [] })
  })

  it('that are new are added, and a withdrawal of a held one, too; another reason is refused', async () => {
    const test = await testLedger()
    await importing(test, withReferences(STATUS_QUO))
    const withdrawn = { ...STATUS_QUO, withdrawn: { because: 'There is a war.' } }
    expect(await importing(test, withReferences(withdrawn, RATE))).toMatchObject({ entries: 2, refused: [] })
    expect((await referencesOf(test)).reference).toBe(0.1)
    // A file of before says nothing against it.
    expect(await importing(test, withReferences(STATUS_QUO))).toMatchObject({ entries: 0, refused: [] })
    const otherwise = { ...STATUS_QUO, withdrawn: { because: 'Another reason.' } }
    expect(codes(await importing(test, withReferences(otherwise)))).toEqual(['reference frozen'])
  })

  it('of a question that was decided when the file came are hindsight, with their declaration', async () => {
    const test = await testLedger()
    test.at(AFTERWARDS)
    const records = folder({
      question: { references: [STATUS_QUO, { ...RATE, primary: true }] },
      statement: resolved,
    })
    expect((await importing(test, records)).refused).toEqual([])
    expect(await referencesOf(test)).toMatchObject({
      reference: null,
      all: [{ hindsight: true }, { hindsight: true }],
    })
    expect(await importing(test, records)).toMatchObject({ entries: 0, refused: [] })
  })

  it('a price that was seen when the outcome was known, by the same file, is refused', async () => {
    const test = await testLedger()
    test.at(AFTERWARDS)
    const price = {
      kind: 'market',
      probability: 0.1,
      url: 'https://market.example/war',
      observed_at: '2026-12-31T20:00:00.000Z',
    }
    const { refused } = await importing(
      test,
      folder({ question: { references: [price] }, statement: resolved }),
    )
    expect(refused.map(({ noun, id, message }) => [noun, id, message.split(' ')[0]])).toEqual([
      ['reference', 'talk_war', '/observed_at'],
    ])
  })

  const exported = async (test: TestLedger): Promise<LedgerRecords> => {
    const texts = formatFolder(folderOf(await readRecords(test.ledger.db)))
    const { folder, findings } = readFolder(
      texts.map(({ path, text }) => ({ path, bytes: text })),
      { importing: true },
    )
    expect(findings.filter(({ level }) => level === 'error')).toEqual([])
    if (folder === null) throw new Error('it cannot be read')
    return recordsOf(folder)
  }

  it('come out as they went in, and into another ledger as they were', async () => {
    const test = await testLedger()
    await importing(test, withReferences(STATUS_QUO, RATE))
    const record = (request: object) =>
      recordReference(test.ledger, test.unit, 'talk_war', ReferenceRequest.parse(request))
    await withdrawReference(test.ledger, test.unit, 'talk_war', 'ref1', { because: 'There is a war.' })
    await record(STATUS_QUO)
    await record({ kind: 'crowd', probability: 0.3, source: 'Readers' })
    await chooseReference(test.ledger, test.unit, 'talk_war', 'ref4')
    const records = await exported(test)
    expect(
      records.references.map(({ record, primary, withdrawn }) => [record.kind, primary, withdrawn]),
    ).toEqual([
      ['nothing_changes', false, { because: 'There is a war.' }],
      ['base_rate', false, null],
      ['nothing_changes', false, null],
      ['crowd', true, null],
    ])
    expect(await importing(test, records)).toMatchObject({ entries: 0, refused: [] })
    const other = await testLedger()
    expect((await importing(other, records)).refused).toEqual([])
    expect((await exported(other)).references).toEqual(records.references)
    expect((await referencesOf(other)).reference).toBe(0.3)
  })

  it('the worked example: "nothing changes" gets all three right, with hindsight, and is in no figure', async () => {
    const root = join(import.meta.dirname, '../../predictions')
    const files = ['analysts.yaml', 'questions.yaml', '2024/2024-04-alphanews-kalachev.yaml']
    const read = readFolder(files.map((path) => ({ path, bytes: readFileSync(join(root, path)) })))
    const test = await testLedger()
    if (read.folder === null) throw new Error('it cannot be read')
    expect((await importing(test, recordsOf(read.folder))).refused).toEqual([])
    const rows = await test.ledger.db.read(unitRows('true', {}))
    const units = toUnits(rows, test.host.now()).map(({ unit }) => unit)
    expect(units.map(({ reference }) => reference)).toEqual([null, null, null, null])
    expect(nothingChanges(units, test.host.now())).toEqual({
      in_advance: { n: 0, came_true: 0 },
      with_hindsight: { n: 3, came_true: 3 },
    })
  })
})
