import { dueAt, latestDate, spanOf, type DaySpan } from '../core/calendar.ts'
import { invalid, LedgerError } from '../core/error.ts'
import type { Forecast, ForecastRequest } from '../core/forecast.ts'
import type { Question } from '../core/question.ts'
import { localId } from '../core/slug.ts'
import type { Statement } from '../core/statement.ts'
import { findQuestion } from '../store/lookups.ts'
import { referToAnalyst } from './analyst.ts'
import { draft } from './draft.ts'
import { newId, perform, requireRole, type Answer, type Ledger, type Unit } from './ledger.ts'
import { freeId, idClaim } from './naming.ts'
import { completeProbability } from './probability.ts'
import { checkQuote } from './quote.ts'
import { referToSource } from './source.ts'

/** Logs one forecast, with whatever of its analyst, source and question is new: up to five entries in one batch. */
export function recordForecast(ledger: Ledger, unit: Unit, request: ForecastRequest): Promise<Answer> {
  requireRole(unit, 'recorder')
  if (request.voice === 'headline')
    throw invalid('/voice', 'a headline is the editor’s paraphrase and carries no forecast')
  return perform(ledger, unit, async (isClaimed) => {
    const analyst = await referToAnalyst(ledger, unit, request.analyst, isClaimed)
    const source = await referToSource(ledger, unit, request.source, isClaimed)
    const { quote, checked } = checkQuote(request.quote, source.text)
    const said = spanOf(request.said_on ?? source.record.published)
    if (said.from > latestDate(unit.now)) throw invalid('/said_on', 'lies in the future')

    const held = typeof request.question === 'string' ? await findQuestion(ledger.db, request.question) : null
    if (typeof request.question === 'string' && held === null)
      throw invalid('/question', `there is no question ${JSON.stringify(request.question)}`)
    const title = typeof request.question === 'string' ? localId(request.question) : request.question.title
    const id = await freeId(ledger, 'statement', title, isClaimed, source.record.id)
    const question: Question = held?.record ?? newQuestion(id, request, said)
    if (held !== null && request.tags !== undefined)
      throw invalid('/tags', 'belong to the question, which is recorded already: amend it')
    const afterwards = (held !== null && held.outcome !== null) || dueAt(question.deadline) <= unit.now
    const probability = completeProbability(request.probability, question, afterwards)

    const statementStream = newId(ledger)
    const questionStream = held?.stream ?? newId(ledger)
    const statement: Statement = {
      id,
      source: source.record.id,
      analyst: analyst.record.id,
      quote,
      ...(request.timecode === undefined ? {} : { timecode: request.timecode }),
      voice: request.voice ?? 'quote',
      kind: 'forecast',
      checked,
    }
    const forecast: Forecast = { id, question: question.id, analyst: analyst.record.id, statement: id, said_on: said, probability, ...(request.reference === undefined ? {} : { reference: request.reference }) }
    const entries = [
      ...analyst.entries,
      ...source.entries,
      draft(unit, 'statement.recorded', { stream: statementStream, rev: 0, refs: [source.stream, analyst.stream] }, statement),
      ...(held === null ? [draft(unit, 'question.recorded', { stream: questionStream, rev: 0 }, question)] : []),
      draft(
        unit,
        'forecast.recorded',
        { stream: newId(ledger), rev: 0, refs: [questionStream, analyst.stream, statementStream] },
        forecast,
      ),
    ]
    return {
      entries,
      beside: source.beside,
      claims: [...analyst.claims, ...source.claims, idClaim('statement', id)],
      answer: entries.length - 1,
    }
  })
}

function newQuestion(id: string, request: ForecastRequest, said: DaySpan): Question {
  if (typeof request.question === 'string') throw new LedgerError('internal', 'a question by id is not new')
  const { deadline } = request.question
  if (deadline.date < said.from)
    throw invalid('/question/deadline/date', `lies before the statement of ${said.from}: a forecast looks forward`)
  const tags = [...new Set([...(request.question.tags ?? []), ...(request.tags ?? [])])]
  return { id, ...request.question, ...(tags.length === 0 ? {} : { tags }) }
}
