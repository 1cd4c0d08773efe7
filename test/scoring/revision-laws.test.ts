import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Binary } from '../../src/scoring/brier.ts'
import { plannedWindowBrier, type Said } from '../../src/scoring/planned-window.ts'
import { scoreRange } from '../../src/scoring/score-range.ts'
import { sum } from '../../src/scoring/summation.ts'
import { updateQuality } from '../../src/scoring/update-quality.ts'

const p = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: 20 }).map((k) => k / 20), weight: 5 },
  { arbitrary: fc.constant(null), weight: 1 },
)
const revisions = fc
  .array(fc.record({ t: fc.integer({ min: -10, max: 40 }), p }), { maxLength: 8 })
  .map((rows): Said[] => rows.sort((a, b) => a.t - b.t))
const window = fc.record({
  said: revisions,
  start: fc.integer({ min: -5, max: 5 }),
  deadline: fc.integer({ min: 6, max: 40 }),
  known: fc.option(fc.integer({ min: -8, max: 50 })),
  y: fc.constantFrom<Binary>(0, 1),
})

describe('the planned window', () => {
  test('it is the sum over every unit of time of what stood then, and never counts what came too late', () => {
    fc.assert(
      fc.property(window, ({ said, start, deadline, known, y }) => {
        const got = plannedWindowBrier(said, start, deadline, known, y)
        const end = Math.min(known ?? deadline, deadline)
        const early = said.filter(({ t }) => t < end)
        expect(plannedWindowBrier(early, start, deadline, known, y)).toEqual(got)
        const begun = early.findIndex((r, i) => r.p !== null && early[i + 1]?.t !== r.t)
        expect(got === null).toBe(begun === -1)
        if (got === null) return
        const score = (q: number | null) => (q === null ? 0.25 : (q - y) ** 2)
        const first = score(early[begun]?.p as number)
        let [total, units] = [0, 0]
        for (let t = Math.max(start, early[begun]?.t as number); t < end; t++) {
          total += score(early.findLast((r) => r.t <= t)?.p ?? null)
          units++
        }
        expect(got.first).toBe(first)
        expect(got.window).toBeCloseTo(total / (deadline - start), 12)
        expect(got.held).toBeCloseTo((first * units) / (deadline - start), 12)
        expect(got.half).toBeCloseTo((0.25 * units) / (deadline - start), 12)
        expect(got.gain).toBeCloseTo((got.held as number) - (got.window as number), 12)
        expect(got.second === null).toBe(got.changes === 0)
      }),
    )
  })

  test('saying the same again changes nothing, and a window without length leaves the first statement', () => {
    fc.assert(
      fc.property(window, ({ said, start, deadline, known, y }) => {
        const again = said.flatMap((r) => [r, { t: r.t + 0.5, p: r.p }]).sort((a, b) => a.t - b.t)
        const whole = said.map((r) => ({ ...r, t: r.t * 2 }))
        const repeated = again.map((r) => ({ ...r, t: r.t * 2 }))
        const of = (rows: Said[]) =>
          plannedWindowBrier(rows, start * 2, deadline * 2, known === null ? null : known * 2, y)
        const [once, twice] = [of(whole), of(repeated)]
        expect(twice?.changes).toBe(once?.changes)
        expect(twice?.window ?? -1).toBeCloseTo(once?.window ?? -1, 12)
      }),
    )
    expect(
      plannedWindowBrier(
        [
          { t: 0, p: 0.6 },
          { t: 1, p: 0.7 },
        ],
        9,
        9,
        null,
        1,
      ),
    ).toMatchObject({
      first: (0.6 - 1) ** 2,
      window: null,
      changes: 0,
    })
  })
})

describe('how somebody changes their mind', () => {
  const score = fc.integer({ min: 0, max: 20 }).map((k) => (k / 20) ** 2)
  const question = fc.record({
    first: score,
    first_flipped: score,
    second: fc.option(score),
    second_flipped: score,
    group: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
    family: fc.constantFrom('f', 'g', 'h', 'i', 'j', 'k'),
  })

  test('questions without a change count nowhere, and the range is that of the paired differences', () => {
    fc.assert(
      fc.property(fc.array(question, { maxLength: 40 }), (rows) => {
        const changed = rows.filter((r) => r.second !== null)
        const partitions = (of: typeof rows) => [of.map((r) => r.group), of.map((r) => r.family)]
        const got = updateQuality(rows, partitions(rows))
        expect(got).toEqual(updateQuality(changed, partitions(changed)))
        expect(got === null).toBe(changed.length === 0)
        if (got === null) return
        const d = changed.map((r) => (r.second as number) - r.first)
        expect(got.difference).toBeCloseTo(sum(d) / d.length, 12)
        expect(got.difference).toBeCloseTo(got.changed - got.first, 12)
        const groups = Math.min(...partitions(changed).map((labels) => new Set(labels).size))
        expect(got.interval !== null).toBe(changed.length >= 10 && groups >= 5)
        if (got.interval === null) return
        const flipped = changed.map((r) => r.second_flipped - r.first_flipped)
        const range = scoreRange(d, flipped, partitions(changed), [-1, 1])
        expect(got.interval).toEqual([range?.lo, range?.hi])
      }),
      { numRuns: 200 },
    )
  })
})
