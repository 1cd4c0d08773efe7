import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Binary } from '../../src/scoring/brier.ts'
import { holm } from '../../src/scoring/holm.ts'
import { chanceCounts } from '../../src/scoring/parallel-records.ts'
import { rootBetween } from '../../src/scoring/root.ts'
import { incompleteBeta } from '../../src/scoring/special-functions.ts'
import { wordFrame } from '../../src/scoring/word-frame.ts'
import { readersPrior, wordPosterior } from '../../src/scoring/word-posterior.ts'
import { type NumbersTest, numberTests, type Said, told, wordTests } from '../../src/scoring/word-tests.ts'

const p = fc.double({ min: 0, max: 1, noNaN: true })

describe('Holm', () => {
  test('never makes a p-value smaller, keeps their order and leaves what was not tested', () => {
    fc.assert(
      fc.property(fc.array(fc.option(p)), (values) => {
        const adjusted = holm(values)
        values.forEach((value, i) => {
          const got = adjusted[i] as number
          expect(got === null).toBe(value === null)
          if (value === null) return
          expect(got).toBeGreaterThanOrEqual(value)
          expect(got).toBeLessThanOrEqual(1)
          values.forEach((other, j) => {
            if (other !== null && value <= other) expect(got).toBeLessThanOrEqual(adjusted[j] as number)
          })
        })
      }),
    )
  })

  test('the smallest is multiplied by all that were tested, and one more test makes nothing surer', () => {
    fc.assert(
      fc.property(fc.array(p, { minLength: 1 }), p, (values, more) => {
        const adjusted = holm(values)
        expect(Math.min(...(adjusted as number[]))).toBe(Math.min(1, values.length * Math.min(...values)))
        const wider = holm([...values, more])
        adjusted.forEach((value, i) => {
          expect(wider[i]).toBeGreaterThanOrEqual(value as number)
        })
      }),
    )
  })
})

const band = fc.tuple(p, p).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])

describe('the frame of a phrase', () => {
  test('holds n times every meaning of the band, in whole squares, and at most 60 are drawn', () => {
    fc.assert(
      fc.property(fc.nat(5000), band, p, fc.nat(5000), (n, [low, high], share, happened) => {
        const { squares, position, per_square } = wordFrame(n, low, high, happened)
        const meant = n * (low + share * (high - low))
        expect(squares[0] - 1e-6).toBeLessThanOrEqual(meant)
        expect(squares[1] + 1e-6).toBeGreaterThanOrEqual(meant)
        expect(squares.every((s) => Number.isInteger(s) && s >= 0 && s <= n)).toBe(true)
        expect(position === 'inside').toBe(happened >= squares[0] && happened <= squares[1])
        expect(Math.ceil(n / per_square)).toBeLessThanOrEqual(60)
      }),
    )
  })

  test('a product that misses a whole number only in doubles is that number', () => {
    expect(wordFrame(100, 0.29, 0.57, 57).squares).toEqual([29, 57])
    expect(100 * 0.57).toBeLessThan(57)
    expect(wordFrame(100, 0.07, 0.07, 8).position).toBe('above')
    expect(100 * 0.07).toBeGreaterThan(7)
  })
})

describe('how often it happens when somebody says so', () => {
  const row = (mid: number, outcome: number, phrase: string | null = null, reach = 0): Said => ({
    key: phrase,
    phrase,
    low: Math.max(0, mid - reach),
    mid,
    high: Math.min(1, mid + reach),
    outcome: outcome as Binary,
  })
  const alone = (rows: readonly unknown[]) => [rows.map((_, i) => `s${i}`)]

  test('every number but one half stands in one row, at the end the row names', () => {
    const stated = fc.oneof(
      fc.integer({ min: 0, max: 20 }).map((k) => k / 20),
      p,
    )
    fc.assert(
      fc.property(fc.array(stated), (numbers) => {
        const tests = numberTests(
          numbers.map((x) => row(x, 1)),
          alone(numbers),
        )
        expect(tests.reduce((n, test) => n + test.n, 0)).toBe(
          numbers.filter((x) => Math.abs(x - 0.5) > 1e-9).length,
        )
        for (const { from, to, n, expected } of tests) {
          expect(expected[0]).toBeGreaterThanOrEqual(n * from - 1e-6)
          expect(expected[0]).toBeLessThanOrEqual(n * to + 1e-6)
        }
      }),
    )
    const rowOf = (x: number) => numberTests([row(x, 1)], [['a']]).map(({ from, to }) => [from, to])
    expect([0, 0.1, 0.11, 0.3, (0.2 + 0.4) / 2].map((x) => rowOf(x)[0])).toEqual([
      [0, 0.1],
      [0, 0.1],
      [0.1, 0.3],
      [0.1, 0.3],
      [0.1, 0.3],
    ])
    expect([0.49, 0.51, 0.7, 0.89, 0.9, 1].map((x) => rowOf(x)[0])).toEqual([
      [0.3, 0.5],
      [0.5, 0.7],
      [0.7, 0.9],
      [0.7, 0.9],
      [0.9, 1],
      [0.9, 1],
    ])
    expect(rowOf(0.5)).toEqual([])
  })

  test('a range stands by its middle and is tested at its ends', () => {
    const rows = Array.from({ length: 20 }, (_, i) => row(0.8, i < 14 ? 1 : 0, null, 0.1))
    const [test] = numberTests(rows, alone(rows))
    expect(test).toMatchObject({ from: 0.7, to: 0.9, n: 20, clusters: 20, happened: 14, p: 1 })
    expect(test?.expected.map((x) => Math.round(x * 1e6) / 1e6)).toEqual([14, 18])
    expect(test?.frame.squares).toEqual(
      chanceCounts(
        rows.map((r) => r.low),
        rows.map((r) => r.high),
        alone(rows),
      ),
    )
  })

  test('what chance does in nine of ten records stays in the frame of numbers, and what is said together is wider', () => {
    const p = Array.from({ length: 20 }, () => 0.8)
    expect(chanceCounts(p, p, [p.map((_, i) => `s${i}`)])).toEqual([13, 19])
    expect(chanceCounts(p, p, [p.map((_, i) => `s${i}`), p.map((_, i) => `f${i % 2}`)])).toEqual([10, 20])
    expect(chanceCounts([1, 1], [1, 1], [['a', 'b']])).toEqual([2, 2])
  })

  test('with fewer than five, or from fewer than five interviews, nothing is tested and nothing is said', () => {
    const four = Array.from({ length: 4 }, () => row(0.95, 0, 'sure', 0.02))
    const few = Array.from({ length: 40 }, () => row(0.95, 0, 'sure', 0.02))
    expect(wordTests(four, alone(four))[0]).toMatchObject({ n: 4, p: null, p_holm: null, reading: null })
    expect(wordTests(few, [few.map((_, i) => `s${i % 4}`)])[0]).toMatchObject({ clusters: 4, reading: null })
    expect(wordTests(few, alone(few))[0]?.reading).toBe('less_often')
    expect(wordTests(few, [...alone(few), few.map(() => 'one subject')])[0]?.reading).toBeNull()
  })

  test('what is without a key is in no phrase, and one key with two bands is two phrases', () => {
    const rows = [row(0.8, 1, null), row(0.8, 1, 'likely', 0.1), row(0.8, 1, 'likely', 0.2)]
    expect(wordTests(rows, alone(rows)).map(({ key, readers }) => [key, readers[1]])).toEqual([
      ['likely', 0.8],
      ['likely', 0.8],
    ])
  })

  test('a small p says nothing where the count lies between the readings', () => {
    // 42 that stand or fall together, at 97.6 % or more, and four certain ones: 45 of 46 hardly ever are so few.
    const rows = Array.from({ length: 46 }, (_, i) => {
      const said = row(1, i === 0 ? 0 : 1)
      return i < 42 ? { ...said, low: 0.976 } : said
    })
    const tests = numberTests(rows, [rows.map((_, i) => `s${Math.max(41, i)}`)])
    const reading = (happened: number) =>
      told([{ ...(tests[0] as NumbersTest), happened }], [0.048])[0]?.reading
    expect(tests[0]?.p).toBeCloseTo(0.048, 12)
    expect([reading(45), reading(44)]).toEqual(['cannot_be_told_apart', 'less_often'])
  })

  test('beyond what is exact the frame is what was to be expected, and nothing is told', () => {
    const rows = Array.from({ length: 20_001 }, (_, i) => row(0.8, i % 5 === 0 ? 0 : 1))
    const [test] = numberTests(rows, alone(rows))
    expect([test?.p, test?.frame.squares, test?.frame.position]).toEqual([null, [16000, 16001], 'inside'])
    expect(told([test as NonNullable<typeof test>], [null])[0]?.reading).toBeNull()
  })
})

describe('what a phrase turned out to mean', () => {
  const percents = fc
    .tuple(fc.nat(100), fc.nat(100))
    .map(([a, b]): [number, number] => [Math.min(a, b) / 100, Math.max(a, b) / 100])
  const said = fc
    .tuple(percents, fc.integer({ min: 1, max: 60 }), p, p)
    .map(([[low, high], n, share, together]) => ({
      low,
      high,
      happened: Math.round(share * n),
      n,
      groups: Math.max(1, Math.round(together * n)),
    }))
  type Posterior = NonNullable<ReturnType<typeof wordPosterior>>
  const of = (x: Parameters<typeof wordPosterior>[0]) => wordPosterior(x) as Posterior
  const width = ({ interval }: Posterior) => interval[1] - interval[0]

  test('a root is found wherever a function rises through zero', () => {
    fc.assert(
      fc.property(
        p,
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (at, k, scale) => {
          const found = rootBetween((x) => scale * Math.sign(x - at) * Math.abs(x - at) ** k, -0.5, 1.7)
          expect(Math.abs(found - at)).toBeLessThan(1e-9)
        },
      ),
    )
    expect([rootBetween((x) => x + 1, 0, 1), rootBetween((x) => x - 2, 0, 1)]).toEqual([0, 1])
  })

  test('readers leave a tenth below their low and a tenth above their high, whatever the band', () => {
    fc.assert(
      fc.property(percents, ([low, high]) => {
        const prior = readersPrior(low, high)
        const [from, to] = [Math.max(0.005, low), Math.min(0.995, high)]
        expect(prior === null).toBe(to - from < 0.02 - 1e-9)
        if (prior === null) return
        expect(incompleteBeta(from, ...prior)).toBeCloseTo(0.1, 12)
        expect(incompleteBeta(1 - to, prior[1], prior[0])).toBeCloseTo(0.1, 12)
      }),
    )
  })

  test('the range lies inside [0,1] around the mean and holds 95 in 100', () => {
    fc.assert(
      fc.property(said, (x) => {
        const { prior, weight_readers, mean, interval, below, inside, above } = of(x)
        expect(0 <= interval[0] && interval[0] < mean && mean < interval[1] && interval[1] <= 1).toBe(true)
        expect(weight_readers).toBeGreaterThanOrEqual(0)
        expect(weight_readers).toBeLessThanOrEqual(1)
        expect(below + inside + above).toBeCloseTo(1, 12)
        const yes = (x.happened * x.groups) / x.n
        const cdf = (at: number) => {
          const flat = incompleteBeta(at, 1 + yes, 1 + x.groups - yes)
          if (prior === null) return flat
          const [a, b] = prior
          return (
            weight_readers * incompleteBeta(at, a + yes, b + x.groups - yes) + (1 - weight_readers) * flat
          )
        }
        expect([cdf(interval[0]), cdf(interval[1])]).toEqual([
          expect.closeTo(0.025, 10),
          expect.closeTo(0.975, 10),
        ])
      }),
    )
  })

  test('the range shrinks with what is known, and what is said together tells less', () => {
    fc.assert(
      fc.property(said, (x) => {
        const often = of({ ...x, happened: 100 * x.happened, n: 100 * x.n, groups: 100 * x.groups })
        expect(width(often)).toBeLessThan(width(of(x)))
        const groups = { ...x, happened: 3 * x.happened, n: 3 * x.n }
        expect(of(groups)).toEqual(of(x))
      }),
    )
  })

  test('yes and no are mirrored', () => {
    fc.assert(
      fc.property(said, (x) => {
        const one = of(x)
        const other = of({ ...x, low: 1 - x.high, high: 1 - x.low, happened: x.n - x.happened })
        expect(other.mean).toBeCloseTo(1 - one.mean, 10)
        expect(other.interval[0]).toBeCloseTo(1 - one.interval[1], 9)
        expect(other.below).toBeCloseTo(one.above, 9)
      }),
    )
  })
})
