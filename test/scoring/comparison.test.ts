import { describe, expect, test } from 'vitest'
import { answersOf } from '../../src/scoring/answer.ts'
import { compare } from '../../src/scoring/comparison.ts'
import { liveOnly } from '../../src/scoring/eligibility.ts'
import { differenceText } from '../../src/scoring/figure-text.ts'
import type { ForecastUnit, Probability } from '../../src/scoring/forecast-unit.ts'
import { pairsOf, rulingsOf } from '../../src/scoring/pair-rulings.ts'
import { rowsOf } from '../../src/scoring/scored-row.ts'
import { AS_OF, likely, noNaN, said, unit, unlikely } from './a-unit.ts'

type Someone = { id: string; name: string; units: ForecastUnit[] }

/** One unit per question q0, q1 …, each from its own source. */
const answers = (
  who: string,
  probabilities: Probability[],
  outcome: (i: number) => 'yes' | 'no',
  rest: Partial<ForecastUnit> = {},
) => probabilities.map((p, i) => unit(`${who}${i}`, p, { question: `q${i}`, outcome: outcome(i), ...rest }))
const yes = () => 'yes' as const
const times = <T>(n: number, value: T) => Array.from({ length: n }, () => value)
const someone = (id: string, units: ForecastUnit[]): Someone => ({ id, name: id.toUpperCase(), units })
const a = (units: ForecastUnit[]) => someone('a', units)
const b = (units: ForecastUnit[]) => someone('b', units)

const rulingsIn = (...people: Someone[]) =>
  rulingsOf(
    pairsOf(people.map(({ id, units }) => ({ id, answers: answersOf(rowsOf(liveOnly(units), AS_OF)) }))),
  )
/** Two of a ledger, in which others may be. */
const compared = (one: Someone, other: Someone, ...others: Someone[]) =>
  compare(one, other, AS_OF, rulingsIn(one, other, ...others))

describe('compare', () => {
  test('only common questions decide, and the figure is the difference of the two', () => {
    const good = a([...answers('a', times(30, 0.9), yes), unit('alone', 0.1)])
    const poor = b(answers('b', times(30, 0.4), yes))
    const result = compared(good, poor)
    expect(result.common).toBe(30)
    expect(result.difference?.mean[0]).toBeCloseTo(0.01 - 0.36, 12)
    expect(result.difference).toMatchObject({ basis: 'numbers', n: 30, clusters: 30 })
    expect(result.ruling).toMatchObject({ pairs: 1, told_apart: true, points_to: false })
    expect(result.a.brier).toBeCloseTo(0.01, 12)
    expect(result.b.brier).toBeCloseTo(0.36, 12)
    expect(result.verdict).toMatch(
      /^A scores better than B on their 30 common questions, by \.35 \(\.\d\d–\.\d\d\)\.$/,
    )
    expect(result.questions[0]).toMatchObject({ question: 'q0', outcome: 'yes', a: { probability: 0.9 } })
    noNaN(result)
  })

  test('whoever is named first, the sentence is the same and the figures are turned', () => {
    const [good, poor] = [a(answers('a', times(30, 0.9), yes)), b(answers('b', times(30, 0.4), yes))]
    const [there, back] = [compared(good, poor), compared(poor, good)]
    expect(back.verdict).toBe(there.verdict)
    expect(back.earlier).toBe(there.earlier)
    expect(back.ruling).toEqual(there.ruling)
    expect(back.difference?.mean[0]).toBe(-(there.difference?.mean[1] as number))
    expect(back.difference?.interval[0]).toBe(-(there.difference?.interval[1] as number))
  })

  test('only the first statement counts, whatever was said later', () => {
    const changed = answers('a', times(30, 0.9), yes).map((u) => ({
      ...u,
      statements: [said(0.9), said(0.02, { said_on: '2024-06-01' })],
    }))
    expect(compared(a(changed), b(answers('b', times(30, 0.4), yes))).a.brier).toBeCloseTo(0.01, 12)
  })

  test('a small difference cannot be told apart', () => {
    const mixed = (i: number) => (i % 3 ? 'yes' : 'no') as 'yes' | 'no'
    const result = compared(a(answers('a', times(12, 0.7), mixed)), b(answers('b', times(12, 0.6), mixed)))
    expect(result.ruling).toMatchObject({ told_apart: false, points_to: false })
    expect(result.verdict).toMatch(
      /^A and B cannot be told apart on their 12 common questions \(difference −\.\d+ to \.\d+\)\.$/,
    )
  })

  test('what one pair alone would show, many pairs take back: then it only points to somebody', () => {
    // Nine people alike but for a little, so that among 36 pairs one difference is no wonder.
    const outcome = (i: number) => (i % 10 < 6 ? 'yes' : 'no') as 'yes' | 'no'
    const wobble = (who: number) => times(20, 0).map((_, i) => 0.6 + (((who * 7 + i * 13) % 11) - 5) / 50)
    const crowd = Array.from({ length: 7 }, (_, i) => someone(`x${i}`, answers(`x${i}`, wobble(i), outcome)))
    const better = a(
      answers(
        'a',
        times(20, 0).map((_, i) => (i % 10 < 6 ? 0.68 : 0.61)),
        outcome,
      ),
    )
    const worse = b(answers('b', times(20, 0.6), outcome))
    const alone = compared(better, worse)
    const among = compared(better, worse, ...crowd)
    expect(alone.ruling).toMatchObject({ pairs: 1, told_apart: true })
    expect(among.ruling).toMatchObject({ pairs: 36, told_apart: false, points_to: true, p: alone.ruling.p })
    expect(among.verdict).toBe(
      'Points to A, but among 36 pairs 2 such differences are to be expected by chance.',
    )
  })

  test('how often chance would point to somebody is said as it is, for few pairs and for many', () => {
    const said = (tested: number) => {
      const one = { a: 'a', b: 'b', n: 20, common: 20, clusters: 20, basis: 'numbers' as const }
      const test = { n: 20, mean: -0.02, se: 0.0088, df: 20 }
      const rest = { n: 20, mean: 0, se: 0.01, df: 20 }
      const pairs = times(tested, rest).map((t, i) => ({
        ...one,
        mean: [-0.02, -0.02] as [number, number],
        interval: [-0.04, -0.001] as [number, number],
        test: i === 0 ? test : t,
      }))
      const rulings = rulingsOf(pairs)
      return { ...rulings.pairs[0], tested: rulings.tested }
    }
    for (const tested of [3, 10, 19, 20, 28, 40])
      expect(said(tested)).toMatchObject({ points_to: true, tested })
  })

  test('without numbers it compares what came true, and the difference over the readings of the words', () => {
    const result = compared(
      a(answers('a', times(20, likely), yes)),
      b(answers('b', times(20, unlikely), yes)),
    )
    expect([result.a.claims.came_true, result.b.claims.came_true]).toEqual([20, 0])
    expect([result.a.brier, result.b.brier]).toEqual([null, null])
    // best for a: likely .85, unlikely .05; worst: .6 and .3
    expect(result.difference).toMatchObject({ basis: 'readings', n: 20 })
    expect(result.difference?.mean[0]).toBeCloseTo(0.0225 - 0.9025, 12)
    expect(result.difference?.mean[1]).toBeCloseTo(0.16 - 0.49, 12)
    expect(result.verdict).toMatch(
      /^A scores better than B on their 20 common questions, by \.33–\.88, as the words are read, \(\.\d\d–1?\.\d\d\)\.$/,
    )
    noNaN(result)
  })

  test('a difference of numbers counts the questions with two numbers, and says of how many', () => {
    const mostly = (numbers: number, p: number) => [...times(numbers, p), ...times(20, likely)]
    const good = a(answers('a', mostly(13, 0.9), yes, { source_type: 'dataset' }))
    const split = b(
      answers('b', mostly(12, 0.4), yes, { source_type: 'post' }).map((u, i) => ({
        ...u,
        source: `s${i % 6}`,
      })),
    )
    const result = compared(good, split)
    expect([result.common, result.clusters, result.difference?.n, result.difference?.clusters]).toEqual([
      32, 6, 12, 6,
    ])
    expect(result.verdict).toMatch(
      /^A and B cannot be told apart on the 12 of their 32 common questions to which both gave numbers \(/,
    )
    expect(result.b.brier).toBeCloseTo(0.36, 12)
    // One source of b is one group, whatever a's sources are.
    const one = compared(good, b(answers('b', mostly(12, 0.4), yes, { source: 'one', source_type: 'post' })))
    expect(one.withheld).toEqual({ difference: 'too_few_interviews' })
    expect(one.verdict).toBe(
      'A and B cannot be told apart: their 32 common questions come from too few independent interviews.',
    )
  })

  test('with too few numbers on both sides all common questions count, by every reading', () => {
    const mostly = (numbers: number, p: number) => [...times(numbers, p), ...times(20, likely)]
    const result = compared(a(answers('a', mostly(5, 0.9), yes)), b(answers('b', mostly(5, 0.4), yes)))
    expect(result.difference).toMatchObject({ basis: 'readings', n: 25 })
  })

  test('two who used the same words cannot differ, whatever the words mean', () => {
    const result = compared(a(answers('a', times(10, likely), yes)), b(answers('b', times(10, likely), yes)))
    expect(result.difference).toMatchObject({ mean: [0, 0], interval: [0, 0] })
    expect(result.ruling).toMatchObject({ p: 1, p_holm: 1, told_apart: false, points_to: false })
    // A range of nothing is not printed.
    expect(result.verdict).toBe('A and B cannot be told apart on their 10 common questions.')
  })

  test('no common question, too few, and too few interviews are said', () => {
    const three = a(answers('a', times(3, 0.9), yes))
    const none = compared(three, b([unit('x', 0.5)]))
    expect(none).toMatchObject({ common: 0, difference: null, later_by: null, earlier: null, questions: [] })
    expect(none.verdict).toBe('A and B have no decided question in common.')
    const few = compared(three, b(answers('b', times(3, 0.5), yes)))
    expect(few.withheld).toEqual({ difference: 'too_few_scored' })
    expect(few.verdict).toBe(
      'A and B cannot be told apart: they have only 3 common questions, and it takes 10.',
    )
    expect(compared(a(answers('a', [0.9], yes)), b(answers('b', [0.5], yes))).verdict).toMatch(
      /only 1 common question, and it takes 10\.$/,
    )
    noNaN([none, few])
  })

  test('who spoke earlier is said, by the median over the questions that count', () => {
    const on = (said_on: string) => (u: ForecastUnit) => ({ ...u, statements: [said(0.6, { said_on })] })
    const spoke = (there: string, back: string) =>
      compared(
        a(answers('a', times(11, 0.6), yes).map(on(there))),
        b(answers('b', times(11, 0.6), yes).map(on(back))),
      )
    expect(spoke('2024-03-01', '2024-01-21')).toMatchObject({
      later_by: 40,
      earlier: 'B spoke 40 days earlier, in the median.',
    })
    expect(spoke('2024-01-21', '2024-01-22').earlier).toBe('A spoke 1 day earlier, in the median.')
    expect(spoke('2024-01-21', '2024-01-21').earlier).toBe('In the median neither spoke earlier.')
  })

  test('what was logged late or afterwards is not compared', () => {
    const late = answers('b', times(12, 0.5), yes).map((u) => ({
      ...u,
      statements: [said(0.5, { logged: 'late' as const })],
    }))
    expect(compared(a(answers('a', times(12, 0.9), yes)), b(late)).common).toBe(0)
  })
})

test('a range of differences does not read as zero at an end that is not', () => {
  expect(differenceText([0.002, 0.05])).toBe('.002–.050')
  expect(differenceText([-0.05, -0.0004])).toBe('−.0500 to −.0004')
  expect(differenceText([0, 0.05])).toBe('.00–.05')
  expect(differenceText([-0.02, 0.03])).toBe('−.02 to .03')
})
