import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { integratedBrier } from '../../src/scoring/integrated-brier.ts'
import { intervalCoverage } from '../../src/scoring/interval-coverage.ts'
import { uniformReference } from '../../src/scoring/uniform-reference.ts'

const whole = fc.integer({ min: -30, max: 30 })

describe('what knowing only the question would score', () => {
  const numeric = (low: number, high: number, outcome: number) =>
    uniformReference({ type: 'numeric', range: { low, high }, outcome, deadline_on: '2025-01-01' })

  test('numbers: the published formula, the best in the middle, the worst at and beyond the ends', () => {
    fc.assert(
      fc.property(whole, fc.integer({ min: 1, max: 60 }), whole, (low, width, value) => {
        const u = Math.min(1, Math.max(0, (value - low) / width))
        const score = numeric(low, low + width, value) as number
        expect(score).toBeCloseTo((u ** 3 + (1 - u) ** 3) / 3, 12)
        expect(score).toBeGreaterThanOrEqual(1 / 12 - 1e-12)
        expect(score).toBeLessThanOrEqual(1 / 3 + 1e-12)
      }),
    )
  })

  test('a date that did not come counts up to the deadline, a number that did not come has no score', () => {
    const range = { low: '2024-01-01', high: '2024-12-31' }
    const never = { type: 'date', range, outcome: null, deadline_on: '2024-07-01' } as const
    expect(uniformReference(never)).toBeCloseTo((182 / 365) ** 2 / 3, 12)
    expect(uniformReference({ ...never, outcome: '2024-01-01' })).toBeCloseTo(1 / 3, 12)
    expect(uniformReference({ ...never, type: 'numeric' })).toBeNull()
    expect(uniformReference({ ...never, range: null })).toBeNull()
    expect(uniformReference({ ...never, range: { low: 3, high: 3 } })).toBeNull()
    expect(integratedBrier({ xs: [0, 1], F: [0, 1] }, null, { low: 0, high: 1 }, 0.5)).toBeCloseTo(1 / 12, 12)
  })

  test('options: more of them are harder, and only those that stand in the question count', () => {
    const options = ['a', 'b', 'c', 'd']
    const of = (k: number, outcome: string, ordered = false) =>
      uniformReference({
        type: 'multiple_choice',
        options: options.slice(0, k),
        ordered,
        outcome,
        deadline_on: '2025-01-01',
      })
    expect([of(2, 'a'), of(4, 'd'), of(2, 'b', true), of(4, 'z')]).toEqual([0.25, 0.375, 0.25, null])
    expect(of(4, 'b', true)).toBeLessThan(of(4, 'a', true) as number)
    expect(uniformReference({ type: 'multiple_choice', outcome: 'a', deadline_on: '2025-01-01' })).toBeNull()
  })
})

describe('how often stated ranges held the truth', () => {
  const interval = fc.record({
    low: whole,
    width: fc.nat(20),
    level: fc.constantFrom(0.5, 0.8, 0.9),
    value: fc.option(whole),
    group: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  })

  test('each range is counted once, at its level, and nothing that never came is held', () => {
    fc.assert(
      fc.property(fc.array(interval), (rows) => {
        const figures = intervalCoverage(
          rows.map(({ low, width, level, value }) => ({ low, high: low + width, level, value })),
          [rows.map(({ group }) => group)],
        )
        expect(figures.reduce((n, figure) => n + figure.n, 0)).toBe(rows.length)
        expect(figures.map(({ level }) => level)).toEqual([...new Set(rows.map((r) => r.level))].sort())
        for (const { level, n, contained, groups, wilson, p } of figures) {
          const those = rows.filter((r) => r.level === level)
          expect(contained).toBeLessThanOrEqual(those.filter((r) => r.value !== null).length)
          expect(groups).toBe(new Set(those.map((r) => r.group)).size)
          expect(wilson[0] - 1e-12 <= contained / n && contained / n <= wilson[1] + 1e-12).toBe(true)
          expect(p === null).toBe(groups < 5)
        }
      }),
    )
  })

  test('of two partitions the fewer groups count, and the more cautious p', () => {
    const rows = Array.from({ length: 30 }, (_, i) => ({
      low: 0,
      high: 1,
      level: 0.8,
      value: i < 15 ? 0 : 2,
    }))
    const alone = rows.map((_, i) => `s${i}`)
    const families = rows.map((_, i) => `f${i % 6}`)
    const [one] = intervalCoverage(rows, [alone])
    const [both] = intervalCoverage(rows, [alone, families])
    expect([one?.groups, both?.groups]).toEqual([30, 6])
    expect(one?.p).toBeLessThan(0.001)
    expect(both?.p).toBeGreaterThan(one?.p as number)
  })
})
