import { dueAt, futureProblem, latestDate, spanOf } from '../../core/calendar.ts'
import { invalid, refuseIf } from '../../core/error.ts'
import { deadlineProblem, type Forecast, type ForecastRequest } from '../../core/forecast.ts'
import type { Question, QuestionRequest } from '../../core/question.ts'
import { localId } from '../../core/slug.ts'
import { voiceProblem } from '../../core/statement.ts'
import { requireSingle } from '../../store/forecasts.ts'
import { draft } from '../draft.ts'
import { type Answer, type Ledger, newId, perform, requireRole, type Unit } from '../ledger.ts'
import { keepingLadders, requireLadder } from '../question/ladder.ts'
import { requireSingleStatement } from '../twin.ts'
import { completeProbability } from './probability.ts'
import { repeats } from './repeated-forecast.ts'
import { saying } from './saying.ts'

/** Logs one forecast, with whatever of its analyst, source and question is new: up to five entries in one batch. */
export function recordForecast(ledger: Ledger, unit: Unit, request: ForecastRequest): Promise<Answer> {
  requireRole(unit, 'recorder')
  refuseIf('/voice', voiceProblem(request.voice))
  const asked = request.question
  return perform(ledger, unit, async (isClaimed) => {
    const by = typeof asked === 'string' ? { title: localId(asked), question: asked } : { title: asked.title }
    const made = await saying(ledger, unit, request, { ...by, fields: { kind: 'forecast' } }, isClaimed)
    const said = request.said_on === undefined ? made.said : spanOf(request.said_on)
    refuseIf('/said_on', futureProblem(said.from, latestDate(unit.now)))
    const held = made.question
    if (typeof asked === 'string' && held === null)
      throw invalid('/question', `there is no question ${JSON.stringify(asked)}`)
    if (held !== null && request.tags !== undefined)
      throw invalid('/tags', 'belong to the question, which is recorded already: amend it')
    const question = held?.record ?? newQuestion(made.id, asked as QuestionRequest, request.tags ?? [])
    const backward = deadlineProblem(question, said, held !== null)
    if (backward !== null) throw invalid(backward.pointer, backward.message)
    const standing = { source: made.source.id, analyst: made.analyst.id, question: question.id }
    const single = await requireSingleStatement(ledger, made, question)
    if (made.repeated !== null) throw repeats(made.repeated, standing)
    if (held === null) await requireLadder(ledger, question, { at: '/question' })
    const afterwards = (held !== null && held.outcome !== null) || dueAt(question.deadline) <= unit.now
    const forecast: Forecast = {
      id: made.id,
      question: question.id,
      analyst: made.analyst.id,
      statement: made.id,
      said_on: { from: said.from, to: said.to },
      probability: completeProbability(request.probability, question, afterwards),
      ...(request.reference === undefined ? {} : { reference: request.reference }),
    }
    const stream = held?.stream ?? newId(ledger)
    const entries = [
      ...made.entries,
      ...(held === null ? [draft(unit, 'question.recorded', { stream, rev: 0 }, question)] : []),
      draft(
        unit,
        'forecast.recorded',
        { stream: newId(ledger), rev: 0, refs: [stream, made.refs.analyst, made.refs.statement] },
        forecast,
      ),
    ]
    const whole = held === null ? keepingLadders([question]) : [requireSingle([made.id])]
    return {
      entries,
      beside: [...made.beside, ...whole, ...single.beside],
      claims: [...made.claims, ...single.claims],
      answer: entries.length - 1,
    }
  })
}

function newQuestion(id: string, request: QuestionRequest, moreTags: string[]): Question {
  const tags = [...new Set([...(request.tags ?? []), ...moreTags])]
  return { id, ...request, ...(tags.length === 0 ? {} : { tags }) }
}
