import { dueAt } from './calendar.ts'
import { type Question, typeOf } from './question.ts'
import type { Outcome } from './resolution.ts'

/** A question as a rung of a ladder: a war implies an escalation, which implies an incident. */
type Rung = Pick<Question, 'id' | 'implies'>

/** The rungs below: each of them happens whenever this one does, the nearest first. */
export function rungsBelow<R extends Rung>({ id, implies }: Rung, rungs: readonly R[]): R[] {
  const byId = new Map(rungs.map((rung) => [rung.id, rung]))
  const below = new Map<string, R>()
  let next = implies
  while (next !== undefined && next !== id && !below.has(next)) {
    const rung = byId.get(next)
    if (rung === undefined) break
    below.set(rung.id, rung)
    next = rung.implies
  }
  return [...below.values()]
}

/** The rungs above: none of them happens without this one. */
export const rungsAbove = <R extends Rung>(question: Rung, rungs: readonly R[]): R[] =>
  rungs.filter(
    (rung) => rung.id !== question.id && rungsBelow(rung, rungs).some(({ id }) => id === question.id),
  )

/** Why one question cannot imply another, or null: whatever counts for it must count for the other too. */
export function implicationProblem(question: Question, implied: Question): string | null {
  if (implied.id === question.id) return 'names the question itself'
  if (typeOf(implied) !== 'binary') return `names ${implied.id}, which is no yes/no question`
  if (implied.family === undefined || implied.family !== question.family)
    return `names ${implied.id}, which is not of its family (${implied.family ?? 'none'}): both are about one development`
  if (dueAt(question.deadline) > dueAt(implied.deadline))
    return `names ${implied.id}, whose deadline ${implied.deadline.date} is earlier: this could still happen after it`
  if (implied.condition !== undefined && implied.condition.text !== question.condition?.text)
    return `names ${implied.id}, which has a condition of its own`
  return null
}

/** Why an outcome contradicts those of the other rungs, or null. */
export function ladderConflict(
  question: Rung,
  outcome: Outcome,
  rungs: readonly (Rung & { outcome: Outcome | null })[],
): string | null {
  const other =
    outcome === 'yes'
      ? rungsBelow(question, rungs).find((rung) => rung.outcome === 'no')
      : outcome === 'no'
        ? rungsAbove(question, rungs).find((rung) => rung.outcome === 'yes')
        : undefined
  if (other === undefined) return null
  return outcome === 'yes'
    ? `cannot be yes: it implies ${other.id}, which resolved no; correct that one first`
    : `cannot be no: ${other.id} implies it, and resolved yes; correct that one first`
}
