import * as z from 'zod'
import { Anchor, anchorKinds, BlockAnchor, TimestampAnchor, WitnessAnchor } from '../core/anchor.ts'
import { Instant } from '../core/calendar.ts'
import { LedgerError } from '../core/error.ts'
import { textOf } from '../log/anchor/checkpoint-text.ts'
import { type Anchored, anchorOf, pageOfAnchors } from '../store/anchors.ts'
import { readAnchors } from '../store/documents/anchors.ts'
import { ask } from '../store/query.ts'
import { SeqPlace } from './cursor.ts'
import { Count } from './recorded.ts'
import { fields, found, list, type Route, read } from './route.ts'

const Recorded = {
  seq: Count.describe('The entry that records it.'),
  recorded_at: Instant,
  checkpoint: z.string().describe('The text of the checkpoint: what was stamped, or signed.'),
}
const AnchorItem = z.strictObject({
  ...Recorded,
  kind: z.enum(anchorKinds),
  size: Count.describe('Of how many entries the checkpoint is.'),
  by_whom: z.string(),
  at: Instant.nullable().describe(
    'The latest instant at which it can have been attested; null where nothing here says when.',
  ),
})
const AnchorAnswer = z.discriminatedUnion('kind', [
  TimestampAnchor.extend(Recorded),
  BlockAnchor.extend(Recorded),
  WitnessAnchor.extend(Recorded),
])

const WitnessesAnswer = z.strictObject({
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

const Seq = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,14})$/u)
  .transform(Number)

const withText = ({ seq, recorded_at, anchor }: Anchored) => ({
  seq,
  recorded_at,
  checkpoint: textOf(anchor),
  ...anchor,
})

export const anchorRoutes: Route[] = [
  ...list({
    path: '/anchors',
    summary: 'What others attest of the log: checkpoints with a date, latest first.',
    query: {},
    item: AnchorItem,
    place: SeqPlace,
    list: ({ db }, page) => ask(db, pageOfAnchors(page)),
    read: ({ seq, recorded_at, anchor }: Anchored) => ({
      seq,
      recorded_at,
      checkpoint: textOf(anchor),
      kind: anchor.kind,
      size: anchor.size,
      by_whom: anchor.by_whom,
      at: anchor.at,
    }),
    columns: fields('seq', 'recorded_at', 'kind', 'size', 'by_whom', 'at'),
  }),
  read({
    path: '/anchors/:seq',
    summary: 'One of them with its proof, which anybody can verify without this ledger.',
    answer: AnchorAnswer,
    run: async ({ db, params }) => {
      const { seq = '' } = params
      const place = Seq.safeParse(seq)
      if (!place.success)
        throw new LedgerError('malformed', 'The place of an entry is a whole number from 0.')
      const { anchor, ...entry } = found(await ask(db, anchorOf(place.data)), 'anchor', seq)
      return { body: withText({ anchor: Anchor.parse(anchor), ...entry }) }
    },
  }),
  read({
    path: '/witnesses',
    summary: 'Who outside attests the log, and how many forecasts are proven by it.',
    answer: WitnessesAnswer,
    run: async ({ db }) => ({ body: await readAnchors(db) }),
  }),
]
