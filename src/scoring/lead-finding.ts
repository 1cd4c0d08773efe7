import type { Finding } from './document.ts'
import { ALPHA, holm } from './holm.ts'
import { byText } from './summation.ts'

export type LeadRule = Finding['rule']
export type LeadTest = Omit<Finding['tests'][number], 'p_holm'>
export type Lead = Pick<Finding, 'rule' | 'subject' | 'p_holm' | 'tests'>

/** What the rule looks at: how much is scored, from how many groups, and every test of the page. */
export type LeadFacts = {
  scored: number
  groups: number
  /** Of what is scored, the share that was logged after the outcome was known. */
  hindsight_share: number
  /** How many lean to a side. */
  claims: number
  tests: readonly LeadTest[]
  /** That the whole is within 10 points in 100, by test. */
  fits: boolean
}

const LEAST_SCORED = 5
const LEAST_GROUPS = 3
/** In the order in which they lead, after the parts. */
const WHOLES = [
  ['whole', 'whole_differs'],
  ['monitor', 'monitor_differs'],
  ['tilt', 'tilt_differs'],
] as const

/**
 * The rule that chooses the sentence on top of a record; the sentence itself is made elsewhere.
 * Formula: Holm over all tests; then the first that holds: nothing scored; more than half logged afterwards; fewer
 * than 5 scored or 3 groups; below .05 after Holm a phrase or a row of numbers, the whole, the monitor, the tilt;
 * nothing leans; fits, with no test below .05 before Holm; else it cannot be told.
 * Symbols: p of each test in [0,1], or null where it was too small; of the monitor 1/max E.
 * Range: one rule; the subject is the label of the test that leads, of several parts the one with the smallest
 * adjusted p, then the larger n, then the label.
 * Edge cases: no tests → none differs; every p = 1 → none differs.
 * Reference: ours; docs/scoring.md.
 * Example: leadFinding({scored: 0, groups: 0, hindsight_share: 0, claims: 0, tests: [], fits: false}).rule = 'nothing_decided'
 */
export function leadFinding(facts: LeadFacts): Lead {
  const adjusted = holm(facts.tests.map(({ p }) => p))
  const tests = facts.tests.map((test, i) => ({ ...test, p_holm: adjusted[i] ?? null }))
  const without = (rule: LeadRule): Lead => ({ rule, subject: null, p_holm: null, tests })
  if (facts.scored === 0) return without('nothing_decided')
  if (facts.hindsight_share > 0.5) return without('hindsight')
  if (facts.scored < LEAST_SCORED || facts.groups < LEAST_GROUPS) return without('too_few')

  const differing = tests.filter(({ p_holm }) => p_holm !== null && p_holm < ALPHA)
  const [part] = differing
    .filter(({ kind }) => kind === 'phrase' || kind === 'row')
    .sort((a, b) => (a.p_holm as number) - (b.p_holm as number) || b.n - a.n || byText(a.label, b.label))
  if (part) return { rule: 'part_differs', subject: part.label, p_holm: part.p_holm, tests }
  for (const [kind, rule] of WHOLES) {
    const found = differing.find((test) => test.kind === kind)
    if (found) return { rule, subject: found.label, p_holm: found.p_holm, tests }
  }
  if (facts.claims === 0) return without('no_claims')
  return without(facts.fits && tests.every(({ p }) => p === null || p >= ALPHA) ? 'fits' : 'cannot_be_told')
}
