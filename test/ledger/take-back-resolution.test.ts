import { describe, expect, it } from 'vitest'
import { stateOf } from '../../src/core/state.ts'
import { amendQuestion } from '../../src/ledger/question/amend-question.ts'
import { disputeResolution } from '../../src/ledger/resolution/dispute-resolution.ts'
import { takeBackResolution } from '../../src/ledger/resolution/take-back-resolution.ts'
import { readTrackRecord } from '../../src/store/documents/track-record.ts'
import { readDue, standing } from '../../src/store/due.ts'
import { listAnalysts } from '../../src/store/nouns.ts'
import { verified } from '../support/check-ledger.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { AFTERWARDS, confirm, log, propose, questionOf, refusal, theLog, typesOf } from '../support/steps.ts'

const [SECOND_59, SECOND_61] = ['2027-01-02T00:00:59.000Z', '2027-01-02T00:01:01.000Z']

async function due(): Promise<{ test: TestLedger; id: string }> {
  const test = await testLedger()
  const { question: id } = await log(test)
  test.at(AFTERWARDS)
  return { test, id }
}
const back = (test: TestLedger, id: string, rid = 'r1', unit = test.unit) =>
  takeBackResolution(test.ledger, unit, id, rid)
const stateNow = async (test: TestLedger, id: string) =>
  stateOf(standing(await questionOf(test, id)), test.unit.now)

describe('what was proposed by mistake', () => {
  it('is taken back by its proposer within a minute, by an entry, and the question needs a decision again', async () => {
    const { test, id } = await due()
    await propose(test, id)
    test.at(SECOND_59)
    const { event } = await back(test, id)
    expect(event).toMatchObject({
      type: 'resolution.superseded',
      payload: { question: id, id: 'r1', superseded_by: 'nothing' },
    })
    expect(await stateNow(test, id)).toBe('due')
    expect((await readDue(test.ledger.db, test.unit.now)).due.map(({ question }) => question)).toEqual([id])
    expect(typesOf((await theLog(test)).slice(-2))).toEqual(['resolution.proposed', 'resolution.superseded'])
  })

  it('can be proposed anew, under another id', async () => {
    const { test, id } = await due()
    await propose(test, id, { outcome: 'yes' })
    await back(test, id)
    expect((await propose(test, id)).id).toBe('r2')
    await confirm(test, id, 'r2')
    expect((await questionOf(test, id)).outcome).toBe('no')
  })

  it('stays after a minute, and says what can be done instead', async () => {
    const { test, id } = await due()
    await propose(test, id)
    test.at(SECOND_61)
    expect(await refusal(() => back(test, id))).toMatchObject({ code: 'frozen' })
    expect(await stateNow(test, id)).toBe('proposed')
  })

  it('is not taken back by somebody else, twice, after a dispute, or when it is not there', async () => {
    const { test, id } = await due()
    const ada = await test.join('Ada', 'resolver')
    await propose(test, id)
    expect(await refusal(() => back(test, id, 'r1', test.as(ada)))).toMatchObject({ code: 'forbidden' })
    expect(await refusal(() => back(test, id, 'r2'))).toMatchObject({ code: 'not_found' })
    await back(test, id)
    expect(await refusal(() => back(test, id))).toMatchObject({ code: 'already_decided' })
    await propose(test, id)
    await disputeResolution(test.ledger, test.as(ada), id, 'r2', { because: 'No.' })
    expect(await refusal(() => back(test, id, 'r2'))).toMatchObject({ code: 'already_decided' })
  })

  it('leaves a resolution in force that it would have corrected', async () => {
    const { test, id } = await due()
    await propose(test, id)
    await confirm(test, id, 'r1')
    await propose(test, id, { outcome: 'yes', supersedes: 'r1' })
    await back(test, id, 'r2')
    expect(await questionOf(test, id)).toMatchObject({ outcome: 'no', pending: null })
  })

  it('no longer freezes the criteria before the deadline', async () => {
    const test = await testLedger()
    const { question: id } = await log(test)
    await propose(test, id, { outcome: 'yes', known_on: '2026-11-20' })
    await back(test, id)
    await amendQuestion(test.ledger, test.unit, id, { criteria: 'Clearer.', because: 'It was unclear.' })
    expect((await questionOf(test, id)).record.criteria).toBe('Clearer.')
  })
})

describe('what was confirmed by mistake', () => {
  it('is taken back by its confirmer: without the second yes no outcome stands, and the track record goes back', async () => {
    const { test, id } = await due()
    const ada = await test.join('Ada', 'resolver')
    const analyst = (await listAnalysts(test.ledger.db, {}, { limit: 1 })).items[0]?.record.id ?? ''
    const countsOf = async () =>
      (await readTrackRecord(test.ledger.db, analyst, { now: test.unit.now }))?.counts
    const before = await countsOf()
    await propose(test, id)
    await confirm(test, id, 'r1', test.as(ada))
    expect((await countsOf())?.resolved).toBe(1)
    expect(await refusal(() => back(test, id))).toMatchObject({ code: 'forbidden' })
    await back(test, id, 'r1', test.as(ada))
    expect(await stateNow(test, id)).toBe('due')
    expect(await countsOf()).toEqual(before)
  })

  it('stays when it has taken the place of another resolution', async () => {
    const { test, id } = await due()
    await propose(test, id)
    await confirm(test, id, 'r1')
    await propose(test, id, { outcome: 'yes', supersedes: 'r1' })
    await confirm(test, id, 'r2')
    expect(await refusal(() => back(test, id, 'r2'))).toMatchObject({ code: 'conflict' })
    expect((await questionOf(test, id)).outcome).toBe('yes')
  })
})

describe('verify', () => {
  const takenBack = (test: TestLedger, id: string, stream: string, by: string, rev: number) =>
    test.ledger.writes.run(test.unit.now, async () => ({
      command: {
        entries: [
          {
            type: 'resolution.superseded' as const,
            stream,
            rev,
            by,
            refs: [],
            payload: { question: id, id: 'r1', superseded_by: 'nothing' },
          },
        ],
        claims: [],
      },
      answer: () => null,
    }))

  it.each([
    ['by somebody else', SECOND_59, true],
    ['after its minute', SECOND_61, false],
  ])('finds an outcome that was taken back %s', async (_, at, byOther) => {
    const { test, id } = await due()
    const ada = await test.join('Ada', 'resolver')
    await propose(test, id)
    test.at(at)
    test.spoil()
    const { stream, rev } = await questionOf(test, id)
    await takenBack(test, id, stream, byOther ? ada.member : test.unit.by.member, rev + 1)
    expect((await verified(test.ledger.db)).findings.map(({ code }) => code)).toEqual(['taken_back'])
  })
})
