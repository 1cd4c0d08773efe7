import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Agreement, type Codes, krippendorffAlpha } from '../../src/scoring/krippendorff.ts'
import { randomNumbers } from '../../src/scoring/random.ts'

const nominal = { kind: 'nominal' } as const
const points = { kind: 'interval', within: 0.05 } as const
const code = fc.constantFrom('yes', 'no', 'ambiguous', 'no result')
const band = fc.integer({ min: 0, max: 100 }).map((k) => k / 100)
const codes = (one: fc.Arbitrary<string | number>) =>
  fc.array(fc.tuple(fc.option(one), fc.option(one), fc.option(one)), { maxLength: 25 })
const coders = (units: readonly (readonly (string | number | null)[])[]): Codes[] =>
  [0, 1, 2].map((c) => units.map((unit) => unit[c] ?? null))

describe('agreement of coders', () => {
  test('one coder copied agrees always, by either measure', () => {
    fc.assert(
      fc.property(fc.array(code, { minLength: 2 }), fc.array(band, { minLength: 2 }), (kinds, bands) => {
        for (const [of, metric] of [
          [kinds, nominal],
          [bands, points],
        ] as const) {
          const { units, raw, alpha } = krippendorffAlpha([of, of], metric)
          expect([units, raw]).toEqual([of.length, 1])
          expect(alpha).toBe(new Set<string | number>(of).size > 1 ? 1 : null)
        }
      }),
    )
  })

  test('coders who guess agree as by chance: alpha is near zero though the raw share is not', () => {
    const random = randomNumbers([1, 2, 3, 4])
    const guesses = () => Array.from({ length: 4000 }, () => (random() < 0.8 ? 'no' : 'yes'))
    const { raw, alpha } = krippendorffAlpha([guesses(), guesses()], nominal, [])
    expect(raw).toBeGreaterThan(0.65)
    expect(Math.abs(alpha as number)).toBeLessThan(0.05)
    const bands = () => Array.from({ length: 4000 }, () => random())
    expect(Math.abs(krippendorffAlpha([bands(), bands()], points, []).alpha as number)).toBeLessThan(0.05)
  })

  test('neither the order of the coders nor that of the units counts, nor what only one of them coded', () => {
    const same = (a: Agreement, b: Agreement) => {
      expect([a.units, a.alpha === null]).toEqual([b.units, b.alpha === null])
      expect(a.raw ?? -1).toBeCloseTo(b.raw ?? -1, 12)
      expect(a.alpha ?? -1).toBeCloseTo(b.alpha ?? -1, 9)
    }
    fc.assert(
      fc.property(codes(code), codes(band), code, (kinds, bands, alone) => {
        for (const [units, metric] of [
          [kinds, nominal],
          [bands, points],
        ] as const) {
          const of = krippendorffAlpha(coders(units), metric)
          same(krippendorffAlpha(coders(units).toReversed(), metric), of)
          same(krippendorffAlpha(coders(units.toReversed()), metric), of)
          same(
            krippendorffAlpha(coders([...units, [null, metric === nominal ? alone : 0.5, null]]), metric),
            of,
          )
          expect(of.alpha ?? 0).toBeLessThanOrEqual(1)
          expect((of.raw === null) === (of.units === 0)).toBe(true)
        }
      }),
    )
  })

  test('bands agree within the points allowed, ends included', () => {
    const raw = (a: number, b: number) => krippendorffAlpha([[a], [b]], points).raw
    expect([raw(0.15, 0.2), raw(0.2, 0.15), raw(0.15, 0.201), raw(0, 0)]).toEqual([1, 1, 0, 1])
    expect(0.2 - 0.15).toBeGreaterThan(0.05)
  })

  test('alpha is shown from 30 units, with a range that is the same at every reading', () => {
    const a = Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? 'yes' : 'no'))
    const b = a.map((kind, i) => (i % 7 === 0 ? 'yes' : kind))
    const found = krippendorffAlpha([a, b], nominal)
    expect(found.show_alpha).toBe(true)
    const [low, high] = found.interval as [number, number]
    expect(low < (found.alpha as number) && (found.alpha as number) < high && high <= 1).toBe(true)
    expect(krippendorffAlpha([a, b], nominal)).toEqual(found)
    const few = krippendorffAlpha([a.slice(1), b.slice(1)], nominal)
    expect([few.units, few.show_alpha, few.interval]).toEqual([29, false, null])
  })

  test('resamples without any variation are dropped, and with more than a tenth of them there is no range', () => {
    const a = Array.from({ length: 30 }, (_, i) => (i === 0 ? 'yes' : 'no'))
    const every = a.map((_, i) => i)
    const only = a.map(() => 1)
    const range = (constant: number, varied: number) =>
      krippendorffAlpha([a, a], nominal, [
        ...Array.from({ length: constant }, () => only),
        ...Array.from({ length: varied }, () => every),
      ]).interval
    expect([range(1, 9), range(2, 9), range(0, 0)]).toEqual([[1, 1], null, null])
  })
})
