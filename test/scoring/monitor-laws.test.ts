import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Band } from '../../src/core/probability.ts'
import { countTest } from '../../src/scoring/count-test.ts'
import { eProcess } from '../../src/scoring/e-process.ts'
import { sum } from '../../src/scoring/summation.ts'
import { tiltTest } from '../../src/scoring/tilt.ts'

const chance = fc.integer({ min: 0, max: 20 }).map((k) => k / 20)
const band: fc.Arbitrary<Band> = fc
  .tuple(chance, chance, chance)
  .map((ends) => ends.sort((a, b) => a - b))
  .map(([low, mid, high]) => ({ low, mid, high }) as Band)
const number: fc.Arbitrary<Band> = chance.map((p) => ({ low: p, mid: p, high: p }))
const record = (of: fc.Arbitrary<Band>) =>
  fc.array(
    fc.record({
      band: of,
      u: chance,
      source: fc.constantFrom('a', 'b', 'c'),
      family: fc.constantFrom('f', 'g', 'h'),
      at: fc.integer({ min: 0, max: 5 }),
    }),
    { minLength: 1, maxLength: 7 },
  )
type Row = { band: Band; u: number; source: string; family: string; at: number }

const processOf = (rows: readonly Row[], y: readonly number[], partitions = [rows.map((r) => r.source)]) =>
  eProcess(
    rows.map((r) => r.band),
    y,
    partitions,
    rows.map((r) => r.at),
  )

/** Every way a record can end, with its chance, when `u` says where in its band each probability lies. */
function endings(rows: readonly Row[]): { y: number[]; chance: number }[] {
  const truth = rows.map(({ band: { low, high }, u }) => low + u * (high - low))
  return Array.from({ length: 2 ** rows.length }, (_, code) => {
    const y = rows.map((_, i) => (code >> i) & 1)
    return {
      y,
      chance: y.reduce(
        (p, happened, i) => p * (happened ? (truth[i] as number) : 1 - (truth[i] as number)),
        1,
      ),
    }
  }).filter((end) => end.chance > 0)
}

/** The same where the members of a group happen together: one number a group, and yes where it is at most p. */
function endingsTogether(rows: readonly Row[]): { y: number[]; chance: number }[] {
  const groups = [...new Set(rows.map((r) => r.source))]
  return groups.reduce(
    (all, group) => {
      const cuts = [
        ...new Set([0, 1, ...rows.filter((r) => r.source === group).map((r) => r.band.mid)]),
      ].sort((a, b) => a - b)
      return all.flatMap((end) =>
        cuts.slice(1).map((to, i) => ({
          y: end.y.map((before, j) => {
            const row = rows[j] as Row
            return row.source === group ? Number(row.band.mid >= to) : before
          }),
          chance: end.chance * (to - (cuts[i] as number)),
        })),
      )
    },
    [{ y: rows.map(() => 0), chance: 1 }],
  )
}

const expected = (ends: { y: number[]; chance: number }[], of: (y: number[]) => number) =>
  sum(ends.map((end) => end.chance * of(end.y)))

describe('the monitor', () => {
  test('somebody whose numbers are right has a mean of exactly 1, also where interviews stand and fall together', () => {
    fc.assert(
      fc.property(record(number), (rows) => {
        for (const ends of [endings(rows), endingsTogether(rows)]) {
          expect(expected(ends, (y) => processOf(rows, y).e)).toBeCloseTo(1, 10)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('whatever the words mean inside their bands, the mean is at most 1', () => {
    fc.assert(
      fc.property(record(band), (rows) => {
        expect(expected(endings(rows), (y) => processOf(rows, y).e)).toBeLessThanOrEqual(1 + 1e-10)
      }),
      { numRuns: 60 },
    )
  })

  test('at most 1 in 20 whose probabilities are right ever raise the alarm', () => {
    for (const p of [0.6, 0.8, 0.9, 0.95]) {
      const rows: Row[] = Array.from({ length: 10 }, (_, i) => ({
        band: { low: p, mid: p, high: p },
        u: 0,
        source: `${i}`,
        family: `${i}`,
        at: i,
      }))
      expect(expected(endings(rows), (y) => Number(processOf(rows, y).alarm))).toBeLessThanOrEqual(0.05)
    }
  })

  test('of two partitions the one with less against the analyst counts, and the alarm is that of its path', () => {
    fc.assert(
      fc.property(
        record(band),
        fc.array(fc.constantFrom(0, 1), { minLength: 7, maxLength: 7 }),
        (rows, y) => {
          const [bySource, byFamily] = [rows.map((r) => r.source), rows.map((r) => r.family)]
          const both = processOf(rows, y, [bySource, byFamily])
          const alone = [bySource, byFamily].map((labels) => processOf(rows, y, [labels]))
          expect(both.max).toBe(Math.min(...alone.map((one) => one.max)))
          expect(both.alarm).toBe(both.max >= 20)
          expect(both.crossed).toBe(both.alarm ? both.path.findIndex(({ e }) => e >= 20) : null)
          expect(both.path.map(({ at }) => at)).toEqual(both.path.map(({ at }) => at).sort((a, b) => a - b))
          expect(both.refuted).toBeLessThanOrEqual(both.certain)
        },
      ),
    )
  })

  test('it says how somebody errs', () => {
    const says = (p: number, happened: (i: number) => boolean) => {
      const rows: Row[] = Array.from({ length: 60 }, (_, i) => ({
        band: { low: p, mid: p, high: p },
        u: 0,
        source: `${i}`,
        family: `${i}`,
        at: i,
      }))
      // Half of it the other way round, so that only how sure is told from how much.
      const mirrored = rows.map((r, i) =>
        i % 2 ? { ...r, band: { low: 1 - p, mid: 1 - p, high: 1 - p } } : r,
      )
      const right = rows.map((_, i) => happened(i >> 1))
      return {
        both: processOf(
          mirrored,
          mirrored.map((_, i) => Number(right[i] !== (i % 2 === 1))),
        ).direction,
        one: processOf(
          rows,
          rows.map((_, i) => Number(right[i])),
        ).direction,
      }
    }
    expect(says(0.95, (i) => i % 3 !== 0)).toEqual({ both: 'surer_than_right', one: 'surer_than_right' })
    expect(says(0.7, () => true).both).toBe('could_be_surer')
    expect(says(0.5, () => true).one).toBe('expects_too_little')
    expect(says(0.5, () => false).one).toBe('expects_too_much')
  })

  test('thousands of forecasts that all fail stay a number', () => {
    const rows: Row[] = Array.from({ length: 5000 }, (_, i) => ({
      band: { low: 0.9, mid: 0.9, high: 0.9 },
      u: 0,
      source: `${i}`,
      family: `${i}`,
      at: i,
    }))
    const failed = processOf(
      rows,
      rows.map(() => 0),
    )
    expect(failed).toMatchObject({ e: Number.MAX_VALUE, max: Number.MAX_VALUE, alarm: true, crossed: 2 })
    const right = processOf(
      rows,
      rows.map((_, i) => Number(i % 10 !== 0)),
    )
    expect(right).toMatchObject({ alarm: false, crossed: null })
    expect(right.e).toBeGreaterThanOrEqual(0)
  })
})

describe('the tilt', () => {
  test('its p-value is that of the count test on yes, and its direction that of the count', () => {
    fc.assert(
      fc.property(
        record(band),
        fc.array(fc.constantFrom(0, 1), { minLength: 7, maxLength: 7 }),
        (rows, all) => {
          const bands = rows.map((r) => r.band)
          const y = all.slice(0, rows.length)
          const labels = [rows.map((_, i) => `${i}`)]
          const tilt = tiltTest(bands, y, labels)
          const [low, high] = [bands.map((b) => b.low), bands.map((b) => b.high)]
          expect(tilt.p_value).toBe(countTest(low, high, sum(y), labels))
          if (tilt.direction === 'expects_too_much') expect(tilt.happened).toBeLessThan(sum(low))
          if (tilt.direction === 'expects_too_little') expect(tilt.happened).toBeGreaterThan(sum(high))
          if (tilt.direction === null) expect(tilt.p_value ?? 1).toBeGreaterThan(0.05)
        },
      ),
    )
  })
})
