import { type ChangedField, type CorrectionType, changedFields } from '../core/corrected.ts'
import { type CorrectionClass, type CorrectionPolicy, DEFAULT_POLICY } from '../core/correction.ts'
import type { Event } from '../core/entry.ts'
import { outcomeText, type Resolution } from '../core/resolution.ts'
import type { Statement } from '../core/statement.ts'
import type { Value } from './database.ts'
import { eventsWhere } from './events.ts'
import { mapped, type Page, type PageRequest, pageOf, type Query, query, together } from './query.ts'
import { json, number, orNull, rowOf, text, word } from './row.ts'

const toRow = rowOf({
  seq: number,
  at: text,
  by: text,
  type: word<CorrectionType>(),
  class: orNull(word<CorrectionClass>()),
  analyst: orNull(text),
  source: orNull(text),
  question: orNull(text),
  forecast: orNull(text),
  /** The leaf hash of the entry, in hexadecimal digits. */
  leaf: text,
  /** Of whom, of what or of which question it is told; of a forecast the quote. */
  title: orNull(text),
  voice: orNull(word<Statement['voice']>()),
})

/** One amendment of the record: what stood there, what stands there now, of which class it is and why. */
export type Correction = ReturnType<typeof toRow> & { because: string | null; changes: ChangedField[] }

/** `none` are those that were recorded before entries said a class. */
export type CorrectionFilter = {
  class?: CorrectionClass | 'none' | undefined
  type?: CorrectionType | undefined
  /** Days of UTC. */
  from?: string | undefined
  to?: string | undefined
}

const TITLE = `CASE
  WHEN correction.forecast IS NOT NULL THEN (SELECT record ->> '$.quote.exact' FROM statement WHERE id = correction.forecast)
  WHEN correction.question IS NOT NULL THEN (SELECT record ->> '$.title' FROM question WHERE id = correction.question)
  WHEN correction.source IS NOT NULL THEN (SELECT record ->> '$.title' FROM source WHERE id = correction.source)
  ELSE (SELECT record ->> '$.name' FROM analyst WHERE id = correction.analyst) END`

// What a correction took the place of: the entry before it that carries the record whole.
const BEFORE = `SELECT (SELECT max(earlier.seq) FROM entry AS earlier
    WHERE earlier.stream = entry.stream AND earlier.seq < entry.seq
      AND earlier.type IN ('question.recorded', 'question.amended', 'source.recorded', 'analyst.recorded'))
  FROM entry WHERE entry.type IN ('question.amended', 'source.recorded', 'analyst.recorded')`

type Sought = { where: string; args: Record<string, Value>; limit: number }

/** What is found, latest first, each with what its entry and those before it say. */
function corrections({ where, args, limit }: Sought): Query<Correction[]> {
  const page = `SELECT seq FROM correction WHERE ${where} ORDER BY seq DESC LIMIT ${limit}`
  const resolution = rowOf({ question: text, record: json<Resolution>() })
  return mapped(
    together({
      rows: query(
        {
          sql: `SELECT correction.*, lower(hex(entry.leaf)) AS leaf, ${TITLE} AS title,
              (SELECT record ->> '$.voice' FROM statement WHERE id = correction.forecast) AS voice
            FROM correction JOIN entry ON entry.seq = correction.seq
            WHERE correction.seq IN (${page}) ORDER BY correction.seq DESC`,
          args,
        },
        (rows) => rows.map(toRow),
      ),
      events: eventsWhere(
        `entry.seq IN (${page}) OR entry.seq IN (${BEFORE} AND entry.seq IN (${page}))`,
        args,
        2 * limit,
      ),
      resolutions: query(
        {
          sql: `SELECT question, record FROM resolution WHERE question IN (
              SELECT question FROM correction WHERE type = 'resolution.superseded' AND seq IN (${page})) LIMIT 2000`,
          args,
        },
        (rows) => rows.map(resolution),
      ),
    }),
    ({ rows, events, resolutions }) =>
      rows.map((row) => ({
        ...row,
        ...told(
          row.seq,
          events,
          resolutions.map(({ record }) => record),
        ),
      })),
  )
}

/** What an entry changed and why, from itself and the last one before it on its stream. */
function told(
  seq: number,
  events: readonly Event[],
  resolutions: readonly Resolution[],
): Pick<Correction, 'because' | 'changes'> {
  const event = events.find((one) => one.seq === seq)
  if (event === undefined) return { because: null, changes: [] }
  if (event.type === 'resolution.superseded') {
    const { question, id, superseded_by } = event.payload
    const named = (name: string) => resolutions.find((one) => one.question === question && one.id === name)
    const [before, after] = [named(id), named(superseded_by)]
    const outcome = { field: 'Outcome', from: wordsOf(before), to: wordsOf(after) }
    return { because: after?.rationale ?? null, changes: [outcome] }
  }
  const because = 'because' in event.payload ? (event.payload.because ?? null) : null
  const after = recordIn(event)
  const before = events
    .filter((one) => one.stream === event.stream && one.seq < seq)
    .flatMap((one) => recordIn(one) ?? [])
    .at(-1)
  const changes = before === undefined || after === null ? [] : changedFields(before, after)
  return { because, changes }
}

const wordsOf = (resolution: Resolution | undefined): string | null =>
  resolution === undefined ? null : outcomeText(resolution.outcome)

/** The record that an entry carries whole; null where it carries none. */
const recordIn = ({ type, payload }: Event): object | null =>
  type === 'question.recorded' ? payload : 'record' in payload ? (payload.record as object) : null

const LAST = BigInt(Number.MAX_SAFE_INTEGER)

/** A page of all that was amended, latest first. */
export const pageOfCorrections = (
  { class: of, type, from, to }: CorrectionFilter,
  { limit, after }: PageRequest,
): Query<Page<Correction>> =>
  mapped(
    corrections({
      where: `seq < :after AND (:type IS NULL OR type = :type)
        AND (:class IS NULL OR coalesce(class, 'none') = :class)
        AND (:from IS NULL OR at >= :from) AND (:to IS NULL OR substr(at, 1, 10) <= :to)`,
      args: {
        after: after === undefined ? LAST : BigInt(after),
        type: type ?? null,
        class: of ?? null,
        from: from ?? null,
        to: to ?? null,
      },
      limit: limit + 1,
    }),
    (items) => pageOf(items, limit, ({ seq }) => seq),
  )

/** Of what a page tells that it was amended. */
export type NoticeOf = { forecast: string } | { question: string } | { analyst: string } | { source: string }

const WHERE: Record<string, string> = {
  // What its question says and how it was decided is part of a forecast; what others said on it is not.
  forecast: `(forecast = :id OR (forecast IS NULL AND question = (SELECT question FROM forecast WHERE id = :id)))`,
  question: 'question = :id',
  source: 'source = :id',
  // An outcome that was wrong moves every figure of whoever was scored by it.
  analyst: `(analyst = :id OR (type = 'resolution.superseded'
    AND question IN (SELECT question FROM forecast WHERE analyst = :id)))`,
}
/** More notices than this are on the page of corrections. */
export const NOTICES = 5

const POLICY_DAYS = `coalesce((SELECT record ->> '$.notice_days' FROM correction_policy ORDER BY seq DESC LIMIT 1), ${DEFAULT_POLICY.notice_days})`

/** What was amended of a record within the days for which its page says so, latest first. */
export function noticesOn(of: NoticeOf, now: Date): Query<Correction[]> {
  const [[kind, id] = ['', '']] = Object.entries(of)
  return corrections({
    where: `${WHERE[kind]} AND julianday(at) > julianday(:now) - ${POLICY_DAYS}`,
    args: { id, now: now.toISOString() },
    limit: NOTICES,
  })
}

const toPolicy = rowOf({ seq: number, stream: text, at: text, by: text, record: json<CorrectionPolicy>() })
export type StatedPolicy = ReturnType<typeof toPolicy>

/** How the ledger says that it corrects itself, the latest version first; nobody has said so yet where it is empty. */
export const correctionPolicies: Query<StatedPolicy[]> = query(
  { sql: 'SELECT * FROM correction_policy ORDER BY seq DESC LIMIT 200' },
  (rows) => rows.map(toPolicy),
)

/** How often the record was amended, how many forecasts it holds, and how long mending took. */
export type CorrectionFigures = {
  forecasts: number
  by_class: Record<CorrectionClass | 'none', number>
  /** Reports that were closed, those of them that led to an amendment, and the middle time of these in days. */
  reports: { closed: number; mended: number; median_days: number | null }
}

const MENDED = `SELECT max(0, julianday(correction.at) - julianday(received_at)) AS days
  FROM report_closed JOIN correction ON correction.seq = mended_by`

export const correctionFigures: Query<CorrectionFigures> = mapped(
  together({
    classes: query(
      { sql: `SELECT coalesce(class, 'none') AS class, count(*) AS n FROM correction GROUP BY 1` },
      (rows) => new Map(rows.map((row) => [String(row.class), Number(row.n)])),
    ),
    counts: query(
      {
        sql: `SELECT (SELECT count(*) FROM forecast) AS forecasts, (SELECT count(*) FROM report_closed) AS closed,
          (SELECT count(*) FROM (${MENDED})) AS mended,
          (SELECT avg(days) FROM (SELECT days FROM (${MENDED}) ORDER BY days
            LIMIT 2 - (SELECT count(*) FROM (${MENDED})) % 2
            OFFSET max(0, (SELECT (count(*) - 1) / 2 FROM (${MENDED}))))) AS median`,
      },
      ([row]) => ({
        forecasts: Number(row?.forecasts ?? 0),
        closed: Number(row?.closed ?? 0),
        mended: Number(row?.mended ?? 0),
        median_days: row?.median == null ? null : Number(row.median),
      }),
    ),
  }),
  ({ classes, counts: { forecasts, ...reports } }) => {
    const n = (name: string) => classes.get(name) ?? 0
    return {
      forecasts,
      by_class: {
        correction: n('correction'),
        clarification: n('clarification'),
        update: n('update'),
        none: n('none'),
      },
      reports,
    }
  },
)

/** When a correction was recorded, of the subject of a report or not; null where the entry is none. */
export const correctionAt = (seq: number): Query<{ at: string } | null> =>
  query({ sql: 'SELECT at FROM correction WHERE seq = :seq', args: { seq: BigInt(seq) } }, ([row]) =>
    row === undefined ? null : { at: String(row.at) },
  )
