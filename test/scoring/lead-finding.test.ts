import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type LeadFacts, type LeadTest, leadFinding } from '../../src/scoring/lead-finding.ts'

const p = fc.option(
  fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer({ min: 1, max: 60 }).map((k) => k / 1000),
  ),
)
const kind = fc.constantFrom<LeadTest['kind']>('phrase', 'row', 'whole', 'tilt', 'monitor')
/** Parts as many as there are; of the others one each, as on a page. */
const tests = fc.uniqueArray(
  fc.record({ kind, label: fc.constantFrom('likely', 'unlikely', '70-90'), n: fc.nat(50), p }),
  { maxLength: 8, selector: (t) => (t.kind === 'phrase' || t.kind === 'row' ? t.kind + t.label : t.kind) },
)
const facts: fc.Arbitrary<LeadFacts> = fc.record({
  scored: fc.nat(200),
  groups: fc.nat(100),
  hindsight_share: fc.double({ min: 0, max: 1, noNaN: true }),
  claims: fc.nat(200),
  tests,
  fits: fc.boolean(),
})
const solid = { scored: 90, groups: 40, hindsight_share: 0, claims: 80, fits: false }
const of = (kind: LeadTest['kind'], p: number | null, label: string = kind, n = 20): LeadTest => ({
  kind,
  label,
  n,
  p,
})

describe('the rule that chooses the sentence on top', () => {
  test('never says that anything differs where no test is below .05 after Holm', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const found = leadFinding({ ...given, tests: given.tests.map((t) => ({ ...t, p: 1 })) })
        expect(found.rule).not.toMatch(/differs/)
      }),
    )
    fc.assert(
      fc.property(facts, (given) => {
        const { rule, subject, p_holm, tests } = leadFinding(given)
        expect(rule.endsWith('differs')).toBe(p_holm !== null)
        expect(subject === null).toBe(p_holm === null)
        if (p_holm === null) return
        expect(p_holm).toBeLessThan(0.05)
        expect(tests.some((t) => t.label === subject && t.p_holm === p_holm)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('praises only where no test at all is below .05, and never from hindsight or from a few', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { rule } = leadFinding(given)
        if (rule === 'fits') {
          expect(given.fits && given.tests.every((t) => t.p === null || t.p >= 0.05)).toBe(true)
        }
        const small = given.scored < 5 || given.groups < 3 || given.hindsight_share > 0.5
        expect(['nothing_decided', 'hindsight', 'too_few'].includes(rule)).toBe(small)
      }),
      { numRuns: 500 },
    )
  })

  test('does not depend on the order of the tests', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { rule, subject, p_holm } = leadFinding(given)
        expect(leadFinding({ ...given, tests: given.tests.toReversed() })).toMatchObject({
          rule,
          subject,
          p_holm,
        })
      }),
    )
  })

  test('a part leads before the whole, the whole before the monitor, the monitor before the tilt', () => {
    const all = [of('tilt', 1e-6), of('monitor', 1e-5), of('whole', 1e-4), of('row', 1e-3)]
    const lead = (n: number) => leadFinding({ ...solid, tests: all.slice(0, n) }).rule
    expect([4, 3, 2, 1].map(lead)).toEqual([
      'part_differs',
      'whole_differs',
      'monitor_differs',
      'tilt_differs',
    ])
  })

  test('of parts alike the one said more often leads, then the first by its label', () => {
    const subject = (...tests: LeadTest[]) => leadFinding({ ...solid, tests }).subject
    expect(subject(of('phrase', 0.001, 'a', 10), of('row', 0.001, 'b', 12))).toBe('b')
    expect(subject(of('phrase', 0.001, 'b', 12), of('row', 0.001, 'a', 12))).toBe('a')
  })

  test('where nothing leans, a tilt may still lead; else nothing came true or not', () => {
    const none = { ...solid, claims: 0 }
    expect(leadFinding({ ...none, tests: [of('tilt', 0.001)] }).rule).toBe('tilt_differs')
    expect(leadFinding({ ...none, tests: [of('tilt', 0.6), of('monitor', 1)] }).rule).toBe('no_claims')
  })

  test('exactly half with hindsight is not most, and exactly .05 is not below it', () => {
    expect(leadFinding({ ...solid, hindsight_share: 0.5, tests: [] }).rule).toBe('cannot_be_told')
    expect(leadFinding({ ...solid, tests: [of('whole', 0.05)] }).rule).toBe('cannot_be_told')
    expect(leadFinding({ ...solid, fits: true, tests: [of('whole', 0.05)] }).rule).toBe('fits')
  })
})
