import { brierScore } from './brier.ts'
import type { Revisions } from './document.ts'
import { revisionsOf } from './eligibility.ts'
import type { BinaryRow } from './figures.ts'
import { bandOf } from './forecast-unit.ts'
import { isStated, partitionsOf } from './scored-row.ts'
import { updateQuality } from './update-quality.ts'

/** What was first changed to before the end; null where it was taken back, undefined where nothing changed. */
function firstChange({ unit, eligibility: { end }, said }: BinaryRow): number | null | undefined {
  const kept = unit.statements.filter((s) => !s.retracted)
  const [, change] = revisionsOf(kept.slice(kept.indexOf(said)))
  if (change === undefined || change.t >= end.getTime()) return undefined
  if (change.standing === null) return null
  return isStated(change.standing) ? bandOf(change.standing.probability)?.mid : undefined
}
