import { Misuse } from '../config.ts'
import {
  AdjudicationRequest,
  CodebookRequest,
  type JointPassage,
  jointOf,
  RoundRequest,
} from '../core/coding.ts'
import { LedgerError, notFound } from '../core/error.ts'
import { problemsOf } from '../core/problems.ts'
import { adjudicate, pairsOf } from '../ledger/coding/adjudicate.ts'
import { openRound, publishCodebook } from '../ledger/coding/round.ts'
import { findRound, listRounds } from '../store/coding.ts'
import { roundAgreement } from '../store/documents/coding.ts'
import { fitting } from './arguments.ts'
import type { Command, Option } from './command.ts'
import { actingMember, unitOf, withLedger } from './open-ledger.ts'
import { textOf } from './read.ts'
import { plural, table } from './table.ts'
import { harmless } from './terminal.ts'

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

export const codingShow: Command = {
  name: 'coding show',
  summary: 'show what two made of one text, pair by pair, without names',
  operands: { shown: 'ROUND', least: 1, most: 1 },
  about:
    'What is decided between in the joint reading, numbered, in the order of the text. Before both codings are in there is nothing to show.',
  examples: [['reckon coding show 2026-11-an-interview-coding-1', 'Both readings of each passage.']],
  run: (context, given) =>
    withLedger(context, async ({ ledger }) => {
      const id = given.positionals[0] as string
      const round = await findRound(ledger.db, id)
      if (round === null) throw notFound('round', id)
      const pairs = pairsOf(round).map(({ first, second }) => ({
        first: first && jointOf(first),
        second: second && jointOf(second),
      }))
      const text = pairs.flatMap(({ first, second }, i) => [
        `${i + 1}. first:  ${readingText(first)}`,
        `   second: ${readingText(second)}`,
      ])
      const none =
        round.state === 'open' ? 'Both codings are not in yet.' : 'There is nothing to decide between.'
      return {
        text: text.length === 0 ? none : harmless(text.join('\n')),
        json: { id, state: round.state, pairs },
      }
    }),
}

const readingText = (read: JointPassage | null): string => {
  if (read === null) return 'marked nothing here'
  const quoted = `“${read.quote}”`
  if (!('event' in read)) return `${quoted} ${read.kind} (${read.reason})`
  const { event, deadline, band } = read
  return `${quoted} ${read.kind}: ${event}, by ${deadline}, ${share(band.low)} to ${share(band.high)}`
}

export const codingAdjudicate: Command = {
  name: 'coding adjudicate',
  summary: 'record the joint reading of a text that two have coded',
  operands: { shown: 'ROUND FILE', least: 2, most: 2 },
  about: [
    'FILE is JSON, as the API takes it for the adjudication of a round: "takes" has of each pair that coding show prints, in that order, first, second, own or neither (nothing); "own" has the readings of your own, in that order, and then passages that neither marked; "because" may say why.',
    'Whoever coded the text cannot, where there is a third who may record.',
  ].join('\n'),
  options: { member: MEMBER },
  examples: [
    [
      'reckon coding adjudicate 2026-11-an-interview-coding-1 joint.json --member "Cleo Patra"',
      'The joint reading, for good.',
    ],
  ],
  run: (context, given) =>
    withLedger(context, async (held) => {
      const unit = unitOf(context, await actingMember(held, given.text('member')))
      const [id = '', file = ''] = given.positionals
      const { event } = await adjudicate(held.ledger, unit, id, jsonOf(file))
      const { passages } = event.payload as { passages: JointPassage[] }
      const own = passages.filter(({ origin }) => origin === 'own').length
      return {
        text: `Recorded ${plural(passages.length, 'passage')}, ${own} of them read by neither coder.`,
        json: event.payload,
      }
    }),
}

function jsonOf(file: string): AdjudicationRequest {
  let sent: unknown
  try {
    sent = JSON.parse(textOf(file))
  } catch (error) {
    if (error instanceof Misuse) throw error
    throw new Misuse(`${harmless(file)} is not JSON.`, 'reckon coding adjudicate --help says what it holds.')
  }
  const read = AdjudicationRequest.safeParse(sent)
  if (read.success) return read.data
  throw new LedgerError('invalid', `${harmless(file)} is no joint reading.`, problemsOf(read.error, sent))
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
