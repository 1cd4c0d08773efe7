import { CodebookRequest, RoundRequest } from '../core/coding.ts'
import { openRound, publishCodebook } from '../ledger/coding/round.ts'
import { listRounds } from '../store/coding.ts'
import { roundAgreement } from '../store/documents/coding.ts'
import { fitting } from './arguments.ts'
import type { Command, Option } from './command.ts'
import { actingMember, unitOf, withLedger } from './open-ledger.ts'
import { textOf } from './read.ts'
import { table } from './table.ts'

const MEMBER: Option = { value: 'ID', about: 'who acts, by id or name (the first administrator)' }

export const codingOpen: Command = {
  name: 'coding open',
  summary: 'put a source up for coding by two',
  operands: { shown: 'SOURCE', least: 1, most: 1 },
  about:
    'Two members then read its text, each without seeing what the other made of it, on the page of the round or over the API. Its text must be kept in the ledger.',
  options: { because: { value: 'TEXT', about: 'why this one, such as how it was drawn' }, member: MEMBER },
  examples: [
    ['reckon coding open 2026-11-an-interview --because "Drawn at random."', 'Two can code it from now on.'],
  ],
  run: (context, given) =>
    withLedger(context, async (held) => {
      const unit = unitOf(context, await actingMember(held, given.text('member')))
      const because = given.text('because')
      const request = {
        source: fitting(RoundRequest.shape.source, 'SOURCE', given.positionals[0]),
        ...(because === undefined
          ? {}
          : { because: fitting(RoundRequest.shape.because.unwrap(), '--because', because) }),
      }
      const { event } = await openRound(held.ledger, unit, request)
      const round = event.payload as { id: string }
      return { text: `Opened ${round.id}.`, json: event.payload }
    }),
}

const share = (value: number | null): string => (value === null ? '' : value.toFixed(2))

export const codingList: Command = {
  name: 'coding list',
  summary: 'list the rounds in which two code one text',
  about:
    'The latest 200. SUBMITTED counts codings that are in; what they say is shown when both are. SAME is the share of passages of which both say the same kind, F1 the overlap of what they marked.',
  examples: [['reckon coding list', 'Every round, the latest first.']],
  run: (context) =>
    withLedger(context, async ({ ledger }) => {
      const { items } = await listRounds(ledger.db, { limit: 200 })
      const listed = items.map((round) => {
        const agreement = roundAgreement(round)
        const { id, source, codebook } = round.record
        return { id, source, codebook, state: round.state, submitted: round.sent.length, agreement }
      })
      const text = table(
        context.terminal,
        [
          { title: 'ID', of: (row) => row.id, gives: true },
          { title: 'STATE', of: ({ state }) => state },
          { title: 'SUBMITTED', of: ({ submitted }) => `${submitted} of 2`, align: 'right' },
          { title: 'SAME', of: ({ agreement }) => share(agreement?.kind.raw ?? null), align: 'right' },
          { title: 'F1', of: ({ agreement }) => share(agreement?.spans.f1 ?? null), align: 'right' },
        ],
        listed,
      )
      return { text: listed.length === 0 ? 'No text was put up for coding by two.' : text, json: listed }
    }),
}

export const codingCodebook: Command = {
  name: 'coding codebook',
  summary: 'publish the codebook that texts are coded by',
  operands: { shown: 'FILE', least: 1, most: 1 },
  about:
    'Rounds that are opened from then on name the new version; those before keep theirs. Without one of your own the codebook of the house holds, which the page /codebook shows.',
  options: { because: { value: 'TEXT', about: 'what changes, and why' }, member: MEMBER },
  examples: [['reckon coding codebook codebook.txt --because "Bands are clearer."', 'The next version.']],
  run: (context, given) =>
    withLedger(context, async (held) => {
      const unit = unitOf(context, await actingMember(held, given.text('member')))
      const file = given.positionals[0] as string
      const because = given.text('because')
      const text = fitting(CodebookRequest.shape.text, file, textOf(file).trim())
      const { event } = await publishCodebook(held.ledger, unit, {
        text,
        ...(because === undefined
          ? {}
          : { because: fitting(CodebookRequest.shape.because.unwrap(), '--because', because) }),
      })
      const { version } = event.payload as { version: string }
      return { text: `Published ${version}.`, json: event.payload }
    }),
}
