import type { Reason, Withheld } from './document.ts'
export type Tier = 0 | 1 | 2 | 3 | 4 | 5

/**
 * How much a record can support.
 * Formula: min of by n: <1→0, <5→1, <20→2, <50→3, <200→4, else 5; by G: <3→1, <10→2, <20→3, else 5.
 * Symbols: n scored forecasts; G independent clusters.
 * Range: 0 … 5.
 * Edge cases: n = 0 → 0 whatever G.
 * Reference: house rule, docs/scoring.md, section 7.
 * Example: tierOf(60, 12) = 3
 */
export function tierOf(n: number, clusters: number): Tier {
  const byCount = [1, 5, 20, 50, 200].filter((least) => n >= least).length
  const byClusters = clusters < 3 ? 1 : clusters < 10 ? 2 : clusters < 20 ? 3 : 5
  return Math.min(byCount, byClusters) as Tier
}

/** A condition that fails, with its reason; the first that fails is the one reported. */
export type Condition = readonly [fails: boolean, reason: Reason]

/** Whether no condition fails. */
export const passes = (conditions: readonly Condition[]): boolean => conditions.every(([fails]) => !fails)

/** Makes parts, or withholds them with the first reason that applies. */
export function gatekeeper(tier: Tier, n: number) {
  const withheld: Withheld = {}
  /** The tier fails for want of forecasts or for want of clusters; say which. */
  const tierReason = (least: number): Reason =>
    n < ([0, 1, 5, 20, 50, 200][least] as number) ? 'too_few_scored' : 'too_few_interviews'
  function part<T>(name: string, least: Tier, conditions: readonly Condition[], make: () => T): T | null {
    const failed = conditions.find(([fails]) => fails)
    const own = failed ? failed[1] : tier < least ? tierReason(least) : null
    const reason = n === 0 ? 'nothing_scored' : own
    if (reason === null) return make()
    withheld[name] = reason
    return null
  }
  return { part, withheld }
}
