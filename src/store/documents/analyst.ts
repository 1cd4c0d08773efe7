import { leadingView } from '../../scoring/funnel.ts'
import type { Database } from '../database.ts'
import { askAbout, type Query, query } from '../query.ts'
import { toSaying, toUnits } from '../units.ts'
import { aboutAnalyst, isWhole, type RecordFilter, recordOf, subjectOf } from './track-record.ts'

const TOPICS_SHOWN = 8
/** What the page shows of a long record, latest said first. */
export const LINES_SHOWN = 25

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

/**
 * An analyst's record as its page shows it: of all that was logged, of what is shown of it (`view`), and by topic,
 * everything from one reading of what they said. Null where there is no such analyst.
 */
export async function readAnalystPage(
  db: Database,
  id: string,
  { logged, tag, ...days }: RecordFilter,
  now: Date,
) {
  const read = await askAbout(db, 'person', { ...aboutAnalyst(id, days), topics: topicsOf(id) })
  if (read === null) return null
  const held = toUnits(read.rows, now)
  const on = (topic: string | undefined) =>
    held.flatMap(({ tags, unit }) => (topic === undefined || tags.includes(topic) ? [unit] : []))
  const units = on(tag)
  const view = logged ?? leadingView(units, now)
  const subject = subjectOf(read, now)
  const whole = isWhole({ tag, ...days })
  const record = recordOf(units, subject, { view, whole, filter: {} })
  const firsts = new Map(held.map(({ unit, first }) => [unit.id, first]))
  return {
    analyst: read.person.record,
    view,
    record,
    all:
      view === 'all' ? record : recordOf(units, subject, { view: 'all', whole, filter: {}, simulate: false }),
    topics: read.topics.map((topic) => ({
      tag: topic,
      record: recordOf(on(topic), subject, { view, filter: {}, simulate: false }),
    })),
    sayings: new Map(
      record.forecasts.slice(-LINES_SHOWN).map((line) => [line.id, toSaying(firsts.get(line.id) ?? {})]),
    ),
  }
}
