import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Band } from '../../src/core/probability.ts'
import { countTest } from '../../src/scoring/count-test.ts'
import { detectableShift } from '../../src/scoring/detectable-shift.ts'
import { fitTest } from '../../src/scoring/fit-test.ts'
import { chanceCounts, parallelRecords } from '../../src/scoring/parallel-records.ts'
import { clusteredPoissonBinomial } from '../../src/scoring/poisson-binomial.ts'
import { sum } from '../../src/scoring/summation.ts'

// 1 − p is exact only for such numbers, so that leaning no changes nothing but the side.
const exact = fc.integer({ min: 0, max: 1024 }).map((k) => k / 1024)
const band: fc.Arbitrary<Band> = fc
  .tuple(exact, exact, exact)
  .map((ends) => ends.sort((a, b) => a - b))
  .map(([low, mid, high]) => ({ low, mid, high }) as Band)
const label = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g')
const row = fc.record({ band, y: fc.constantFrom(0, 1), source: label, family: label })
const rows = fc.array(row, { minLength: 1, maxLength: 40 })
type Row = { band: Band; y: number; source: string; family: string }

const partitionsOf = (of: readonly Row[]) => [of.map((r) => r.source), of.map((r) => r.family)]
const recordsOf = (of: readonly Row[]) =>
  parallelRecords(
    of.map((r) => r.band),
    of.map((r) => r.y),
    partitionsOf(of),
  )
const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9)
const meanOf = (pmf: readonly number[]) => sum(pmf.map((chance, k) => chance * k))

describe('claims against parallel records', () => {
  test('the p-values are those of the count test on the side leaned to', () => {
    fc.assert(
      fc.property(rows, (of) => {
        const { n, came_true, p_value, p_usual, promised } = recordsOf(of)
        const leaning = of.filter((r) => r.band.mid !== 0.5)
        const side = leaning.map(({ band: b }) =>
          b.mid > 0.5 ? b : { low: 1 - b.high, mid: 1 - b.mid, high: 1 - b.low },
        )
        const [low, mid, high] = (['low', 'mid', 'high'] as const).map((end) => side.map((b) => b[end]))
        if (!low || !mid || !high) throw new Error('three ends')
        const partitions = partitionsOf(leaning)
        expect(n).toBe(leaning.length)
        expect(p_value).toBe(n === 0 ? null : countTest(low, high, came_true, partitions))
        expect(p_usual).toBe(n === 0 ? null : countTest(mid, mid, came_true, partitions))
        expect(promised).toEqual([sum(low), sum(high)])
        expect(came_true).toBe(leaning.filter((r) => r.band.mid > 0.5 === (r.y === 1)).length)
      }),
    )
  })

  test('the p-value at the kindest reading never falls as the words become vaguer, and is never above 1', () => {
    fc.assert(
      fc.property(rows, exact, exact, (of, down, up) => {
        const wider = of.map((r) => ({
          ...r,
          band: { low: r.band.low * down, mid: r.band.mid, high: 1 - (1 - r.band.high) * up },
        }))
        const [before, after] = [recordsOf(of).p_value, recordsOf(wider).p_value]
        expect(after === null).toBe(before === null)
        if (before === null || after === null) return
        expect(after).toBeGreaterThanOrEqual(before - 1e-9)
        expect(after).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('no distribution is kinder than the kindest: it expects the count itself wherever the words allow it', () => {
    fc.assert(
      fc.property(rows, (of) => {
        const { n, came_true, promised, usual, records } = recordsOf(of)
        expect(records === null).toBe(n === 0)
        if (records === null) return
        for (const pmf of [records.kindest, records.usual]) {
          expect(pmf).toHaveLength(n + 1)
          near(sum(pmf), 1)
        }
        near(meanOf(records.usual), usual)
        near(meanOf(records.kindest), Math.min(promised[1], Math.max(promised[0], came_true)))
      }),
    )
  })

  test('nine of ten records end within the chance counts, at every reading and with either grouping', () => {
    fc.assert(
      fc.property(rows, exact, (of, u) => {
        const { records } = recordsOf(of)
        const leaning = of.filter((r) => r.band.mid !== 0.5)
        if (records === null) return
        const reading = leaning.map(({ band: b }) => {
          const p = b.low + u * (b.high - b.low)
          return b.mid > 0.5 ? p : 1 - p
        })
        const [from, to] = records.chance
        for (const labels of partitionsOf(leaning)) {
          const pmf = clusteredPoissonBinomial(reading, labels)
          expect(sum(pmf.subarray(0, from))).toBeLessThan(0.05 + 1e-9)
          expect(sum(pmf.subarray(to + 1))).toBeLessThanOrEqual(0.05 + 1e-9)
        }
      }),
    )
    expect(chanceCounts([], [], [[]])).toBeNull()
    expect(chanceCounts([0.9], [0.9], [['a']])).toEqual([0, 1])
  })

  test('the pictures end at 400 claims; the figures do not', () => {
    const many = (n: number) =>
      recordsOf(
        Array.from({ length: n }, (_, i) => ({
          band: { low: 0.6, mid: 0.75, high: 0.85 },
          y: Number(i % 4 !== 0),
          source: `${i}`,
          family: `${i}`,
        })),
      )
    expect(many(400).records?.usual).toHaveLength(401)
    expect(many(401)).toMatchObject({ n: 401, p_value: 1, records: null })
  })
})

describe('what a record could have shown', () => {
  const confident = fc.record({
    band: fc.integer({ min: 600, max: 1024 }).map((k) => ({ low: (k - 80) / 1024, mid: k / 1024, high: 1 })),
    source: fc.integer({ min: 0, max: 30 }).map(String),
    family: fc.integer({ min: 0, max: 20 }).map(String),
  })
  const record = fc.array(confident, { minLength: 1, maxLength: 60 })
  const partitions = (of: readonly { source: string; family: string }[]) => [
    of.map((r) => r.source),
    of.map((r) => r.family),
  ]
  const shiftOf = (of: readonly { band: Band; source: string; family: string }[]) =>
    detectableShift(
      of.map((r) => r.band),
      partitions(of),
    )

  test('it is the smallest step at which a shortfall shows, and every larger one shows too', () => {
    fc.assert(
      fc.property(record, (of) => {
        const groups = partitions(of)
        const low = of.map((r) => r.band.low)
        const differs = (count: number) =>
          (countTest(
            low,
            low.map(() => 1),
            count,
            groups,
          ) ?? 1) < 0.05
        const counts = of.map((_, k) => k).filter(differs)
        const power = (s: number) =>
          Math.min(
            ...groups.map((labels) => {
              const lowered = of.map((r) => Math.max(0, r.band.mid - s))
              const pmf = clusteredPoissonBinomial(lowered, labels)
              return sum(counts.map((k) => pmf[k] as number))
            }),
          )
        const steps = Array.from({ length: 19 }, (_, k) => (k + 1) / 20)
        const shown = steps.filter((s) => power(s) >= 0.8)
        expect(shiftOf(of)).toBe(shown[0] ?? null)
        expect(shown).toEqual(steps.slice(steps.length - shown.length))
      }),
      { numRuns: 60 },
    )
  })

  test('vaguer words hide more, and so do fewer claims of one kind', () => {
    fc.assert(
      fc.property(record, exact, (of, down) => {
        const vaguer = of.map((r) => ({ ...r, band: { ...r.band, low: r.band.low * down } }))
        expect(shiftOf(vaguer) ?? 1).toBeGreaterThanOrEqual(shiftOf(of) ?? 1)
      }),
    )
    const alone = (n: number) =>
      shiftOf(
        Array.from({ length: n }, (_, i) => ({
          band: { low: 0.9, mid: 0.9, high: 0.9 },
          source: `${i}`,
          family: `${i}`,
        })),
      ) ?? 1
    const shifts = [4, 5, 10, 20, 50, 100, 200, 400].map(alone)
    expect(shifts).toEqual([...shifts].sort((a, b) => b - a))
    expect(shifts[0]).toBe(1)
  })

  test('a record fits only where being 10 points off, to either side, is told apart', () => {
    fc.assert(
      fc.property(record, fc.array(fc.constantFrom(0, 1), { minLength: 60, maxLength: 60 }), (of, y) => {
        const fit = fitTest(
          of.map((r) => r.band),
          y,
          partitions(of),
        )
        const groups = Math.min(...partitions(of).map((labels) => new Set(labels).size))
        expect(fit.p_lower === null).toBe(groups < 10)
        expect(fit.fits).toBe((fit.p_lower ?? 1) < 0.05 && (fit.p_upper ?? 1) < 0.05)
      }),
    )
    const of = (n: number, came: number) => {
      const labels = Array.from({ length: n }, (_, i) => `${i}`)
      const bands = labels.map(() => ({ low: 0.8, mid: 0.8, high: 0.8 }))
      return fitTest(
        bands,
        labels.map((_, i) => Number(i < came)),
        [labels],
      )
    }
    expect([of(200, 160).fits, of(200, 140).fits, of(200, 180).fits]).toEqual([true, false, false])
    expect(of(20_001, 16_000)).toEqual({ p_lower: null, p_upper: null, fits: false })
  })
})
