import { dueAt } from './calendar.ts'
import { type Question, typeOf } from './question.ts'
import type { Outcome } from './resolution.ts'

/** A question as a rung of a ladder: a war implies an escalation, which implies an incident. */
type Rung = Pick<Question, 'id' | 'implies'>

const byIdOf = <R extends Rung>(rungs: readonly R[]) => new Map(rungs.map((rung) => [rung.id, rung]))

/** The rungs below: each of them happens whenever this one does, the nearest first. */
export function rungsBelow<R extends Rung>({ id, implies }: Rung, rungs: readonly R[]): R[] {
  const byId = byIdOf(rungs)
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
export function rungsAbove<R extends Rung>(question: Rung, rungs: readonly R[]): R[] {
  const byId = byIdOf(rungs)
  const known = new Map<string, Rung | null>([[question.id, question]])
  return rungs.filter(({ id, implies }) => id !== question.id && firstKnown(implies, byId, known) !== null)
}

/**
 * Goes down from a rung to the first of which something is known, and keeps that for all on the way: whoever asks for
 * every rung of a ladder walks it once.
 */
function firstKnown<T>(
  start: string | undefined,
  byId: ReadonlyMap<string, Rung>,
  known: Map<string, T | null>,
): T | null {
  const way: string[] = []
  let at = start
  while (at !== undefined && !known.has(at)) {
    way.push(at)
    // Whoever comes round in a circle learns nothing.
    known.set(at, null)
    at = byId.get(at)?.implies
  }
  const found = at === undefined ? null : (known.get(at) ?? null)
  for (const id of way) known.set(id, found)
  return found
}

/** How all the rungs lie to each other; many may be asked about, in linear time whatever they imply. */
export function ladderOf(rungs: readonly Rung[]): {
  /** Whether a rung implies itself by way of others. */
  isCircular: (id: string) => boolean
  /** Whether a rung implies another, at once or by way of others. Of what leads into a circle it is not asked. */
  implies: (id: string, other: string) => boolean
} {
  const byId = byIdOf(rungs)
  const circular = circularIn(byId)
  const spans = spansOf(byId)
  return {
    isCircular: (id) => circular.has(id),
    implies: (id, other) => {
      const [upper, lower] = [spans.get(id), spans.get(other)]
      return upper !== undefined && lower !== undefined && lower.from < upper.from && upper.from < lower.to
    },
  }
}

function circularIn(byId: ReadonlyMap<string, Rung>): Set<string> {
  const circular = new Set<string>()
  const seen = new Map<string, string>()
  for (const start of byId.keys()) {
    let at: string | undefined = start
    while (at !== undefined && byId.has(at) && !seen.has(at)) {
      seen.set(at, start)
      at = byId.get(at)?.implies
    }
    if (at === undefined || seen.get(at) !== start || byId.get(at)?.implies === at) continue
    for (; at !== undefined && !circular.has(at); at = byId.get(at)?.implies) circular.add(at)
  }
  return circular
}

/** From the lowest rungs upwards: what lies above a rung is counted between its beginning and its end. */
function spansOf(byId: ReadonlyMap<string, Rung>): Map<string, { from: number; to: number }> {
  const above = new Map<string, string[]>()
  const open: string[] = []
  for (const { id, implies } of byId.values()) {
    const list = implies === undefined ? undefined : above.get(implies)
    if (implies === undefined || !byId.has(implies)) open.push(id)
    else if (list === undefined) above.set(implies, [id])
    else list.push(id)
  }
  const spans = new Map<string, { from: number; to: number }>()
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const begun = spans.get(id)
    if (begun === undefined) {
      spans.set(id, { from: spans.size, to: 0 })
      open.push(id)
      for (const next of above.get(id) ?? []) open.push(next)
    } else begun.to = spans.size
  }
  return spans
}

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

type Decided = Rung & { outcome: Outcome | null }

/** Why an outcome contradicts those of the other rungs, or null. */
export const ladderConflict = (question: Rung, outcome: Outcome, rungs: readonly Decided[]): string | null =>
  conflictsIn(rungs)(question, outcome)

/** The same of many questions, each asked about at once. */
export function conflictsIn(rungs: readonly Decided[]): (question: Rung, outcome: Outcome) => string | null {
  const byId = byIdOf(rungs)
  const no = new Map<string, string | null>()
  for (const { id, outcome } of byId.values()) if (outcome === 'no') no.set(id, id)
  const yes = new Map<string, string>()
  for (const { id, implies, outcome } of rungs) {
    if (outcome !== 'yes' || implies === id) continue
    for (let at = implies; at !== undefined && !yes.has(at); at = byId.get(at)?.implies) yes.set(at, id)
  }
  return ({ id, implies }, outcome) => {
    const other =
      outcome === 'yes' ? firstKnown(implies, byId, no) : outcome === 'no' ? (yes.get(id) ?? null) : null
    if (other === null || other === id) return null
    return outcome === 'yes'
      ? `cannot be yes: it implies ${other}, which resolved no; correct that one first`
      : `cannot be no: ${other} implies it, and resolved yes; correct that one first`
  }
}
