import type { CodedKind } from '../core/coding-round.ts'
import type { State } from '../core/state.ts'
import type { Verdict } from '../core/verdict.ts'
import { CODED_SQL } from './coding.ts'
import type { Value } from './database.ts'
import { STATE_SQL } from './due.ts'
import { searchTerms } from './search.ts'
import { VERDICT_SQL } from './verdict.ts'

/** What a list of forecasts can be narrowed by; all at once. */
export type ForecastFilter = {
  analyst?: string | undefined
  source?: string | undefined
  /** The publisher of the source, as it is recorded. */
  outlet?: string | undefined
  question?: string | undefined
  tag?: string | undefined
  state?: State | undefined
  verdict?: Verdict['kind'] | undefined
  /** Whose deadline: the analyst's own, or one that the editor set. */
  deadline?: 'theirs' | 'ours' | undefined
  /** Proven: before, as a checkpoint shows that others hold. */
  logged?: 'before' | 'afterwards' | 'proven' | undefined
  /** How two coded its source, where they did. */
  coded?: CodedKind | undefined
  /** Days, both included: of a date that is not exact the last on which it can have been said. */
  said_from?: string | undefined
  said_to?: string | undefined
  deadline_from?: string | undefined
  deadline_to?: string | undefined
  due_before?: string | undefined
  /** Words that must all stand in the quote, the question, the analyst's name, or the title or outlet of the source. */
  q?: string | undefined
  /** No forecast that was logged after this entry. */
  upto?: number | undefined
}

export const FROM = 'FROM forecast JOIN question ON question.id = forecast.question'
/** The same where the list has the order of its questions, which an index gives. */
const FROM_QUESTIONS = 'FROM question CROSS JOIN forecast ON forecast.question = question.id'
const DEADLINE = "question.record ->> '$.deadline.date'"

/** `stateOf` of core/state.ts as SQL; `:now` must be bound. */
export const STATE = `CASE ${Object.entries(STATE_SQL)
  .map(([state, sql]) => `WHEN ${sql} THEN '${state}'`)
  .join(' ')} END`

/** How little what was said left for what happened: 1 where that was ruled out. Null where it cannot be said. */
const SURPRISE = `CASE WHEN ${VERDICT_SQL} IN ('came_true', 'did_not', 'said') THEN
  CASE question.outcome WHEN '"yes"' THEN 1 - forecast.mid WHEN '"no"' THEN forecast.mid END END`

export const SORTS = ['logged', 'said', 'deadline', 'decided', 'surprise'] as const
export type Sort = (typeof SORTS)[number]
export const ORDERS = ['desc', 'asc'] as const
/** The order of a list: what comes first, and whether the latest or the largest of it does. */
export type Sorting = { sort: Sort; order: (typeof ORDERS)[number] }
/** From where a list is read: by whatever narrows it to a few, or else in its order, so that its first page ends soon. */
export const fromOf = (filter: ForecastFilter, { sort }: Sorting): string =>
  (sort === 'deadline' || sort === 'decided') &&
  (['analyst', 'source', 'question', 'outlet', 'tag', 'q'] as const).every(
    (name) => filter[name] === undefined,
  )
    ? FROM_QUESTIONS
    : FROM
export const LATEST_ENTRY: Sorting = { sort: 'logged', order: 'desc' }

export const SORT_SQL: Record<Sort, string> = {
  logged: 'forecast.seq',
  said: 'forecast.said_to',
  deadline: 'question.due_at',
  decided: 'question.known_on',
  surprise: SURPRISE,
}

/** `provenBefore` of core/anchor.ts as SQL. */
export const PROVEN_SQL = `(forecast.proven IS NOT NULL AND forecast.proven ->> '$.at' < question.due_at
  AND (question.known_from IS NULL OR forecast.proven ->> '$.at' < question.known_from))`

/** The forecasts with a hit in one of their layers: a row of the index has the number of the entry that it is of. */
const holding = (
  term: string,
) => `WITH hit AS MATERIALIZED (SELECT rowid AS seq FROM search WHERE search MATCH ${term})
  ${[
    ['statement', 'id'],
    ['question', 'question'],
    ['analyst', 'analyst'],
    ['source', 'source'],
  ]
    .map(
      ([table, column]) => `SELECT said.seq FROM hit CROSS JOIN ${table} AS held ON held.seq = hit.seq
        CROSS JOIN forecast AS said ON said.${column} = held.id`,
    )
    .join(' UNION ')}`

/** The WHERE of a filter. `:now` is always bound. */
export function conditions(
  filter: ForecastFilter,
  now: Date,
): { where: string; args: Record<string, Value> } {
  const parts: string[] = [':now IS NOT NULL']
  const args: Record<string, Value> = { now: now.toISOString() }
  const add = (name: keyof ForecastFilter, sql: string) => {
    const value = filter[name]
    if (value === undefined) return
    parts.push(sql)
    args[name] = typeof value === 'number' ? BigInt(value) : value
  }
  add('analyst', 'forecast.analyst = :analyst')
  add('source', 'forecast.source = :source')
  add('outlet', "forecast.source IN (SELECT id FROM source WHERE record ->> '$.publisher' = :outlet)")
  add('question', 'forecast.question = :question')
  add('tag', 'forecast.question IN (SELECT question FROM question_tag WHERE tag = :tag)')
  add('verdict', `${VERDICT_SQL} = :verdict`)
  add('coded', `${CODED_SQL} = :coded`)
  add('said_from', 'forecast.said_to >= :said_from')
  add('said_to', 'forecast.said_to <= :said_to')
  add('deadline_from', `${DEADLINE} >= :deadline_from`)
  add('deadline_to', `${DEADLINE} <= :deadline_to`)
  add('due_before', `${DEADLINE} < :due_before`)
  add('upto', 'forecast.seq <= :upto')
  if (filter.state !== undefined) parts.push(STATE_SQL[filter.state])
  if (filter.deadline !== undefined)
    parts.push(
      `(question.record ->> '$.deadline.because') IS ${filter.deadline === 'ours' ? 'NOT NULL' : 'NULL'}`,
    )
  if (filter.logged === 'afterwards') parts.push('forecast.at >= question.known_from')
  if (filter.logged === 'before')
    parts.push('(question.known_from IS NULL OR forecast.at < question.known_from)')
  if (filter.logged === 'proven') parts.push(PROVEN_SQL)
  if (filter.q !== undefined) {
    const terms = searchTerms(filter.q)
    if (terms.length === 0) parts.push('false')
    // Each word may stand in another layer: one in the quote, the next in the question or the analyst's name.
    terms.forEach((term, i) => {
      args[`q${i}`] = term
      parts.push(`forecast.seq IN (${holding(`:q${i}`)})`)
    })
  }
  return { where: parts.join(' AND '), args }
}
