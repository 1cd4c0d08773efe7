import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Checked, checkSentences, sentenceText } from '../../src/capture/check-sentence.ts'
import type { Probability } from '../../src/core/probability.ts'
import { verdictOf } from '../../src/core/verdict.ts'

const QUESTION = {
  title: 'A decree dissolves the assembly',
  criteria: 'Yes if the decree is published.',
  deadline: { date: '2027-11-03', time_zone: 'UTC' },
}

const said = (
  question: Partial<Checked['question']>,
  probability: Probability,
  more: Partial<Checked> = {},
) =>
  checkSentences({ question: { ...QUESTION, ...question }, probability, ...more }).map((sentence) => [
    sentence.kind,
    sentenceText(sentence),
    ...sentence.reads,
  ])

const NO = { words: 'will not', categorical: 'no' } as const
const YES = { words: 'will', categorical: 'yes' } as const

describe('a forecast is checked by the sentence under which it will count as not come true', () => {
  test.each<[string, Partial<Checked['question']>, Probability, string, string]>([
    [
      'a flat no',
      {},
      NO,
      'If a decree dissolves the assembly by 3 Nov 2027, this did not come true.',
      'Unless a decree dissolves the assembly by 3 Nov 2027, this came true.',
    ],
    [
      'a flat yes',
      {},
      YES,
      'Unless a decree dissolves the assembly by 3 Nov 2027, this did not come true.',
      'If a decree dissolves the assembly by 3 Nov 2027, this came true.',
    ],
    [
      'a stated 70 %',
      {},
      0.7,
      'Unless a decree dissolves the assembly by 3 Nov 2027, this did not come true.',
      'If a decree dissolves the assembly by 3 Nov 2027, this came true.',
    ],
    [
      'words that nobody measured',
      {},
      { words: 'вряд ли', leans: 'no' },
      'If a decree dissolves the assembly by 3 Nov 2027, this did not come true.',
      'Unless a decree dissolves the assembly by 3 Nov 2027, this came true.',
    ],
    [
      'a name at the beginning',
      { title: 'Karsk opens a second front.' },
      NO,
      'If Karsk opens a second front by 3 Nov 2027, this did not come true.',
      'Unless Karsk opens a second front by 3 Nov 2027, this came true.',
    ],
    [
      'an abbreviation at the beginning',
      { title: 'GDP shrinks' },
      NO,
      'If GDP shrinks by 3 Nov 2027, this did not come true.',
      'Unless GDP shrinks by 3 Nov 2027, this came true.',
    ],
    [
      'a title that names the day itself',
      { title: 'The party splits by the end of 2027' },
      NO,
      'If the party splits by the end of 2027 (what counts is by 3 Nov 2027), this did not come true.',
      'Unless the party splits by the end of 2027 (what counts is by 3 Nov 2027), this came true.',
    ],
    [
      'a first day',
      { opens: '2027-01-01' },
      NO,
      'If a decree dissolves the assembly between 1 Jan 2027 and 3 Nov 2027, this did not come true.',
      'Unless a decree dissolves the assembly between 1 Jan 2027 and 3 Nov 2027, this came true.',
    ],
    [
      'a title that asks',
      { title: 'Will the assembly be dissolved?' },
      NO,
      'If the answer to “Will the assembly be dissolved?” is yes by 3 Nov 2027, this did not come true.',
      'Unless the answer to “Will the assembly be dissolved?” is yes by 3 Nov 2027, this came true.',
    ],
    [
      'a title in another language',
      { title: 'Начнётся новая война' },
      NO,
      'If the answer to “Начнётся новая война” is yes by 3 Nov 2027, this did not come true.',
      'Unless the answer to “Начнётся новая война” is yes by 3 Nov 2027, this came true.',
    ],
  ])('%s', (_, question, probability, not, came) => {
    const sentences = said(question, probability)
    expect(sentences.map(([kind, text]) => [kind, text])).toEqual([
      ['did_not', not],
      ['came_true', came],
    ])
  })
})

test('what happened is said in the clauses of the question, as pages will say it', () => {
  const clauses = { if_yes: 'the assembly was dissolved', if_no: 'the assembly still sits' }
  expect(said(clauses, NO).map(([, , reads]) => reads)).toEqual([
    'Did not come true · the assembly was dissolved',
    'Came true · the assembly still sits',
  ])
  expect(said({}, 0.7).map(([, , reads]) => reads)).toEqual([
    'Did not come true · it did not happen · said 70\u00a0%',
    'Came true · it happened · said 70\u00a0%',
  ])
})

test('the first word loses its capital only where it is no name', () => {
  const first = (title: string, words: string) => said({ title }, NO, { words })[0]?.[1]
  expect(first('Rates fall', 'rates will not fall')).toContain('If rates fall')
  expect(first('Rates fall', 'Rates will not fall')).toContain('If Rates fall')
})

test('of what leans to no side nothing is said but that', () => {
  const half = said({}, 0.5)
  expect(half).toEqual([
    [
      'said',
      'Whether or not a decree dissolves the assembly by 3 Nov 2027, this will count neither as come true nor as not: it leans to no side.',
      'said 50\u00a0% · it happened',
      'said 50\u00a0% · it did not happen',
    ],
  ])
  expect(said({}, { low: 0.4, high: 0.6 }).map(([kind]) => kind)).toEqual(['said'])
})

test('of several options, a number or a date no side is claimed', () => {
  const options = {
    type: 'multiple_choice',
    options: ['Ada', 'Ben', 'Cleo'],
    title: 'Who wins',
  } satisfies Partial<Checked['question']>
  const [chosen] = said(options, { Ada: 0.5, Ben: 0.3, Cleo: 0.2 })
  expect(chosen?.slice(0, 3)).toEqual([
    'said',
    'Whichever of Ada, Ben or Cleo it is by 3 Nov 2027, this will count neither as come true nor as not: chances were given, and no side was taken.',
    'gave it 50\u00a0% · it was: Ada',
  ])
  const [number] = said(
    { type: 'numeric', title: 'Inflation', range: { low: 0, high: 10 } },
    { interval: [1, 2.5], level: 0.8 },
  )
  expect(number).toEqual([
    'said',
    'Whatever the answer to “Inflation” is by 3 Nov 2027, this will count neither as come true nor as not: chances were given, and no side was taken.',
  ])
})

test('words too vague to be wrong are said to be that, and a condition says when there is no result', () => {
  expect(said({}, { words: 'may', low: 0.1, mid: 0.4, high: 0.7, lexicon: 'en-1' })).toEqual([
    [
      'too_vague',
      'Whatever happens, these words are too vague to be wrong: this is in no score.',
      'too vague to be wrong',
    ],
  ])
  const condition = {
    text: 'The court allows it.',
    deadline: { date: '2027-06-01', time_zone: 'UTC' },
  }
  expect(said({ condition }, NO)[0]).toEqual([
    'no_result',
    'Unless this comes about by 1 Jun 2027, there is no result: “The court allows it”. Where it does:',
    'no result: the condition never arose',
  ])
})

const probabilities: fc.Arbitrary<Probability> = fc.oneof(
  fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  fc.constantFrom<Probability>(NO, YES, { words: 'x', leans: 'yes' }, { words: 'x', leans: 'no' }),
  fc
    .tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }))
    .map(([a, b]): Probability => ({ low: Math.min(a, b) / 100, high: Math.max(a, b) / 100 })),
  fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 })).map(([a, b]): Probability => {
    const [low, high] = [Math.min(a, b) / 100, Math.max(a, b) / 100]
    return { words: 'x', low, mid: (low + high) / 2, high, lexicon: 'editor', because: 'x' }
  }),
)

test('whatever was said, each sentence is so: under the outcome that it names the verdict is the one it gives', () => {
  fc.assert(
    fc.property(probabilities, fc.string({ minLength: 1, maxLength: 60 }), (probability, title) => {
      const sentences = checkSentences({ question: { ...QUESTION, title }, probability })
      const texts = sentences.map(sentenceText)
      for (const [i, { kind }] of sentences.entries()) {
        const text = texts[i] ?? ''
        expect(text.endsWith('did not come true.')).toBe(kind === 'did_not')
        expect(text.endsWith('this came true.')).toBe(kind === 'came_true')
        if (kind === 'did_not' || kind === 'came_true')
          expect(verdictOf(probability, { outcome: text.startsWith('If ') ? 'yes' : 'no' }).kind).toBe(kind)
        else expect(verdictOf(probability, { outcome: 'yes' }).kind).toBe(kind)
      }
      expect(sentences.length).toBe(sentences[0]?.kind === 'did_not' ? 2 : 1)
    }),
  )
})

test('what somebody typed is told apart from what we say, whatever they typed', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' }), (title) => {
      const all = checkSentences({ question: { ...QUESTION, title }, probability: NO })
      for (const { pieces } of all) {
        const ours = pieces.filter((piece) => typeof piece === 'string').join('')
        expect(ours.replaceAll(/ by 3 Nov 2027| \(what counts is by 3 Nov 2027\)/gu, '')).toMatch(
          /^(?:If |Unless )(?:the answer to “” is yes)?, this (?:did not come|came) true\.$/u,
        )
      }
    }),
  )
})
