import type { Monitor } from './document.ts'
import { eProcess } from './e-process.ts'
import type { BinaryRow } from './figures.ts'
import { clustersOf, partitionsOf } from './scored-row.ts'
import { byText } from './summation.ts'

/** A question counts from its deadline or, where that is later, from the day on which its outcome was known. */
export const decidedOn = ({ unit: { deadline_on, known_on } }: Pick<BinaryRow, 'unit'>): string =>
  known_on != null && known_on > deadline_on ? known_on : deadline_on

/**
 * The evidence against the probabilities, as it grew with every decision; see eProcess. What was decided on one day
 * is taken in the order of its ids, which nobody chose by the outcome.
 */
export function monitorOf(all: readonly BinaryRow[]): Monitor {
  const rows = [...all].sort((a, b) => byText(a.unit.id, b.unit.id))
  const days = rows.map((row) => Date.parse(decidedOn(row)))
  const { path, crossed, direction, ...figures } = eProcess(
    rows.map((r) => r.binary),
    rows.map((r) => r.binary.outcome),
    partitionsOf(rows),
    days,
  )
  const alarm = crossed === null ? undefined : path[crossed]
  return {
    ...figures,
    crossed_on: alarm === undefined ? null : new Date(alarm.at).toISOString().slice(0, 10),
    direction: direction as Monitor['direction'],
    n: rows.length,
    clusters: clustersOf(rows),
  }
}
