import { type TieTable, tieTable } from './isotonic.ts'

/**
 * Area under the ROC curve: telling yes from no, whatever the level of the probabilities.
 * Formula: P(p_yes > p_no) + ½·P(p_yes = p_no) over all pairs (Mann–Whitney).
 * Symbols: p_i in [0,1]; y_i in {0,1}.
 * Range: [0,1]; 1 tells them apart perfectly, ½ not at all.
 * Edge cases: one outcome class → null.
 * Reference: Hanley & McNeil 1982, doi:10.1148/radiology.143.1.7063747.
 * Example: auc([0.9, 0.4, 0.4], [1, 1, 0]) = 0.75
 */
export function auc(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): number | null {
  return aucOf(tieTable(probabilities, outcomes))
}

export function aucOf({ n, yes, size, yeses }: TieTable): number | null {
  const no = n - yes
  if (yes === 0 || no === 0) return null
  let pairs = 0
  let noBelow = 0
  for (let k = 0; k < size.length; k++) {
    const noHere = (size[k] as number) - (yeses[k] as number)
    pairs += (yeses[k] as number) * (noBelow + noHere / 2)
    noBelow += noHere
  }
  return pairs / yes / no
}
