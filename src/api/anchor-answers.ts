import * as z from 'zod'
import { anchorKinds, BlockAnchor, TimestampAnchor, WitnessAnchor } from '../core/anchor.ts'
import { Instant } from '../core/calendar.ts'
import { Count } from './recorded.ts'

const ProvenAnswer = z.strictObject({
  seq: Count.describe('The entry that records the proof.'),
  size: Count.describe('Of how many entries the checkpoint was.'),
  kind: z.enum(anchorKinds),
  at: Instant.describe('The latest instant at which the checkpoint can have been attested.'),
  by: z.string(),
})
/** When a forecast was logged: by our own clock, and by others’. */
export const WhenLogged = {
  logged: z.enum(['live', 'late', 'afterwards']),
  proven: ProvenAnswer.nullable().describe(
    'The earliest checkpoint of the log that holds it and is attested from outside, where that is dated before the outcome was known; null where nobody outside shows it.',
  ),
}
/** Which forecasts a record is made from. */
export const Viewed = {
  view: z
    .enum(['live', 'proven', 'all'])
    .describe('Only what was logged live, only what somebody outside shows to have been, or everything.'),
  proven: z
    .strictObject({
      live: Count,
      proven: Count,
      by: z.array(z.strictObject({ kind: z.enum(anchorKinds), by: z.string(), forecasts: Count })),
    })
    .describe('Of what was logged live: how many are proven to have been, and by whom.'),
}

const Recorded = {
  seq: Count.describe('The entry that records it.'),
  recorded_at: Instant,
  checkpoint: z.string().describe('The text of the checkpoint: what was stamped, or signed.'),
}
export const AnchorItem = z.strictObject({
  ...Recorded,
  kind: z.enum(anchorKinds),
  size: Count.describe('Of how many entries the checkpoint is.'),
  by_whom: z.string(),
  at: Instant.nullable().describe(
    'The latest instant at which it can have been attested; null where nothing here says when.',
  ),
})
export const AnchorAnswer = z.discriminatedUnion('kind', [
  TimestampAnchor.extend(Recorded),
  BlockAnchor.extend(Recorded),
  WitnessAnchor.extend(Recorded),
])

export const WitnessesAnswer = z.strictObject({
  parties: z
    .array(
      z.strictObject({
        kind: z.enum(anchorKinds),
        party: z.string().describe('The address that is asked, or the verifier key of a witness.'),
        by_whom: z.string().describe('Who attested last.'),
        anchors: Count,
        first_at: Instant.nullable(),
        latest: z.strictObject({ seq: Count, size: Count, at: Instant.nullable() }),
      }),
    )
    .max(100),
  forecasts: Count,
  proven: Count.describe('Forecasts that were proven to be logged before their outcome was known.'),
})
