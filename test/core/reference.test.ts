import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  baseRateProblem,
  declaredOf,
  hindsightFrom,
  hindsightProblem,
  judged,
  Reference,
  ReferenceRequest,
  ReferenceSent,
  type ReferenceTimes,
  referenceUnfit,
  saidIn,
} from '../../src/core/reference.ts'

const FROM = new Date('2026-06-01T00:00:00.000Z')
const day = (n: number) => new Date(FROM.getTime() + n * 86_400_000).toISOString()

const one = (seq: number, at: number, more: Partial<ReferenceTimes> = {}): ReferenceTimes => ({
  seq,
  at: day(at),
  withdrawn_at: null,
  chosen: [],
  ...more,
})
const primaryOf = (all: ReferenceTimes[]) => judged(all, FROM).find(({ primary }) => primary)?.seq

describe('which reference counts', () => {
  test('the first that was recorded in time, where nobody declares one', () => {
    expect(primaryOf([one(2, -1), one(1, -2), one(3, 1)])).toBe(1)
    expect(primaryOf([])).toBeUndefined()
  })

  test('the last that was declared in time; a declaration with hindsight says nothing', () => {
    const chosen = one(2, -3, { chosen: [{ seq: 5, at: day(-1) }] })
    expect(primaryOf([one(1, -4), chosen])).toBe(2)
    expect(primaryOf([one(1, -4, { chosen: [{ seq: 6, at: day(-1) }] }), chosen])).toBe(1)
    expect(primaryOf([one(1, -4, { chosen: [{ seq: 6, at: day(0) }] }), chosen])).toBe(2)
  })

  test('what was recorded when the outcome was known or after the deadline is hindsight, to the millisecond', () => {
    const all = [one(1, 0), { ...one(2, 0), at: new Date(FROM.getTime() - 1).toISOString() }]
    expect(judged(all, FROM).map(({ hindsight }) => hindsight)).toEqual([true, false])
    const due_at = new Date(day(3))
    expect(hindsightFrom({ due_at, known_from: null })).toEqual(due_at)
    expect(hindsightFrom({ due_at, known_from: FROM })).toEqual(FROM)
    expect(hindsightFrom({ due_at: FROM, known_from: due_at })).toEqual(FROM)
  })

  test('a withdrawal in time takes it out; one with hindsight takes nothing out', () => {
    expect(primaryOf([one(1, -4, { withdrawn_at: day(-1) }), one(2, -3)])).toBe(2)
    expect(primaryOf([one(1, -4, { withdrawn_at: day(1) }), one(2, -3)])).toBe(1)
    const [kept, gone, late] = judged(
      [
        one(1, -4, { withdrawn_at: day(1) }),
        one(2, -4, { withdrawn_at: day(-1) }),
        one(3, 2, { withdrawn_at: day(3) }),
      ],
      FROM,
    )
    expect([kept?.gone, gone?.gone, late?.gone]).toEqual([false, true, true])
  })

  const times = fc.array(
    fc.record({
      at: fc.integer({ min: -9, max: 9 }),
      withdrawn: fc.option(fc.integer({ min: -9, max: 9 })),
      chosen: fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 3 }),
    }),
    { maxLength: 5 },
  )
  const asTimes = (some: { at: number; withdrawn: number | null; chosen: number[] }[]): ReferenceTimes[] =>
    some.map(({ at, withdrawn, chosen }, i) =>
      one(i, at, {
        withdrawn_at: withdrawn === null || withdrawn < at ? null : day(withdrawn),
        chosen: chosen
          .filter((when) => when >= at)
          .map((when, j) => ({ seq: 100 + 10 * i + j, at: day(when) })),
      }),
    )

  test('nothing that is said with hindsight changes which one counts', () => {
    fc.assert(
      fc.property(times, (some) => {
        const all = asTimes(some)
        const inTime = all
          .filter(({ at }) => at < FROM.toISOString())
          .map((reference) => ({
            ...reference,
            withdrawn_at:
              reference.withdrawn_at !== null && reference.withdrawn_at < FROM.toISOString()
                ? reference.withdrawn_at
                : null,
            chosen: reference.chosen.filter(({ at }) => at < FROM.toISOString()),
          }))
        expect(primaryOf(all)).toBe(primaryOf(inTime))
      }),
    )
  })

  test('at most one counts, it was recorded in time, and where any stands there is one', () => {
    fc.assert(
      fc.property(times, (some) => {
        const all = judged(asTimes(some), FROM)
        const primaries = all.filter(({ primary }) => primary)
        const candidates = all.filter(({ gone, hindsight }) => !gone && !hindsight)
        expect(primaries.length).toBe(candidates.length === 0 ? 0 : 1)
        for (const { hindsight, gone } of primaries) expect([hindsight, gone]).toEqual([false, false])
      }),
    )
  })

  test('a file marks the last that was declared in time, or else the last that was declared', () => {
    const early = one(1, -4, { chosen: [{ seq: 5, at: day(-1) }] })
    const late = one(2, -3, { chosen: [{ seq: 9, at: day(2) }] })
    expect(declaredOf([early, late], FROM)).toBe(early)
    expect(declaredOf([one(1, -4), late], FROM)).toBe(late)
    expect(declaredOf([one(1, -4)], FROM)).toBeUndefined()
  })
})

describe('what a reference says', () => {
  const OF = { k: 3, n: 20, class: 'years with an election' }

  test.each([
    [{ kind: 'nothing_changes', probability: 0.02 }, []],
    [{ kind: 'base_rate', of: OF, source: 'The almanac' }, []],
    [{ kind: 'base_rate', of: OF, probability: 0.15, source: 'The almanac' }, []],
    [
      {
        kind: 'market',
        probability: 0.4,
        url: 'https://market.example/x',
        observed_at: '2026-01-01T10:00:00.000Z',
      },
      [],
    ],
    [{ kind: 'crowd', probability: 0.4, source: 'Readers of the paper' }, []],
    [{ kind: 'nothing_changes' }, ['probability is needed for nothing_changes']],
    [
      { kind: 'base_rate', probability: 0.1 },
      ['of is needed for base_rate', 'source is needed for base_rate'],
    ],
    [{ kind: 'crowd', probability: 0.1, source: 'x', of: OF }, ['of is for base_rate, not for crowd']],
    [{ kind: 'market', probability: 0.1 }, ['url is needed for market', 'observed_at is needed for market']],
    [
      { kind: 'nothing_changes', probability: 0.1, observed_at: '2026-01-01T10:00:00.000Z' },
      ['observed_at is for market and crowd, not for nothing_changes'],
    ],
    [{ kind: 'base_rate', of: { ...OF, k: 21 }, source: 'x' }, ['of.k must not exceed n']],
  ])('%j', (request, problems) => {
    const found = ReferenceRequest.safeParse(request).error?.issues ?? []
    expect(found.map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual(problems)
  })

  test('a base rate is k of n, rounded or with a case more of each sort, and nothing far from it', () => {
    const fields = { kind: 'base_rate', of: OF, source: 'x' } as const
    expect(saidIn(fields).probability).toBe(0.15)
    for (const probability of [0.15, 0.145, 4 / 22])
      expect(baseRateProblem({ ...fields, probability })).toBeNull()
    expect(baseRateProblem({ ...fields, probability: 0.85 })).toBe('is not about 3 of 20, which is 0.15')
    const large = { ...fields, of: { ...OF, k: 333, n: 1000 } }
    expect(baseRateProblem({ ...large, probability: 0.33 })).toBeNull()
    expect(baseRateProblem({ ...large, probability: 0.32 })).not.toBeNull()
  })

  test('the short form is one of which nobody says what it is; a whole one stays as it is', () => {
    expect(ReferenceSent.parse({ probability: 0.5, says: 'One in two' })).toEqual({
      kind: 'unstated',
      probability: 0.5,
      source: 'One in two',
    })
    expect(ReferenceSent.parse({ kind: 'nothing_changes', probability: 0, primary: true })).toEqual({
      kind: 'nothing_changes',
      probability: 0,
      primary: true,
    })
  })

  test('only a question of yes or no has one', () => {
    expect(referenceUnfit({})).toBeNull()
    expect(referenceUnfit({ type: 'binary' })).toBeNull()
    for (const type of ['numeric', 'date', 'multiple_choice'] as const)
      expect(referenceUnfit({ type })).toMatch(/^is for yes\/no questions/u)
  })

  test('nobody saw a price in advance when the outcome was known', () => {
    expect(hindsightProblem({ observed_at: day(0) }, FROM)).toMatch(/from when on the outcome was known$/u)
    expect(hindsightProblem({ observed_at: day(-1) }, FROM)).toBeNull()
    expect(hindsightProblem({}, FROM)).toBeNull()
    expect(hindsightProblem({ observed_at: day(0) }, null)).toBeNull()
  })

  test('a record has an id and its probability', () => {
    const record = { id: 'ref1', question: 'war', kind: 'nothing_changes', probability: 0 }
    expect(Reference.safeParse(record).success).toBe(true)
    expect(Reference.safeParse({ ...record, id: 'talk_war' }).success).toBe(true)
    expect(Reference.safeParse({ ...record, id: 'ref0' }).success).toBe(false)
    expect(Reference.safeParse({ ...record, probability: undefined }).success).toBe(false)
  })
})
