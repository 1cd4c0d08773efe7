import * as z from 'zod'
import { AmendmentRequest } from '../core/question.ts'
import { QuestionAlone, ReferenceRequest, ReferenceWithdrawal } from '../core/reference.ts'
import { ConditionRequest, DisputeRequest, ResolutionRequest } from '../core/resolution.ts'
import { Slug } from '../core/slug.ts'
import { states } from '../core/state.ts'
import * as paths from '../http/paths.ts'
import { amendQuestion } from '../ledger/question/amend-question.ts'
import { recordCondition } from '../ledger/question/record-condition.ts'
import { recordQuestion } from '../ledger/question/record-question.ts'
import { chooseReference, recordReference, withdrawReference } from '../ledger/question/record-reference.ts'
import { confirmResolution } from '../ledger/resolution/confirm-resolution.ts'
import { disputeResolution } from '../ledger/resolution/dispute-resolution.ts'
import { proposeResolution } from '../ledger/resolution/propose-resolution.ts'
import { takeBackResolution } from '../ledger/resolution/take-back-resolution.ts'
import { readHistory, readQuestion } from '../store/documents/question.ts'
import { listQuestions } from '../store/nouns.ts'
import * as answers from './answers.ts'
import { SeqPlace } from './cursor.ts'
import { blindOutcomes } from './outcome-answers.ts'
import { historyItem, questionAnswer, questionDocument } from './record.ts'
import * as referenceAnswers from './reference-answers.ts'
import { fields, found, type Located, list, type Route, read, Search, write } from './route.ts'

const ofQuestion = ({ question }: Located) => paths.api.question(question)

export const questionRoutes: Route[] = [
  ...list({
    path: '/questions',
    summary: 'Questions, latest entry first.',
    query: {
      tag: Slug.optional().describe('A topic of the question.'),
      state: z.enum(states).optional().describe('The state of the question.'),
      q: Search,
    },
    item: answers.QuestionItem,
    place: SeqPlace,
    list: ({ db, query: { tag, state, q }, now }, page) => listQuestions(db, { tag, state, q }, now, page),
    read: (row, now) => ({ ...questionAnswer(row, now), forecast_count: row.forecasts }),
    columns: [
      ...fields('id', 'title'),
      ['type', (question) => question.type ?? 'binary'],
      ['deadline', (question) => question.deadline.date],
      ['time_zone', (question) => question.deadline.time_zone],
      ['deadline_because', (question) => question.deadline.because],
      ...fields('state', 'outcome', 'known_on'),
      ['forecasts', (question) => question.forecast_count],
      ['tags', (question) => question.tags?.join(' ')],
      ...fields('recorded_at'),
    ],
  }),
  write({
    path: '/questions',
    summary:
      'Records a question that no statement has asked yet, and with `references` what forecasts on it are compared with: all of it, or nothing.',
    role: 'recorder',
    body: QuestionAlone,
    record: answers.QuestionRecord,
    location: ({ id }) => paths.api.question(id),
    run: ({ ledger, unit, body }) => recordQuestion(ledger, unit, body),
  }),
  read({
    path: '/questions/:id',
    summary: 'One question with its forecasts, resolutions and history.',
    answer: answers.QuestionDocument,
    run: async ({ db, now, id }) => {
      const { question, on, forecasts, resolutions, references, history, sealed } = found(
        await readQuestion(db, id, now),
        'question',
        id,
      )
      const document = questionDocument(question, forecasts, resolutions, references, history.items, now)
      return {
        body: { ...document, decided_blind: blindOutcomes(sealed), forecast_count: on.forecasts },
      }
    },
  }),
  ...list({
    path: '/questions/:id/history',
    summary: 'Every entry about a question, oldest first.',
    query: {},
    item: answers.HistoryItem,
    place: SeqPlace,
    list: async ({ db, id }, page) => found(await readHistory(db, id, page), 'question', id).history,
    read: historyItem,
    columns: fields('seq', 'at', 'by', 'type', 'rev', 'payload'),
  }),
  write({
    path: '/questions/:id/amendments',
    summary:
      'Changes what a question says, with a reason; `null` takes away what a question can do without. Refused once its deadline has passed or an outcome is proposed.',
    role: 'recorder',
    body: AmendmentRequest,
    matches: true,
    record: answers.QuestionRecord,
    location: ({ id }) => paths.api.question(id),
    run: ({ ledger, unit, body, rev, id }) => amendQuestion(ledger, unit, id, body, rev),
  }),
  write({
    path: '/questions/:id/condition',
    summary: 'Records with evidence that the condition of a question was met, which comes before its answer.',
    role: 'resolver',
    body: ConditionRequest,
    matches: true,
    record: answers.ConditionRecord,
    location: ofQuestion,
    run: ({ ledger, unit, body, rev, id }) => recordCondition(ledger, unit, id, body, rev),
  }),
  write({
    path: '/questions/:id/references',
    summary:
      'Records what forecasts on a question are compared with: a base rate, a market price, a crowd, or that nothing changes. What is recorded when the outcome was known or the deadline had passed is marked as hindsight, and in no figure. With `primary` it is declared the one that counts.',
    role: 'recorder',
    body: ReferenceRequest,
    record: referenceAnswers.ReferenceRecord,
    location: ofQuestion,
    run: ({ ledger, unit, body, id }) => recordReference(ledger, unit, id, body),
  }),
  write({
    path: '/questions/:id/references/:rid/primary',
    summary: 'Declares which reference of a question counts; without a declaration it is the first.',
    role: 'recorder',
    record: referenceAnswers.ChosenRecord,
    location: ofQuestion,
    run: ({ ledger, unit, id, rid }) => chooseReference(ledger, unit, id, rid),
  }),
  write({
    path: '/questions/:id/references/:rid/withdrawal',
    summary:
      'Takes a reference back, with a reason; it stays visible. A withdrawal with hindsight takes it out of no figure.',
    role: 'recorder',
    body: ReferenceWithdrawal,
    record: referenceAnswers.ReferenceWithdrawn,
    location: ofQuestion,
    run: ({ ledger, unit, body, id, rid }) => withdrawReference(ledger, unit, id, rid, body),
  }),
  write({
    path: '/questions/:id/resolutions',
    summary:
      'Proposes what happened, with evidence. A correction names what it `supersedes`, an early one says `because_early`; `also` are others of the family that the same evidence decides. A question with a condition has an answer only once `/condition` was recorded; unmet, it is annulled.',
    role: 'resolver',
    body: ResolutionRequest,
    matches: true,
    record: answers.ProposedRecord,
    location: ofQuestion,
    run: ({ ledger, unit, body, rev, id }) => proposeResolution(ledger, unit, id, body, rev),
  }),
  write({
    path: '/questions/:id/resolutions/:rid/confirm',
    summary:
      'Confirms a proposed outcome: from here on it scores. With four eyes in force, by another member.',
    role: 'resolver',
    matches: true,
    record: answers.ConfirmedRecord,
    location: ofQuestion,
    run: ({ ledger, unit, rev, id, rid }) => confirmResolution(ledger, unit, id, rid, rev),
  }),
  write({
    path: '/questions/:id/resolutions/:rid/dispute',
    summary: 'Disputes a resolution. One in force stays scored, marked as disputed, until it is superseded.',
    role: 'resolver',
    body: DisputeRequest,
    matches: true,
    record: answers.DisputedRecord,
    location: ofQuestion,
    run: ({ ledger, unit, body, rev, id, rid }) => disputeResolution(ledger, unit, id, rid, body, rev),
  }),
  write({
    path: '/questions/:id/resolutions/:rid/withdrawal',
    summary:
      'Takes back what one proposed or confirmed by mistake within the last minute: the question needs a decision again.',
    role: 'resolver',
    record: answers.TakenBackRecord,
    location: ofQuestion,
    run: ({ ledger, unit, id, rid }) => takeBackResolution(ledger, unit, id, rid),
  }),
]
