import { leanOf, tooVague } from '../core/probability.ts'
import type { Checkable } from './document.ts'
import { assess } from './eligibility.ts'
import { bandOf, type ForecastUnit, isWords, leaningOf, type UnitStatement } from './forecast-unit.ts'
import { clusteredWilson } from './proportion.ts'

/** So much has to be read, of one person or of an outlet, before it is said which share can be checked. */
export const ENOUGH_READ = { passages: 20, sources: 3 }

/** All that somebody said in sources read from end to end, whenever it was logged. */
export type Passages = {
  units: readonly ForecastUnit[]
  sources: number
  untestable: number
  duplicates: number
}

export type Fate = Exclude<keyof Checkable, 'n' | 'sources' | 'share' | 'wilson'>

/** Said to come about or not: the side that a yes/no statement leans to. */
function sideOf({ probability }: UnitStatement): 'yes' | 'no' | null {
  return leaningOf(probability) ?? leanOf(bandOf(probability)?.mid ?? 0.5)
}

function fateOf(unit: ForecastUnit, said: UnitStatement, asOf: Date): Fate {
  if (isWords(said.probability) && tooVague(said.probability)) return 'too_vague'
  const { status } = assess({ ...unit, statements: [said] }, asOf)
  switch (status) {
    case 'annulled':
    case 'ambiguous':
      return 'no_result'
    case 'too_vague':
      return 'too_vague'
    // What was known when it was said is no forecast.
    case 'too_late':
      return 'untestable'
    case 'scored':
    case 'unmeasured': {
      const side = unit.type === 'binary' ? sideOf(said) : null
      return side === null ? 'neither' : side === unit.outcome ? 'came_true' : 'did_not'
    }
    default:
      return 'open'
  }
}

/**
 * What became of all that somebody said in the sources that were read from end to end.
 * Formula: checkable = came true + did not + neither + open, of all but what was said again; Wilson at k·G/n of G.
 * Symbols: every passage of those sources; G the sources. Of several passages on one question the first counts, the
 * others were said again. Decided and `neither`: said with 50 %, or no question of yes or no.
 * Range: share in [0,1].
 * Edge cases: nothing but what was said again → share and interval null.
 * Reference: ours; docs/scoring.md.
 */
export function checkableOf({ units, sources, untestable, duplicates }: Passages, asOf: Date): Checkable {
  const fates = fatesOf(units, asOf)
  fates.untestable += untestable
  fates.repeated += duplicates
  return checkableFrom(fates, sources)
}

const NONE: Record<Fate, number> = {
  came_true: 0,
  did_not: 0,
  neither: 0,
  open: 0,
  too_vague: 0,
  untestable: 0,
  no_result: 0,
  repeated: 0,
}

/** What became of the forecasts of some units that were made in sources read from end to end. */
function fatesOf(units: readonly ForecastUnit[], asOf: Date): Record<Fate, number> {
  const fates = { ...NONE }
  for (const unit of units) {
    const [first, ...again] = unit.statements.filter((statement) => isReadToTheEnd(unit, statement))
    if (first === undefined) continue
    fates[fateOf(unit, first, asOf)]++
    fates.repeated += again.length
  }
  return fates
}

const isReadToTheEnd = (unit: ForecastUnit, { retracted, coverage }: UnitStatement): boolean =>
  !retracted && (coverage ?? unit.coverage) === 'complete'

/** So that the fates of several people can be summed. */
export type OutletFates = { outlet: string; fates: Record<Fate, number> }

/** What became of the forecasts of one person in each outlet; what was said again elsewhere counts in both. */
export function outletFates(units: readonly ForecastUnit[], asOf: Date): OutletFates[] {
  const outlets = new Set(
    units.flatMap((unit) =>
      unit.statements.flatMap((said) => (isReadToTheEnd(unit, said) ? (said.outlet ?? []) : [])),
    ),
  )
  return [...outlets].map((outlet) => ({
    outlet,
    fates: fatesOf(
      units.map((unit) => ({
        ...unit,
        statements: unit.statements.filter((said) => said.outlet === outlet),
      })),
      asOf,
    ),
  }))
}

/** Several people's fates together. */
export const summedFates = (all: readonly Record<Fate, number>[]): Record<Fate, number> =>
  Object.fromEntries(
    Object.keys(NONE).map((fate) => [fate, all.reduce((sum, one) => sum + one[fate as Fate], 0)]),
  ) as Record<Fate, number>

/** The share that can be checked, of what became of all passages. */
export function checkableFrom(fates: Record<Fate, number>, sources: number): Checkable {
  const checked = fates.came_true + fates.did_not + fates.neither + fates.open
  const all = checked + fates.too_vague + fates.untestable + fates.no_result
  return {
    ...fates,
    n: all + fates.repeated,
    sources,
    share: all === 0 ? null : checked / all,
    wilson: all === 0 ? null : clusteredWilson(checked, all, Math.min(sources, all)),
  }
}
