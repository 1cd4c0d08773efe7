import { notFound } from '../../core/error.ts'
import { ConditionRequest, DisputeRequest } from '../../core/resolution.ts'
import * as paths from '../../http/paths.ts'
import { recordCondition } from '../../ledger/question/record-condition.ts'
import { confirmResolution } from '../../ledger/resolution/confirm-resolution.ts'
import { disputeResolution } from '../../ledger/resolution/dispute-resolution.ts'
import { proposeResolution } from '../../ledger/resolution/propose-resolution.ts'
import { takeBackResolution } from '../../ledger/resolution/take-back-resolution.ts'
import { findQuestion } from '../../store/lookups.ts'
import { type Fields, onceEach } from '../ui/fields.ts'
import { type FormContext, type PageAnswer, seeOther } from '../ui/page.ts'
import { parsed } from '../ui/problem.ts'
import { submittedTo } from '../ui/submitted.ts'
import { requestOf } from '../ui/typed.ts'
import { evidenceLabels } from './evidence.tsx'
import type { Returned } from './question-card.tsx'
import { alsoFor, resolutionRequest } from './resolution.tsx'
import { resolvePage } from './resolve.tsx'

/** A form that is a button. */
export const buttonFields: Fields = { own: {} }
export const disputeFields: Fields = { own: onceEach(['/because']) }
export const conditionFields: Fields = {
  own: onceEach(['/met_on', ...Object.keys(evidenceLabels), '/rationale']),
}

/** Does what a form of a question asks: one of those on the page where it is decided. */
export const onQuestion = (
  context: FormContext,
  form: Returned['form'],
  write: (question: string) => Promise<unknown>,
  next: (question: string) => Response,
): Promise<PageAnswer> => submittedTo(context, write, (draft) => resolvePage(context, { form, draft }), next)

/** Back to the inbox, which says what was done to which questions. */
const toInbox =
  (done: string, also: readonly string[] = []) =>
  (question: string) =>
    seeOther(paths.due({ done, question: [question, ...also] }))

export const propose = (context: FormContext) => {
  const also = alsoFor(context.form)
  const write = async (id: string) => {
    const { ledger } = context.host
    const question = await findQuestion(ledger.db, id)
    if (question === null) throw notFound('question', id)
    return proposeResolution(ledger, context.unit, id, resolutionRequest(context.form, question.record))
  }
  return onQuestion(context, 'resolution', write, toInbox('proposed', also))
}

export const confirm = (context: FormContext) =>
  onQuestion(
    context,
    'dispute',
    (id) => confirmResolution(context.host.ledger, context.unit, id, context.params.rid ?? ''),
    toInbox('confirmed'),
  )

export const dispute = (context: FormContext) =>
  onQuestion(
    context,
    'dispute',
    (id) =>
      disputeResolution(
        context.host.ledger,
        context.unit,
        id,
        context.params.rid ?? '',
        parsed(DisputeRequest, requestOf(context.form)),
      ),
    toInbox('disputed'),
  )

export const takeBack = (context: FormContext) =>
  onQuestion(
    context,
    'dispute',
    (id) => takeBackResolution(context.host.ledger, context.unit, id, context.params.rid ?? ''),
    toInbox('taken-back'),
  )

export const meetCondition = (context: FormContext) =>
  onQuestion(
    context,
    'condition',
    (id) =>
      recordCondition(
        context.host.ledger,
        context.unit,
        id,
        parsed(ConditionRequest, { evidence: [], ...requestOf(context.form) }),
      ),
    toInbox('condition'),
  )
