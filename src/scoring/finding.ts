import { percentNumber } from '../core/probability.ts'
import type { Claims, Finding, Monitor, NumbersRow, Tilt } from './document.ts'
import { phraseOf } from './figure-text.ts'
import { type LeadTest, leadFinding } from './lead-finding.ts'
import type { NumbersTest, PhraseTest } from './word-tests.ts'

/** "70 to 90 %". */
export const rowText = ({ from, to }: Pick<NumbersRow, 'from' | 'to'>): string =>
  `${percentNumber(from)} to ${percentNumber(to)} %`

export type Tested = {
  scored: number
  clusters: number
  /** Of what is scored, how many were logged after the outcome was known. */
  afterwards: number
  phrases: readonly PhraseTest[]
  rows: readonly NumbersTest[]
  claims: Claims
  tilt: Tilt | null
  monitor: Monitor | null
}

/** A finding before it is put into words. */
export type Found = Omit<Finding, 'sentence' | 'how_sure'>

/**
 * Every test of the page in its order: phrases, rows of numbers, the whole, the tilt, the monitor. What one looks at
 * after every decision has the p-value 1/max E.
 */
function testsOf({ phrases, rows, claims, tilt, monitor }: Tested): LeadTest[] {
  return [
    ...phrases.map(({ key, n, p }) => ({ kind: 'phrase' as const, label: phraseOf(key), n, p })),
    ...rows.map((row) => ({ kind: 'row' as const, label: rowText(row), n: row.n, p: row.p })),
    { kind: 'whole', label: 'all claims', n: claims.n, p: claims.p_value },
    { kind: 'tilt', label: 'what happened', n: tilt?.n ?? 0, p: tilt?.p_value ?? null },
    {
      kind: 'monitor',
      label: 'the evidence',
      n: monitor?.n ?? 0,
      p: monitor === null ? null : 1 / monitor.max,
    },
  ]
}

/** What leads the page, by the published rule, and what it counts. */
export function findingOf(tested: Tested): Found {
  const { scored, clusters, afterwards, claims, tilt, phrases, rows } = tested
  const { rule, subject, p_holm, tests } = leadFinding({
    scored,
    groups: clusters,
    hindsight_share: scored === 0 ? 0 : afterwards / scored,
    claims: claims.n,
    tests: testsOf(tested),
    fits: claims.fits,
  })
  const ofClaims = { happened: claims.came_true, n: claims.n, expected: claims.promised }
  const part = [...phrases, ...rows][tests.findIndex((t) => t.label === subject && t.p_holm === p_holm)]
  const numbers: Record<Finding['rule'], Finding['numbers']> = {
    nothing_decided: null,
    hindsight: null,
    too_few: claims.n === 0 ? null : ofClaims,
    no_claims: null,
    part_differs: part === undefined ? null : numbersOf(part),
    whole_differs: ofClaims,
    monitor_differs: null,
    tilt_differs: tilt && { happened: tilt.happened, n: tilt.n, expected: tilt.expected },
    fits: { ...ofClaims, expected: [claims.usual, claims.usual] },
    cannot_be_told: ofClaims,
  }
  return { rule, subject, numbers: numbers[rule], p_holm, tests }
}

const numbersOf = (part: PhraseTest | NumbersTest): Finding['numbers'] => ({
  happened: part.happened,
  n: part.n,
  expected: 'expected' in part ? part.expected : [part.frame.from, part.frame.to],
})
