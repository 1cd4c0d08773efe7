import { type Binary, brierScore } from './brier.ts'
import type { PlannedWindow, Revisions } from './document.ts'
import { changesAfter } from './eligibility.ts'
import type { BinaryRow } from './figures.ts'
import { bandOf, type UnitStatement } from './forecast-unit.ts'
import { plannedWindowBrier } from './planned-window.ts'
import { isStated, partitionsOf } from './scored-row.ts'
import { mean } from './summation.ts'
import { updateQuality } from './update-quality.ts'

/** A number, and what it was first changed to before anybody knew; null where it was taken back. */
export type Revised = { row: BinaryRow; changed: number | null }
export const LEAST_REVISED = { n: 10, groups: 5 }

/** A number as it is scored; undefined for words, which have no single score to set beside that of a number. */
const numberOf = (said: UnitStatement): number | undefined =>
  isStated(said) ? bandOf(said.probability)?.mid : undefined

export function revisedRows(stated: readonly BinaryRow[]): Revised[] {
  return stated.flatMap((row): Revised[] => {
    const { unit, eligibility, said } = row
    const [change] = changesAfter(unit, said)
    if (change === undefined || change.t >= eligibility.end.getTime()) return []
    const changed = change.standing && numberOf(change.standing)
    return changed === undefined ? [] : [{ row, changed }]
  })
}

/** The means of plannedWindowBrier, over the numbers that were not changed to words. */
export function plannedWindow(stated: readonly BinaryRow[]): PlannedWindow | null {
  const windows = stated.flatMap(({ unit, eligibility: { end }, said, binary }) => {
    const changes = changesAfter(unit, said)
    const sayings = changes.map(({ t, standing }) => ({ t, p: standing && numberOf(standing) }))
    if (sayings.some(({ p }) => p === undefined)) return []
    const first = { t: said.said_at.getTime(), p: binary.mid }
    const [start, deadline] = [unit.opens_at.getTime(), unit.deadline_end.getTime()]
    const made = plannedWindowBrier(
      [first, ...(sayings as { t: number; p: number | null }[])],
      start,
      deadline,
      end.getTime(),
      binary.outcome,
    )
    return made?.window == null ? [] : [{ window: made.window, held: made.held as number }]
  })
  const window = mean(windows.map((w) => w.window))
  return window === null
    ? null
    : { n: windows.length, window, held: mean(windows.map((w) => w.held)) as number }
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
