import { describe, expect, test } from 'vitest'
import { analystEstimates, analystSummary } from '../../src/scoring/analysts.ts'
import { compare } from '../../src/scoring/comparison.ts'
import type { ForecastUnit, Probability } from '../../src/scoring/forecast-unit.ts'
import { differenceText } from '../../src/scoring/verdict.ts'
import { AS_OF, flatlyYes, likely, many, noNaN, possibly, said, unit, unlikely } from './a-unit.ts'

/** One unit per question q0, q1 …, each from its own source. */
const answers = (
  who: string,
  probabilities: Probability[],
  outcome: (i: number) => 'yes' | 'no',
  rest: Partial<ForecastUnit> = {},
) => probabilities.map((p, i) => unit(`${who}${i}`, p, { question: `q${i}`, outcome: outcome(i), ...rest }))
const yes = () => 'yes' as const
const times = <T>(n: number, value: T) => Array.from({ length: n }, () => value)

describe('compare', () => {
  test('only common questions decide, and the figure is the difference of the two', () => {
    const a = { name: 'A', units: [...answers('a', times(30, 0.9), yes), unit('alone', 0.1)] }
    const b = { name: 'B', units: answers('b', times(30, 0.4), yes) }
    const result = compare(a, b, AS_OF)
    expect(result.common).toBe(30)
    expect(result.difference?.mean).toBeCloseTo(0.01 - 0.36, 12)
    expect(result.difference).toMatchObject({ n: 30, clusters: 30, can_be_told_apart: true })
    expect(result.a.brier).toBeCloseTo(0.01, 12)
    expect(result.b.brier).toBeCloseTo(0.36, 12)
    expect(result.verdict).toMatch(
      /^A scored better than B by \.35 on 30 common questions, in 30 independent groups \(difference −\./,
    )
    expect(compare(b, a, AS_OF).verdict).toMatch(/^A scored better than B by \.35/)
    expect(compare(b, a, AS_OF).difference?.mean).toBeCloseTo(0.35, 12)
    expect(result.questions[0]).toMatchObject({ question: 'q0', outcome: 'yes', a: { probability: 0.9 } })
    noNaN(result)
  })

  test('a small difference cannot be told apart', () => {
    const mixed = (i: number) => (i % 3 ? 'yes' : 'no') as 'yes' | 'no'
    const result = compare(
      { name: 'A', units: answers('a', times(8, 0.7), mixed) },
      { name: 'B', units: answers('b', times(8, 0.6), mixed) },
      AS_OF,
    )
    expect(result.difference?.can_be_told_apart).toBe(false)
    expect(result.verdict).toMatch(
      /^A and B cannot be told apart on 8 common questions, in 8 independent groups \(difference/,
    )
  })

  test('without numbers it compares what came true, and the difference over the readings of the words', () => {
    const a = { name: 'A', units: answers('a', times(20, likely), yes) }
    const b = { name: 'B', units: answers('b', times(20, unlikely), yes) }
    const result = compare(a, b, AS_OF)
    expect(result.withheld.difference).toBe('no_stated_probabilities')
    expect([result.a.claims.came_true, result.b.claims.came_true]).toEqual([20, 0])
    // best for a: likely .85, unlikely .05; worst: .6 and .3
    expect(result.difference_over_readings?.best).toBeCloseTo(0.0225 - 0.9025, 12)
    expect(result.difference_over_readings?.worst).toBeCloseTo(0.16 - 0.49, 12)
    expect(result.difference_over_readings?.can_be_told_apart).toBe(true)
    expect(result.verdict).toMatch(/^A scored better than B on 20 common questions/)
    noNaN(result)
  })

  test('a difference of numbers counts the questions with two numbers, and says of how many', () => {
    const mostly = (numbers: number, p: number) => [...times(numbers, p), ...times(20, likely)]
    const a = { name: 'A', units: answers('a', mostly(10, 0.9), yes, { source_type: 'dataset' }) }
    const b = { name: 'B', units: answers('b', mostly(8, 0.4), yes, { source: 'one', source_type: 'post' }) }
    const split = {
      name: 'B',
      units: answers('b', mostly(8, 0.4), yes, { source_type: 'post' }).map((u, i) => ({
        ...u,
        source: `s${i % 4}`,
      })),
    }
    const result = compare(a, split, AS_OF)
    expect([result.common, result.clusters, result.difference?.n, result.difference?.clusters]).toEqual([
      28, 4, 8, 4,
    ])
    expect(result.verdict).toMatch(
      /on those 8 of 28 common questions to which both gave numbers, in 4 independent groups \(/,
    )
    expect(result.b.brier).toBeCloseTo(0.36, 12)
    // One source of b is one group, whatever a's sources are.
    const one = compare(a, b, AS_OF)
    expect(one.verdict).toMatch(/too few decided, on 28 common questions, in one independent group\.$/)
  })

  test('two who used the same words cannot differ, whatever the words mean', () => {
    const result = compare(
      { name: 'A', units: answers('a', times(10, likely), yes) },
      { name: 'B', units: answers('b', times(10, likely), yes) },
      AS_OF,
    )
    expect(result.difference_over_readings).toMatchObject({
      best: 0,
      worst: 0,
      interval: [0, 0],
      can_be_told_apart: false,
    })
  })

  test('no common question, too few, and too few interviews are said', () => {
    const a = { name: 'A', units: answers('a', times(3, 0.9), yes) }
    const none = compare(a, { name: 'B', units: [unit('x', 0.5)] }, AS_OF)
    expect(none).toMatchObject({ common: 0, difference: null, difference_over_readings: null, questions: [] })
    expect(none.verdict).toBe('A and B have no decided question in common.')
    const few = compare(a, { name: 'B', units: answers('b', times(3, 0.5), yes) }, AS_OF)
    expect(few.withheld).toEqual({ difference: 'too_few_scored', difference_over_readings: 'too_few_scored' })
    expect(few.verdict).toBe(
      'A and B cannot be told apart: too few decided, on 3 common questions, in 3 independent groups.',
    )
    const one = compare(
      { name: 'A', units: answers('a', [0.9], yes) },
      { name: 'B', units: answers('b', [0.5], yes) },
      AS_OF,
    )
    expect(one.verdict).toMatch(/on 1 common question, in one independent group\.$/)
    const same = { source: 'one' }
    const crowded = compare(
      { name: 'A', units: answers('a', times(9, 0.9), yes) },
      { name: 'B', units: answers('b', times(9, 0.5), yes, same) },
      AS_OF,
    )
    expect(crowded.withheld.difference).toBe('too_few_interviews')
    noNaN([none, few, crowded])
  })

  test('what was logged late or afterwards is not compared', () => {
    const late = answers('b', times(9, 0.5), yes).map((u) => ({
      ...u,
      statements: [said(0.5, { logged: 'late' as const })],
    }))
    expect(
      compare({ name: 'A', units: answers('a', times(9, 0.9), yes) }, { name: 'B', units: late }, AS_OF)
        .common,
    ).toBe(0)
  })
})

describe('the list of analysts', () => {
  const analyst = (id: string, units: ForecastUnit[]) =>
    analystSummary({ id, name: id.toUpperCase(), units }, AS_OF)

  test('each has n, what came true, what was promised and what was too vague', () => {
    const summary = analyst('a', [
      ...many(4, 3, 0.8),
      ...many(2, 2, flatlyYes),
      unit('v', possibly),
      unit('open', 0.5, { state: 'open' }),
    ])
    expect(summary).toMatchObject({
      id: 'a',
      name: 'A',
      forecasts: 8,
      scored: 6,
      clusters: 6,
      tier: 2,
      claims: 6,
      came_true: 5,
      too_vague: 1,
    })
    expect(summary.promised[0]).toBeCloseTo(3.2 + 1.82, 12)
    expect(summary.stated.n).toBe(4)
    // d: three times .04 − .25, once .64 − .25
    expect(summary.stated.sum).toBeCloseTo(3 * -0.21 + 0.39, 12)
    expect(summary.stated.sum_of_squares).toBeCloseTo(3 * 0.0441 + 0.1521, 12)
    expect(summary.stated.without_reference).toBe(4)
  })

  test('a reference fixed in advance takes the place of .25', () => {
    const summary = analyst('a', [unit('x', 0.8, { reference: 0.7 })])
    expect(summary.stated.sum).toBeCloseTo(0.04 - 0.09, 12)
    expect(summary.stated.without_reference).toBe(0)
  })

  test('fewer than two records of tier 3 give no estimates', () => {
    expect(analystEstimates([analyst('a', many(20, 16, 0.8)), analyst('b', many(19, 16, 0.8))])).toBeNull()
    expect(analystEstimates([])).toBeNull()
  })

  test('equal analysts have no detectable differences and stand in one group', () => {
    const two = analystEstimates([analyst('b', many(20, 16, 0.8)), analyst('a', many(20, 16, 0.8))])
    expect(two).toMatchObject({ tau2: 0, detectable: false, questions_differ: true, groups: [['a', 'b']] })
    expect(two?.estimates.map((e) => e.id)).toEqual(['a', 'b'])
  })

  test('clearly different analysts are shrunk towards each other and stand in different groups', () => {
    const good = many(100, 95, 0.95, () => ({ reference: 0.5 }))
    const fair = many(100, 88, 0.9, () => ({ reference: 0.5 }))
    const bad = many(100, 20, 0.9, () => ({ reference: 0.5 }))
    const result = analystEstimates([analyst('good', good), analyst('fair', fair), analyst('bad', bad)])
    expect(result?.detectable).toBe(true)
    expect(result?.questions_differ).toBe(false)
    expect(result?.groups).toEqual([['good', 'fair'], ['bad']])
    const line = result?.estimates.find((e) => e.id === 'bad')
    expect(line?.estimate).toBeLessThan(line?.mean as number)
    expect(line?.estimate).toBeGreaterThan(result?.mu as number)
    noNaN(result)
  })

  test('records without any spread still give numbers', () => {
    const result = analystEstimates([analyst('a', many(20, 20, 1)), analyst('b', many(20, 0, 1))])
    noNaN(result)
    expect(result?.detectable).toBe(true)
    expect(result?.groups).toEqual([['a'], ['b']])
  })
})

test('a range of differences does not read as zero at an end that is not', () => {
  expect(differenceText([0.002, 0.05])).toBe('.002–.050')
  expect(differenceText([-0.05, -0.0004])).toBe('−.0500 to −.0004')
  expect(differenceText([0, 0.05])).toBe('.00–.05')
  expect(differenceText([-0.02, 0.03])).toBe('−.02 to .03')
})
