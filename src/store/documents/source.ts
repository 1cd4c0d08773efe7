import type { Statement } from '../../core/statement.ts'
import { checkableFrom, summedFates } from '../../scoring/checkable.ts'
import type { Checkable } from '../../scoring/document.ts'
import { type SourceFunnel, sourceFunnel } from '../../scoring/funnel.ts'
import { archivedOf } from '../archives.ts'
import { stampOf } from '../clock.ts'
import { roundsOf } from '../coding.ts'
import { noticesOn } from '../corrections.ts'
import type { Database } from '../database.ts'
import { forecastsOfSource } from '../forecasts.ts'
import { sourceById } from '../lookups.ts'
import { everyMember } from '../members.ts'
import { pageOfSources, statementsFrom } from '../nouns.ts'
import { ask, askAbout, mapped, type PageRequest, type Query, query, together } from '../query.ts'
import { takenOutOf } from '../redactions.ts'
import { type KeptSummary, keptSummaries, summarise } from '../summaries.ts'
import { toUnits, unitRows } from '../units.ts'
import { outcomeAgreementOf } from './coding.ts'

export type StatementTally = Record<Statement['kind'], number>

/** How many statements of each kind a source has. */
const tallyOf = (source: string): Query<StatementTally> =>
  query(
    {
      sql: 'SELECT kind, count(*) AS n FROM statement WHERE source = :source GROUP BY kind',
      args: { source },
    },
    (rows) => {
      const counts = new Map(rows.map((row) => [String(row.kind), Number(row.n)]))
      const of = (kind: Statement['kind']) => counts.get(kind) ?? 0
      return { forecast: of('forecast'), duplicate: of('duplicate'), untestable: of('untestable') }
    },
  )

/** Who speaks in a source, by name. */
const speakersOf = (source: string): Query<{ id: string; name: string }[]> =>
  query(
    {
      sql: `SELECT id, record ->> '$.name' AS name FROM analyst
        WHERE id IN (SELECT analyst FROM statement WHERE source = :source) ORDER BY sort_key, id LIMIT 50`,
      args: { source },
    },
    (rows) => rows.map((row) => ({ id: String(row.id), name: String(row.name) })),
  )

/** What became of the claims of one source, whose id is this SQL. */
const funnelOf = (id: string, args: Record<string, string>, now: Date): Query<SourceFunnel> =>
  mapped(
    together({
      claims: query({ sql: `SELECT count(*) AS n FROM statement WHERE source = ${id}`, args }, ([row]) =>
        Number(row?.n ?? 0),
      ),
      units: query(unitRows(`forecast.source = ${id}`, args), (rows) => toUnits(rows, now)),
    }),
    ({ claims, units }) =>
      sourceFunnel(
        claims,
        units.map(({ unit }) => unit),
      ),
  )

const about = (id: string) => ({
  source: sourceById(id),
  statements: statementsFrom(id),
  tally: tallyOf(id),
  archived: archivedOf(id),
})

/** A source as the API tells it; null where there is none. */
export const readSource = (db: Database, id: string) => askAbout(db, 'source', about(id))

/** A source as its page shows it. */
export const readSourcePage = (db: Database, id: string, now: Date) =>
  askAbout(db, 'source', {
    ...about(id),
    speakers: speakersOf(id),
    funnel: funnelOf(':source', { source: id }, now),
    forecasts: forecastsOfSource(id, now),
    rounds: roundsOf(id),
    outcome: outcomeAgreementOf(id),
    stamp: stampOf('source', id),
    taken: takenOutOf.source(id),
    notices: noticesOn({ source: id }, now),
    members: everyMember,
  })

/** What becomes of all that is said in the sources of one outlet that were read from end to end. */
export type OutletLine = { outlet: string; checkable: Checkable }

type Complete = { outlet: string; sources: number; untestable: number; repeated: number }

/** By outlet how many sources were read from end to end, and what in them is no forecast. */
const completeOutlets: Query<Complete[]> = query(
  {
    sql: `SELECT source.record ->> '$.publisher' AS outlet, count(DISTINCT source.id) AS sources,
        count(*) FILTER (WHERE kind = 'untestable') AS untestable,
        count(*) FILTER (WHERE kind = 'duplicate') AS repeated
      FROM source JOIN statement ON statement.source = source.id
      WHERE source.record ->> '$.coverage' = 'complete' AND source.record ->> '$.publisher' IS NOT NULL
      GROUP BY outlet ORDER BY outlet`,
  },
  (rows) =>
    rows.map(({ outlet, sources, untestable, repeated }) => ({
      outlet: String(outlet),
      sources: Number(sources),
      untestable: Number(untestable),
      repeated: Number(repeated),
    })),
)

/** A page of the list of sources, and per outlet what of all that is said can be checked. */
export async function readSources(db: Database, page: PageRequest, now: Date) {
  const read = await ask(
    db,
    together({ page: pageOfSources(page), complete: completeOutlets, people: keptSummaries(now) }),
  )
  return { page: read.page, outlets: await outletLines(db, read, now) }
}

async function outletLines(
  db: Database,
  { complete, people }: { complete: Complete[]; people: KeptSummary[] },
  now: Date,
): Promise<OutletLine[]> {
  if (complete.length === 0) return []
  const made = await summarise(
    db,
    people.filter(({ summary }) => summary === null),
    now,
  )
  const all = [...people.flatMap(({ summary }) => summary ?? []), ...made.map(({ summary }) => summary)]
  const fates = all.flatMap(({ outlets }) => outlets)
  return complete.map(({ outlet, sources, untestable, repeated }) => {
    const summed = summedFates(fates.filter((one) => one.outlet === outlet).map((one) => one.fates))
    summed.untestable += untestable
    summed.repeated += repeated
    return { outlet, checkable: checkableFrom(summed, sources) }
  })
}
