import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alignedPassages, commonLetters, marked } from '../../src/core/alignment.ts'
import type { Coding, Passage } from '../../src/core/coding.ts'
import { coderAgreement } from '../../src/scoring/coder-agreement.ts'
import { beliefText } from '../../src/web/coding/agreement.tsx'

const claim = (start: number, end: number, changes: Record<string, unknown> = {}): Passage =>
  ({
    kind: 'flat',
    quote: 'x',
    start,
    end,
    event: 'A war begins',
    deadline: '2027-12-31',
    band: { low: 0.1, high: 0.3 },
    own: 0.1,
    ...changes,
  }) as Passage
const vague = (start: number, end: number): Passage => ({
  kind: 'vague',
  reason: 'no_event',
  quote: 'x',
  start,
  end,
})
const coding = (...passages: Passage[]): Coding => ({ passages })

const span = fc
  .tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 60 }))
  .map(([start, length]) => claim(start, start + length))
const spans = fc.array(span, { maxLength: 12 })

test('every passage stands in one pair, and a pair shares at least half of its shorter passage', () => {
  fc.assert(
    fc.property(spans, spans, (a, b) => {
      const pairs = alignedPassages(a, b)
      expect(pairs.flatMap(({ first }) => first ?? [])).toHaveLength(a.length)
      expect(pairs.flatMap(({ second }) => second ?? [])).toHaveLength(b.length)
      for (const { first, second } of pairs) {
        if (first === null || second === null) continue
        const shorter = Math.min(first.end - first.start, second.end - second.start)
        expect(2 * commonLetters([first], [second])).toBeGreaterThanOrEqual(shorter)
      }
    }),
  )
})

test('letters that overlap are counted once, as they are when counted one by one', () => {
  fc.assert(
    fc.property(spans, spans, (a, b) => {
      const letters = (of: Passage[]) =>
        new Set(of.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)))
      const [x, y] = [letters(a), letters(b)]
      expect(marked(a).reduce((n, { start, end }) => n + end - start, 0)).toBe(x.size)
      expect(commonLetters(marked(a), marked(b))).toBe([...x].filter((at) => y.has(at)).length)
    }),
  )
})

test('a coding agrees with itself wholly, and neither coder is the first', () => {
  fc.assert(
    fc.property(spans, spans, (a, b) => {
      const same = coderAgreement([[coding(...a), coding(...a)]])
      expect([same.kind.raw, same.spans.f1]).toEqual(a.length === 0 ? [null, null] : [1, 1])
      const [one, other] = [
        coderAgreement([[coding(...a), coding(...b)]]),
        coderAgreement([[coding(...b), coding(...a)]]),
      ]
      expect(one.spans.f1).toEqual(other.spans.f1)
      expect([one.beliefs.readings, one.rounds]).toEqual([other.beliefs.readings, 1])
    }),
  )
})

test('what one marked and the other left is no forecast in the reading of the other', () => {
  const { kind, band, deadline, spans } = coderAgreement([
    [
      coding(claim(0, 10), claim(20, 30), vague(40, 50)),
      coding(claim(0, 10, { band: { low: 0.1, high: 0.2 }, deadline: '2026-12-31' }), vague(20, 30)),
    ],
  ])
  expect(kind).toEqual({ units: 3, raw: 1 / 3, alpha: null, interval: null })
  expect(band).toEqual({ units: 1, raw: 1, alpha: null, interval: null })
  expect(deadline).toMatchObject({ units: 1, raw: 0 })
  expect(spans).toEqual({ first: 3, second: 2, paired: 2, f1: 40 / 50 })
})

/** So many passages, of which the coders read what they believe, plus the same for both. */
const leaning = (n: number, lean: number) => {
  const of = (coder: number) =>
    coding(
      ...Array.from({ length: n }, (_, i) => {
        const own = ((i * 7 + coder * (i % 5) * 3) % 20) / 40
        const mid = 0.25 + lean * own
        return claim(20 * i, 20 * i + 10, { own, band: { low: mid - 0.1, high: mid + 0.1 } })
      }),
    )
  return coderAgreement([[of(0), of(1)]])
}

test('alpha and the correlation with beliefs are told from 30 passages on, and not before', () => {
  expect(leaning(29, 1).beliefs).toMatchObject({ pairs: 29, correlation: null })
  expect(leaning(29, 1).band.alpha).toBeNull()
  expect(leaning(30, 1).beliefs.correlation).toBeCloseTo(1, 9)
  expect(leaning(30, -0.5).beliefs.correlation).toBeCloseTo(-1, 9)
  expect(leaning(30, 0).beliefs.correlation).toBeNull()
  expect(leaning(30, 1).band.alpha).not.toBeNull()
})

test('how far readings lie from beliefs is said with its number, or that nothing can be said', () => {
  expect(beliefText(coderAgreement([]))).toContain('nothing can be said')
  const one = coderAgreement([[coding(claim(0, 10, { own: 0.1 })), coding(claim(0, 10, { own: 0 }))]])
  expect(one.beliefs.difference).toBeCloseTo(0.15, 12)
  expect(beliefText(one)).toContain('15 points above what the coders themselves thought likely (2 readings)')
  expect(beliefText(one)).toContain('cannot be told')
})
