import type { Archived } from '../core/archive.ts'
import type { Database, Statement } from './database.ts'
import { type Query, query } from './query.ts'
import { parsed } from './row.ts'

/** What is known of the archived copy of a source, and by which entry. */
export type ArchivedRow = Archived & { seq: number; at: string }

const one = (where: string, id: string): Query<ArchivedRow | null> =>
  query({ sql: `SELECT seq, at, record FROM archived WHERE ${where}`, args: { id } }, ([row]) =>
    row === undefined ? null : { ...parsed<Archived>(row.record), seq: Number(row.seq), at: String(row.at) },
  )

export const archivedOf = (source: string) => one('source = :id', source)
export const archivedOfForecast = (forecast: string) =>
  one('source = (SELECT source FROM forecast WHERE id = :id)', forecast)

/** A source whose copy is to be looked for, with the quotes that were taken from it. */
export type ToArchive = {
  id: string
  stream: string
  url: string
  /** The copy that is known already. */
  known: string | null
  /** So often it was tried in vain. */
  tries: number
  statements: { id: string; quote: { exact: string; prefix?: string; suffix?: string } }[]
}

/** Sources with quotes that nobody has looked for in an archive yet, the latest first; only these where they are named. */
export async function sourcesToArchive(
  db: Database,
  now: Date,
  limit: number,
  ids: readonly string[] | null = null,
): Promise<ToArchive[]> {
  const rows = await db.read({
    sql: `SELECT source.id, source.stream, source.record ->> '$.url' AS url, coalesce(tries, 0) AS tries,
        coalesce(source.record ->> '$.archive_url', archived.record ->> '$.archive_url') AS known,
        (SELECT json_group_array(json_object('id', s.id, 'quote', json(s.record -> '$.quote')))
          FROM (SELECT id, record FROM statement WHERE statement.source = source.id ORDER BY seq LIMIT 5000) AS s) AS statements
      FROM source LEFT JOIN archived ON archived.source = source.id
      LEFT JOIN archive_attempt ON archive_attempt.source = source.id
      WHERE source.record ->> '$.url' IS NOT NULL AND source.record ->> '$.type' <> 'dataset'
        AND EXISTS (SELECT 1 FROM statement WHERE statement.source = source.id)
        AND CASE WHEN :ids IS NOT NULL THEN source.id IN (SELECT value FROM json_each(:ids))
          ELSE coalesce(again_at, '') <= :now AND (archived.source IS NULL
            OR archived.record ->> '$.archive_url' <> source.record ->> '$.archive_url'
            OR EXISTS (SELECT 1 FROM statement WHERE statement.source = source.id AND statement.seq > archived.seq))
          END
      ORDER BY source.seq DESC LIMIT :limit`,
    args: {
      now: now.toISOString(),
      limit: BigInt(limit),
      ids: ids === null ? null : JSON.stringify(ids),
    },
  })
  return rows.map((row) => ({
    id: String(row.id),
    stream: String(row.stream),
    url: String(row.url),
    known: row.known === null ? null : String(row.known),
    tries: Number(row.tries),
    statements: parsed(row.statements),
  }))
}

/** It was tried in vain: when it is tried again, and why it failed. */
export const keepAttempt = (source: string, tries: number, again_at: string, because: string): Statement => ({
  sql: `INSERT INTO archive_attempt (source, tries, again_at, because) VALUES (:source, :tries, :again_at, :because)
    ON CONFLICT (source) DO UPDATE SET tries = excluded.tries, again_at = excluded.again_at, because = excluded.because`,
  args: { source, tries: BigInt(tries), again_at, because },
})
export const dropAttempt = (source: string): Statement => ({
  sql: 'DELETE FROM archive_attempt WHERE source = :source',
  args: { source },
})
