import { type Binary, brierScore } from './brier.ts'
import type { Revisions } from './document.ts'
import { revisionsOf } from './eligibility.ts'
import type { BinaryRow } from './figures.ts'
import { bandOf } from './forecast-unit.ts'
import { isStated, partitionsOf } from './scored-row.ts'
import { updateQuality } from './update-quality.ts'

/** A number, and what it was first changed to before anybody knew; null where it was taken back. */
export type Revised = { row: BinaryRow; changed: number | null }
export const LEAST_REVISED = { n: 10, groups: 5 }

export function revisedRows(stated: readonly BinaryRow[]): Revised[] {
  return stated.flatMap((row): Revised[] => {
    const { unit, eligibility, said } = row
    const kept = unit.statements.filter((s) => !s.retracted)
    const [, change] = revisionsOf(kept.slice(kept.indexOf(said)))
    if (change === undefined || change.t >= eligibility.end.getTime()) return []
    if (change.standing === null) return [{ row, changed: null }]
    const band = isStated(change.standing) ? bandOf(change.standing.probability) : null
    // Words have no single score to set beside that of a number.
    return band === null ? [] : [{ row, changed: band.mid }]
  })
}

/** The first statements beside those that they were first changed to; see updateQuality. */
export function revisionsFigure(revised: readonly Revised[]): Revisions {
  const rows = revised.map(({ row: { score, flipped, binary }, changed }) => {
    // Whoever takes it back says no more than even chances.
    const scoreOf = (outcome: number) => brierScore(changed ?? 0.5, outcome as Binary)
    return {
      first: score,
      first_flipped: flipped,
      second: scoreOf(binary.outcome),
      second_flipped: scoreOf(1 - binary.outcome),
    }
  })
  return updateQuality(rows, partitionsOf(revised.map(({ row }) => row))) as NonNullable<
    ReturnType<typeof updateQuality>
  >
}
