import * as z from 'zod'
import { Instant } from '../core/calendar.ts'
import { payloads } from '../core/entry.ts'
import { RandomId } from '../core/member.ts'

export const Count = z.int().min(0)

/** What an entry records, by its type; the words that were taken out of it are named in their place. */
export const Payload = z.union(Object.values(payloads) as unknown as [z.ZodType<object>])

/** Where a record stands in the log, when it was written there and by which member. */
export const Recorded = { seq: Count, recorded_at: Instant, recorded_by: RandomId }

export const Act = { at: Instant, by: RandomId, because: z.string() }
/** The place of an entry in the stream of its record. */
export const Rev = { rev: Count }
