import { describe, expect, it } from 'vitest'
import { LEXICON_VERSION } from '../../src/reading/english/lexicon.ts'
import { readWords } from '../../src/reading/wording.ts'
import { testLedger } from '../support/ledger.ts'
import { AFTERWARDS, aQuestion, confirm, log, propose, refusal } from '../support/steps.ts'

const own = { words: 'likely', low: 0.8, mid: 0.9, high: 0.95 }
const likely = readWords('likely')
const asRead = { low: likely?.low, mid: likely?.mid, high: likely?.high }

describe('words', () => {
  it('alone are read through the lexicon, which is named with its version', async () => {
    const test = await testLedger()
    const { probability } = await log(test, { probability: { words: 'likely' } })
    expect(probability).toEqual({ words: 'likely', ...asRead, lexicon: LEXICON_VERSION, key: likely?.key })
    expect(probability).toMatchObject({ low: 0.6, mid: 0.75, high: 0.85 })
  })

  it('that assert the event flatly are categorical', async () => {
    const test = await testLedger()
    expect((await log(test, { probability: { words: 'there will be no war' } })).probability).toEqual({
      words: 'there will be no war',
      categorical: 'no',
    })
  })

  it('with the numbers of the lexicon are the lexicon’s', async () => {
    const test = await testLedger()
    const { probability } = await log(test, { probability: { words: 'likely', ...asRead } })
    expect(probability).toEqual({ words: 'likely', ...asRead, lexicon: LEXICON_VERSION, key: likely?.key })
  })

  it('with numbers of the editor need a reason and are marked as the editor’s, whatever the request claims', async () => {
    const test = await testLedger()
    expect(await refusal(() => log(test, { probability: own }))).toMatchObject({
      code: 'invalid',
      pointers: ['/probability/because'],
    })
    const claimed = { ...own, because: 'He raised his voice.', lexicon: LEXICON_VERSION, key: 'likely' }
    expect((await log(test, { probability: claimed })).probability).toEqual({
      ...own,
      because: 'He raised his voice.',
      lexicon: 'editor',
    })
  })

  it.each([
    ['unknown to the lexicon and without numbers', { words: 'que sera, sera' }, '/probability/words'],
    ['with one number', { words: 'likely', mid: 0.7 }, '/probability'],
    [
      'with numbers that decrease',
      { words: 'likely', low: 0.9, mid: 0.8, high: 0.7, because: 'x' },
      '/probability',
    ],
    ['about options', { words: 'likely' }, '/probability'],
  ])('%s are refused', async (what, probability, pointer) => {
    const test = await testLedger()
    const question =
      what === 'about options' ? aQuestion({ type: 'multiple_choice', options: ['a', 'b'] }) : aQuestion()
    expect(await refusal(() => log(test, { probability, question }))).toMatchObject({
      code: 'invalid',
      pointers: [pointer],
    })
  })

  it.each([
    ['likely', 'yes'],
    ['there will probably be a war', 'yes'],
    ['it is by no means ready', 'no'],
    ['I believe there will be no war', 'no'],
  ])('that the lexicon reads as words of probability are not flat: %s', async (words, categorical) => {
    const test = await testLedger()
    expect(await refusal(() => log(test, { probability: { words, categorical } }))).toMatchObject({
      code: 'invalid',
      pointers: ['/probability/categorical'],
    })
    expect((await log(test, { probability: { words } })).probability).not.toHaveProperty('categorical')
  })

  it.each([
    ['there will be no war', 'no'],
    ['there will be no war', 'yes'],
    ['will continue', 'yes'],
    ['war is coming', 'yes'],
  ])(
    'that are flat, or that the lexicon lacks, are flat as the editor says: %s, %s',
    async (words, categorical) => {
      const test = await testLedger()
      const probability = { words, categorical }
      expect((await log(test, { probability })).probability).toEqual(probability)
    },
  )

  it('logged after the outcome was known keep the band of the lexicon, unless it lacks them', async () => {
    const test = await testLedger()
    const { question } = await log(test, { question: aQuestion({ early: ['yes', 'no'] }) })
    const { id } = await propose(test, question, { known_on: '2026-11-20' })
    const editor = { ...own, because: 'He raised his voice.' }
    const source = (n: number) => ({ title: `Talk ${n}`, type: 'interview', published: '2026-11-01' })
    const saying = (n: number, probability: object) =>
      refusal(() => log(test, { question, source: source(n), probability }))
    expect(await saying(1, editor)).toBeNull()
    await confirm(test, question, id)
    expect(await saying(2, editor)).toMatchObject({ code: 'invalid', pointers: ['/probability'] })
    expect(await saying(3, { words: 'likely' })).toBeNull()
    expect(await saying(4, { ...editor, words: 'que sera, sera' })).toBeNull()
  })

  it('logged after the deadline count as logged when the outcome was known', async () => {
    const test = await testLedger()
    test.at(AFTERWARDS)
    expect(await refusal(() => log(test, { probability: { ...own, because: 'x' } }))).toMatchObject({
      code: 'invalid',
      pointers: ['/probability'],
    })
  })
})
