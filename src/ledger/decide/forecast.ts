import { futureProblem, spanOf } from '../../core/calendar.ts'
import { invalid, LedgerError, refuseIf } from '../../core/error.ts'
import { claimKey, deadlineProblem, type Forecast } from '../../core/forecast.ts'
import { isTooVague, type Probability, VAGUE_REFUSAL } from '../../core/probability.ts'
import { sourceOf } from '../../core/slug.ts'
import { canonicalJson } from '../../log/canonical-json.ts'
import type { ReadingContext } from '../../reading/own-lexicon.ts'
import type { Holdings } from '../../store/holdings.ts'
import type { QuestionRow } from '../../store/lookups.ts'
import { draft } from '../draft.ts'
import {
  begun,
  type Deciding,
  decide,
  frozen,
  languageWanted,
  put,
  refs,
  sourceWanted,
  type WantedForecast,
} from './deciding.ts'
import { isNews } from './news.ts'
import { completeProbability } from './probability.ts'
import { FOUR_EYES_SAID, requireWithdrawalDay } from './withdrawal.ts'

type Held = Holdings['forecast'] extends Map<string, infer Row> ? Row : never
type Stream = { stream: string; rev: number }

/** A new forecast, or one that is held, and what was done to it: a forecast never changes. */
export function decideForecast(d: Deciding, wanted: WantedForecast): void {
  const { id, question: asked } = wanted.record
  const known = d.held.forecast.get(id)
  const question = asked === null ? undefined : (d.questions.get(asked) ?? d.held.question.get(asked))
  const last = known === undefined ? recordNew(d, wanted, question) : keepHeld(d, wanted, known, question)
  if (last === null || question === undefined) return
  decide(d, 'forecast', wanted.record, [], () => {
    withdraw(d, wanted, question, known, last)
    retract(d, wanted, known, last)
  })
}

function recordNew(d: Deciding, wanted: WantedForecast, question: QuestionRow | undefined): Stream | null {
  const { record, accept_vague } = wanted
  const { id } = record
  let { probability } = record
  const checks = [
    () => requireAsked(record.question, question),
    () => requireDay(d, wanted, question),
    () => requireNew(d, wanted),
    () => {
      if (question === undefined || probability === null) return
      const afterwards = question.outcome !== null || question.due_at <= d.unit.now
      const complete = completeProbability(probability, question.record, afterwards, contextOf(d, record))
      if (accept_vague === false && isTooVague(complete)) throw invalid('/accept_vague', VAGUE_REFUSAL)
      probability = complete
    },
  ]
  const at = { stream: '', rev: 0 }
  const isDone = decide(d, 'forecast', record, checks, () => {
    const forecast = { ...record, probability } as Forecast
    at.stream = begun(d, 'forecast', id)
    const about = refs(
      d,
      ['question', forecast.question],
      ['analyst', forecast.analyst],
      ['statement', forecast.statement],
    )
    put(d, 'forecast', draft(d.unit, 'forecast.recorded', { ...at, refs: about }, forecast))
  })
  return isDone ? at : null
}

function keepHeld(
  d: Deciding,
  { record }: WantedForecast,
  known: Held,
  question: QuestionRow | undefined,
): Stream | null {
  let probability = record.probability as Probability
  const isDone = decide(
    d,
    'forecast',
    record,
    [
      () => requireAsked(record.question, question),
      () => {
        // What the ledger holds was decided when it was logged: today's lexicon and clock have no say in it.
        if (question !== undefined && canonicalJson(probability) !== canonicalJson(known.record.probability))
          probability = completeProbability(probability, question.record, false, contextOf(d, record))
      },
    ],
    () => undefined,
  )
  if (!isDone) return null
  if (canonicalJson({ ...record, probability }) !== canonicalJson(known.record)) {
    frozen(d, 'forecast', record.id, 'a forecast never changes: retract it and log another')
    return null
  }
  d.unchanged++
  return { stream: known.stream, rev: known.rev }
}

const contextOf = (d: Deciding, { statement }: WantedForecast['record']): ReadingContext => ({
  language: languageWanted(d, statement),
  own: d.own,
})

function requireAsked(id: string | null, question: QuestionRow | undefined): void {
  if (id !== null && question === undefined)
    throw invalid('/question', `there is no question ${JSON.stringify(id)}`)
}

/** A forecast looks forward, and nobody says anything tomorrow. */
function requireDay(d: Deciding, { record }: WantedForecast, question: QuestionRow | undefined): void {
  const { said_on, statement } = record
  if (said_on === null) return
  const published = sourceWanted(d, sourceOf(statement))?.published
  // Where it is the day of publication, the source is refused for it.
  const isPublished = published !== undefined && spanOf(published).from === said_on.from
  if (!isPublished) refuseIf('/said_on', futureProblem(said_on.from, d.today))
  const backward =
    question === undefined
      ? null
      : deadlineProblem(question.record, said_on, question.record.id !== record.id)
  if (backward !== null) throw invalid(backward.pointer, backward.message)
}

/** What one source says of a question is one claim. */
function requireNew(d: Deciding, { record, retracted }: WantedForecast): void {
  const { id, analyst, question, statement } = record
  if (retracted !== null || analyst === null || question === null) return
  const claim = claimKey({ analyst, question, statement }, sourceWanted(d, sourceOf(statement))?.type)
  const first = d.held.claims.get(claim)
  if (first !== undefined) throw repeats(first, { source: sourceOf(statement), analyst, question })
  d.held.claims.set(claim, id)
  if (d.held.question.has(question)) d.answers.push(id)
}

/** That the same analyst answers a question a second time in one source. */
export function repeats(
  forecast: string,
  { source, analyst, question }: { source: string; analyst: string; question: string },
): LedgerError {
  return new LedgerError(
    'duplicate',
    'The same analyst answered this question in this source already.',
    [
      {
        pointer: '/question',
        message: `is answered by ${forecast} already, from the same source: log this passage as a duplicate of it (kind "duplicate", duplicate_of "${forecast}"). Only another source makes it a forecast again`,
      },
    ],
    { existing: { forecast, statement: forecast, question, source, analyst } },
  )
}

function withdraw(
  d: Deciding,
  { record, withdrawn }: WantedForecast,
  question: QuestionRow,
  known: Held | undefined,
  last: Stream,
): void {
  if (!isNews(withdrawn, known?.withdrawal)) return
  requireWithdrawalDay(d.unit, record as Forecast, withdrawn)
  if (d.fourEyes && withdrawn.url === undefined) throw new LedgerError('four_eyes', FOUR_EYES_SAID)
  if (withdrawn.withdrawn_on > question.record.deadline.date)
    throw new LedgerError('frozen', 'a forecast is not withdrawn after its deadline')
  const payload = { forecast: record.id, ...withdrawn }
  put(d, 'withdrawal', draft(d.unit, 'forecast.withdrawn', next(last), payload))
}

function retract(
  d: Deciding,
  { record, retracted }: WantedForecast,
  known: Held | undefined,
  last: Stream,
): void {
  if (!isNews(retracted, known?.retraction)) return
  put(d, 'retraction', draft(d.unit, 'retracted', next(last), { forecast: record.id, ...retracted }))
}

/** The next place on a stream, which is the last one from then on. */
const next = (last: Stream): Stream => ({ stream: last.stream, rev: ++last.rev })
