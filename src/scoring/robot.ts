import { leanOf } from '../core/probability.ts'
import type { ReferenceKind } from '../core/reference.ts'
import { answersOf } from './answer.ts'
import type { Side } from './comparison.ts'
import { liveOnly } from './eligibility.ts'
import { isBinary } from './figures.ts'
import type { ForecastUnit, UnitReference } from './forecast-unit.ts'
import { type Answers, pairsOf, type Rulings, rulingsOf } from './pair-rulings.ts'
import { rowsOf } from './scored-row.ts'
import { byText } from './summation.ts'
import { scoredRows } from './track-record.ts'

/**
 * Analysts of kind rule: each answers every question by the references of one kind, recorded before the outcome was
 * known. They are computed and not logged, stand in comparisons, and are no people. No id of a person has a colon.
 */
export const ROBOTS = [
  { id: 'rule:nothing-changes', name: '“Nothing changes” (a rule)', kind: 'nothing_changes' },
  { id: 'rule:base-rate', name: '“The base rate” (a rule)', kind: 'base_rate' },
  { id: 'rule:market', name: '“The market price” (a rule)', kind: 'market' },
] as const satisfies readonly { id: string; name: string; kind: ReferenceKind }[]
export type Robot = (typeof ROBOTS)[number]

export const robotOf = (id: string): Robot | undefined => ROBOTS.find((robot) => robot.id === id)

/** The reference by which a rule answers: the primary where that is of its kind, or else the first of it. */
const answering = (kind: ReferenceKind, references: readonly UnitReference[] = []) => {
  const own = references.filter((reference) => reference.kind === kind)
  return own.find(({ primary }) => primary) ?? own[0]
}

const inAdvance = ({ references = [] }: ForecastUnit) => references.filter(({ hindsight }) => !hindsight)

/**
 * What a rule says of some questions, as if it were an analyst.
 * Formula: one statement a question: the probability of the reference of its kind, said when that was recorded.
 * Symbols: the units of whom it is compared with: each question stays in their group, by interview and by development.
 * Range: as many units as questions that have such a reference in advance.
 * Edge cases: none in advance → no unit; several → the primary, or else the first.
 * Reference: ours; docs/model.md, section 5.
 * Example: robotSide(ROBOTS[0], []).units = []
 */
export function robotSide({ id, name, kind }: Robot, asked: readonly ForecastUnit[]): Side {
  const units = asked.flatMap((unit): ForecastUnit[] => {
    const reference = answering(kind, inAdvance(unit))
    if (reference === undefined) return []
    const { probability, recorded_at: said_at } = reference
    const said_on = said_at.toISOString().slice(0, 10)
    return [{ ...unit, statements: [{ said_on, said_at, logged: 'live', voice: 'quote', probability }] }]
  })
  return { id, name, units }
}

/** A comparison of somebody with the rules, or of the rules with each other: a family of pairs of its own. */
export function robotRulings(sides: readonly Side[], asOf: Date): Rulings {
  const [first, ...others] = sides.map(
    ({ id, units }): Answers => ({ id, answers: answersOf(rowsOf(liveOnly(units), asOf)) }),
  )
  if (first === undefined) return { tested: 0, pairs: [] }
  const isPerson = robotOf(first.id) === undefined
  const pairs = isPerson ? others.flatMap((other) => pairsOf([first], [other])) : pairsOf([first, ...others])
  return rulingsOf(pairs.sort((one, other) => byText(`${one.a} ${one.b}`, `${other.a} ${other.b}`)))
}

type Right = { n: number; came_true: number }
/** How often the rule would have been right where somebody claimed something; with hindsight it is in no figure. */
export type NothingChanges = { in_advance: Right; with_hindsight: Right }

/**
 * How often "nothing changes" would have come true where an analyst's claims are scored.
 * Formula: k of n: claims whose question has such a reference that leans, and of these those that went as it leans.
 * Symbols: scored yes/no claims that lean; the reference of the rule, in advance or else with hindsight.
 * Range: k in 0 … n.
 * Edge cases: no such reference → null; a reference of one half says nothing.
 * Reference: ours; docs/model.md, section 5.
 * Example: nothingChanges([], new Date(0)) = null
 */
export function nothingChanges(units: readonly ForecastUnit[], asOf: Date): NothingChanges | null {
  const found: NothingChanges = {
    in_advance: { n: 0, came_true: 0 },
    with_hindsight: { n: 0, came_true: 0 },
  }
  for (const { unit, binary } of scoredRows(rowsOf(units, asOf)).filter(isBinary)) {
    if (leanOf(binary.mid) === null) continue
    const advance = answering('nothing_changes', inAdvance(unit))
    const reference = advance ?? answering('nothing_changes', unit.references)
    const side = reference === undefined ? null : leanOf(reference.probability)
    if (side === null) continue
    const counted = advance === undefined ? found.with_hindsight : found.in_advance
    counted.n++
    if ((side === 'yes') === (binary.outcome === 1)) counted.came_true++
  }
  return found.in_advance.n + found.with_hindsight.n === 0 ? null : found
}
