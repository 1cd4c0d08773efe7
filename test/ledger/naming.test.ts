import { describe, expect, it } from 'vitest'
import { recordAnalyst } from '../../src/ledger/analyst/record-analyst.ts'
import { recordQuestion } from '../../src/ledger/question/record-question.ts'
import { testLedger } from '../support/ledger.ts'
import { aQuestion, log, refusal } from '../support/steps.ts'

describe('the id of a record', () => {
  it('is made from its title, and numbered where it is taken', async () => {
    const test = await testLedger()
    const ids: string[] = []
    for (let i = 0; i < 10; i++)
      ids.push(
        (
          (await recordQuestion(test.ledger, test.unit, aQuestion({ criteria: `Rule ${i}.` }))).event
            .payload as { id: string }
        ).id,
      )
    expect(ids.slice(0, 9)).toEqual([
      'a-new-war-begins',
      ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `a-new-war-begins-${n}`),
    ])
    expect(ids[9]).toMatch(/^a-new-war-begins-[a-z0-9]{8}$/u)
  })

  it.each([
    ['Константин Калачёв', /^konstantin-kalachyov$/u],
    ['Newé', /^newe$/u],
  ])('of %s is written in Latin letters', async (name, id) => {
    const test = await testLedger()
    const { event } = await recordAnalyst(test.ledger, test.unit, { name })
    expect((event.payload as { record: { id: string } }).record.id).toMatch(id)
  })

  it('never is a word of the routes', async () => {
    const test = await testLedger()
    const { event } = await recordQuestion(test.ledger, test.unit, aQuestion({ title: 'New' }))
    expect((event.payload as { id: string }).id).toMatch(/^question-[a-z0-9]{8}$/u)
  })

  it('is shared by a statement, its forecast and the question inside it, and by no other statement', async () => {
    const test = await testLedger()
    const [first, second] = [await log(test), await log(test, { quote: 'nobody wants a war' })]
    expect([first.id, first.question, first.statement]).toEqual(
      Array(3).fill('2026-11-an-interview_a-new-war-begins'),
    )
    expect([second.id, second.question, second.statement]).toEqual(
      Array(3).fill('2026-11-an-interview_a-new-war-begins-2'),
    )
  })

  it('of a statement says its source, so that two sources may use one title', async () => {
    const test = await testLedger()
    await log(test)
    const other = await log(test, { source: { title: 'A post', type: 'post', published: '2026-11' } })
    expect(other.id).toBe('2026-11-a-post_a-new-war-begins')
  })

  it('of a question of its own may be that of a statement elsewhere', async () => {
    const test = await testLedger()
    await log(test)
    const { event } = await recordQuestion(
      test.ledger,
      test.unit,
      aQuestion({ criteria: 'War is declared.' }),
    )
    expect((event.payload as { id: string }).id).toBe('a-new-war-begins')
    expect((await log(test, { question: 'a-new-war-begins' })).id).toBe(
      '2026-11-an-interview_a-new-war-begins-2',
    )
  })

  it('is given to those who may record, not to a reader', async () => {
    const test = await testLedger()
    const reader = await test.join('Rita', 'reader')
    expect(await refusal(() => recordQuestion(test.ledger, test.as(reader), aQuestion()))).toMatchObject({
      code: 'forbidden',
    })
  })
})
