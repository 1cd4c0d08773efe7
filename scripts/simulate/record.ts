import type { ForecastUnit, UnitStatement } from '../../src/scoring/forecast-unit.ts'
import { type TrackRecord, trackRecord } from '../../src/scoring/track-record.ts'
import type { Claim } from './claims.ts'

export const DAY = 86_400_000
export const BEGIN = Date.parse('2020-01-01T00:00:00Z')
/** When every question of a simulated record is decided. */
export const AS_OF = new Date('2100-01-01T00:00:00Z')
const isoDay = (instant: number): string => new Date(instant).toISOString().slice(0, 10)

/** The same as the store would hand them over: live, of interviews a month apart, decided after a hundred days. */
export function unitsOf(claims: readonly Claim[]): ForecastUnit[] {
  const order = new Map([...new Set(claims.map(({ interview }) => interview))].map((name, i) => [name, i]))
  return claims.map(({ saying, outcome, interview, family }, i) => {
    const said = BEGIN + 30 * DAY * (order.get(interview) as number)
    const end = said + 100 * DAY
    const statements: UnitStatement[] = [
      {
        said_on: isoDay(said),
        said_at: new Date(said),
        logged: 'live',
        voice: 'quote',
        probability: saying.probability,
      },
    ]
    return unitOf(i, { interview, family, outcome, statements, end, known: end })
  })
}

type Decided = Pick<Claim, 'interview' | 'family' | 'outcome'> & {
  statements: readonly UnitStatement[]
  end: number
  known: number
}

/** A yes/no question that is decided, and what was said about it. */
export function unitOf(
  i: number,
  { interview, family, outcome, statements, end, known }: Decided,
): ForecastUnit {
  return {
    id: `claim-${i}`,
    question: `question-${i}`,
    title: `Event ${i}`,
    type: 'binary',
    family,
    source: interview,
    source_type: 'interview',
    coverage: 'complete',
    low_information: false,
    deadline_ours: false,
    opens_at: (statements[0] as UnitStatement).said_at,
    deadline_on: isoDay(end - DAY),
    deadline_end: new Date(end),
    state: 'resolved',
    annulled_because: null,
    disputed: false,
    outcome: outcome === 1 ? 'yes' : 'no',
    known_from: new Date(known),
    statements,
  }
}

/** The record of these units, as its page would have it. */
export const recordOf = (units: readonly ForecastUnit[]): TrackRecord =>
  trackRecord(units, {
    name: null,
    as_of: AS_OF,
    logging: { statements: 0, untestable: 0, duplicates: 0, sources: 0, complete: 0 },
    simulate: null,
  })
