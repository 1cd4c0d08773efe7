import * as z from 'zod'
import { Instant } from '../core/calendar.ts'
import {
  Codebook,
  Coding,
  CodingRequest,
  JointPassage,
  MOST_PASSAGES,
  Round,
  roundStates,
} from '../core/coding.ts'
import { codedHow } from '../core/coding-round.ts'
import { RandomId } from '../core/member.ts'
import { pairsOf } from '../ledger/coding/adjudicate.ts'
import type { KeptCoding, RoundRow } from '../store/coding.ts'
import { roundAgreement } from '../store/documents/coding.ts'
import { heldAnswer } from './record.ts'
import { Count, Recorded } from './recorded.ts'

const Share = z.number().min(0).max(1)
const Told = z.strictObject({
  units: Count,
  raw: Share.nullable().describe('Agreeing pairs of all pairs; of bands those within 5 points.'),
  alpha: z.number().nullable().describe('Krippendorff’s α; null under 30 units and without variation.'),
  interval: z.tuple([z.number(), z.number()]).nullable(),
})
export const AgreementAnswer = z.strictObject({
  rounds: Count,
  kind: Told,
  band: Told,
  deadline: Told,
  spans: z.strictObject({
    first: Count.describe('Passages of the coder shown first.'),
    second: Count,
    paired: Count,
    f1: Share.nullable().describe('Overlap of the letters marked.'),
  }),
  beliefs: z.strictObject({
    readings: Count,
    difference: z
      .number()
      .nullable()
      .describe('Mean of the middle of the band less the coder’s own probability.'),
    pairs: Count,
    correlation: z
      .number()
      .nullable()
      .describe('Of differences of readings with differences of beliefs, from 30 pairs on.'),
  }),
})
export const LedgerAgreementAnswer = z.strictObject({
  agreement: AgreementAnswer.describe('Of rounds blind to what others had published.'),
  outcome: Told.extend({
    waiting: Count.describe('Questions that one member decided, and no second has.'),
  }).describe('Of yes-or-no questions that two members decided, each on their own.'),
  not_blind: Count.describe('Rounds left out because a reading of the text was public before.'),
})

export const CodebookAnswer = z.strictObject({
  ...Codebook.shape,
  recorded_at: Instant.nullable().describe('Null for the codebook of the house.'),
  recorded_by: RandomId.nullable(),
})

const Act = { at: Instant, by: RandomId }
export const RoundAnswer = z.strictObject({
  ...Round.shape,
  ...Recorded,
  state: z.enum(roundStates),
  submitted: z.array(z.strictObject({ at: Instant, seq: Count, commitment: z.string() })).max(2),
  blind: z
    .boolean()
    .nullable()
    .describe(
      'Whether no coder could have read what somebody else had published of the text; null before both are in.',
    ),
  knowable: Count.nullable().describe(
    'Forecasts, of all in both codings, whose deadline had passed when they were coded.',
  ),
  codings: z
    .array(
      Coding.extend({ coder: RandomId.nullable().describe('Null until the joint reading is recorded.') }),
    )
    .max(2)
    .describe('Empty until both are in; in the order of their commitments.'),
  pairs: z
    .array(z.strictObject({ first: Count.nullable(), second: Count.nullable() }))
    .max(2 * MOST_PASSAGES)
    .describe(
      'What is decided between, in the order of the text: of each pair the places in `codings[0].passages` and `codings[1].passages`; null where one marked nothing.',
    ),
  joint: z
    .strictObject({
      passages: z.array(JointPassage).max(4 * MOST_PASSAGES),
      because: z.string().optional(),
      by_a_coder: z.boolean().describe('One of the two decided, with the names hidden: there was no third.'),
      ...Act,
    })
    .nullable(),
  closed: z.strictObject({ because: z.string(), ...Act }).nullable(),
  agreement: AgreementAnswer.nullable(),
})

/** A round as everybody may see it: before both codings are in nothing of either. */
export function roundAnswer(row: RoundRow): z.infer<typeof RoundAnswer> {
  const { sent, joint, joint_at, joint_by, closed_at, closed_by, closed_because, state } = row
  const areIn = state === 'coded' || state === 'adjudicated'
  const how = codedHow(sent)
  return {
    ...heldAnswer(row),
    state,
    submitted: sent.map(({ at, seq, commitment }) => ({ at, seq, commitment })),
    blind: areIn ? how.blind : null,
    knowable: areIn ? how.knowable : null,
    codings: sent.flatMap(({ by, coding }) =>
      coding === null ? [] : [{ ...coding, coder: joint === null ? null : by }],
    ),
    pairs: pairsOf(row).map(({ first, second }) => ({
      first: first === null ? null : (sent[0]?.coding?.passages.indexOf(first) ?? null),
      second: second === null ? null : (sent[1]?.coding?.passages.indexOf(second) ?? null),
    })),
    joint:
      joint === null
        ? null
        : {
            passages: joint.passages,
            ...(joint.because === undefined ? {} : { because: joint.because }),
            by_a_coder: sent.some(({ by }) => by === joint_by),
            at: String(joint_at),
            by: String(joint_by),
          },
    closed:
      closed_at === null ? null : { because: String(closed_because), at: closed_at, by: String(closed_by) },
    agreement: roundAgreement(row),
  }
}

export const OwnCodingAnswer = z.strictObject({
  source: Round.shape.source,
  codebook: Codebook,
  text: z.string().describe('The text of the source, as it is kept.'),
  rev: Count.nullable().describe('For `If-Match: "rev-<n>"`; null while nothing is kept.'),
  submitted: z.boolean(),
  passages: CodingRequest.shape.passages,
})

/** One's own passages as they are sent again. */
export const passagesOf = (kept: KeptCoding | null): z.infer<typeof CodingRequest>['passages'] =>
  (kept?.coding.passages ?? []).map(({ end: _, ...passage }) => passage)
