import { bounds } from './bounds.ts'
import type { Claims, Headline } from './document.ts'
import { type Band, bandOf } from './forecast-unit.ts'
import { isStated, type Row } from './scored-row.ts'

type Status = 'due' | 'proposed' | 'ambiguous' | 'selected'

/** A yes/no forecast that would be scored if its outcome were known, or its source read to the end. */
export type Undecided = { status: Status; isNumber: boolean; band: Band }

const isUndecided = (status: string): status is Status =>
  ['due', 'proposed', 'ambiguous', 'selected'].includes(status)

export function undecidedOf(rows: readonly Row[]): Undecided[] {
  return rows.flatMap(({ unit, eligibility: { status, statements }, said }) => {
    const band = unit.type === 'binary' && statements.length > 0 ? bandOf(said.probability) : null
    return band !== null && isUndecided(status) ? [{ status, isNumber: isStated(said), band }] : []
  })
}

function byStatus(undecided: readonly Undecided[]) {
  const of = (status: Status) => undecided.filter((one) => one.status === status).length
  return {
    undecided: undecided.length,
    of: {
      due: of('due'),
      proposed: of('proposed'),
      ambiguous: of('ambiguous'),
      selected: of('selected'),
    },
  }
}

/** The mean with every undecided number going the one way or the other; null where there is none. */
export function headlineBounds(
  scores: readonly number[],
  undecided: readonly Undecided[],
): Headline['bounds'] {
  const numbers = undecided.filter((one) => one.isNumber)
  if (numbers.length === 0) return null
  const { low, high } = bounds(
    scores,
    numbers.map(({ band }) => band.mid),
  ) as { low: number; high: number }
  return { ...byStatus(numbers), low, high }
}

/** How many claims would have come true, with every undecided one going the one way or the other. */
export function claimBounds(
  { n, came_true }: Pick<Claims, 'n' | 'came_true'>,
  undecided: readonly Undecided[],
): Claims['bounds'] {
  const claims = undecided.filter(({ band }) => band.mid !== 0.5)
  if (claims.length === 0) return null
  return { ...byStatus(claims), low: came_true, high: came_true + claims.length, n: n + claims.length }
}
