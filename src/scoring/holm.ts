/** Below this, after the adjustment, a difference is told. */
export const ALPHA = 0.05

/**
 * Holm's adjustment of several p-values: how surprising each is, allowing for all that were looked at.
 * Formula: with p_(1) ≤ … ≤ p_(m), adjusted p_(i) = min(1, max over j ≤ i of (m − j + 1)·p_(j)).
 * Symbols: p_i in [0,1], or null for what was not tested, which does not count towards m.
 * Range: [0,1], at least p_i, in the same order; however the tests depend on each other, the chance that any true
 * one falls below α is at most α.
 * Edge cases: no p-values → none; null stays null; one p-value stays as it is.
 * Reference: Holm 1979, Scandinavian Journal of Statistics 6, 65–70, https://www.jstor.org/stable/4615733.
 * Example: holm([0.01, null, 0.04]) = [0.02, null, 0.04]
 */
export function holm(p: readonly (number | null)[]): (number | null)[] {
  const tested = p.flatMap((value, at) => (value === null ? [] : [{ value, at }]))
  tested.sort((a, b) => a.value - b.value)
  const adjusted = p.map((): number | null => null)
  let largest = 0
  tested.forEach(({ value, at }, i) => {
    largest = Math.max(largest, (tested.length - i) * value)
    adjusted[at] = Math.min(1, largest)
  })
  return adjusted
}
