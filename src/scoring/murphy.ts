import { tieTable } from './isotonic.ts'
import { sum } from './summation.ts'

export type MurphyExact = { rel: number; res: number; unc: number; brier: number }
export type MurphyBin = { bin: number; n: number; n_yes: number; mean_p: number; freq: number }
export type MurphyBinned = MurphyExact & {
  wbv: number
  wbc: number
  rel_bc: number | null
  res_bc: number | null
  unc_bc: number | null
  ece: number
  mce: number
  bins: MurphyBin[]
}

/**
 * Murphy's decomposition by distinct probability; exact.
 * Formula: BS = REL − RES + UNC; REL = Σ n_k(p_k − o_k)²/n, RES = Σ n_k(o_k − ȳ)²/n, UNC = ȳ(1 − ȳ).
 * Symbols: n_k, p_k, o_k = count, probability and frequency of each distinct value.
 * Range: each in [0,1]; a small REL and a large RES are good.
 * Edge cases: n = 0 → null; with all values distinct, REL is the Brier score and says nothing.
 * Reference: Murphy 1973, doi:10.1175/1520-0450(1973)012<0595:ANVPOT>2.0.CO;2.
 * Example: murphyExact([0.5, 0.5], [1, 0]) = {rel: 0, res: 0, unc: 0.25, brier: 0.25}
 */
export function murphyExact(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
): MurphyExact | null {
  const { n, yes, value, size, yeses } = tieTable(probabilities, outcomes)
  if (n === 0) return null
  const base = yes / n
  const per = (term: (p: number, o: number) => number) =>
    sum(value.map((p, k) => ((size[k] as number) * term(p, (yeses[k] as number) / (size[k] as number))) / n))
  return {
    rel: per((p, o) => (p - o) ** 2),
    res: per((_, o) => (o - base) ** 2),
    unc: base * (1 - base),
    brier: per((p, o) => o * (1 - p) ** 2 + (1 - o) * p ** 2),
  }
}

/**
 * Murphy's decomposition over ten equal bins, with the two within-bin terms that make it exact, the
 * bias-corrected terms, and the expected and maximal calibration error. In no answer: bins are arbitrary.
 * Formula: BS = REL − RES + UNC + WBV − WBC, bin k = min(9, ⌊10p + 1e-9⌋), p̄_k the mean in the bin;
 * REL' = REL − C, RES' = RES − C + D, UNC' = UNC + D, C = Σ_{n_k>1} n_k·o_k(1−o_k)/(n_k−1)/n, D = ȳ(1−ȳ)/(n−1);
 * ECE = Σ (n_k/n)·|p̄_k − o_k|.
 * Symbols: p_i in [0,1]; y_i in {0,1}; n_k, o_k = count and frequency in the bin.
 * Range: REL, RES, UNC, WBV, ECE in [0,1]; corrected terms may be negative.
 * Edge cases: n = 0 → null; n = 1 → corrected terms null. A forecast on an edge belongs to the upper bin.
 * Reference: Stephenson, Coelho & Jolliffe 2008, doi:10.1175/2007WAF2006116.1; Bröcker 2012,
 * doi:10.1007/s00382-011-1191-1; Ferro & Fricker 2012, doi:10.1002/qj.1924.
 * Example: murphyBinned([0.5, 0.5], [1, 0]).ece = 0
 */
export function murphyBinned(
  probabilities: readonly number[],
  outcomes: readonly number[],
): MurphyBinned | null {
  const n = probabilities.length
  if (n === 0) return null
  const members = Array.from({ length: 10 }, (): number[] => [])
  probabilities.forEach((p, i) => {
    members[Math.min(9, Math.floor(10 * p + 1e-9))]?.push(i)
  })
  const base = sum(outcomes) / n
  const bins: MurphyBin[] = []
  let [rel, res, wbv, wbc, correction, ece, mce] = [0, 0, 0, 0, 0, 0, 0]
  members.forEach((rows, bin) => {
    const size = rows.length
    if (size === 0) return
    const yes = sum(rows.map((i) => outcomes[i] as number))
    const freq = yes / size
    const centre = sum(rows.map((i) => probabilities[i] as number)) / size
    bins.push({ bin, n: size, n_yes: yes, mean_p: centre, freq })
    rel += (size * (centre - freq) ** 2) / n
    res += (size * (freq - base) ** 2) / n
    for (const i of rows) {
      const off = (probabilities[i] as number) - centre
      wbv += (off * off) / n
      wbc += (2 * off * ((outcomes[i] as number) - freq)) / n
    }
    if (size > 1) correction += (size * freq * (1 - freq)) / (size - 1) / n
    ece += (size * Math.abs(centre - freq)) / n
    mce = Math.max(mce, Math.abs(centre - freq))
  })
  const unc = base * (1 - base)
  const spread = n > 1 ? unc / (n - 1) : null
  return {
    rel,
    res,
    unc,
    wbv,
    wbc,
    brier: sum(probabilities.map((p, i) => (p - (outcomes[i] as number)) ** 2)) / n,
    rel_bc: spread === null ? null : rel - correction,
    res_bc: spread === null ? null : res - correction + spread,
    unc_bc: spread === null ? null : unc + spread,
    ece,
    mce,
    bins,
  }
}
