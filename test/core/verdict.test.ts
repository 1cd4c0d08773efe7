import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Probability } from '../../src/core/probability.ts'
import type { Question } from '../../src/core/question.ts'
import { verdictOf, verdictOn, verdictText } from '../../src/core/verdict.ts'

const war = {
  deadline: { date: '2025-04-08' },
  if_yes: 'a new war began',
  if_no: 'no new war began',
}
const told = (probability: Probability, outcome: string | number, question: object = war): string =>
  verdictText(verdictOf(probability, { outcome }), {
    question: question as Pick<Question, 'deadline'>,
    probability,
  }).replaceAll('\u00a0', ' ')

const words = (low: number, mid: number, high: number) => ({ words: 'so', low, mid, high, lexicon: '1' })

describe('the verdict on a claim', () => {
  it('is that of the side leaned to, in numbers, in words and flatly', () => {
    expect(told({ words: 'there will be no war', categorical: 'no' }, 'no')).toBe(
      'Came true · no new war began',
    )
    expect(told({ words: 'there will be no war', categorical: 'no' }, 'yes')).toBe(
      'Did not come true · a new war began',
    )
    expect(told(words(0.6, 0.7, 0.8), 'no')).toBe('Did not come true · no new war began')
    expect(told({ words: 'вряд ли', leans: 'no' }, 'no')).toBe('Came true · no new war began')
    expect(told(0.7, 'no')).toBe('Did not come true · no new war began · said 70 %')
    expect(told({ low: 0.2, high: 0.3 }, 'no')).toBe('Came true · no new war began · said 20–30 %')
  })

  it('says whether it happened where the question has no words for it', () => {
    const question = { deadline: war.deadline }
    expect(told(0.9, 'yes', question)).toBe('Came true · it happened · said 90 %')
    expect(told(0.9, 'no', question)).toBe('Did not come true · it did not happen · said 90 %')
  })

  it('is none at one half, of several options, and of numbers and dates', () => {
    expect(told(0.5, 'yes')).toBe('said 50 % · a new war began')
    expect(told({ low: 0.4, high: 0.6 }, 'no')).toBe('said 40–60 % · no new war began')
    expect(told(words(0.4, 0.5, 0.6), 'no')).toBe('leaned to neither side · no new war began')
    const options = { ...war, type: 'multiple_choice', options: ['Left', 'Right'] }
    expect(told({ Left: 0.4, Right: 0.6 }, 'Left', options)).toBe('gave it 40 % · it was: Left')
    expect(told({ Right: 1 }, 'Left', options)).toBe('did not name it · it was: Left')
    const number = { ...war, type: 'numeric', range: { low: 0, high: 9, unit: '%' } }
    expect(told({ interval: [3, 5], level: 0.8 }, 4, number)).toBe('put 80 % on 3 to 5 · it was 4 %')
    expect(told({ quantiles: { '0.1': 3, '0.9': 5 } }, 6, number)).toBe('put 80 % on 3 to 5 · it was 6 %')
    const date = { ...war, type: 'date', range: { low: '2025-01-01', high: '2025-04-08' } }
    const may: Probability = { interval: ['2025-01-01', '2025-02-01'], level: 0.5 }
    expect(told(may, '2025-01-03', date)).toBe(
      'put 50 % on 1 Jan 2025 to 1 Feb 2025 · it happened on 3 Jan 2025',
    )
    expect(told(may, 'not_by_deadline', date)).toBe(
      'put 50 % on 1 Jan 2025 to 1 Feb 2025 · it did not happen by 8 Apr 2025',
    )
  })

  it('is none of words that can mean almost anything, whatever happened', () => {
    for (const outcome of ['yes', 'no', 'annulled', null])
      expect(verdictOf(words(0.2, 0.4, 0.7), { outcome })).toEqual({ kind: 'too_vague' })
  })

  it('is none without a result, and says why', () => {
    const because = (outcome: string, annulled_because: 'moot' | 'condition_not_met' | null = null) =>
      verdictText(verdictOf(0.9, { outcome, annulled_because }), { question: war, probability: 0.9 })
    expect(because('annulled', 'condition_not_met')).toBe('no result: the condition never arose')
    expect(because('annulled', 'moot')).toBe('no result: it became moot')
    expect(because('ambiguous')).toBe('no result: the criteria do not decide')
  })

  it('waits for an outcome that is in force', () => {
    const at = (state: 'open' | 'due' | 'proposed', overdue = 0) =>
      verdictText(verdictOf(0.9, { outcome: null }), { question: war, probability: 0.9, state, overdue })
    expect(at('open')).toBe('open until 8 Apr 2025')
    expect(at('due')).toBe('needs a decision')
    expect(at('due', 4)).toBe('has needed a decision for 4 days')
    expect(at('proposed')).toBe('an outcome is proposed')
  })

  it('gives no credit for what was said when it was known, or logged by mistake', () => {
    const record = { probability: 0.9, said_on: { from: '2025-03-01', to: '2025-03-02' } }
    const deadline = { date: '2025-04-08', time_zone: 'UTC' }
    const asked = (known_on: string) => ({ record: { deadline }, outcome: 'yes', known_on })
    expect(verdictOn({ record }, asked('2025-03-03')).kind).toBe('came_true')
    expect(verdictOn({ record }, asked('2025-03-02'))).toEqual({ kind: 'no_result', because: 'too_late' })
    expect(verdictOn({ record, retraction: {} }, asked('2025-03-03'))).toEqual({
      kind: 'no_result',
      because: 'retracted',
    })
  })

  it('turns round with the claim: what came true of a yes did not of the no', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom('yes', 'no'), (p, outcome) => {
        const kinds = [p, 1 - p].map((each) => verdictOf(each, { outcome }).kind)
        const turned = { came_true: 'did_not', did_not: 'came_true', said: 'said' } as Record<string, string>
        // What lies closer to one half than a number can tell may round to it.
        fc.pre(Math.abs(p - 0.5) > 1e-9 || p === 0.5)
        expect(kinds[1]).toBe(turned[kinds[0] as string])
      }),
    )
  })
})
