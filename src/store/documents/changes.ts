import { type ChangesOf, changesAfter, countChanges } from '../changes.ts'
import type { Database } from '../database.ts'
import { analystById, questionById } from '../lookups.ts'
import { totals } from '../nouns.ts'
import { ask, known, query, together } from '../query.ts'
import { readQuestion } from './question.ts'
import { readTrackRecord } from './track-record.ts'

/** A figure at two moments; null where it could not be told. */
export type Moved = { figure: string; before: number | string | null; after: number | string | null }
type Figures = Record<string, number | string | null>

/** A record, and the time at which it is read. */
export type Reading = { db: Database; now: Date }

const loggedBy = (analyst: string) =>
  query({ sql: 'SELECT count(*) AS n FROM forecast WHERE analyst = :analyst', args: { analyst } }, ([row]) =>
    Number(row?.n ?? 0),
  )

const decided = query({ sql: 'SELECT count(*) AS n FROM question WHERE outcome IS NOT NULL' }, ([row]) =>
  Number(row?.n ?? 0),
)

/** The figures that a reader would quote: of an analyst, of a question, or of the whole ledger. */
async function figuresOf({ db, now }: Reading, { analyst, question }: ChangesOf): Promise<Figures> {
  if (analyst !== undefined) {
    const [record, logged] = await Promise.all([
      readTrackRecord(db, analyst, { now, simulate: false }),
      ask(db, loggedBy(analyst)),
    ])
    if (record === null) return {}
    const { counts, claims, headline, finding, view } = record
    return {
      'what is counted': view === 'live' ? 'what was written down before the outcome' : 'everything',
      'forecasts logged': logged,
      decided: counts.resolved,
      'claims that could come true': claims.n,
      'came true': claims.came_true,
      'to be expected at the usual reading': claims.n === 0 ? null : claims.usual,
      score: headline?.brier ?? null,
      'the sentence on top': finding.sentence,
    }
  }
  if (question !== undefined) {
    const read = await readQuestion(db, question, now)
    if (read === null) return {}
    return {
      forecasts: read.on.forecasts,
      outcome: read.question.outcome === null ? null : String(read.question.outcome),
      'last day': read.question.record.deadline.date,
    }
  }
  const { all, n } = await ask(db, together({ all: totals, n: decided }))
  const { analysts, sources, questions, forecasts } = all
  return { analysts, sources, forecasts, questions, 'questions that are decided': n }
}

/** What has changed between two moments, and how the figures moved; null where the later one knows no such subject. */
export async function readChanges(now: Reading, then: Reading & { seq: number }, of: ChangesOf) {
  const { analyst, question } = of
  const read = await ask(
    now.db,
    together({
      analyst: analyst === undefined ? known(null) : analystById(analyst),
      question: question === undefined ? known(null) : questionById(question),
      changes: changesAfter(then.seq, of, now.now),
      counts: countChanges(then.seq, of),
    }),
  )
  if ((analyst !== undefined && read.analyst === null) || (question !== undefined && read.question === null))
    return null
  const [before, after] = [await figuresOf(then, of), await figuresOf(now, of)]
  const all = Object.values(read.counts).reduce((sum, n) => sum + n, 0)
  return {
    analyst: read.analyst?.record ?? null,
    question: read.question?.record ?? null,
    counts: read.counts,
    changes: read.changes,
    more: all - read.changes.length,
    figures: Object.keys(after).map(
      (figure): Moved => ({
        figure,
        before: before[figure] ?? null,
        after: after[figure] ?? null,
      }),
    ),
  }
}
