import * as z from 'zod'
import { Anchor } from '../core/anchor.ts'
import { LedgerError } from '../core/error.ts'
import { textOf } from '../log/anchor/checkpoint-text.ts'
import { type Anchored, anchorOf, pageOfAnchors } from '../store/anchors.ts'
import { readAnchors } from '../store/documents/anchors.ts'
import { ask } from '../store/query.ts'
import { AnchorAnswer, AnchorItem, WitnessesAnswer } from './anchor-answers.ts'
import { SeqPlace } from './cursor.ts'
import { fields, found, list, type Route, read } from './route.ts'

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
