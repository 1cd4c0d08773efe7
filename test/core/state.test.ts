import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loggedWhen } from '../../src/core/forecast.ts'
import { isDueSoon, needsDecisionAt, type Standing, stateOf, states } from '../../src/core/state.ts'

const due = new Date('2026-12-31T20:00:00Z')
const condition = new Date('2026-06-30T20:00:00Z')
const open: Standing = {
  due_at: due,
  condition_due_at: null,
  condition_met: false,
  outcome: null,
  pending: false,
}
const conditional: Standing = { ...open, condition_due_at: condition }
const justBefore = (instant: Date, ms = 1) => new Date(instant.getTime() - ms)
const DAY = 86_400_000

describe('a question is', () => {
  it.each([
    ['open', 'up to the last instant of its deadline', open, justBefore(due)],
    ['due', 'from the first instant after its deadline', open, due],
    [
      'proposed',
      'when an outcome waits, also before the deadline',
      { ...open, pending: true },
      justBefore(due, DAY),
    ],
    ['proposed', 'when an outcome waits after the deadline', { ...open, pending: true }, due],
    ['resolved', 'when an outcome is in force', { ...open, outcome: 'no' }, due],
    ['resolved', 'when an outcome of zero is in force', { ...open, outcome: 0 }, due],
    ['resolved', 'while a correction waits', { ...open, outcome: 'no', pending: true }, due],
    ['annulled', 'when it was annulled', { ...open, outcome: 'annulled' }, due],
    ['ambiguous', 'when the criteria do not decide', { ...open, outcome: 'ambiguous' }, due],
    ['open', 'until the deadline of its condition', conditional, justBefore(condition)],
    ['due', 'when the deadline of its condition has passed unmet', conditional, condition],
    ['open', 'again once its condition was met', { ...conditional, condition_met: true }, condition],
    ['due', 'at its own deadline when its condition was met', { ...conditional, condition_met: true }, due],
  ] as const)('%s %s', (state, _, standing, now) => {
    expect(stateOf(standing, now)).toBe(state)
  })

  it('due soon from fourteen days before it needs a decision', () => {
    expect(isDueSoon(open, justBefore(due, 14 * DAY + 1))).toBe(false)
    expect(isDueSoon(open, justBefore(due, 14 * DAY))).toBe(true)
    expect(isDueSoon(open, due)).toBe(false)
    expect(isDueSoon(conditional, justBefore(condition, DAY))).toBe(true)
    expect(isDueSoon({ ...open, pending: true }, justBefore(due, DAY))).toBe(false)
  })

  it('in need of a decision at the earlier of its deadlines', () => {
    expect(needsDecisionAt({ ...conditional, condition_due_at: due })).toBe(due)
    expect(needsDecisionAt({ ...conditional, condition_due_at: new Date('2027-01-01') })).toBe(due)
  })

  it('always in one of the six states, and never open again without a met condition', () => {
    const instant = fc.integer({ min: 0, max: 1000 }).map((days) => new Date(days * DAY))
    const standing = fc.record({
      due_at: instant,
      condition_due_at: fc.option(instant),
      condition_met: fc.boolean(),
      outcome: fc.option(fc.constantFrom('yes', 'no', 'annulled', 'ambiguous', 3)),
      pending: fc.boolean(),
    })
    fc.assert(
      fc.property(standing, instant, instant, (question, one, other) => {
        const [sooner, later] = one < other ? [one, other] : [other, one]
        expect(states).toContain(stateOf(question, sooner))
        if (stateOf(question, sooner) !== 'open')
          expect(stateOf(question, later)).toBe(stateOf(question, sooner))
      }),
    )
  })
})

describe('a forecast was logged', () => {
  const said = new Date('2026-11-01T19:59:59.999Z')
  const known = new Date('2027-01-09T20:00:00Z')

  it.each([
    ['live', 'on the day it was said', said, null],
    ['live', 'thirty days later', new Date(said.getTime() + 30 * DAY), null],
    ['late', 'more than thirty days later', new Date(said.getTime() + 30 * DAY + 1), null],
    ['late', 'after the deadline, while nothing is known', due, null],
    ['late', 'after the deadline, before anything was known', justBefore(known), known],
    ['afterwards', 'from the first instant of the day on which the outcome was known', known, known],
    ['afterwards', 'on the day it was said, when that was known already', said, justBefore(said)],
    ['live', 'before it was said to the last instant of a coarse date', justBefore(said, 20 * DAY), null],
  ] as const)('%s %s', (logged, _, at, knownFrom) => {
    expect(loggedWhen(at, said, due, knownFrom)).toBe(logged)
  })

  it('late when the deadline came within thirty days', () => {
    const soon = new Date(said.getTime() + 5 * DAY)
    expect(loggedWhen(justBefore(soon), said, soon, null)).toBe('live')
    expect(loggedWhen(soon, said, soon, null)).toBe('late')
  })
})
