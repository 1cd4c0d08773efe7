import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HorizonItem } from '../../src/store/horizon.ts'
import { Horizon, horizonGeometry } from '../../src/web/charts/horizon.tsx'
import { passagesGeometry } from '../../src/web/charts/passages.tsx'
import { textWidth } from '../../src/web/charts/text-width.ts'
import { Voices } from '../../src/web/charts/voices.tsx'
import { type Voice, voicesGeometry } from '../../src/web/charts/voices-geometry.ts'

const NOW = new Date('2026-11-27T10:00:00.000Z')
const DAY = 86_400_000
const on = (days: number) => new Date(NOW.getTime() + days * DAY)

const ahead = fc
  .array(fc.record({ days: fc.integer({ min: -400, max: 4000 }), voices: fc.integer({ min: 0, max: 30 }) }), {
    minLength: 1,
    maxLength: 60,
  })
  .map((all) =>
    all.map(({ days, voices }, i): HorizonItem => {
      const at = on(days)
      return {
        question: `q${i}`,
        title: `Whether thing number ${i} comes about in time`,
        at,
        day: at.toISOString().slice(0, 10),
        voices,
        state: days < 0 ? 'due' : 'open',
      }
    }),
  )

type Box = { left: number; right: number; low: number; high: number }
const meet = (a: Box, b: Box) =>
  a.left < b.right - 0.01 && b.left < a.right - 0.01 && a.low < b.high - 0.01 && b.low < a.high - 0.01

test('no mark of the horizon covers another, no name a mark or a name, at the narrowest and at the widest', () => {
  fc.assert(
    fc.property(ahead, (items) => {
      const { placed, labels } = horizonGeometry(items, NOW)
      for (const [width, some] of [
        [320, labels.narrow],
        [820, labels.wide],
      ] as const) {
        const px = (x: number) => (x * width) / 100
        for (const [i, a] of placed.entries())
          for (const b of placed.slice(i + 1))
            expect(Math.hypot(px(a.x - b.x), a.y - b.y)).toBeGreaterThanOrEqual(a.r + b.r - 0.5)
        const boxes = some.map(({ text, x, y, anchor }): Box => {
          const long = textWidth(text)
          const left = px(x) - (anchor === 'middle' ? long / 2 : anchor === 'end' ? long : 0)
          return { left, right: left + long, low: y, high: y + 14 }
        })
        const marks = placed.map(
          ({ x, y, r }): Box => ({ left: px(x) - r, right: px(x) + r, low: y - r, high: y + r }),
        )
        for (const [i, a] of boxes.entries())
          for (const b of [...boxes.slice(i + 1), ...marks]) expect(meet(a, b)).toBe(false)
      }
    }),
    { numRuns: 60 },
  )
})

test('what is not drawn is said, and stands in the table', () => {
  const items = Array.from(
    { length: 120 },
    (_, i): HorizonItem => ({
      question: `q${i}`,
      title: `Thing ${i}`,
      at: on(30),
      day: '2026-12-27',
      voices: 9,
      state: 'open',
    }),
  )
  const drawn = String(<Horizon id="horizon" title="Next" horizon={{ items, all: 130 }} now={NOW} />)
  const marks = drawn.match(/<a class="mark-of/gu)?.length ?? 0
  expect(marks).toBeGreaterThan(0)
  expect(drawn).toContain(`${130 - marks} questions more are not drawn.`)
  expect(drawn.match(/tabindex="0"/gu)?.length).toBe(2)
  expect(drawn).not.toMatch(/NaN|undefined/u)
  for (const { title } of items) expect(drawn).toContain(title)
})

test('every passage has a square of its own, inside the drawing', () => {
  for (const n of [1, 8, 9, 16, 17, 64, 65, 200]) {
    const { squares, size, height } = passagesGeometry(n)
    expect(new Set(squares.map(({ x, y }) => `${x} ${y}`)).size).toBe(n)
    for (const { x, y } of squares) {
      expect(x + size).toBeLessThanOrEqual(288)
      expect(y + size).toBeLessThanOrEqual(height + 0.01)
    }
  }
})

const voice = (i: number, days: number, low: number, high: number): Voice => ({
  href: `/forecasts/f${i}`,
  name: `Analyst number ${i}, whose name is long`,
  given: `said ${Math.round(low * 100)} %`,
  says: `Analyst number ${i}, ${low} to ${high}`,
  from: on(days),
  to: on(days),
  until: on(400),
  low,
  mid: (low + high) / 2,
  high,
  look: 'plain',
  next: null,
})
const TICKS = [0, 0.5, 1].map((value) => ({ value, label: `${value * 100} %` }))
const deadline = { at: on(400), text: 'deadline', kind: 'deadline' as const }

test('a voice stands at its time and its number, and no name covers another name', () => {
  const voices = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 390 }), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 40,
    })
    .map((all) => all.map(([days, p], i) => voice(i, days, p, p)))
  fc.assert(
    fc.property(voices, (all) => {
      const panels = [{ title: null, voices: all, outcome: null }]
      const { drawn, place } = voicesGeometry({ panels, ticks: TICKS, lines: [deadline], known: null })
      const [panel] = drawn
      for (const { voice: said, x, middle } of panel?.marks ?? []) {
        expect(x).toBeCloseTo(place(said.to), 3)
        expect(middle).toBeCloseTo((panel?.top ?? 0) + (1 - said.low) * 230, 1)
      }
      for (const [width, some] of [
        [320, panel?.labels.narrow ?? []],
        [700, panel?.labels.wide ?? []],
      ] as const) {
        const boxes = some.map(({ x, off, y, long, anchor }): Box => {
          const side = (x * width) / 100 + off
          const left = anchor === 'start' ? side : side - long
          return { left, right: left + long, low: y - 7, high: y + 7 }
        })
        for (const [i, a] of boxes.entries())
          for (const b of boxes.slice(i + 1)) expect(meet(a, b)).toBe(false)
        // A name may be cut; what was given never is.
        for (const { text } of some) expect(text).toMatch(/: said \d+ %$|^\d+ forecasts$/u)
      }
    }),
    { numRuns: 60 },
  )
})

test('a hundred voices are a mark each, one stop of the tab key, and the outcome lies at its end', () => {
  const voices = Array.from({ length: 100 }, (_, i) => voice(i, (i * 7) % 300, (i % 10) / 10, (i % 10) / 10))
  const drawn = String(
    <Voices
      id="voices"
      title="Over time"
      says="100 forecasts"
      panels={[{ title: null, voices, outcome: { at: 0, text: 'it did not happen' } }]}
      ticks={TICKS}
      lines={[deadline]}
      known={on(410)}
      numbers={{ head: ['Who'], rows: [] }}
    />,
  )
  expect(drawn.match(/<a class="mark-of/gu)).toHaveLength(100)
  expect(drawn.match(/<a [^>]*tabindex="0"/gu)).toHaveLength(1)
  expect(drawn).toContain('it did not happen')
  expect(drawn).not.toMatch(/NaN|undefined/u)
})
