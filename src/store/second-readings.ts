import type { SecondAnswer, SecondFates, SecondReading } from '../core/second-reading.ts'
import type { Statement } from './database.ts'
import { type Query, query } from './query.ts'
import { number, parsed, rowOf, text } from './row.ts'

const toReading = rowOf({ n: number, model: text, sent_to: text, asked_at: text })

/** What a model was asked of a capture that is not logged yet, the first time first. */
export const secondReadings = (capture: string): Query<SecondReading[]> =>
  query(
    {
      sql: 'SELECT * FROM second_reading WHERE capture = :capture AND body IS NOT NULL ORDER BY n',
      args: { capture },
    },
    (rows) => rows.map((row) => ({ ...toReading(row), ...parsed<SecondAnswer>(row.body) })),
  )

const dropped = ({ dropped: { not_in_text, malformed, too_many } }: SecondAnswer) =>
  not_in_text + malformed + too_many

/** Keeps what a model answered; answers no row where its capture was logged or thrown away meanwhile. */
export const insertSecondReading = (
  capture: string,
  member: string,
  { model, sent_to, asked_at, ...answer }: Omit<SecondReading, 'n'>,
): Statement => ({
  sql: `INSERT INTO second_reading (capture, n, member, model, sent_to, asked_at, problem, proposed, dropped, body)
    SELECT :capture, (SELECT coalesce(max(n), 0) + 1 FROM second_reading WHERE capture = :capture),
      :member, :model, :sent_to, :asked_at, :problem, :proposed, :dropped, :body
    FROM capture WHERE id = :capture AND body IS NOT NULL
    RETURNING n`,
  args: {
    ...{ capture, member, model, sent_to, asked_at },
    problem: answer.problem,
    proposed: BigInt(answer.items.length),
    dropped: BigInt(dropped(answer)),
    body: JSON.stringify(answer),
  },
})

/** In the batch that logs a capture: what became of what was proposed; the words of the proposals go. */
export const endSecondReading = (capture: string, n: number, fates: SecondFates): Statement => ({
  sql: `UPDATE second_reading SET accepted = :accepted, changed = :changed, rejected = :rejected, body = NULL
    WHERE capture = :capture AND n = :n`,
  args: {
    capture,
    n: BigInt(n),
    accepted: BigInt(fates.accepted),
    changed: BigInt(fates.changed),
    rejected: BigInt(fates.rejected),
  },
})

const toUse = rowOf({
  model: text,
  asked: number,
  failed: number,
  proposed: number,
  dropped: number,
  captures: number,
  logged: number,
  logged_dropped: number,
  accepted: number,
  changed: number,
  rejected: number,
  waiting: number,
})
/**
 * How a model was used: what it proposed and was kept (`proposed`) or `dropped`; and of captures that were logged, how
 * many passages that were (`logged`, `logged_dropped`), and what became of them.
 */
export type SecondUse = ReturnType<typeof toUse>

/** How each model was used, by its name. */
export const secondUse: Query<SecondUse[]> = query(
  {
    sql: `SELECT model, count(*) AS asked, count(problem) AS failed,
        sum(proposed) AS proposed, sum(dropped) AS dropped,
        count(DISTINCT CASE WHEN accepted IS NOT NULL THEN capture END) AS captures,
        coalesce(sum(CASE WHEN accepted IS NOT NULL THEN proposed END), 0) AS logged,
        coalesce(sum(CASE WHEN accepted IS NOT NULL THEN dropped END), 0) AS logged_dropped,
        coalesce(sum(accepted), 0) AS accepted, coalesce(sum(changed), 0) AS changed,
        coalesce(sum(rejected), 0) AS rejected,
        coalesce(sum(CASE WHEN body IS NOT NULL THEN proposed END), 0) AS waiting
      FROM second_reading GROUP BY model ORDER BY model`,
    args: {},
  },
  (rows) => rows.map(toUse),
)
