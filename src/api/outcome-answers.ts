import * as z from 'zod'
import { Instant } from '../core/calendar.ts'
import { RandomId } from '../core/member.ts'
import { BlindOutcome } from '../core/resolution.ts'
import { QuestionId } from '../core/slug.ts'
import type { DecidedBlind, SealedRow } from '../store/blind-outcomes.ts'
import { Count } from './recorded.ts'

/** What members decided of a question on their own, as everybody may see it: before a second has, nothing of it. */
export const BlindOutcomes = z.strictObject({
  sealed: z.array(z.strictObject({ at: Instant, by: RandomId, seq: Count, commitment: z.string() })).max(2),
  outcomes: z
    .array(BlindOutcome.safeExtend({ member: RandomId }))
    .max(2)
    .describe('Empty until both are in; in the order of their commitments.'),
})
export const DecidedBlindAnswer = z.strictObject({
  question: QuestionId,
  title: z.string(),
  ...BlindOutcomes.shape,
  same: z.boolean().nullable().describe('Whether both say the same; null until both are in.'),
})

export const blindOutcomes = (rows: readonly SealedRow[]): z.infer<typeof BlindOutcomes> => ({
  sealed: rows.map(({ at, by, seq, commitment }) => ({ at, by, seq, commitment })),
  outcomes: rows.flatMap(({ by, outcome }) => (outcome === null ? [] : [{ ...outcome, member: by }])),
})

export function decidedBlindAnswer({
  question,
  title,
  sealed,
}: DecidedBlind): z.infer<typeof DecidedBlindAnswer> {
  const told = blindOutcomes(sealed)
  const [first, second] = told.outcomes
  const same = first === undefined || second === undefined ? null : first.outcome === second.outcome
  return { question, title, ...told, same }
}
