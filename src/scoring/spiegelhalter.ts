import { membersOf, type Partition } from './partition.ts'
import { normalCdf } from './special-functions.ts'
import { sum } from './summation.ts'

export type OwnProbabilities = { expected_brier: number; sd: number; z: number | null; p: number | null }

/**
 * "If your probabilities were right, your Brier score would be …", and Spiegelhalter's Z.
 * Formula: E0 = Σ p(1−p)/n, sd0 = √(Σ (1−2p)²p(1−p))/n, Z = (BS − E0)/sd0, p = 2·Φ(−|Z|).
 * Symbols: p_i in [0,1]; y_i in {0,1}.
 * Range: Z any double; above 0 = worse than the own probabilities imply (overconfident), below 0 = underconfident.
 * Edge cases: n = 0 → null; all p in {0, ½, 1} → sd0 = 0, Z and p null. Blind to forecasts of 50 %.
 * Reference: Spiegelhalter 1986, doi:10.1002/sim.4780050506.
 * Example: spiegelhalter([0.5], [1]) = {expected_brier: 0.25, sd: 0, z: null, p: null}
 */
export function spiegelhalter(
  probabilities: readonly number[],
  outcomes: readonly number[],
): OwnProbabilities | null {
  const n = probabilities.length
  if (n === 0) return null
  const variance = sum(probabilities.map((p) => (1 - 2 * p) ** 2 * p * (1 - p)))
  const excess = sum(probabilities.map((p, i) => ((outcomes[i] as number) - p) * (1 - 2 * p)))
  const z = variance === 0 ? null : excess / Math.sqrt(variance)
  return {
    expected_brier: sum(probabilities.map((p) => p * (1 - p))) / n,
    sd: Math.sqrt(variance) / n,
    z,
    p: z === null ? null : twoSided(z),
  }
}

const twoSided = (z: number) => Math.min(1, 2 * normalCdf(-Math.abs(z)))

export type GroupZ = { expected_brier: number; z: number; p: number; z_independent: number }

/**
 * Spiegelhalter's Z where what is said in one interview stands and falls together.
 * Formula: Z = Σ e / √(Σ_g (Σ_{i∈g} |1−2p_i|·√(p_i(1−p_i)))²), e = (y − p)(1 − 2p): the largest variance that any
 * dependence inside the groups can give; over several partitions the larger.
 * Symbols: p_i in [0,1]; y_i in {0,1}; each partition names every forecast's group.
 * Range: Z any double, never farther from 0 than z_independent, the Z without groups; above 0 overconfident.
 * Edge cases: n = 0, or all p in {0, ½, 1} → null.
 * Reference: Spiegelhalter 1986, doi:10.1002/sim.4780050506; the bound over groups is ours.
 * Example: groupZ([0.9, 0.9], [0, 0], [['a', 'a']]).z = 3
 */
export function groupZ(
  probabilities: readonly number[],
  outcomes: readonly number[],
  partitions: readonly Partition[],
): GroupZ | null {
  const own = spiegelhalter(probabilities, outcomes)
  if (own === null || own.z === null) return null
  const reach = (i: number) => {
    const p = probabilities[i] as number
    return Math.abs(1 - 2 * p) * Math.sqrt(p * (1 - p))
  }
  const variances = partitions.map((partition) =>
    sum(membersOf(partition).map((members) => sum(members.map(reach)) ** 2)),
  )
  const z = (own.z * own.sd * probabilities.length) / Math.sqrt(Math.max(...variances))
  return { expected_brier: own.expected_brier, z, p: twoSided(z), z_independent: own.z }
}
