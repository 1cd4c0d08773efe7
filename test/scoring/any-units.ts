import fc from 'fast-check'
import type { ForecastUnit, Probability } from '../../src/scoring/forecast-unit.ts'
import { day, flatlyNo, flatlyYes, likely, possibly, said, unit, unlikely } from './a-unit.ts'

/** Questions of every kind in every state, from a few sources, with what was said of them once or several times. */

const probability = fc.oneof(
  fc.constantFrom<Probability>(0, 0.05, 0.5, 0.8, 1, likely, unlikely, possibly, flatlyYes, flatlyNo, {
    low: 0.6,
    high: 0.9,
  }),
  fc.constantFrom<Probability>({ words: 'vermutlich', leans: 'yes' }, { words: 'kaum', leans: 'no' }),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.integer({ min: 0, max: 20 }).map((k) => k / 20),
)
const on = fc.integer({ min: 0, max: 900 }).map((n) => new Date(day('2023-10-01').getTime() + n * 86_400_000))

const statement = fc
  .record({
    probability,
    said_at: on,
    logged: fc.constantFrom('live' as const, 'late' as const, 'afterwards' as const),
    voice: fc
      .integer({ min: 0, max: 9 })
      .map((n) => (n === 0 ? ('paraphrase' as const) : ('quote' as const))),
    withdrawn: fc.option(on, { freq: 6, nil: null }),
    retracted: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  })
  .map(({ probability: p, withdrawn, said_at, ...rest }) =>
    said(p, { ...rest, said_at, said_on: said_at.toISOString().slice(0, 10), withdrawn_at: withdrawn }),
  )

const question: fc.Arbitrary<Partial<ForecastUnit>> = fc.record({
  state: fc.constantFrom(
    'open',
    'due',
    'proposed',
    'annulled',
    'ambiguous',
    'resolved',
    'resolved',
    'resolved',
    'resolved',
  ),
  outcome: fc.constantFrom('yes', 'no'),
  known_from: fc.option(on, { nil: null, freq: 2 }),
  deadline_end: on,
  source: fc.integer({ min: 1, max: 25 }).map((n) => `s${n}`),
  family: fc.integer({ min: 1, max: 40 }).map((n) => (n > 30 ? `f${n % 3}` : null)),
  coverage: fc.constantFrom('complete', 'selected', 'unstated'),
  deadline_ours: fc.boolean(),
  disputed: fc.boolean(),
  low_information: fc.boolean(),
  reference: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
  statements: fc
    .array(statement, { minLength: 1, maxLength: 3 })
    .map((all) => all.sort((a, b) => a.said_at.getTime() - b.said_at.getTime())),
})
/** Questions that are not of yes or no, and what is said of them; the first kind is left as it is. */
const KINDS: readonly [Partial<ForecastUnit>, Probability][] = [
  [{}, 0.5],
  [
    { type: 'multiple_choice', options: ['a', 'b', 'c'], outcome: 'b' },
    { a: 0.5, b: 0.3, c: 0.2 },
  ],
  [
    { type: 'numeric', range: { low: 0, high: 10 }, outcome: 4 },
    { interval: [3, 5], level: 0.8 },
  ],
  [
    { type: 'numeric', range: { low: 0, high: 10 }, outcome: 4 },
    { interval: [5, 6], level: 0.8 },
  ],
  [
    { type: 'date', range: { low: '2023-10-01', high: '2025-10-01' }, outcome: null },
    { quantiles: { '0.2': '2024-01-01', '0.6': '2024-06-01' } },
  ],
]

/** Of a record mostly of one kind, or of any. */
const kinds = fc.oneof(
  fc.constant([0]),
  fc.constantFrom([1], [2, 3], [4]),
  fc.constant([0, 0, 0, 1, 2, 3, 4]),
)

export const anyUnits = fc
  .tuple(fc.array(question, { maxLength: 150, size: 'max' }), kinds)
  .map(([all, of]) =>
    all.map((rest, i) => {
      const [kind, says] = KINDS[of[i % of.length] as number] as (typeof KINDS)[number]
      const statements =
        kind.type === undefined ? rest.statements : rest.statements?.map((s) => ({ ...s, probability: says }))
      return unit(`u${i}`, 0.5, { question: `q${i}`, ...rest, ...kind, statements: statements ?? [] })
    }),
  )
