import { notFound } from '../../core/error.ts'
import { BlindOutcome, ConditionRequest, DisputeRequest } from '../../core/resolution.ts'
import * as paths from '../../http/paths.ts'
import { recordCondition } from '../../ledger/question/record-condition.ts'
import { confirmResolution } from '../../ledger/resolution/confirm-resolution.ts'
import { disputeResolution } from '../../ledger/resolution/dispute-resolution.ts'
import { proposeResolution } from '../../ledger/resolution/propose-resolution.ts'
import { sealOutcome } from '../../ledger/resolution/seal-outcome.ts'
import { takeBackResolution } from '../../ledger/resolution/take-back-resolution.ts'
import { findQuestion } from '../../store/lookups.ts'
import { BUTTON, fieldsOf } from '../ui/fields.ts'
import { type FormHandler, type FormRoute, seeOther } from '../ui/page.ts'
import { parsed } from '../ui/problem.ts'
import { type Submission, submittedTo } from '../ui/submitted.ts'
import { requestOf } from '../ui/typed.ts'
import { CONDITION, DISPUTE } from './decision.tsx'
import type { Returned } from './question-card.tsx'
import { alsoFor, blindFields, resolutionFields, resolutionRequest } from './resolution.tsx'
import { resolvePage } from './resolve.tsx'

/** What a form of a question does; one that is refused comes back on the page where the question is decided. */
export const onQuestion =
  (
    form: Returned['form'],
    write: (submission: Submission) => Promise<unknown>,
    next: (submission: Submission) => Response,
  ): FormHandler =>
  (context) =>
    submittedTo(context, write, (draft) => resolvePage(context, { form, draft }), next)

/** Back to the inbox, which says what was done to which questions. */
const toInbox = (done: string) => (submission: Submission) =>
  seeOther(paths.due({ done, question: [submission.id, ...alsoFor(submission.form)] }))

const propose = onQuestion(
  'resolution',
  async ({ ledger, unit, id, form }) => {
    const question = await findQuestion(ledger.db, id)
    if (question === null) throw notFound('question', id)
    return proposeResolution(
      ledger,
      unit,
      id,
      resolutionRequest(form, question.record, question.outcome !== null),
    )
  },
  toInbox('proposed'),
)

const seal = onQuestion(
  'resolution',
  async ({ ledger, unit, id, form }) => {
    const question = await findQuestion(ledger.db, id)
    if (question === null) throw notFound('question', id)
    const { also: _, supersedes: __, ...outcome } = resolutionRequest(form, question.record, false)
    return sealOutcome(ledger, unit, id, parsed(BlindOutcome, outcome))
  },
  ({ id }) => seeOther(`${paths.question(id)}#decided-twice`),
)

const confirm = onQuestion(
  'dispute',
  ({ ledger, unit, id, rid }) => confirmResolution(ledger, unit, id, rid),
  toInbox('confirmed'),
)

const dispute = onQuestion(
  'dispute',
  ({ ledger, unit, id, rid, request }) => disputeResolution(ledger, unit, id, rid, request(DisputeRequest)),
  toInbox('disputed'),
)

const takeBack = onQuestion(
  'dispute',
  ({ ledger, unit, id, rid }) => takeBackResolution(ledger, unit, id, rid),
  toInbox('taken-back'),
)

const meetCondition = onQuestion(
  'condition',
  ({ ledger, unit, id, form }) =>
    recordCondition(ledger, unit, id, parsed(ConditionRequest, { evidence: [], ...requestOf(form) })),
  toInbox('condition'),
)

const ONE = '/questions/:id/resolutions/:rid'
export const decisionForms: readonly FormRoute[] = [
  { path: '/questions/:id/resolutions', role: 'resolver', fields: resolutionFields, act: propose },
  { path: '/questions/:id/outcomes', role: 'resolver', fields: blindFields, act: seal },
  { path: `${ONE}/confirm`, role: 'resolver', fields: BUTTON, act: confirm },
  { path: `${ONE}/dispute`, role: 'resolver', fields: fieldsOf(DISPUTE), act: dispute },
  { path: `${ONE}/withdrawal`, role: 'resolver', fields: BUTTON, act: takeBack },
  { path: '/questions/:id/condition', role: 'resolver', fields: fieldsOf(CONDITION), act: meetCondition },
]
