import type * as z from 'zod'
import { archivedQuote as quoteIn } from '../core/archive.ts'
import type { Event } from '../core/entry.ts'
import { finalAt, isFinal, type Objectionable } from '../core/objection.ts'
import { hindsightFrom, judged } from '../core/reference.ts'
import { stateOf } from '../core/state.ts'
import type { StandingStatement } from '../core/statement.ts'
import { verdictOn, verdictWords } from '../core/verdict.ts'
import type { Standing } from '../scoring/analysts.ts'
import type { ArchivedRow } from '../store/archives.ts'
import type { DueInbox, DueItem as DueRow } from '../store/due.ts'
import { standing } from '../store/due.ts'
import type { ForecastItem } from '../store/forecasts.ts'
import { type Held, MOST, type QuestionRow, type ResolutionRow } from '../store/lookups.ts'
import type { ReferenceRow } from '../store/question-references.ts'
import type { Reply } from '../store/replies.ts'
import type * as answers from './answers.ts'
import type * as due from './due-answers.ts'
import type { ReferenceAnswer } from './reference-answers.ts'

/** The record that a write answers: derived from its entry alone, so that a replay answers the same. */
export function recordOf(event: Event): Record<string, unknown> {
  const { at, by, rev } = event
  switch (event.type) {
    case 'source.recorded':
    case 'analyst.recorded':
      return event.payload.record
    case 'question.recorded':
      return { ...event.payload, rev }
    case 'question.amended':
      return { ...event.payload.record, rev }
    case 'condition.met':
      return { id: event.payload.question, ...event.payload, rev }
    case 'reference.recorded':
      return { ...event.payload, recorded_at: at, recorded_by: by, rev }
    case 'reference.chosen':
      return { ...event.payload, primary: true, chosen_at: at, chosen_by: by, rev }
    case 'reference.withdrawn':
      return { ...event.payload, withdrawn_at: at, withdrawn_by: by, rev }
    case 'resolution.proposed':
      return { ...event.payload, state: 'proposed', proposed_at: at, proposed_by: by, rev }
    case 'resolution.confirmed':
      return { ...event.payload, state: 'confirmed', confirmed_at: at, confirmed_by: by, rev }
    case 'resolution.disputed':
      return { ...event.payload, state: 'disputed', disputed_at: at, disputed_by: by, rev }
    case 'resolution.superseded':
      return { ...event.payload, state: 'superseded', rev }
    case 'statement.verified':
      return { id: event.payload.statement, ...event.payload, at, by }
    case 'reply.published':
      return { id: event.payload.forecast, ...event.payload, at, by }
    case 'forecast.withdrawn':
    case 'retracted': {
      const { forecast, ...act } = event.payload
      return { id: forecast, ...act, at, by }
    }
    case 'correction_policy.published':
      return { version: rev + 1, ...event.payload, at, by }
    case 'report.closed':
      return { id: event.stream, ...event.payload, at, by }
    case 'token.revoked':
      return { id: event.payload.id, state: 'revoked', revoked_at: at }
    default:
      return event.payload
  }
}

const recorded = ({ seq, at, by }: Pick<Held<unknown>, 'seq' | 'at' | 'by'>) => ({
  seq,
  recorded_at: at,
  recorded_by: by,
})

/** A record with its place in the log. */
export const heldAnswer = <T extends object>(held: Held<T>) => ({ ...held.record, ...recorded(held) })

export const questionAnswer = (row: QuestionRow, now: Date): z.infer<typeof answers.QuestionAnswer> => ({
  ...heldAnswer(row),
  rev: row.rev,
  state: stateOf(standing(row), now),
  due_at: row.due_at.toISOString(),
  condition_met: row.condition_met as z.infer<typeof answers.QuestionAnswer>['condition_met'],
  outcome: row.outcome,
  known_on: row.known_on,
  pending: row.pending,
  disputed: row.disputed,
  ...finality(row, now),
})

/** The latest of what was proposed for a question. */
const resolutionAnswers = (
  rows: readonly ResolutionRow[],
  now: Date,
): z.infer<typeof answers.ResolutionAnswer>[] =>
  rows.slice(-MOST).map(({ record, objection_hours, ...fields }) => {
    const { confirmed_at, superseded_by, state } = fields
    const stands = confirmed_at !== null && superseded_by === null
    const final_at = stands ? finalAt(new Date(confirmed_at), objection_hours ?? 0) : null
    return { ...record, ...fields, ...finality({ disputed: state === 'disputed', final_at }, now) }
  })

/** When an outcome becomes final, and whether it is. */
const finality = (row: Objectionable, now: Date) => ({
  final_at: row.final_at?.toISOString() ?? null,
  is_final: isFinal(row, now),
})

/** A file says only that it was verified, and the log also when and by whom: it is the log that answers. */
const verified = ({ verified_by_ear }: StandingStatement) =>
  typeof verified_by_ear === 'object' ? { verified_by_ear } : {}

/** A statement as it stands. */
const statementAnswer = (
  statement: StandingStatement,
): z.infer<typeof answers.ForecastDocument>['related']['statement'] => {
  const { verified_by_ear: _, ...said } = statement
  return { ...said, ...verified(statement) }
}

/** The first references of a question, as they count. */
export const referenceAnswers = (
  rows: readonly ReferenceRow[],
  question: QuestionRow,
): z.infer<typeof ReferenceAnswer>[] => {
  const from = hindsightFrom(question)
  return judged(rows, from)
    .slice(0, MOST)
    .map(({ record, seq, at, by, hindsight, primary, withdrawn_at, withdrawn_by, withdrawn_because }) => {
      const { question: _, ...said } = record
      const withdrawn =
        withdrawn_at === null
          ? null
          : {
              at: withdrawn_at,
              by: String(withdrawn_by),
              because: String(withdrawn_because),
              hindsight: new Date(withdrawn_at) >= from,
            }
      return { ...said, ...recorded({ seq, at, by }), hindsight, primary, withdrawn }
    })
}

export const forecastAnswer = (item: ForecastItem, now: Date): z.infer<typeof answers.ForecastAnswer> => ({
  ...heldAnswer(item.forecast),
  analyst_name: item.analyst.name,
  source: item.source.id,
  source_title: item.source.title,
  publisher: item.source.publisher ?? null,
  quote: item.statement.quote,
  ...(item.source.language === undefined ? {} : { language: item.source.language }),
  ...(item.statement.translation === undefined ? {} : { translation: item.statement.translation }),
  ...(item.source.transcript === undefined ? {} : { transcript: item.source.transcript }),
  ...verified(item.statement),
  voice: item.statement.voice,
  checked: item.statement.checked,
  title: item.question.record.title,
  tags: item.question.record.tags ?? [],
  deadline: item.question.record.deadline,
  due_at: item.question.due_at.toISOString(),
  state: item.state,
  outcome: item.question.outcome,
  verdict: verdictWords(verdictOn(item.forecast, item.question), {
    question: item.question.record,
    probability: item.forecast.record.probability,
    voice: item.statement.voice,
    state: item.state,
  }),
  known_on: item.question.known_on,
  disputed: item.question.disputed,
  ...finality(item.question, now),
  logged: item.logged,
  proven: item.proven,
  withdrawn: item.forecast.withdrawal as z.infer<typeof answers.ForecastAnswer>['withdrawn'],
  retracted: item.forecast.retraction as z.infer<typeof answers.ForecastAnswer>['retracted'],
})

export const replyAnswer = ({ record, ...entry }: Reply): z.infer<typeof answers.ReplyAnswer> => ({
  ...record,
  ...entry,
})

const copy = (row: ArchivedRow) => ({
  archive_url: row.archive_url,
  archived_at: row.archived_at ?? null,
  unreadable: row.unreadable ?? null,
  seq: row.seq,
  at: row.at,
})
export const archivedSource = (row: ArchivedRow): z.infer<typeof answers.ArchivedSource> => ({
  ...copy(row),
  holds: row.holds,
  lacks: row.lacks,
})
export const archivedQuote = (
  row: ArchivedRow | null,
  statement: string,
): z.infer<typeof answers.ArchivedQuote> | null =>
  row === null ? null : { ...copy(row), quote: quoteIn(row, statement) }

/** A forecast with everything around it. */
export const forecastDocument = (
  item: ForecastItem,
  resolutions: ResolutionRow[],
  replies: Reply[],
  now: Date,
): Omit<z.infer<typeof answers.ForecastDocument>, 'archived'> => ({
  ...forecastAnswer(item, now),
  related: {
    analyst: item.analyst,
    source: item.source,
    statement: statementAnswer(item.statement),
    question: questionAnswer(item.question, now),
  },
  resolutions: resolutionAnswers(resolutions, now),
  replies: replies.map(replyAnswer),
})

export const historyItem = ({
  seq,
  at,
  by,
  type,
  rev,
  payload,
  stamped_at,
}: Event): z.infer<typeof answers.HistoryItem> => ({
  seq,
  at,
  by,
  type,
  rev,
  payload,
  ...(stamped_at === undefined ? {} : { stamped_at }),
})

/** A question with its forecasts and its history. */
export const questionDocument = (
  row: QuestionRow,
  forecasts: ForecastItem[],
  resolutions: ResolutionRow[],
  references: ReferenceRow[],
  history: Event[],
  now: Date,
): Omit<z.infer<typeof answers.QuestionDocument>, 'forecast_count' | 'decided_blind'> => ({
  ...questionAnswer(row, now),
  if_match: `"rev-${row.rev}"`,
  references: referenceAnswers(references, row),
  forecasts: forecasts.map((item) => forecastAnswer(item, now)),
  resolutions: resolutionAnswers(resolutions, now),
  history: history.map(historyItem),
})

const dueItem = ({ row: _, ...item }: DueRow): z.infer<typeof due.DueItem> => item

export const dueAnswer = (inbox: DueInbox): z.infer<typeof due.DueAnswer> => ({
  due: inbox.due.map(dueItem),
  due_soon: inbox.due_soon.map(dueItem),
  proposed: inbox.proposed.map(dueItem),
  disputed: inbox.disputed.map(dueItem),
  objection: inbox.objection.map(dueItem),
})

/** What is said over all analysts, with the figures of those on a page; of each list as many as an answer holds. */
export function analystsStanding(
  { people, pairs, estimates, alarms, findings, withheld }: Standing,
  items: readonly { record: { id: string } }[],
): z.infer<z.ZodObject<typeof answers.AnalystsStanding>> {
  const here = new Set(items.map(({ record }) => record.id))
  const first = <T>(all: readonly T[]) => all.slice(0, MOST)
  return {
    figures: people.filter(({ id }) => here.has(id)),
    pairs: { ...pairs, told_apart: first(pairs.told_apart), points_to: first(pairs.points_to) },
    estimates: estimates && { ...estimates, estimates: first(estimates.estimates) },
    alarms: first(alarms),
    findings: { differ: first(findings.differ), fit: first(findings.fit) },
    withheld,
  }
}
