import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AnalystSummary, standingOf, summarised } from '../../src/scoring/analysts.ts'
import { benjaminiHochberg } from '../../src/scoring/benjamini-hochberg.ts'
import { eBH } from '../../src/scoring/e-bh.ts'
import { estimatesOf } from '../../src/scoring/estimates.ts'
import type { ForecastUnit } from '../../src/scoring/forecast-unit.ts'
import { hierarchicalAnalysts } from '../../src/scoring/hierarchical-analysts.ts'
import { pairVerdicts } from '../../src/scoring/pair-verdicts.ts'
import { qTest } from '../../src/scoring/q-test.ts'
import { AS_OF, flatlyYes, LOGGING, likely, many, noNaN, possibly, said, unit } from './a-unit.ts'

const NOTHING = { untestable: 0, duplicates: 0 }
const summary = (id: string, units: ForecastUnit[]): AnalystSummary =>
  summarised({ id, name: id.toUpperCase(), units, logging: LOGGING, complete: NOTHING }, AS_OF).summary
const nobody = { tested: 0, pairs: [] }
const standing = (summaries: AnalystSummary[]) => standingOf(summaries, nobody)

describe('what is kept of an analyst', () => {
  test('n, what came true, what was to be expected, where chance leads, and what was too vague', () => {
    const units = [
      ...many(4, 3, 0.8),
      ...many(2, 2, flatlyYes),
      unit('v', possibly),
      unit('open', 0.5, { state: 'open' }),
    ]
    const made = summary('a', units)
    expect(made).toMatchObject({ id: 'a', name: 'A', forecasts: 8, scored: 6, too_vague: 1 })
    expect(made.claims).toMatchObject({ n: 6, clusters: 6, came_true: 5 })
    expect(made.claims.promised[0]).toBeCloseTo(3.2 + 1.82, 12)
    expect(made.claims.chance?.[0]).toBeLessThanOrEqual(made.claims.chance?.[1] ?? -1)
    noNaN(made)
  })

  test('only what was logged live, and only the first statement', () => {
    const late = unit('late', 0.9, { statements: [said(0.9, { logged: 'late' })] })
    const changed = unit('x', 0.9, { statements: [said(0.9), said(0.1, { said_on: '2024-05-01' })] })
    const { summary: made, answers } = summarised(
      { id: 'a', name: 'A', units: [late, changed], logging: LOGGING, complete: NOTHING },
      AS_OF,
    )
    expect([made.forecasts, made.claims.came_true]).toEqual([1, 1])
    expect(answers).toMatchObject([{ question: 'q-x', mid: 0.9, outcome: 1, stated: true }])
  })

  test('what can be checked is of all sources that were read to the end', () => {
    const complete = { untestable: 3, duplicates: 1 }
    const made = summarised(
      { id: 'a', name: 'A', units: many(4, 3, 0.8), logging: { ...LOGGING, complete: 2 }, complete },
      AS_OF,
    )
    expect(made.summary.checkable).toMatchObject({ n: 8, share: 4 / 7, sources: 2 })
  })
})

describe('the list', () => {
  test('nobody is said to differ who might be listed so by chance', () => {
    // p of the one is about .01: enough alone, and not among twenty others.
    const odd = summary('odd', many(20, 12, 0.85))
    const even = (i: number) => summary(`even${i}`, many(20, 17, 0.85))
    expect(odd.claims.p_value).toBeLessThan(0.05)
    expect(odd.claims.p_value).toBeGreaterThan(0.0025)
    const differing = (summaries: AnalystSummary[]) =>
      standing(summaries).people.flatMap(({ id, claims: { differs } }) =>
        differs === null ? [] : [[id, differs]],
      )
    expect(differing([odd])).toEqual([['odd', 'fewer']])
    expect(differing([odd, ...Array.from({ length: 20 }, (_, i) => even(i))])).toEqual([])
    expect(differing([summary('more', many(60, 59, 0.6))])).toEqual([['more', 'more']])
  })

  test('it keeps the order in which it is given, whoever is better', () => {
    const all = [summary('b', many(20, 2, 0.9)), summary('a', many(20, 18, 0.9))]
    expect(standing(all).people.map(({ id }) => id)).toEqual(['b', 'a'])
  })

  test('those who have not been tested are not counted among the tests', () => {
    const few = Array.from({ length: 40 }, (_, i) => summary(`few${i}`, many(2, 1, 0.5)))
    const [first] = standing([summary('odd', many(20, 12, 0.85)), ...few]).people
    expect(first?.claims.p_holm).toBe(first?.claims.p_value)
  })

  test('alarms: only of who raises one, and still among so many', () => {
    const bold = summary('bold', many(60, 30, 0.95))
    const even = (i: number) => summary(`even${i}`, many(40, 34, 0.85))
    expect(bold.monitor?.e).toBeGreaterThan(1000)
    expect(standing([bold, even(1)]).alarms).toMatchObject([{ id: 'bold', sentence: bold.monitor?.alarm }])
    expect(standing([even(1), even(2)]).alarms).toEqual([])
    const crowd = Array.from({ length: 200 }, (_, i) => ({ ...even(0), id: `even${i}` }))
    const slight: AnalystSummary = { ...bold, monitor: { e: 25, alarm: 'It no longer fits.' } }
    expect(standing([slight]).alarms).toHaveLength(1)
    expect(standing([slight, ...crowd]).alarms).toEqual([])
  })

  test('findings: who differs by their own page and among all, and as many who fit', () => {
    const bold = (i: number) => ({ ...summary('bold', many(60, 30, 0.95)), id: `bold${i}` })
    const fits = (i: number) => ({
      ...summary(
        'fits',
        many(200, 0, 0.9, (i) => ({ outcome: i % 10 === 3 ? 'no' : 'yes' })),
      ),
      id: `fits${i}`,
    })
    expect([bold(1).finding.rule, fits(1).finding.rule]).toEqual(['part_differs', 'fits'])
    const two = standing([bold(1), fits(1), fits(2), fits(3)]).findings
    expect([two.differ.map(({ id }) => id), two.fit.map(({ id }) => id)]).toEqual([['bold1'], ['fits1']])
    expect(standing([fits(1), fits(2)]).findings).toEqual({ differ: [], fit: [] })
    const untold = summary('few', many(2, 1, 0.5))
    expect(standing([untold]).findings).toEqual({ differ: [], fit: [] })
  })
})

describe('estimates', () => {
  const reference = () => ({ reference: 0.5 })
  const good = (id: string, rest: () => Partial<ForecastUnit> = reference) =>
    summary(id, [...many(30, 28, 0.9, rest), ...many(30, 2, 0.1, rest)])
  const poor = (id: string) => summary(id, [...many(30, 12, 0.9, reference), ...many(30, 18, 0.1, reference)])
  const middling = (id: string, n: number) => summary(id, many(60, n, 0.8, reference))

  test('fewer than five analysts, or no reference for every question, or no difference: none, and why', () => {
    expect(estimatesOf([good('a'), good('b'), poor('c'), poor('d')])).toBe('too_few_analysts')
    expect(estimatesOf([])).toBe('too_few_analysts')
    const without = (id: string) => good(id, () => ({}))
    expect(estimatesOf([without('a'), good('b'), poor('c'), poor('d'), poor('e')])).toBe('no_reference')
    const one = many(60, 48, 0.8, reference).map((u, i) => (i === 0 ? { ...u, reference: null } : u))
    expect(estimatesOf([summary('a', one), good('b'), good('c'), good('d'), good('e')])).toBe('no_reference')
    const alike = ['a', 'b', 'c', 'd', 'e'].map((id, i) => middling(id, 47 + (i % 2)))
    expect(estimatesOf(alike)).toBe('no_detectable_differences')
  })

  test('real differences are shown, each drawn towards the others, in the order of names', () => {
    const all = [poor('e'), poor('d'), good('a'), good('b'), middling('c', 48)]
    const made = estimatesOf(all)
    if (typeof made === 'string') throw new Error(made)
    expect(made.estimates.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e'])
    const [a] = made.estimates
    const e = made.estimates.at(-1)
    expect(a?.estimate).toBeLessThan(made.mu)
    expect(a?.estimate).toBeGreaterThan(a?.mean ?? 0)
    expect(e?.estimate).toBeLessThan(e?.mean ?? 0)
    expect(made.p).toBeLessThan(0.05)
    noNaN(made)
  })

  test('somebody whose numbers are those of the reference is in no estimate', () => {
    const same = summary('same', many(60, 30, 0.5, reference))
    expect(same.against_references).toMatchObject({ mean: 0, variance: 0, referenced: 60 })
    expect(estimatesOf([same, good('b'), good('c'), poor('d'), poor('e')])).toBe('no_reference')
    noNaN(estimatesOf([same, good('a'), good('b'), poor('c'), poor('d'), poor('e')]))
  })

  test('words are in no estimate', () => {
    expect(summary('w', many(30, 20, likely)).against_references.n).toBe(0)
  })
})

const p = fc.double({ min: 0, max: 1, noNaN: true })
const e = fc.double({ min: 0, max: 1000, noNaN: true })
const numbers = fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: 2, maxLength: 8 })
const variances = fc.double({ min: 1e-5, max: 0.02, noNaN: true })

describe('laws', () => {
  test('e-BH names the same as Benjamini–Hochberg on 1/E, and more evidence never takes anybody out', () => {
    fc.assert(
      fc.property(fc.array(e, { maxLength: 12 }), fc.nat(11), (values, at) => {
        const named = eBH(values, 0.1).named
        const p = values.map((value) => (value === 0 ? 1 : Math.min(1, 1 / value)))
        const margin = values.some(
          (v) => named.length > 0 && Math.abs(v - values.length / (0.1 * named.length)) < 1e-9,
        )
        if (!margin) expect(benjaminiHochberg(p, 0.1).named).toEqual(named)
        const more = values.map((value, i) => (i === at ? value * 2 : value))
        expect(eBH(more, 0.1).named).toEqual(expect.arrayContaining(named))
        // All that are named reach what is asked of so many.
        for (const i of named)
          expect(values[i]).toBeGreaterThanOrEqual(values.length / (0.1 * named.length) - 1e-9)
      }),
    )
  })

  test('Benjamini–Hochberg names everybody below the largest that it names, and untested ones never count', () => {
    fc.assert(
      fc.property(fc.array(fc.option(p), { maxLength: 12 }), (values) => {
        const { named, count, threshold } = benjaminiHochberg(values, 0.1)
        expect(named).toHaveLength(count)
        expect(named).toEqual(values.flatMap((v, i) => (v !== null && v <= (threshold ?? -1) ? [i] : [])))
        const tested = values.filter((v) => v !== null)
        expect(benjaminiHochberg(tested, 0.1).count).toBe(count)
      }),
    )
  })

  test('pairs: told apart implies pointing by itself; p is the same in both directions; few questions are never tested', () => {
    const pair = fc.record({
      n: fc.integer({ min: 0, max: 60 }),
      mean: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
      se: fc.double({ min: 0, max: 0.1, noNaN: true }),
      df: fc.double({ min: 1, max: 60, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 10 }), (pairs) => {
        const { tested, pairs: verdicts } = pairVerdicts(pairs)
        expect(tested).toBe(pairs.filter(({ n, df }) => n >= 10 && df >= 4).length)
        verdicts.forEach(({ p, p_holm, told_apart, points_to }, i) => {
          const { n, df } = pairs[i] as (typeof pairs)[number]
          expect(p === null).toBe(n < 10 || df < 4)
          expect(told_apart && points_to).toBe(false)
          if (told_apart || points_to) expect(p).toBeLessThan(0.05)
          if (p !== null) expect(p_holm).toBeGreaterThanOrEqual(p)
        })
        const turned = pairVerdicts(pairs.map((one) => ({ ...one, mean: -one.mean })))
        expect(turned.pairs).toEqual(verdicts)
      }),
    )
  })

  test('estimates lie between the smallest and the largest mean, and chances add up to one', () => {
    fc.assert(
      fc.property(numbers, fc.array(variances, { minLength: 8, maxLength: 8 }), (d, spare) => {
        const v = spare.slice(0, d.length)
        const made = hierarchicalAnalysts(d, v)
        if (made === null) throw new Error('none')
        for (const mean of made.mean) {
          expect(mean).toBeGreaterThanOrEqual(Math.min(...d) - 1e-12)
          expect(mean).toBeLessThanOrEqual(Math.max(...d) + 1e-12)
        }
        expect(made.better(0, 1) + made.better(1, 0)).toBeCloseTo(1, 9)
        expect(made.better(0, 0)).toBeCloseTo(0.5, 12)
      }),
      { numRuns: 30 },
    )
  })

  test('Q and Welch do not mind where zero is, nor in which order the analysts come', () => {
    fc.assert(
      fc.property(numbers, fc.array(variances, { minLength: 8, maxLength: 8 }), (d, spare) => {
        const v = spare.slice(0, d.length)
        const df = d.map((_, i) => 10 + i)
        const plain = qTest(d, v, df, v)
        const moved = qTest(
          d.map((x) => x + 0.1),
          v,
          df,
          v,
        )
        const turned = qTest([...d].reverse(), [...v].reverse(), [...df].reverse(), [...v].reverse())
        for (const other of [moved, turned]) {
          expect(other?.q).toBeCloseTo(plain?.q ?? -1, 4)
          expect(other?.p).toBeCloseTo(plain?.p ?? -1, 6)
        }
      }),
    )
  })
})
