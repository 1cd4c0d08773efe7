import { spanOf } from '../../core/calendar.ts'
import type { Draft } from '../../core/entry.ts'
import { invalid } from '../../core/error.ts'
import type { ForecastRequest } from '../../core/forecast.ts'
import type { Question, QuestionRequest } from '../../core/question.ts'
import { localId } from '../../core/slug.ts'
import type { Wanted } from '../decide/decide-records.ts'
import { decideRequest } from '../decide/decide-request.ts'
import type { WantedForecast } from '../decide/deciding.ts'
import { referenceWanted } from '../decide/reference.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit, wouldWrite } from '../ledger.ts'
import { placeIn, type Saying, saying } from './saying.ts'

/**
 * Logs one forecast, with whatever of its analyst, source and question is new: up to five entries in one batch.
 * A door that asks whether words too vague to score may stay says what was answered.
 */
export const recordForecast = (ledger: Ledger, unit: Unit, ...asked: Asked): Promise<Answer> =>
  perform(ledger, unit, deciding(ledger, unit, ...asked))

/** The entries that it would write, and writes nothing. */
export const forecastAsLogged = (ledger: Ledger, unit: Unit, ...asked: Asked): Promise<Draft[]> =>
  wouldWrite(ledger, unit, deciding(ledger, unit, ...asked))

type Asked = [request: ForecastRequest, asks?: Pick<WantedForecast, 'accept_vague'>]

function deciding(ledger: Ledger, unit: Unit, ...[request, asks = {}]: Asked) {
  requireRole(unit, 'recorder')
  const asked = request.question
  const isHeld = typeof asked === 'string'
  if (isHeld && request.tags !== undefined)
    throw invalid('/tags', 'belong to the question, which is recorded already: amend it')
  return async (isClaimed: (claim: string) => boolean) => {
    const by = isHeld ? { title: localId(asked), question: asked } : { title: asked.title }
    const said = await saying(ledger, request, { ...by, fields: { kind: 'forecast' } }, isClaimed)
    // What a question implies is not among the references, nor what it is compared with already.
    const isKnown = isHeld ? request.reference === undefined : asked.implies === undefined
    const held = isKnown ? said.held : undefined
    const { beside } = said
    return decideRequest(ledger, unit, wantedOf(request, said, asks), { at: placeOf, held, beside })
  }
}

function wantedOf(
  request: ForecastRequest,
  { statement, published, wanted }: Saying,
  asks: Pick<WantedForecast, 'accept_vague'>,
): Partial<Wanted> {
  const { id, analyst } = statement
  const { question: asked, reference, probability } = request
  const said = request.said_on === undefined ? published : spanOf(request.said_on)
  const question = typeof asked === 'string' ? null : newQuestion(id, asked, request.tags ?? [])
  const record = {
    id,
    question: question === null ? (asked as string) : question.id,
    analyst,
    statement: id,
    said_on: said === null ? null : { from: said.from, to: said.to },
    probability,
  }
  return {
    ...wanted,
    questions: question === null ? [] : [{ record: question, resolution: null, condition_met: null }],
    references:
      reference === undefined ? [] : [{ ...referenceWanted(record.question, reference, 'kept'), beside: id }],
    forecasts: [{ record, withdrawn: null, retracted: null, ...asks }],
  }
}

function newQuestion(id: string, request: QuestionRequest, moreTags: string[]): Question {
  const tags = [...new Set([...(request.tags ?? []), ...moreTags])]
  return { id, ...request, ...(tags.length === 0 ? {} : { tags }) }
}

/** The tags of a new question may stand beside it. */
const placeOf = (noun: string, pointer: string): string =>
  noun === 'question' && pointer === '/tags' ? pointer : placeIn(noun, pointer)
