import type { CaptureDraft, LoggedCapture } from '../core/capture.ts'
import type { Database, Statement } from './database.ts'
import { type Page, type PageRequest, pageOf } from './query.ts'
import { refuseWhere } from './refusal.ts'
import { number, orNull, parsed, rowOf, text } from './row.ts'

const common = rowOf({ id: text, member: text, begun_by: text, rev: number, updated_at: text, title: text })
/** A capture as it was saved last, and by whom. */
export type CaptureRow = ReturnType<typeof common> & { draft: CaptureDraft }

const toItem = rowOf({ member_name: orNull(text), characters: number, marks: number })
/** An unfinished capture in a list, with its marks counted. */
export type CaptureItem = ReturnType<typeof common> & ReturnType<typeof toItem>

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

/** Whose captures: one member's, or those of all others. */
export type CaptureFilter = { member?: string | undefined; but?: string | undefined }

/** Captures that are not logged, the latest first; `after` is the time and the id of the last one seen. */
export async function listCaptures(
  db: Database,
  { member, but }: CaptureFilter,
  page: PageRequest<[string, string]>,
): Promise<Page<CaptureItem, [string, string]>> {
  const [at, id] = page.after ?? ['~', '']
  const rows = await db.read({
    sql: `SELECT capture.id, capture.member, begun_by, rev, updated_at, title, member.name AS member_name,
        length(body ->> '$.text') AS characters, json_array_length(body, '$.marks') AS marks
      FROM capture LEFT JOIN member ON member.id = capture.member
      WHERE body IS NOT NULL AND (:member IS NULL OR capture.member = :member)
        AND (:but IS NULL OR capture.member <> :but)
        AND (updated_at < :at OR (updated_at = :at AND capture.id > :id))
      ORDER BY updated_at DESC, capture.id LIMIT :limit`,
    args: { member: member ?? null, but: but ?? null, at, id, limit: BigInt(page.limit + 1) },
  })
  const read = rows.map((row) => ({ ...common(row), ...toItem(row) }))
  return pageOf(read, page.limit, ({ updated_at, id }) => [updated_at, id])
}

const toCount = rowOf({ member: text, name: orNull(text), n: number, bytes: number })

/** Who has how many captures that are not logged, and how large they are. */
export async function countCaptures(
  db: Database,
  member: string | null = null,
): Promise<ReturnType<typeof toCount>[]> {
  const rows = await db.read({
    sql: `SELECT held.*, held.id AS member, member.name FROM (
        SELECT member AS id, count(*) AS n, sum(octet_length(body)) AS bytes FROM capture
        WHERE body IS NOT NULL AND (:member IS NULL OR member = :member) GROUP BY member) AS held
      LEFT JOIN member ON member.id = held.id ORDER BY member.name, held.id`,
    args: { member },
  })
  return rows.map(toCount)
}

const cells = ({ draft, begun_by: _, ...row }: CaptureRow) => ({
  ...row,
  rev: BigInt(row.rev),
  body: JSON.stringify(draft),
})

/** How many captures a member may hold, and how many bytes. */
export type CaptureRoom = { drafts: number; bytes: number }

const heldBy = (what: string, but = '') =>
  `(SELECT ${what} FROM capture AS held WHERE held.member = :member AND held.body IS NOT NULL ${but})`

/**
 * A new capture, private until it is logged. Answers no row where its member has no room for it, or holds the same
 * one already, as it was begun.
 */
export const insertCapture = (row: CaptureRow, room: CaptureRoom): Statement => ({
  sql: `INSERT INTO capture (id, member, begun_by, rev, updated_at, title, body)
    SELECT :id, :member, :member, :rev, :updated_at, :title, :body
    WHERE ${heldBy('count(*)')} < :drafts
      AND ${heldBy('coalesce(sum(octet_length(body)), 0)')} + octet_length(:body) <= :bytes
      AND NOT EXISTS (${SAME})
    RETURNING id`,
  args: { ...cells(row), ...places(room) },
})

/**
 * The next version of a capture, which stays whoever's it was; answers no row where the one before is not the one that it was made from, or where
 * its member has no room for it. What grows no larger under the same member has room.
 */
export const replaceCapture = (row: CaptureRow, room: CaptureRoom): Statement => ({
  sql: `UPDATE capture SET member = :member, rev = :rev, updated_at = :updated_at, title = :title, body = :body
    WHERE id = :id AND rev = :rev - 1 AND body IS NOT NULL
      AND (member = :member OR ${heldBy('count(*)')} < :drafts)
      AND ((member = :member AND octet_length(:body) <= octet_length(body))
        OR ${heldBy('coalesce(sum(octet_length(body)), 0)', 'AND held.id <> :id')} + octet_length(:body) <= :bytes)
    RETURNING begun_by`,
  args: { ...cells(row), ...places(room) },
})

const places = ({ drafts, bytes }: CaptureRoom) => ({ drafts: BigInt(drafts), bytes: BigInt(bytes) })

const SAME = `SELECT id FROM capture WHERE member = :member AND body IS NOT NULL AND rev = 0 AND title = :title
  AND octet_length(body) = octet_length(:body) AND body = :body`

/** The capture that a member began with the same text, marks and source, and has not touched since. */
export async function findSameCapture(db: Database, row: CaptureRow): Promise<string | null> {
  const { member, title, body } = cells(row)
  const [same] = await db.read({ sql: SAME, args: { member, title, body } })
  return same === undefined ? null : String(same.id)
}

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
  refuseWhere(
    'SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM capture WHERE id = :id AND rev = :rev AND body IS NOT NULL)',
    { id, rev: BigInt(rev) },
  ),
  {
    sql: `UPDATE capture SET body = NULL, logged = :logged, logged_seq = :seq0 + ${last} WHERE id = :id`,
    args: { id, logged: JSON.stringify(logged) },
  },
]
