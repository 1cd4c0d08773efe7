import * as z from 'zod'
import { HOUSE_CODEBOOK } from '../core/codebook.ts'
import {
  AdjudicationRequest,
  Codebook,
  CodebookRequest,
  CodingAdjudicated,
  CodingRequest,
  CodingSubmitted,
  Round,
  RoundClosed,
  RoundClosureRequest,
  RoundRequest,
} from '../core/coding.ts'
import { codebookOf } from '../core/coding-round.ts'
import { BlindOutcome, OutcomeSealed } from '../core/resolution.ts'
import { Slug } from '../core/slug.ts'
import * as paths from '../http/paths.ts'
import { adjudicate } from '../ledger/coding/adjudicate.ts'
import { saveCoding, submitCoding } from '../ledger/coding/code.ts'
import { closeRound, openRound, publishCodebook } from '../ledger/coding/round.ts'
import { sealOutcome } from '../ledger/resolution/seal-outcome.ts'
import { listDecidedBlind } from '../store/blind-outcomes.ts'
import { type CodebookRow, findCoding, findRound, listRounds } from '../store/coding.ts'
import { readAgreement, readCodebooks } from '../store/documents/coding.ts'
import { findSource, findSourceText } from '../store/lookups.ts'
import {
  CodebookAnswer,
  LedgerAgreementAnswer,
  OwnCodingAnswer,
  passagesOf,
  RoundAnswer,
  roundAnswer,
} from './coding-answers.ts'
import { SeqPlace } from './cursor.ts'
import { DecidedBlindAnswer, decidedBlindAnswer } from './outcome-answers.ts'
import { act, fields, found, list, type Route, read, write } from './route.ts'

const codebookAnswer = ({ record, at, by }: CodebookRow): z.infer<typeof CodebookAnswer> => ({
  ...record,
  recorded_at: at,
  recorded_by: by,
})
const ofRound = ({ round }: { round?: string }) => paths.api.coding(round ?? '')

/** Texts that two code, each blind to the other, and how far they agree. */
export const codingRoutes: Route[] = [
  ...list({
    path: '/codings',
    summary:
      'Rounds in which two members code one text, latest first. What they found is there once both are in.',
    query: {},
    item: RoundAnswer,
    place: SeqPlace,
    list: ({ db }, page) => listRounds(db, page),
    read: (row) => roundAnswer(row),
    columns: [
      ...fields('id', 'source', 'codebook', 'state'),
      ['submitted', (round) => round.submitted.length],
      ...fields('blind', 'recorded_at'),
      ['passages', (round) => round.agreement?.kind.units],
      ...(['kind', 'deadline', 'band'] as const).map(
        (name) =>
          [`${name}_same`, (round: z.infer<typeof RoundAnswer>) => round.agreement?.[name].raw] as const,
      ),
      ['overlap_f1', (round) => round.agreement?.spans.f1],
    ],
  }),
  write({
    path: '/codings',
    summary: 'Puts a source up for coding by two. Its text must be kept here.',
    role: 'recorder',
    body: RoundRequest,
    record: Round,
    location: ({ id }) => paths.api.coding(id),
    run: ({ ledger, unit, body }) => openRound(ledger, unit, body),
  }),
  read({
    path: '/codings/:id',
    summary:
      'One round: who has submitted, and once both have, both codings, the joint reading and agreement.',
    answer: RoundAnswer,
    run: async ({ db, id }) => ({ body: roundAnswer(found(await findRound(db, id), 'round', id)) }),
  }),
  read({
    path: '/codings/:id/own',
    summary: 'The text, the codebook and what you yourself have kept of a round; nobody else can read it.',
    role: 'recorder',
    fresh: true,
    answer: OwnCodingAnswer,
    run: async ({ db, unit, id }) => {
      const { record } = found(await findRound(db, id), 'round', id)
      const [codebooks, kept, text] = await Promise.all([
        readCodebooks(db),
        findCoding(db, id, unit.by.member),
        findSourceText(db, record.source),
      ])
      return {
        body: {
          source: record.source,
          codebook: codebookOf(codebooks, record.codebook) ?? HOUSE_CODEBOOK,
          text: text ?? '',
          rev: kept?.rev ?? null,
          submitted: kept?.nonce != null,
          passages: passagesOf(kept),
        },
      }
    },
  }),
  act({
    method: 'PUT',
    path: '/codings/:id/own',
    summary: 'Keeps your own coding as it is now, in place of what you had kept. Private until both are in.',
    role: 'recorder',
    body: CodingRequest,
    matches: true,
    answer: z.strictObject({ rev: z.int().min(0), passages: CodingRequest.shape.passages }),
    run: async ({ ledger, unit, body, rev, id }) => {
      const kept = await saveCoding(ledger, unit, id, body, rev)
      return { body: { rev: kept.rev, passages: passagesOf(kept) } }
    },
  }),
  write({
    path: '/codings/:id/submission',
    summary:
      'Submits your own coding for good. The log gets a hash of it; with the second one both are shown in the same batch.',
    role: 'recorder',
    record: CodingSubmitted,
    location: (record) => ofRound(record as { round?: string }),
    run: ({ ledger, unit, id }) => submitCoding(ledger, unit, id),
  }),
  write({
    path: '/codings/:id/adjudication',
    summary:
      'Records the joint reading: of each of the `pairs` of the round the first, the second, a reading of your `own`, or neither of them (nothing). Each passage of it says whose reading it is. By a member who did not code the text, where there is one.',
    role: 'recorder',
    body: AdjudicationRequest,
    record: CodingAdjudicated,
    location: (record) => ofRound(record as { round?: string }),
    run: ({ ledger, unit, body, id }) => adjudicate(ledger, unit, id, body),
  }),
  write({
    path: '/codings/:id/closure',
    summary: 'Ends a round before both codings are in, with a reason; what was kept of it goes.',
    role: 'recorder',
    body: RoundClosureRequest,
    record: RoundClosed,
    location: (record) => ofRound(record as { round?: string }),
    run: ({ ledger, unit, body, id }) => closeRound(ledger, unit, id, body),
  }),
  read({
    path: '/agreement',
    summary:
      'How far two agree, by variable: who code the same text, over all blind rounds of this ledger or of one `source`, and who decide the same question.',
    query: z.strictObject({ source: Slug.optional().describe('The id of a source.') }),
    answer: LedgerAgreementAnswer,
    run: async ({ db, query: { source } }) => {
      if (source !== undefined) found(await findSource(db, source), 'source', source)
      return { body: await readAgreement(db, source) }
    },
  }),
  ...list({
    path: '/outcomes',
    summary:
      'Questions that members decided blind to each other, latest first. What they say is there once two have.',
    query: {},
    item: DecidedBlindAnswer,
    place: SeqPlace,
    list: ({ db }, page) => listDecidedBlind(db, page),
    read: (row) => decidedBlindAnswer(row),
    columns: [
      ...fields('question', 'title'),
      ['sealed', (one) => one.sealed.length],
      ['first', (one) => one.outcomes[0]?.outcome],
      ['second', (one) => one.outcomes[1]?.outcome],
      ...fields('same'),
    ],
  }),
  write({
    path: '/questions/:id/outcomes',
    summary:
      'Decides a yes-or-no question for oneself, before an outcome is proposed. The log gets a hash of it; when a second member has decided it, too, both are shown in the same batch. Neither is in force.',
    role: 'resolver',
    body: BlindOutcome,
    matches: true,
    record: OutcomeSealed,
    location: ({ question }) => paths.api.question(question),
    run: ({ ledger, unit, body, rev, id }) => sealOutcome(ledger, unit, id, body, rev),
  }),
  read({
    path: '/codebooks',
    summary: 'Every version of the codebook, the newest first; the last is that of the house.',
    answer: z.strictObject({ items: z.array(CodebookAnswer) }),
    run: async ({ db }) => ({
      body: {
        items: [
          ...(await readCodebooks(db)).map(codebookAnswer),
          { ...HOUSE_CODEBOOK, recorded_at: null, recorded_by: null },
        ],
      },
    }),
  }),
  write({
    path: '/codebooks',
    summary: 'Publishes a codebook; rounds that are opened from then on name it.',
    role: 'admin',
    body: CodebookRequest,
    record: Codebook,
    location: () => paths.api.codebooks(),
    run: ({ ledger, unit, body }) => publishCodebook(ledger, unit, body),
  }),
]
