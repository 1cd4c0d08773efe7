import { daysSince } from '../core/calendar.ts'
import { ANSWER_DAYS, answerBy, isOpenToObjection } from '../core/objection.ts'
import { DUE_SOON_MS, isDueSoon, needsDecisionAt, type State, stateOf } from '../core/state.ts'
import type { Database, Statement } from './database.ts'
import {
  MOST,
  QUESTION_COLUMNS,
  type QuestionOf,
  type QuestionRow,
  questionOf,
  toQuestion,
} from './lookups.ts'
import { ask, mapped, type Query, query, together } from './query.ts'
import { number, rowOf, text, word } from './row.ts'

/** Which questions are in a state; `:now` must be bound. */
export const STATE_SQL: Record<State, string> = {
  open: `question.outcome IS NULL AND question.pending IS NULL AND question.due_at > :now AND NOT (${unmet()})`,
  due: `question.outcome IS NULL AND question.pending IS NULL AND (question.due_at <= :now OR (${unmet()}))`,
  proposed: 'question.outcome IS NULL AND question.pending IS NOT NULL',
  resolved: `question.outcome NOT IN ('"annulled"', '"ambiguous"')`,
  annulled: `question.outcome = '"annulled"'`,
  ambiguous: `question.outcome = '"ambiguous"'`,
}

function unmet(): string {
  return 'question.condition_met IS NULL AND question.condition_due_at IS NOT NULL AND question.condition_due_at <= :now'
}

/** What of a question has passed. */
type What = 'deadline' | 'condition'

const toNewlyDue = rowOf({ id: text, stream: text, deadline_rev: number, what: word<What>() })
export type NewlyDue = ReturnType<typeof toNewlyDue>

/** Where all forecasts on a question were retracted, nobody waits for what came of it. One made by hand has none yet. */
export const STANDS = `(
    EXISTS (SELECT 1 FROM forecast WHERE forecast.question = question.id AND forecast.retraction IS NULL)
    OR NOT EXISTS (SELECT 1 FROM forecast WHERE forecast.question = question.id))`

// A question whose condition is past its deadline, unmet, needs a decision before its own deadline.
export const NEEDS_DECISION = `
  SELECT id, stream, deadline_rev, 'deadline' AS what, due_at AS since FROM question
  WHERE outcome IS NULL AND due_at <= :now AND pending IS NULL AND ${STANDS}
  UNION ALL
  SELECT id, stream, deadline_rev, 'condition', condition_due_at FROM question
  WHERE outcome IS NULL AND condition_due_at IS NOT NULL AND condition_met IS NULL
    AND condition_due_at <= :now AND due_at > :now AND pending IS NULL AND ${STANDS}`

/** What became due and has no flag for its present deadline, oldest first. */
export async function newlyDue(db: Database, now: Date, limit: number): Promise<NewlyDue[]> {
  const rows = await db.read({
    sql: `SELECT id, stream, deadline_rev, what FROM (${NEEDS_DECISION}) AS due
      WHERE NOT EXISTS (
        SELECT 1 FROM flag
        WHERE flag.question = due.id AND flag.deadline_rev = due.deadline_rev AND flag.what = due.what)
      ORDER BY since, id LIMIT :limit`,
    args: { now: now.toISOString(), limit: BigInt(limit) },
  })
  return rows.map(toNewlyDue)
}

const WEEK_MS = 7 * 86_400_000

/**
 * One reminder a week for whatever stays undecided, into the outbox, whichever run comes first. The weeks count from
 * the first flag of a deadline, so that a condition and then the question itself do not share a number.
 */
export const queueReminders = (now: Date): Statement => ({
  sql: `INSERT OR IGNORE INTO outbox (question, deadline_rev, period, queued_at)
    SELECT due.id, due.deadline_rev,
      CAST((unixepoch(:now) - unixepoch(min(flag.flagged_at))) * 1000 / ${WEEK_MS} AS INTEGER), :now
    FROM (${NEEDS_DECISION}) AS due
    JOIN flag ON flag.question = due.id AND flag.deadline_rev = due.deadline_rev
    WHERE NOT EXISTS (
      SELECT 1 FROM newsroom
      WHERE subject = due.id AND kind = 'snooze' AND body ->> '$.until_at' > :now)
    GROUP BY due.id, due.deadline_rev
    HAVING min(flag.flagged_at) <= :now
    RETURNING question`,
  args: { now: now.toISOString() },
})

export type DueItem = {
  question: string
  title: string
  deadline: QuestionRow['record']['deadline']
  what: What
  due_at: string
  days_overdue: number
  flagged_at: string | null
  /** Until when a dispute is to be answered; null where nothing is disputed. */
  answer_by: string | null
  /** When the time for objections ends; null where it has, and where nothing is decided. */
  open_until: string | null
  analysts: { id: string; name: string }[]
  row: QuestionRow
}
export type DueInbox = {
  due: DueItem[]
  due_soon: DueItem[]
  proposed: DueItem[]
  disputed: DueItem[]
  /** Decided, and still open to objection. */
  objection: DueItem[]
  next: DueItem | null
}

const MOST_NAMES = 20

/** Of the questions about which members keep something, those that may stand in the inbox, as SQL; binds `:soon`. */
export const KEPT_IN_INBOX = `SELECT question.id FROM newsroom CROSS JOIN question ON question.id = newsroom.subject
  WHERE outcome IS NULL AND (due_at <= :soon OR condition_due_at <= :soon) OR pending IS NOT NULL OR disputed > 0`

/** The end of what is due soon. */
export const soonAfter = (now: Date): string => new Date(now.getTime() + DUE_SOON_MS).toISOString()

/** The inbox: what needs somebody, at most 200 of a kind, most urgent first. */
export function inbox(now: Date): Query<DueInbox> {
  const select = (where: string, limit = MOST) =>
    query(
      {
        sql: `SELECT ${QUESTION_COLUMNS},
            (SELECT min(flagged_at) FROM flag WHERE flag.question = question.id AND flag.deadline_rev = question.deadline_rev) AS flagged_at,
            (SELECT json_group_array(json_object('id', id, 'name', record ->> '$.name')) FROM (
              SELECT id, record FROM analyst
              WHERE id IN (SELECT analyst FROM forecast WHERE forecast.question = question.id)
              ORDER BY sort_key, id LIMIT ${MOST_NAMES})) AS analysts,
            EXISTS (SELECT 1 FROM resolution WHERE resolution.question = question.id AND confirmed_at IS NULL
              AND disputed_at IS NOT NULL AND superseded_by IS NULL) AS contested,
            (SELECT min(disputed_at) FROM resolution WHERE resolution.question = question.id
              AND disputed_at IS NOT NULL AND superseded_by IS NULL) AS contested_at,
            (SELECT answer_days FROM policy) AS answer_days
          FROM question WHERE ${where} AND ${STANDS} ORDER BY due_at, id LIMIT ${limit}`,
        args: { now: now.toISOString(), soon: soonAfter(now) },
      },
      (rows) => rows.map((row) => ({ item: toItem(row, now), contested: Number(row.contested) === 1 })),
    )
  const parts = together({
    due: select('outcome IS NULL AND pending IS NULL AND due_at <= :now AND :soon IS NOT NULL'),
    conditions: select(
      `outcome IS NULL AND pending IS NULL AND condition_due_at IS NOT NULL AND condition_met IS NULL
        AND condition_due_at <= :soon AND due_at > :now`,
    ),
    soon: select('outcome IS NULL AND pending IS NULL AND due_at > :now AND due_at <= :soon'),
    waiting: select('(pending IS NOT NULL OR disputed > 0) AND :now IS NOT NULL AND :soon IS NOT NULL'),
    objection: select('outcome IS NOT NULL AND disputed = 0 AND final_at > :now AND :soon IS NOT NULL'),
    next: select('outcome IS NULL AND pending IS NULL AND due_at > :now AND :soon IS NOT NULL', 1),
  })
  const itemsOf = (held: { item: DueItem }[]) => held.map(({ item }) => item)
  return mapped(parts, ({ due, conditions, soon, waiting, objection, next }) => {
    const unique = new Map(itemsOf([...conditions, ...soon]).map((item) => [item.question, item]))
    const states = [...unique.values()]
    return {
      due: urgent([...itemsOf(due), ...states.filter((item) => stateOf(standing(item.row), now) === 'due')]),
      due_soon: urgent(states.filter((item) => isDueSoon(standing(item.row), now))),
      proposed: itemsOf(waiting.filter(({ item, contested }) => item.row.pending !== null && !contested)),
      disputed: itemsOf(waiting.filter(({ item, contested }) => item.row.disputed || contested)).sort(
        by('answer_by'),
      ),
      objection: itemsOf(objection).sort(by('open_until')),
      next: next[0]?.item ?? null,
    }
  })
}
export const readDue = (db: Database, now: Date) => ask(db, inbox(now))

const urgent = (items: DueItem[]) => items.sort(byUrgency).slice(0, MOST)

/** By the end of a clock, the first first. */
const by = (clock: 'answer_by' | 'open_until') => (a: DueItem, b: DueItem) =>
  String(a[clock]) < String(b[clock]) ? -1 : String(a[clock]) > String(b[clock]) ? 1 : byUrgency(a, b)

const byUrgency = (a: DueItem, b: DueItem) =>
  a.due_at < b.due_at ? -1 : a.due_at > b.due_at ? 1 : a.question < b.question ? -1 : 1

/** What `core/state` needs to know of a question. */
export const standing = (row: QuestionRow) => ({
  due_at: row.due_at,
  condition_due_at: row.condition_due_at,
  condition_met: row.condition_met !== null,
  outcome: row.outcome,
  pending: row.pending !== null,
})

function toItem(row: Record<string, unknown>, now: Date): DueItem {
  const question = toQuestion(row)
  const since = needsDecisionAt(standing(question))
  return {
    question: question.record.id,
    title: question.record.title,
    deadline: question.record.deadline,
    what: since < question.due_at ? 'condition' : 'deadline',
    due_at: since.toISOString(),
    days_overdue: daysSince(since, now),
    flagged_at: row.flagged_at === null ? null : String(row.flagged_at),
    answer_by:
      row.contested_at === null
        ? null
        : answerBy(String(row.contested_at), Number(row.answer_days ?? ANSWER_DAYS)),
    open_until: isOpenToObjection(question, now) ? (question.final_at as Date).toISOString() : null,
    analysts: JSON.parse(String(row.analysts)) as DueItem['analysts'],
    row: question,
  }
}

const toFlag = rowOf({ what: word<What>(), flagged_at: text, deadline_rev: number, seq: number })
export type Flag = ReturnType<typeof toFlag>

/** When a question was flagged as due, oldest first. */
export const flagsOn = (of: QuestionOf): Query<Flag[]> =>
  query(
    {
      sql: `SELECT what, flagged_at, deadline_rev, seq FROM flag WHERE question = ${questionOf(of)} ORDER BY seq`,
      args: of,
    },
    (rows) => rows.map(toFlag),
  )

/** How many questions need a decision now: the number beside "Due". */
export const countDue = (now: Date): Query<number> =>
  query({ sql: `SELECT count(*) AS n FROM (${NEEDS_DECISION})`, args: { now: now.toISOString() } }, ([row]) =>
    Number(row?.n ?? 0),
  )
