import { isProvenLive } from '../core/anchor.ts'
import { tooVague } from '../core/probability.ts'
import { type ForecastUnit, isWords, leaningOf, sayingOf, type UnitStatement } from './forecast-unit.ts'
import { scoreUnit } from './unit-score.ts'

export type Status =
  | 'open'
  | 'due'
  | 'proposed'
  | 'annulled'
  | 'ambiguous'
  | 'retracted'
  | 'too_late'
  | 'too_vague'
  | 'unmeasured'
  | 'selected'
  | 'awaiting_deadline'
  | 'scored'

export type Eligibility = {
  status: Status
  /** The end of what can still be said: known or past the deadline, whichever came first. */
  end: Date
  /** What counts, in order; empty unless something was said in time and can be scored. */
  statements: readonly UnitStatement[]
}

function isVague(unit: ForecastUnit, { probability }: UnitStatement): boolean {
  if (isWords(probability) && tooVague(probability)) return true
  return unit.state === 'resolved' && scoreUnit(unit, probability) === null
}

function isSelected(unit: ForecastUnit, statement: UnitStatement): boolean {
  return statement.logged === 'afterwards' && (statement.coverage ?? unit.coverage) !== 'complete'
}

/**
 * Whether a unit is scored, and if not, why: the one predicate for score, chart, counts and export.
 * Rules (docs/scoring.md, section 2): resolved; past its deadline; said before the outcome was known; not too
 * vague, and in words that were measured; where logged afterwards, from a source coded completely. Each rule drops statements; the unit falls to the
 * first rule that leaves none. So a vague or cherry-picked remark never unseats an earlier firm one.
 */
export function assess(unit: ForecastUnit, asOf: Date): Eligibility {
  const known = unit.known_from ?? unit.deadline_end
  const end = known < unit.deadline_end ? known : unit.deadline_end
  const past = asOf >= unit.deadline_end
  const kept = unit.statements.filter((s) => !s.retracted)
  if (kept.length === 0) return { status: 'retracted', end, statements: [] }
  const inTime = kept.filter((s) => s.said_at < end)
  const firm = inTime.filter((s) => !isVague(unit, s))
  const fair = firm.filter((s) => !isSelected(unit, s))
  const statements = fair.length > 0 ? fair : firm
  if (unit.state === 'open') return { status: past ? 'due' : 'open', end, statements }
  if (unit.state !== 'resolved') return { status: unit.state, end, statements }
  if (inTime.length === 0) return { status: 'too_late', end, statements }
  if (firm.length === 0) return withoutBand(unit, inTime, end, past)
  if (fair.length === 0) return { status: 'selected', end, statements }
  return { status: past ? 'scored' : 'awaiting_deadline', end, statements }
}

/** Of what has no score: words that nobody measured still came true or did not; the others were too vague. */
function withoutBand(
  unit: ForecastUnit,
  inTime: readonly UnitStatement[],
  end: Date,
  past: boolean,
): Eligibility {
  const leaning = inTime.filter((s) => unit.type === 'binary' && leaningOf(s.probability) !== null)
  if (leaning.length === 0) return { status: 'too_vague', end, statements: [] }
  const statements = leaning.filter((s) => !isSelected(unit, s))
  if (statements.length === 0) return { status: 'selected', end, statements: [] }
  return { status: past ? 'unmeasured' : 'awaiting_deadline', end, statements: past ? statements : [] }
}

/** What somebody came to say on a day, or null where they took it back. */
type Change = { t: number; said_on: string; standing: UnitStatement | null }

/** Changes of mind only: a restatement changes nothing, a withdrawal leaves nothing standing. */
export function revisionsOf(statements: readonly UnitStatement[]): Change[] {
  const events = statements.flatMap((s): Change[] => [
    { t: s.said_at.getTime(), said_on: s.said_on, standing: s },
    ...(s.withdrawn_at
      ? [{ t: s.withdrawn_at.getTime(), said_on: s.withdrawn_on ?? s.said_on, standing: null }]
      : []),
  ])
  events.sort((a, b) => a.t - b.t)
  let standing: string | null = null
  return events.filter((event) => {
    const now = event.standing && sayingOf(event.standing.probability)
    const changed = now !== standing
    standing = now
    return changed
  })
}

/** Changes of mind after the statement that counts. */
export function changesAfter(
  { statements }: Pick<ForecastUnit, 'statements'>,
  said: UnitStatement,
): Change[] {
  const kept = statements.filter((s) => !s.retracted)
  const from = kept.indexOf(said)
  return from === -1 ? [] : revisionsOf(kept.slice(from)).slice(1)
}

const only = (units: readonly ForecastUnit[], counts: (said: UnitStatement) => boolean): ForecastUnit[] =>
  units
    .map((unit) => ({ ...unit, statements: unit.statements.filter(counts) }))
    .filter((unit) => unit.statements.length > 0)

/** The record as it stood without anything logged late or afterwards. */
export const liveOnly = (units: readonly ForecastUnit[]): ForecastUnit[] =>
  only(units, (said) => said.logged === 'live')

/** Of that only what somebody outside shows to have been logged before the outcome was known. */
export const provenOnly = (units: readonly ForecastUnit[]): ForecastUnit[] =>
  only(units, (said) => isProvenLive(said.logged, said.proven ?? null))

/** Which forecasts a record is made from: all, those logged live, or those proven to be. */
export type View = 'live' | 'all' | 'proven'

export function inView(units: readonly ForecastUnit[], view: View): readonly ForecastUnit[] {
  if (view === 'all') return units
  return view === 'live' ? liveOnly(units) : provenOnly(units)
}
