import * as z from 'zod'
import { Day, Instant } from './calendar.ts'
import { ReplyRequest, WithdrawalRequest } from './forecast.ts'
import { jsonSchema } from './json-schema.ts'
import { RandomId } from './member.ts'
import { prose } from './text.ts'

/** Whose desk a question lies on; without a member on nobody's. */
export const AssignmentRequest = z.strictObject({ member: RandomId.optional() })
export type AssignmentRequest = z.infer<typeof AssignmentRequest>

/** Remind me later: until the beginning of that day in the zone of the question. The deadline does not move. */
export const SnoozeRequest = z.strictObject({ until: Day, because: prose(2000) })
export type SnoozeRequest = z.infer<typeof SnoozeRequest>

/** A note among members; without a text it is taken away. `read_at` names the note that it takes the place of. */
export const NoteRequest = z.strictObject({
  text: prose(10_000).optional(),
  read_at: Instant.optional(),
})
export type NoteRequest = z.infer<typeof NoteRequest>

/** What a member heard from the person concerned, for another member to record in their name. */
export const HeardRequest = z
  .strictObject({ reply: ReplyRequest.optional(), withdrawal: WithdrawalRequest.optional() })
  .refine(({ reply, withdrawal }) => (reply === undefined) !== (withdrawal === undefined), {
    message: 'holds either a reply or a withdrawal',
  })
  .register(jsonSchema, { oneOf: [{ required: ['reply'] }, { required: ['withdrawal'] }] })
export type HeardRequest = z.infer<typeof HeardRequest>

/** The person concerned was asked for a reply. */
export const AskedRequest = z.strictObject({ asked_on: Day })
export type AskedRequest = z.infer<typeof AskedRequest>
