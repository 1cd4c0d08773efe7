import type { Counts } from '../../scoring/document.ts'
import { inView } from '../../scoring/eligibility.ts'
import type { ForecastLine } from '../../scoring/forecast-lines.ts'
import type { ForecastUnit } from '../../scoring/forecast-unit.ts'
import { bandOf } from '../../scoring/forecast-unit.ts'
import { leadingView } from '../../scoring/funnel.ts'
import { type PartFigures, partFigures } from '../../scoring/part-figures.ts'
import { rowsOf } from '../../scoring/scored-row.ts'
import { noticesOn } from '../corrections.ts'
import type { Database } from '../database.ts'
import { horizonOf } from '../horizon.ts'
import { askAbout, type Query, query } from '../query.ts'
import { takenOutOf } from '../redactions.ts'
import { toSaying, toUnits } from '../units.ts'
import { aboutAnalyst, isWhole, type RecordFilter, recordOf, subjectOf } from './track-record.ts'

const TOPICS_SHOWN = 8
/** What the page shows of a long record. */
export const LINES_SHOWN = 25

/** In which order the claims of a record may stand on its page, and which of them. */
export const SHOWN = ['latest', 'surprises', 'open', 'phrases'] as const
export type Shown = (typeof SHOWN)[number]

const last = (score: ForecastLine['brier']): number => (Array.isArray(score) ? score[0] : (score ?? -1))
const middle = ({ probability }: ForecastLine): number => bandOf(probability)?.mid ?? -1
const isOpen = ({ why_not }: ForecastLine) =>
  why_not === 'open' || why_not === 'due' || why_not === 'proposed'
const by =
  (one: (line: ForecastLine) => number | string, sign: 1 | -1) =>
  (a: ForecastLine, b: ForecastLine): number =>
    one(a) < one(b) ? -sign : one(a) > one(b) ? sign : 0

/** Lines come by day of speech. */
const ORDERS: Record<Shown, (lines: readonly ForecastLine[]) => ForecastLine[]> = {
  latest: (lines) => lines.filter((line) => !isOpen(line)).sort(by(({ deadline }) => deadline, -1)),
  // A surprise is one on the reading kindest to the analyst.
  surprises: (lines) =>
    lines.filter(({ scored, brier }) => scored && brier !== null).sort(by(({ brier }) => last(brier), -1)),
  open: (lines) => lines.filter(isOpen).sort(by(({ deadline }) => deadline, 1)),
  phrases: (lines) => lines.filter(({ scored }) => scored).sort(by(middle, -1)),
}

/** The claims of a record that its page shows, and how many there are of each. */
export function shownLines(lines: readonly ForecastLine[], asked: Shown | undefined) {
  const each = Object.fromEntries(SHOWN.map((shown) => [shown, ORDERS[shown](lines)])) as Record<
    Shown,
    ForecastLine[]
  >
  const chosen = asked ?? (each.latest.length === 0 ? 'open' : 'latest')
  return {
    chosen,
    lines: each[chosen].slice(0, LINES_SHOWN),
    counts: Object.fromEntries(SHOWN.map((shown) => [shown, each[shown].length])) as Record<Shown, number>,
  }
}

/** The topics that an analyst spoke about most. */
const topicsOf = (analyst: string): Query<string[]> =>
  query(
    {
      sql: `SELECT tag, count(*) AS n FROM forecast JOIN question_tag USING (question)
        WHERE forecast.analyst = :analyst GROUP BY tag ORDER BY n DESC, tag LIMIT ${TOPICS_SHOWN}`,
      args: { analyst },
    },
    (rows) => rows.map(({ tag }) => String(tag)),
  )

type Logged = Pick<Counts, 'live' | 'late' | 'afterwards' | 'forecasts'>

/** Of all that is asked for, whether it counts in the view or not: when it was logged, said, and in how many sources. */
function loggedOf(units: readonly ForecastUnit[], now: Date) {
  const rows = rowsOf(units, now).filter(({ eligibility }) => eligibility.status !== 'retracted')
  const when = (kind: string) => rows.filter(({ said }) => said.logged === kind).length
  const logged: Logged = {
    forecasts: rows.length,
    live: when('live'),
    late: when('late'),
    afterwards: when('afterwards'),
  }
  const statements = units.flatMap((unit) =>
    unit.statements.map((said) => ({ ...said, source: said.from?.source ?? unit.source })),
  )
  const days = statements.map(({ said_on }) => said_on).sort()
  return {
    logged,
    days: days.length === 0 ? null : ([days[0], days.at(-1)] as [string, string]),
    sources: new Set(statements.map(({ source }) => source)).size,
  }
}

/**
 * An analyst's record as its page shows it: what is shown of it (`view`), what was logged in all, and by topic,
 * everything from one reading of what they said. Null where there is no such analyst.
 */
export async function readAnalystPage(
  db: Database,
  id: string,
  { logged, ...filter }: RecordFilter,
  now: Date,
  show: Shown | undefined,
) {
  const { tag, ...days } = filter
  const read = await askAbout(db, 'person', {
    ...aboutAnalyst(id, days),
    topics: topicsOf(id),
    horizon: horizonOf(now, id),
    taken: takenOutOf.analyst(id),
    notices: noticesOn({ analyst: id }, now),
  })
  if (read === null) return null
  const held = toUnits(read.rows, now)
  const on = (topic: string | undefined) =>
    held.flatMap(({ tags, unit }) => (topic === undefined || tags.includes(topic) ? [unit] : []))
  const units = on(tag)
  const view = logged ?? leadingView(units, now)
  const whole = isWhole(filter)
  const record = recordOf(units, subjectOf(read, now), { view, whole, filter })
  const firsts = new Map(held.map(({ unit, first }) => [unit.id, first]))
  const shown = shownLines(record.forecasts, show)
  return {
    analyst: read.person.record,
    taken: read.taken,
    view,
    record,
    all: { ...loggedOf(units, now), ...(whole ? { sources: record.coverage.sources } : {}) },
    horizon: read.horizon,
    notices: read.notices,
    topics: read.topics.map((topic): { tag: string } & PartFigures => ({
      tag: topic,
      ...partFigures(inView(on(topic), view), now),
    })),
    shown,
    sayings: new Map(shown.lines.map((line) => [line.id, toSaying(firsts.get(line.id) ?? {}, now)])),
  }
}
