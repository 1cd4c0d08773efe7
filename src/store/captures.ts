import type { CaptureDraft, LoggedCapture } from '../core/capture.ts'
import type { Database, Row, Statement } from './database.ts'
import { parsed } from './lookups.ts'

/** A capture as it was saved last, and by whom. */
export type CaptureRow = {
  id: string
  member: string
  begun_by: string
  rev: number
  updated_at: string
  title: string
  draft: CaptureDraft
}
/** An unfinished capture in a list, with its marks counted. */
export type CaptureItem = Omit<CaptureRow, 'draft'> & {
  member_name: string | null
  characters: number
  marks: number
}

const common = (row: Row) => ({
  id: String(row.id),
  member: String(row.member),
  begun_by: String(row.begun_by),
  rev: Number(row.rev),
  updated_at: String(row.updated_at),
  title: String(row.title),
})

/** A capture that was logged: what it became, and who saved it last before. */
type LoggedRow = { logged: LoggedCapture; seq: number; member: string; rev: number }

/** A capture: unfinished with its draft, or logged with what it became; null where there is none. */
export async function findCapture(
  db: Database,
  id: string,
): Promise<{ capture: CaptureRow } | LoggedRow | null> {
  const [row] = await db.read({ sql: 'SELECT * FROM capture WHERE id = :id', args: { id } })
  if (row === undefined) return null
  const { member, rev } = common(row)
  if (row.body !== null) return { capture: { ...common(row), draft: parsed<CaptureDraft>(row.body) } }
  return { logged: parsed<LoggedCapture>(row.logged), seq: Number(row.logged_seq), member, rev }
}

const LONGEST = 200

/** What is not logged yet, at most 200, the latest first. */
export async function readCaptures(db: Database): Promise<CaptureItem[]> {
  const rows = await db.read({
    sql: `SELECT capture.id, capture.member, begun_by, rev, updated_at, title, member.name AS member_name,
        length(body ->> '$.text') AS characters, json_array_length(body, '$.marks') AS marks
      FROM capture LEFT JOIN member ON member.id = capture.member
      WHERE body IS NOT NULL ORDER BY updated_at DESC, capture.id LIMIT ${LONGEST}`,
  })
  return rows.map((row) => ({
    ...common(row),
    member_name: row.member_name === null ? null : String(row.member_name),
    characters: Number(row.characters),
    marks: Number(row.marks),
  }))
}

const cells = ({ draft, begun_by: _, ...row }: CaptureRow) => ({
  ...row,
  rev: BigInt(row.rev),
  body: JSON.stringify(draft),
})

/** A new capture, private until it is logged. */
export const insertCapture = (row: CaptureRow): Statement => ({
  sql: 'INSERT INTO capture (id, member, begun_by, rev, updated_at, title, body) VALUES (:id, :member, :member, :rev, :updated_at, :title, :body)',
  args: cells(row),
})

/**
 * The next version of a capture, which stays whoever's it was; answers no row where the one before is not the one that
 * it was made from.
 */
export const replaceCapture = (row: CaptureRow): Statement => ({
  sql: `UPDATE capture SET member = :member, rev = :rev, updated_at = :updated_at, title = :title, body = :body
    WHERE id = :id AND rev = :rev - 1 AND body IS NOT NULL RETURNING begun_by`,
  args: cells(row),
})

/** Throws an unfinished capture away; answers no row where there is none at this rev. */
export const dropCapture = (id: string, rev: number): Statement => ({
  sql: 'DELETE FROM capture WHERE id = :id AND rev = :rev AND body IS NOT NULL RETURNING id',
  args: { id, rev: BigInt(rev) },
})

/**
 * In the batch that logs a capture: its draft goes, and what it became stays. The batch is refused when somebody
 * saved or logged it meanwhile. `last` is the place of the last entry of the batch.
 */
export const finishCapture = (id: string, rev: number, logged: LoggedCapture, last: number): Statement[] => [
  {
    sql: `INSERT INTO capture (id, member, rev, updated_at, title)
      SELECT NULL, NULL, 0, '', '' WHERE NOT EXISTS (
        SELECT 1 FROM capture WHERE id = :id AND rev = :rev AND body IS NOT NULL)`,
    args: { id, rev: BigInt(rev) },
  },
  {
    sql: `UPDATE capture SET body = NULL, logged = :logged, logged_seq = :seq0 + ${last} WHERE id = :id`,
    args: { id, logged: JSON.stringify(logged) },
  },
]
